import type { Tx } from '../../../platform/database/database.js';
import { calendarsOf } from '../sla/calendar.queries.js';
import { isOpenAt } from '../sla/calendar.rules.js';
import { recordTicketEvents } from '../tickets/ticket.queries.js';
import { TicketChange, type TicketChannel } from '../tickets/ticket.states.rules.js';
import { AssignmentStrategy, type Candidate, fits, loadOf, nextAssignee } from './assignment.rules.js';
import { type AssigningQueue, type FreeTicket, holdCandidates, readFreeTickets, readQueues } from './queue.queries.js';

interface Placing {
  /** By ticket, who is not to have it now: they just gave it away. */
  passedOver?: ReadonlyMap<string, string>;
}

interface Place {
  ticketId: string;
  queue: AssigningQueue;
  memberId: string | null;
}

/** As `placeTickets`, and tells of it. */
export async function assignByQueues(tx: Tx, ids: readonly string[]): Promise<{ placed: string[]; isFull: boolean }> {
  const outcome = await placeTickets(tx, ids);
  await recordTicketEvents(
    tx,
    outcome.placed.map(ticketId => ({ ticketId, change: TicketChange.ASSIGNED })),
  );
  return outcome;
}

/**
 * Finds a queue and somebody of it for those of the tickets (stored ids, held) that nobody has. Answers the tickets that were moved,
 * and whether nobody of their queues has room for more. However many tickets there are, it takes the same number of statements.
 */
export async function placeTickets(
  tx: Tx,
  ids: readonly string[],
  { passedOver = new Map() }: Placing = {},
): Promise<{ placed: string[]; isFull: boolean }> {
  if (ids.length === 0) return { placed: [], isFull: false };
  const [queues, tickets] = await Promise.all([readQueues(tx), readFreeTickets(tx, ids)]);
  if (queues.length === 0) return { placed: [], isFull: true };
  const byId = new Map(queues.map(queue => [queue.id, queue]));
  const wanted = new Map<string, AssigningQueue>();
  for (const ticket of tickets) {
    const queue = queueFor(queues, byId, ticket);
    if (queue) wanted.set(ticket.id, queue);
  }
  if (wanted.size === 0) return { placed: [], isFull: true };
  const involved = new Set([...wanted.values()].flatMap(queue => chainOf(byId, queue)));
  const { candidates, turns } = await holdCandidates(
    tx,
    [...involved].map(({ id }) => id),
  );
  for (const queue of await closedNow(tx, [...involved])) {
    candidates.set(
      queue.id,
      (candidates.get(queue.id) ?? []).map(candidate => ({ ...candidate, isPresent: false })),
    );
  }
  const places: Place[] = [];
  const taken = new Map<string, Map<string, number>>();
  for (const ticket of tickets) {
    const first = wanted.get(ticket.id);
    if (!first) continue;
    const { queue, assignee } = placeOf(
      ticket,
      chainOf(byId, first),
      candidates,
      passedOver.get(ticket.id) ?? ticket.passedOverId,
    );
    if (assignee) {
      const load = assignee.load as Partial<Record<TicketChannel, number>>;
      load[ticket.channel] = (load[ticket.channel] ?? 0) + 1;
      const turn = (turns.get(queue.id) ?? 0) + 1;
      turns.set(queue.id, turn);
      assignee.lastTurn = turn;
      taken.set(queue.id, (taken.get(queue.id) ?? new Map()).set(assignee.id, turn));
    }
    if (assignee || queue.id !== ticket.queueId)
      places.push({ ticketId: ticket.id, queue, memberId: assignee?.id ?? null });
  }
  await Promise.all([writePlaces(tx, places), writeTurns(tx, taken)]);
  const isFull = [...involved].every(
    ({ id, capacity }) =>
      !(candidates.get(id) ?? []).some(
        candidate => candidate.isPresent && (capacity === null || loadOf(candidate) < capacity),
      ),
  );
  return { placed: places.map(({ ticketId }) => ticketId), isFull };
}

/** Those of the queues outside of whose hours it is now: nobody is there. */
async function closedNow(tx: Tx, queues: readonly AssigningQueue[]): Promise<AssigningQueue[]> {
  const timed = queues.filter(({ businessCalendarId }) => businessCalendarId !== null);
  if (timed.length === 0) return [];
  const calendars = await calendarsOf(tx);
  const now = new Date();
  return timed.filter(({ businessCalendarId }) => !isOpenAt(calendars.of(businessCalendarId), now));
}

/** The queue a ticket is in already, while that gets tickets, or else the first that takes it: one of its team, where it has one. */
function queueFor(
  queues: readonly AssigningQueue[],
  byId: ReadonlyMap<string, AssigningQueue>,
  ticket: FreeTicket,
): AssigningQueue | undefined {
  const own = ticket.queueId && byId.get(ticket.queueId);
  if (own) return own;
  return queues.find(queue => (ticket.teamId === null || ticket.teamId === queue.teamId) && fits(queue, ticket));
}

/** A queue and where its tickets go when nobody is there, one after the other. */
function chainOf(byId: ReadonlyMap<string, AssigningQueue>, queue: AssigningQueue): AssigningQueue[] {
  const chain = [queue];
  for (let next = byId.get(queue.overflowQueueId ?? ''); next && !chain.includes(next); ) {
    chain.push(next);
    next = byId.get(next.overflowQueueId ?? '');
  }
  return chain;
}

/** Where a ticket goes: on along the chain only while nobody is there at all, and only to where somebody is. */
function placeOf(
  ticket: FreeTicket,
  chain: readonly AssigningQueue[],
  candidates: ReadonlyMap<string, Candidate[]>,
  passedOver: string | null,
): { queue: AssigningQueue; assignee: Candidate | null } {
  for (const queue of chain) {
    const able = (candidates.get(queue.id) ?? []).filter(({ id }) => id !== passedOver);
    const assignee = nextAssignee(able, queue, ticket);
    if (assignee) return { queue, assignee };
    const isStaffed = able.some(({ isPresent }) => isPresent);
    if (isStaffed && (queue === chain[0] || queue.strategy === AssignmentStrategy.MANUAL))
      return { queue, assignee: null };
  }
  return { queue: chain[0]!, assignee: null };
}

async function writePlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return;
  await tx.query(
    `update tickets t set queue_id = p.queue_id, team_id = p.team_id, assignee_id = p.member_id,
            version = version + 1, updated_at = clock_timestamp()
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) as p(ticket_id, queue_id, team_id, member_id)
      where t.organization_id = $1 and t.id = p.ticket_id`,
    [
      tx.scope.organizationId,
      places.map(({ ticketId }) => ticketId),
      places.map(({ queue }) => queue.id),
      places.map(({ queue }) => queue.teamId),
      places.map(({ memberId }) => memberId),
    ],
  );
}

async function writeTurns(tx: Tx, taken: ReadonlyMap<string, ReadonlyMap<string, number>>): Promise<void> {
  const turns = [...taken].flatMap(([queueId, members]) =>
    [...members].map(([memberId, turn]) => ({ queueId, memberId, turn })),
  );
  if (turns.length === 0) return;
  await tx.query(
    `with turned as (
       insert into queue_turns (organization_id, queue_id, member_id, turn)
       select $1::uuid, u.queue_id, u.member_id, u.turn from unnest($2::uuid[], $3::uuid[], $4::integer[]) as u(queue_id, member_id, turn)
       on conflict (organization_id, queue_id, member_id) do update set turn = excluded.turn
       returning queue_id, turn)
     update support_queues q set turns = l.turn from (select queue_id, max(turn) as turn from turned group by queue_id) l
      where q.organization_id = $1 and q.id = l.queue_id`,
    [
      tx.scope.organizationId,
      turns.map(({ queueId }) => queueId),
      turns.map(({ memberId }) => memberId),
      turns.map(({ turn }) => turn),
    ],
  );
}
