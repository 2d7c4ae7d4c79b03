import { addBusinessTime, type BusinessCalendar, businessTime } from './calendar.rules.js';
import type { Track } from './history.rules.js';
import { MINUTE } from './zone.rules.js';

/** What is promised about one wait, in minutes of open time of a calendar. */
export interface Promised {
  calendar: BusinessCalendar;
  targetMinutes: number;
  /** So long before it is due, it is told. */
  warnMinutes: number;
}

export enum ClockState {
  RUNNING = 'RUNNING',
  PAUSED = 'PAUSED',
  MET = 'MET',
  BREACHED = 'BREACHED',
  STOPPED = 'STOPPED',
}

/** How it goes with what was promised about one wait. */
export interface Clock {
  runningSince: Date | null;
  pausedSince: Date | null;
  /** Open time before `runningSince`, in milliseconds. */
  elapsedMs: number;
  /** By when it must be met; nothing while it stands still. Kept as it was once it is over or has run out. */
  dueAt: Date | null;
  warnAt: Date | null;
  metAt: Date | null;
  stoppedAt: Date | null;
  breachedAt: Date | null;
}

/** Puts a promise to a wait, as of `now`. It is kept by what happens up to the due moment, that moment included. */
export function clockOf(track: Track, promised: Promised, now: Date): Clock {
  const { calendar, targetMinutes } = promised;
  let elapsedMs = 0;
  let dueAt: Date | null = null;
  let breachedAt: Date | null = null;
  let runningSince: Date | null = null;
  for (const { from, to } of track.spans) {
    dueAt = momentOf(calendar, from, elapsedMs, targetMinutes);
    const until = to ?? now;
    if (!breachedAt && dueAt < until) breachedAt = dueAt;
    if (to) elapsedMs += businessTime(calendar, from, to);
    else runningSince = from;
  }
  const { pausedSince, metAt, stoppedAt } = track;
  const isOver = metAt !== null || stoppedAt !== null;
  return {
    runningSince,
    pausedSince,
    elapsedMs,
    dueAt: breachedAt ?? (pausedSince && !isOver ? null : dueAt),
    warnAt: runningSince && momentOf(calendar, runningSince, elapsedMs, targetMinutes - promised.warnMinutes),
    metAt,
    stoppedAt,
    breachedAt,
  };
}

/** When a clock that has run for `elapsedMs`, and runs on from `from`, will have run for `minutes`; at once when it already has. */
export function momentOf(calendar: BusinessCalendar, from: Date, elapsedMs: number, minutes: number): Date {
  const left = minutes - elapsedMs / MINUTE;
  return left < 0 ? from : addBusinessTime(calendar, from, left);
}

export function stateOf(clock: Pick<Clock, 'pausedSince' | 'metAt' | 'stoppedAt' | 'breachedAt'>): ClockState {
  if (clock.breachedAt) return ClockState.BREACHED;
  if (clock.metAt) return ClockState.MET;
  if (clock.stoppedAt) return ClockState.STOPPED;
  return clock.pausedSince ? ClockState.PAUSED : ClockState.RUNNING;
}
