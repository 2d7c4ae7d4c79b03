import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import { eachItem, type Viewer } from '../../access/index.js';
import { lockOpenParts } from './parts.service.js';
import type { Ticket } from './ticket.entity.js';
import { holdTickets, lockTicket, tellTickets, writeTickets } from './ticket.queries.js';
import { isDone, TicketChange, TicketStatus } from './ticket.states.rules.js';

/** Which ticket, as it was seen, and why it goes where it goes. */
export interface TicketStep {
  id: string;
  version?: number | null;
  reason?: string | null;
}

type Moved = { ticketId: string };

/** Says that a ticket is solved; its customer's word opens it again. One that is done is refused. */
export async function solveTicket(tx: Tx, viewer: Viewer, step: TicketStep): Promise<Moved> {
  const ticket = await lockStep(tx, viewer, step);
  if (isDone(ticket.status)) throw invalid('id', `It is ${ticket.status.toLowerCase()} already.`, 'NOT_ALLOWED');
  await solveTickets(tx, [ticket.id], reasonOf(step.reason));
  return { ticketId: ticket.id };
}

/** Closes a ticket for good, with its open parts where that is said. One that is closed already is refused. */
export async function closeTicket(
  tx: Tx,
  viewer: Viewer,
  step: TicketStep & { closeParts?: boolean | null },
): Promise<Moved> {
  const ticket = await lockStep(tx, viewer, step);
  if (ticket.status === TicketStatus.CLOSED) throw invalid('id', 'It is closed already.', 'NOT_ALLOWED');
  const parts = await lockOpenParts(tx, viewer, ticket.id);
  if (parts.length > 0 && step.closeParts == null) {
    const message = `${parts.length} of its parts are open. Say whether they are closed with it.`;
    throw invalid('closeParts', message, 'REQUIRED');
  }
  await closeTickets(tx, [ticket.id, ...(step.closeParts ? parts : [])], reasonOf(step.reason));
  return { ticketId: ticket.id };
}

/** Opens a ticket again that was solved. One that is closed stays so: what is said later opens another. */
export async function reopenTicket(tx: Tx, viewer: Viewer, step: TicketStep): Promise<Moved> {
  const ticket = await lockStep(tx, viewer, step);
  if (ticket.status !== TicketStatus.SOLVED) {
    const message =
      ticket.status === TicketStatus.CLOSED ? 'It is closed for good; open another that follows it up.' : 'It is open.';
    throw invalid('id', message, 'NOT_ALLOWED');
  }
  const at = new Date();
  const columns = {
    status: TicketStatus.OPEN,
    solved_at: null,
    waiting_since: at,
    reopened_at: at,
    reopened_count: ticket.reopenedCount + 1,
  };
  await writeTickets(tx, [ticket.id], columns, reasonOf(step.reason));
  await tellTickets(tx, [{ ticketId: ticket.id, change: TicketChange.STATUS_CHANGED, at }]);
  return { ticketId: ticket.id };
}

/** Says that a ticket waits for somebody else. */
export async function holdTicket(tx: Tx, viewer: Viewer, step: TicketStep): Promise<Moved> {
  const ticket = await lockStep(tx, viewer, step);
  if (isDone(ticket.status)) throw invalid('id', 'It is done; reopen it first.', 'NOT_ALLOWED');
  if (ticket.status === TicketStatus.ON_HOLD) throw invalid('id', 'It is on hold already.', 'NOT_ALLOWED');
  await writeTickets(tx, [ticket.id], { status: TicketStatus.ON_HOLD }, reasonOf(step.reason));
  await tellTickets(tx, [{ ticketId: ticket.id, change: TicketChange.STATUS_CHANGED, at: new Date() }]);
  return { ticketId: ticket.id };
}

/** Does the same step for up to 200 tickets, each by itself; they are held in one order first. */
export async function stepEach(
  tx: Tx,
  ids: string[],
  step: (id: string) => Promise<Moved>,
): Promise<{ results: ({ index: number } & Partial<Moved>)[] }> {
  await holdTickets(
    tx,
    ids.map(id => storedId('ticket', id)),
  );
  return { results: await eachItem(tx, ids, step, 'ticketIds') };
}

/** Solves tickets (stored ids) that are held and not done, and tells of it. */
export async function solveTickets(tx: Tx, ids: readonly string[], reason: string | null = null): Promise<void> {
  const at = new Date();
  const columns = { status: TicketStatus.SOLVED, solved_at: at, waiting_since: null, snoozed_until: null };
  await writeTickets(tx, ids, columns, reason);
  await tellMoved(tx, ids, at);
}

/** Closes tickets (stored ids) that are held and not closed, and tells of it. */
export async function closeTickets(tx: Tx, ids: readonly string[], reason: string | null = null): Promise<void> {
  const at = new Date();
  // Whatever was solved before keeps the moment at which it was.
  await tx.query(
    'update tickets set solved_at = $3 where organization_id = $1 and id = any ($2::uuid[]) and solved_at is null',
    [tx.scope.organizationId, ids, at],
  );
  const columns = { status: TicketStatus.CLOSED, closed_at: at, waiting_since: null, snoozed_until: null };
  await writeTickets(tx, ids, columns, reason);
  await tellMoved(tx, ids, at);
}

const tellMoved = (tx: Tx, ids: readonly string[], at: Date): Promise<void> =>
  tellTickets(
    tx,
    ids.map(ticketId => ({ ticketId, change: TicketChange.STATUS_CHANGED, at })),
  );

const lockStep = (tx: Tx, viewer: Viewer, { id, version }: TicketStep): Promise<Ticket> =>
  lockTicket(tx, viewer, id, { version: version ?? null });

/** Why something is done, as the history keeps it. */
export function reasonOf(raw: string | null | undefined): string | null {
  const problems: Problems = [];
  const reason = optionalLine(problems, 'reason', raw, 500);
  throwAny(problems);
  return reason;
}
