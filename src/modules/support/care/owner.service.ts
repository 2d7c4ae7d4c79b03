import type { Tx } from '../../../platform/database/database.js';
import type { OwnerChange } from '../../social/index.js';
import { tellTickets } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';

/**
 * A ticket is its speaker's, whoever that turns out to be, also one that is closed: it is a part of their story, and goes when
 * they are erased. One that somebody gave to another customer by hand stays theirs.
 */
export async function followOwners(tx: Tx, changes: readonly OwnerChange[]): Promise<void> {
  const moved = await tx.query<{ id: string }>(
    `update tickets t set customer_id = c.customer_id, version = t.version + 1, updated_at = clock_timestamp()
       from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as c(identity_id, customer_id, former_id)
      where t.organization_id = $1 and t.identity_id = c.identity_id
        and t.customer_id is not distinct from c.former_id and t.customer_id is distinct from c.customer_id
     returning t.id`,
    [
      tx.scope.organizationId,
      changes.map(({ identityId }) => identityId),
      changes.map(({ customerId }) => customerId),
      changes.map(({ formerId }) => formerId),
    ],
  );
  const at = new Date();
  await tellTickets(
    tx,
    moved.map(({ id }) => ({ ticketId: id, change: TicketChange.UPDATED, at })),
  );
}
