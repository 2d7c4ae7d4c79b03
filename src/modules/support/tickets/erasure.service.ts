import type { Tx } from '../../../platform/database/database.js';
import { everBelonging, onErase } from '../../customers/index.js';
import { recordTicketEvents } from './ticket.queries.js';
import { TicketChange } from './ticket.states.rules.js';

onErase(eraseTickets);

/**
 * Empties what the customer wanted from us and what was noted about it, and closes what was still open. The rows stay, so that
 * what colleagues did stays counted; what was said on channels goes with the identities that said it.
 */
async function eraseTickets(tx: Tx, customerId: string): Promise<string[]> {
  const { organizationId } = tx.scope;
  const ever = await everBelonging(tx, 'tickets', 'customer_id', [customerId]);
  const tickets = await tx.query<{ id: string }>(
    `with emptied as (
       update tickets set subject = '', description = null, tags = '{}', custom_fields = '{}',
              status = 'CLOSED', closed_at = coalesce(closed_at, clock_timestamp()), solved_at = coalesce(solved_at, clock_timestamp()),
              waiting_since = null, snoozed_until = null, version = version + 1, updated_at = clock_timestamp()
        where organization_id = $1 and customer_id = $2 returning id)
     select id from emptied`,
    [organizationId, customerId],
  );
  const ids = tickets.map(({ id }) => id);
  const messages = await tx.query<{ id: string }>(
    `with emptied as (
       update ticket_messages set note = case when post_id is null and reply_id is null then '' end
        where organization_id = $1 and (customer_id = $3 or ticket_id = any ($2::uuid[]) and customer_id is null) returning id)
     select id from emptied`,
    [organizationId, ids, customerId],
  );
  const merges = await tx.query<{ id: string }>(
    `with emptied as (
       update ticket_merges set reason = null, former = jsonb_set(former, '{taken,tags}', '[]', false)
        where organization_id = $1 and (survivor_id = any ($2::uuid[]) or merged_id = any ($2::uuid[])) returning id)
     select id from emptied`,
    [organizationId, ids],
  );
  await tx.query('select forget_ticket_reasons($1::uuid[])', [ids]);
  await recordTicketEvents(
    tx,
    ids.map(ticketId => ({ ticketId, change: TicketChange.UPDATED })),
  );
  return [...new Set([...ever, ...ids, ...[...messages, ...merges].map(({ id }) => id)])];
}
