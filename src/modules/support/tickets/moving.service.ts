import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import type { Ticket } from './ticket.entity.js';
import { lockTicket, tellTickets, writeTickets } from './ticket.queries.js';
import { TicketChange, TicketStatus } from './ticket.states.rules.js';
import type { CloseTicketInput } from './ticket-write.inputs.js';

/** Closes a ticket for good, with its open parts where that is said. One that is closed already is refused. */
export async function closeTicket(tx: Tx, viewer: Viewer, input: Omit<CloseTicketInput, 'idempotencyKey'>) {
  const ticket = await lockTicket(tx, viewer, input.id, { version: input.version ?? null });
  const reason = reasonOf(input.reason);
  if (ticket.status === TicketStatus.CLOSED) throw invalid('id', 'It is closed already.', 'NOT_ALLOWED');
  const parts = await lockOpenParts(tx, ticket.id);
  if (parts.length > 0 && input.closeParts == null)
    throw invalid(
      'closeParts',
      `${parts.length} of its parts are open. Say whether they are closed with it.`,
      'REQUIRED',
    );
  await closeTickets(tx, [ticket.id, ...(input.closeParts ? parts : [])], reason);
  return { ticketId: ticket.id };
}

/** Closes tickets (stored ids) that are held and not closed, and tells of it. */
export async function closeTickets(tx: Tx, ids: readonly string[], reason: string | null = null): Promise<void> {
  const at = new Date();
  await writeTickets(
    tx,
    ids,
    { status: TicketStatus.CLOSED, closed_at: at, waiting_since: null, snoozed_until: null },
    reason,
  );
  await tx.query(
    'update tickets set solved_at = closed_at where organization_id = $1 and id = any ($2) and solved_at is null',
    [tx.scope.organizationId, ids],
  );
  await tellTickets(
    tx,
    ids.map(ticketId => ({ ticketId, change: TicketChange.STATUS_CHANGED, at })),
  );
}

/** Stored ids of the parts of a ticket, whatever their depth, that are not closed; they are held. */
async function lockOpenParts(tx: Tx, id: Ticket['id']): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive parts as (
       select id from tickets where organization_id = $1 and parent_id = $2
       union select t.id from parts p join tickets t on t.organization_id = $1 and t.parent_id = p.id)
     select t.id from tickets t where t.organization_id = $1 and t.id in (select id from parts) and t.status <> 'CLOSED'
      order by t.id for update of t`,
    [tx.scope.organizationId, id],
  );
  return rows.map(part => part.id);
}

export function reasonOf(raw: string | null | undefined): string | null {
  const problems: Problems = [];
  const reason = optionalLine(problems, 'reason', raw, 500);
  throwAny(problems);
  return reason;
}
