import type { Fault, FaultClass } from './connector.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** However long a network asks us to wait, we look again after a day. */
const LONGEST = 24 * HOUR;

export interface Attempt {
  fault: Fault;
  /** Failures in a row before this one. */
  failures: number;
  intervalSeconds: number;
  now: Date;
  /** From 0 up to 1. */
  random: number;
}

type Delay = (attempt: Attempt) => number;

/** A failure that usually passes: full jitter below a doubling bound, so that many sources do not come back together. */
const soon: Delay = ({ failures, random }) =>
  Math.max(SECOND, random * Math.min(5 * MINUTE, SECOND * 2 ** (failures + 1)));

/** A failure that somebody must mend: at the usual interval, then ever more rarely, up to an hour. */
const rarely: Delay = ({ failures, intervalSeconds }) =>
  Math.max(intervalSeconds * SECOND, Math.min(HOUR, intervalSeconds * SECOND * 2 ** Math.min(failures, 12)));

const DELAYS: Record<FaultClass, Delay | null> = {
  // Trying again with a dead token only gets the account locked.
  auth: null,
  rate: ({ failures, random }) => Math.min(15 * MINUTE, MINUTE * 2 ** Math.min(failures, 8)) * (1 + random / 10),
  quota: ({ random }) => HOUR * (1 + random / 10),
  transient: soon,
  unknown: soon,
  forbidden: rarely,
  not_found: rarely,
  invalid: rarely,
  duplicate: rarely,
  window_closed: rarely,
};

/** When to try again after a failure: the network's own word where it gave one; null when somebody must act first. */
export function nextAttempt(attempt: Attempt): Date | null {
  const { fault, now, random } = attempt;
  const delay = DELAYS[fault.class];
  if (!delay) return null;
  const asked =
    fault.retryAt && !Number.isNaN(fault.retryAt.getTime()) ? fault.retryAt.getTime() - now.getTime() : null;
  // A little later than asked: the other side's clock may be behind ours.
  const wait = asked === null ? delay(attempt) : Math.max(asked, 0) + SECOND * (1 + random);
  return new Date(now.getTime() + Math.min(wait, LONGEST));
}

/** When a source that is well is read next: its interval less up to a tenth, so that sources made together spread out. */
export function nextTurn(intervalSeconds: number, now: Date, random: number): Date {
  return new Date(now.getTime() + intervalSeconds * SECOND * (1 - random / 10));
}
