import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { enqueue } from '../../../platform/jobs.js';
import type { Viewer } from '../../access/index.js';
import { lockTicket, tellTickets, writeTickets } from '../tickets/ticket.queries.js';
import { isDone, TicketChange } from '../tickets/ticket.states.rules.js';

export const WAKE_TICKET = 'queues.wake';

const LONGEST_DAYS = 366;
const AT_ONCE = 200;

/** Puts a ticket off until a moment, or takes it up again now. Ids are public ones. Throws `InputError`. */
export async function snoozeTicket(
  tx: Tx,
  viewer: Viewer,
  input: { ticketId: string; until?: Date | null; version?: number | null },
): Promise<{ ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId', version: input.version ?? null });
  const until = input.until ?? null;
  if (until && isDone(ticket.status)) throw invalid('ticketId', 'A ticket that is done is not put off.', 'NOT_ALLOWED');
  if (until && until.getTime() <= Date.now())
    throw invalid('until', 'It is put off to a moment that is still to come.');
  if (until && until.getTime() > Date.now() + LONGEST_DAYS * 86_400_000)
    throw invalid('until', `It is put off for at most ${LONGEST_DAYS} days.`);
  if (!until && !ticket.snoozedUntil) return { ticketId: ticket.id };
  await writeTickets(tx, [ticket.id], { snoozed_until: until });
  if (until)
    await enqueue(tx, WAKE_TICKET, { ticketId: ticket.id }, { key: `${WAKE_TICKET}:${ticket.id}`, runAt: until });
  const change = until ? TicketChange.SNOOZED : TicketChange.WOKEN;
  await tellTickets(tx, [{ ticketId: ticket.id, change, at: new Date() }]);
  return { ticketId: ticket.id };
}

/** Takes up again what was put off until now. The row decides: a job that runs twice, or too early, does nothing. */
export async function wakeTickets(tx: Tx, ids: readonly string[] | null): Promise<void> {
  const woken = await tx.query<{ id: string }>(
    `with due as (
       select id from tickets where organization_id = $1 and snoozed_until <= clock_timestamp() and ($2::uuid[] is null or id = any ($2))
        order by id limit ${AT_ONCE} for update)
     update tickets t set snoozed_until = null, version = version + 1, updated_at = clock_timestamp()
       from due where t.organization_id = $1 and t.id = due.id returning t.id`,
    [tx.scope.organizationId, ids],
  );
  const at = new Date();
  await tellTickets(
    tx,
    woken.map(({ id: ticketId }) => ({ ticketId, change: TicketChange.WOKEN, at })),
  );
}

export const wakeTicket = (database: Database, scope: Scope, ticketId: string): Promise<void> =>
  database.write(scope, tx => wakeTickets(tx, [ticketId]));
