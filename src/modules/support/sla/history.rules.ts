import { afterAgentMessage, afterCustomerMessage, isDone, TicketStatus } from '../tickets/ticket.states.rules.js';

export enum SlaMetric {
  FIRST_RESPONSE = 'FIRST_RESPONSE',
  NEXT_RESPONSE = 'NEXT_RESPONSE',
  RESOLUTION = 'RESOLUTION',
}

/** What clocks go by: who spoke (machines left out), and where a ticket was put. */
export type Step =
  | { at: Date; kind: 'CUSTOMER' }
  /** `writtenAt` where that was before it went out: it waited for somebody or for its moment. */
  | { at: Date; kind: 'AGENT'; writtenAt?: Date | null }
  | { at: Date; kind: 'STATUS'; status: TicketStatus };

/** How a ticket went, in whatever order it was written down. */
export interface TicketHistory {
  openedAt: Date;
  steps: readonly Step[];
  /** It became a part of another ticket, and so was never solved itself. */
  isMerged?: boolean;
}

/** Time in which somebody waited for us; the last one has no end while somebody still does. */
export interface Span {
  from: Date;
  to: Date | null;
}

/** One wait of a customer, whether anything was promised about it or not. */
export interface Track {
  metric: SlaMetric;
  /** Which of the customer's turns a next response is for, from 1; 0 for the others. */
  turn: number;
  startedAt: Date;
  spans: Span[];
  pausedSince: Date | null;
  metAt: Date | null;
  /** When it was needed no more without having been met: solved without an answer, merged. */
  stoppedAt: Date | null;
}

type Phase = 'RUNS' | 'WAITS' | 'DONE';

const RANKS = { CUSTOMER: 0, AGENT: 1, STATUS: 2 } as const;

/**
 * The waits of a history. Clocks stand still while we wait for the customer, and while we wait for others where `pausesOnHold`.
 * Whom we never answered we do not wait for: a first response runs on, though the ticket was put to PENDING by hand. A ticket that is opened again goes on where it stopped, and its customer's word then begins a turn of its own.
 */
export function tracksOf(history: TicketHistory, pausesOnHold: boolean): Track[] {
  const { openedAt } = history;
  // What was before it was opened counts as of then, still in its order.
  const since = (at: Date) => new Date(Math.max(at.getTime(), openedAt.getTime()));
  const steps = history.steps
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || RANKS[a.kind] - RANKS[b.kind])
    .map(step => ({ ...step, at: since(step.at) }));
  const phaseOf = (at: TicketStatus, isAnswered = true): Phase => {
    if (isDone(at)) return 'DONE';
    return (at === TicketStatus.PENDING && isAnswered) || (at === TicketStatus.ON_HOLD && pausesOnHold)
      ? 'WAITS'
      : 'RUNS';
  };
  const first = begin(SlaMetric.FIRST_RESPONSE, 0, openedAt);
  const resolution = begin(SlaMetric.RESOLUTION, 0, openedAt);
  const turns: Track[] = [];
  const spoken: Date[] = [];
  let turn: Track | null = null;
  let status = TicketStatus.NEW;
  const next = (at: Date): Track => {
    const begun = begin(SlaMetric.NEXT_RESPONSE, turns.length + 1, at);
    turns.push(begun);
    return begun;
  };
  const move = (to: TicketStatus, at: Date) => {
    if (!first.metAt && phaseOf(status, false) !== phaseOf(to, false)) put(first, phaseOf(to, false), at);
    const [before, after] = [phaseOf(status), phaseOf(to)];
    status = to;
    if (before === after) return;
    if (turn && !turn.metAt) put(turn, after, at);
    if (before === 'DONE') resolution.metAt = null;
    put(resolution, after, at);
    if (after === 'DONE' && !history.isMerged) {
      resolution.stoppedAt = null;
      resolution.metAt = at;
    }
  };
  for (const step of steps) {
    if (step.kind === 'STATUS') move(step.status, step.at);
    else if (step.kind === 'CUSTOMER') {
      if (isDone(status)) turn = null;
      move(afterCustomerMessage(status, false), step.at);
      spoken.push(step.at);
      if (first.metAt && !turn && !isDone(status)) turn = next(step.at);
    } else {
      // What was said after it was written, and before it went out, it does not answer.
      const written = step.writtenAt && since(step.writtenAt);
      const unanswered = (written && spoken.find(at => at > written)) ?? null;
      const isOther = turn !== null && unanswered !== null && turn.startedAt >= unanswered;
      if (!first.metAt) meet(first, step.at);
      else if (turn && !isOther) meet(turn, step.at);
      if (!isOther) turn = unanswered && !isDone(status) ? next(unanswered) : null;
      if (turn && !isOther && phaseOf(status) === 'WAITS') put(turn, 'WAITS', step.at);
      // Where one that waited put the ticket when it went out is written down.
      if (!written) move(afterAgentMessage(status, false), step.at);
    }
  }
  return [first, ...turns, resolution];
}

const begin = (metric: SlaMetric, turn: number, at: Date): Track => ({
  metric,
  turn,
  startedAt: at,
  spans: [{ from: at, to: null }],
  pausedSince: null,
  metAt: null,
  stoppedAt: null,
});

function put(track: Track, phase: Phase, at: Date): void {
  const span = track.spans.at(-1)!;
  if (phase === 'RUNS' && span.to) track.spans.push({ from: at, to: null });
  else if (phase !== 'RUNS') span.to ??= at;
  track.stoppedAt = phase === 'DONE' ? at : null;
  track.pausedSince = phase === 'WAITS' ? at : null;
}

function meet(track: Track, at: Date): void {
  track.spans.at(-1)!.to ??= at;
  track.pausedSince = null;
  track.stoppedAt = null;
  track.metAt = at;
}
