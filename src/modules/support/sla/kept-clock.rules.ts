import type { TicketStatus } from '../tickets/ticket.states.rules.js';
import type { Calendars } from './calendar.rules.js';
import { type Clock, clockOf } from './clock.rules.js';
import { SlaMetric, type Step, type Track, tracksOf } from './history.rules.js';
import { type KnownPolicy, type Subject, targetOf, warningOf } from './policy.rules.js';

/** A ticket as promises are about it. */
export interface KnownTicket extends Subject {
  id: string;
  status: TicketStatus;
  openedAt: Date;
  isMerged: boolean;
  assigneeId: string | null;
  policyId: string | null;
  firstResponseDueAt: Date | null;
  nextResponseDueAt: Date | null;
  resolutionDueAt: Date | null;
  breachedAt: Date | null;
}

/** A clock as it is kept. */
export interface KeptClock extends Clock {
  ticketId: string;
  metric: SlaMetric;
  turn: number;
  policyId: string;
  calendarId: string | null;
  targetMinutes: number;
  startedAt: Date;
  warnedAt: Date | null;
  breachToldAt: Date | null;
  tellAt: Date | null;
}

/** What of a ticket's clocks is to be written, and what is to go. */
export interface ClockChanges {
  all: KeptClock[];
  changed: KeptClock[];
  dropped: KeptClock[];
}

interface Ground {
  ticket: KnownTicket;
  steps: readonly Step[];
  kept: readonly KeptClock[];
  policy: KnownPolicy | undefined;
  calendars: Calendars;
  now: Date;
}

/**
 * The clocks a ticket should have. What still runs goes by the policy as it is now; what is over stays under what was promised
 * then, and what was over before a policy was made was never promised by it.
 */
export function clocksFor({ ticket, steps, kept, policy, calendars, now }: Ground): ClockChanges {
  const { openedAt, isMerged } = ticket;
  const tracks = tracksOf({ openedAt, steps, isMerged }, policy?.pausesOnHold ?? true);
  const all: KeptClock[] = [];
  const changed: KeptClock[] = [];
  const dropped = [...kept];
  for (const track of tracks) {
    const known = kept.find(({ metric, turn }) => metric === track.metric && turn === track.turn);
    const terms = termsOf(track, known, ticket, policy);
    if (!terms) continue;
    const clock = isSettled(track, known) ? known! : timed(ticket.id, track, known, terms, calendars, now);
    all.push(clock);
    if (known) dropped.splice(dropped.indexOf(known), 1);
    if (!known || !isSame(clock, known)) changed.push(clock);
  }
  return { all, changed, dropped };
}

interface Terms {
  policyId: string;
  calendarId: string | null;
  targetMinutes: number;
  warnMinutes: number;
}

const isOver = ({ metAt, stoppedAt }: Pick<Track, 'metAt' | 'stoppedAt'>): boolean =>
  metAt !== null || stoppedAt !== null;

const sameMoment = (a: Date | null, b: Date | null): boolean => (a?.getTime() ?? null) === (b?.getTime() ?? null);

/** Over, and written down as that already. */
const isSettled = (track: Track, known: KeptClock | undefined): boolean =>
  known !== undefined &&
  isOver(track) &&
  sameMoment(track.metAt, known.metAt) &&
  sameMoment(track.stoppedAt, known.stoppedAt);

function termsOf(
  track: Track,
  known: KeptClock | undefined,
  ticket: KnownTicket,
  policy: KnownPolicy | undefined,
): Terms | null {
  if (isOver(track) && known) return { ...known, warnMinutes: 0 };
  const target = policy && targetOf(policy.targets, ticket.priority, track.metric);
  if (!policy || target == null) return null;
  if (isOver(track) && track.startedAt < policy.createdAt) return null;
  return {
    policyId: policy.id,
    calendarId: policy.calendarId,
    targetMinutes: target,
    warnMinutes: warningOf(policy, target),
  };
}

function timed(
  ticketId: string,
  track: Track,
  known: KeptClock | undefined,
  { warnMinutes, ...terms }: Terms,
  calendars: Calendars,
  now: Date,
): KeptClock {
  const { policyId, calendarId, targetMinutes } = terms;
  const clock = clockOf(track, { calendar: calendars.of(calendarId), targetMinutes, warnMinutes }, now);
  const isAhead = clock.warnAt !== null && clock.warnAt > now;
  const warnedAt = isAhead ? null : (known?.warnedAt ?? null);
  const breachToldAt = clock.breachedAt && (known?.breachToldAt ?? null);
  const isWarned = warnedAt !== null || warnMinutes === 0;
  let tellAt = clock.breachedAt && !breachToldAt ? clock.breachedAt : null;
  if (!clock.breachedAt && clock.runningSince) tellAt = isWarned ? clock.dueAt : clock.warnAt;
  return {
    ticketId,
    metric: track.metric,
    turn: track.turn,
    policyId,
    calendarId,
    targetMinutes,
    startedAt: track.startedAt,
    ...clock,
    warnedAt,
    breachToldAt,
    tellAt,
  };
}

function isSame(a: KeptClock, b: KeptClock): boolean {
  const text = (clock: KeptClock) =>
    JSON.stringify(Object.entries(clock).sort(([left], [right]) => (left < right ? -1 : 1)));
  return a === b || text(a) === text(b);
}

/** The columns of a ticket that follow from its clocks. */
export interface TicketTimes {
  policyId: string | null;
  firstResponseDueAt: Date | null;
  nextResponseDueAt: Date | null;
  resolutionDueAt: Date | null;
  breachedAt: Date | null;
}

/** What lists show of the clocks: when each is due, a next response only while it runs, and when the first of all ran out. */
export function timesOf(clocks: readonly KeptClock[], policyId: string | null): TicketTimes {
  const due = (metric: SlaMetric) => clocks.find(clock => clock.metric === metric && !clock.stoppedAt)?.dueAt ?? null;
  const turn = clocks.find(({ metric, runningSince }) => metric === SlaMetric.NEXT_RESPONSE && runningSince);
  const breaches = clocks.flatMap(({ breachedAt }) => breachedAt ?? []);
  return {
    policyId,
    firstResponseDueAt: due(SlaMetric.FIRST_RESPONSE),
    nextResponseDueAt: turn?.dueAt ?? null,
    resolutionDueAt: due(SlaMetric.RESOLUTION),
    breachedAt: breaches.length > 0 ? new Date(Math.min(...breaches.map(Number))) : null,
  };
}

export const haveMoved = (before: TicketTimes, after: TicketTimes): boolean =>
  before.policyId !== after.policyId ||
  (['firstResponseDueAt', 'nextResponseDueAt', 'resolutionDueAt', 'breachedAt'] as const).some(
    time => !sameMoment(before[time], after[time]),
  );
