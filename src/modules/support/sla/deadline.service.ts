import type { Tx } from '../../../platform/database/database.js';
import { onTickets, type TicketMoment } from '../tickets/ticket.hooks.js';
import { recordTicketEvents } from '../tickets/ticket.queries.js';
import { isDone, TicketChange } from '../tickets/ticket.states.rules.js';
import { calendarsOf } from './calendar.queries.js';
import {
  clocksOf,
  dropClocks,
  keepClocks,
  type Promises,
  promisesOf,
  stepsOf,
  ticketsToTime,
} from './deadline.queries.js';
import { planEscalations } from './escalation.planning.js';
import {
  clocksFor,
  haveMoved,
  type KeptClock,
  type KnownTicket,
  type TicketTimes,
  timesOf,
} from './kept-clock.rules.js';
import { fits } from './policy.rules.js';

/** What clocks do not go by. */
const UNMOVED = new Set<TicketChange>([
  TicketChange.SNOOZED,
  TicketChange.WOKEN,
  TicketChange.DEADLINES_MOVED,
  TicketChange.LINKED,
  TicketChange.RATED,
]);

onTickets('CLOCK', async (tx, moments) => {
  const moved = moments.filter(({ change }) => !UNMOVED.has(change));
  const promises = moved.length > 0 ? await promisesOf(tx) : null;
  if (!promises) return;
  const ids = [...new Set(moved.map(({ ticketId }) => ticketId))];
  const waiting = await alreadyWaiting(tx, moved);
  const opened = new Set(moved.flatMap(({ ticketId, change }) => (change === TicketChange.OPENED ? ticketId : [])));
  await timeTickets(
    tx,
    ids.filter(id => !waiting.has(id)),
    promises,
    opened,
  );
});

/** Recomputes what is promised for tickets (stored ids) from how they went, under what is promised now. */
export async function recomputeDeadlines(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  const promises = await promisesOf(tx);
  if (promises) await timeTickets(tx, ticketIds, promises);
}

/**
 * Tickets in which nothing has happened but that a customer who waits already spoke again: an answer is due as before. So a flood
 * of messages in one ticket costs no more than its first.
 */
async function alreadyWaiting(tx: Tx, moments: readonly TicketMoment[]): Promise<Set<string>> {
  const spoken = new Map<string, Date>();
  for (const { ticketId, change, at } of moments) {
    const known = spoken.get(ticketId);
    if (change === TicketChange.MESSAGE_RECEIVED) spoken.set(ticketId, known && known < at ? known : at);
  }
  for (const { ticketId, change } of moments) if (change !== TicketChange.MESSAGE_RECEIVED) spoken.delete(ticketId);
  if (spoken.size === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `select s.ticket_id as id from unnest($2::uuid[], $3::timestamptz[]) s(ticket_id, at)
      where exists (select 1 from ticket_clocks c where c.organization_id = $1 and c.ticket_id = s.ticket_id and c.metric <> 'RESOLUTION'
                       and c.running_since is not null and c.started_at <= s.at)`,
    [tx.scope.organizationId, [...spoken.keys()], [...spoken.values()]],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Brings clocks, due times and planned escalations of tickets up to date, in as many statements for one as for many, and tells of
 * due times that moved. Of those that were `opened` just now that is not told, as their opening says as much; nothing was said in
 * them yet and no clock runs, so that is not looked for.
 */
export async function timeTickets(
  tx: Tx,
  ids: readonly string[],
  { policies, rules }: Promises,
  opened: ReadonlySet<string> = new Set(),
): Promise<void> {
  if (ids.length === 0) return;
  const known = ids.filter(id => !opened.has(id));
  // Sent together, so that what others wait for is not held for four answers; the tickets are held before the rest is read.
  const [tickets, steps, kept, calendars] = await Promise.all([
    ticketsToTime(tx, ids),
    stepsOf(tx, known),
    clocksOf(tx, known),
    calendarsOf(tx),
  ]);
  const now = new Date();
  const changed: KeptClock[] = [];
  const dropped: KeptClock[] = [];
  const moved: { ticket: KnownTicket; times: TicketTimes }[] = [];
  const timed: { ticket: KnownTicket; clocks: KeptClock[]; calendarId: string | null }[] = [];
  for (const ticket of tickets) {
    const policy = policies.find(one => fits(one, ticket));
    const changes = clocksFor({
      ticket,
      steps: steps.get(ticket.id) ?? [],
      kept: kept.get(ticket.id) ?? [],
      policy,
      calendars,
      now,
    });
    changed.push(...changes.changed);
    dropped.push(...changes.dropped);
    // What is done keeps the policy it was done under.
    const times = timesOf(changes.all, isDone(ticket.status) ? ticket.policyId : (policy?.id ?? null));
    if (haveMoved(ticket, times)) moved.push({ ticket, times });
    timed.push({ ticket, clocks: changes.all, calendarId: policy?.calendarId ?? null });
  }
  await Promise.all([dropClocks(tx, dropped), keepClocks(tx, changed), writeTimes(tx, moved)]);
  await planEscalations(tx, timed, rules, calendars);
  const told = moved.filter(({ ticket }) => !opened.has(ticket.id));
  await recordTicketEvents(
    tx,
    told.map(({ ticket }) => ({ ticketId: ticket.id, change: TicketChange.DEADLINES_MOVED })),
  );
}

/** What nobody changed by hand is no change of the ticket's version. */
async function writeTimes(tx: Tx, moved: readonly { ticket: KnownTicket; times: TicketTimes }[]): Promise<void> {
  if (moved.length === 0) return;
  await tx.query(
    `update tickets t set sla_policy_id = m."policyId", first_response_due_at = m."firstResponseDueAt",
            next_response_due_at = m."nextResponseDueAt", resolution_due_at = m."resolutionDueAt", sla_breached_at = m."breachedAt"
       from jsonb_to_recordset($2) as m(id uuid, "policyId" uuid, "firstResponseDueAt" timestamptz, "nextResponseDueAt" timestamptz,
                                        "resolutionDueAt" timestamptz, "breachedAt" timestamptz)
      where t.organization_id = $1 and t.id = m.id`,
    [tx.scope.organizationId, JSON.stringify(moved.map(({ ticket, times }) => ({ id: ticket.id, ...times })))],
  );
}
