import type { Capabilities, Fault } from '../ingest/connector.js';
import { CODE_OF_CLASS, ReplyState, type Setback, type StoredFailure } from '../modules/social/index.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After this long an answer comes too late. */
const LONGEST = 24 * HOUR;

export interface Attempted {
  attempt: number;
  firstTriedAt: Date;
  now: Date;
  /** From 0 up to 1. */
  random: number;
}

export const failureOf = (code: string, detail?: string): StoredFailure => ({
  code,
  // Networks put anything into their messages; NUL cannot be stored.
  ...(detail && { detail: detail.toWellFormed().replaceAll('\0', '').slice(0, 1000) }),
});

/** What becomes of a reply that was certainly not sent. Without a network's word, waits double, with full jitter. */
export function setbackOf(fault: Fault, attempted: Attempted): Setback {
  const { attempt, firstTriedAt, now, random } = attempted;
  const failure = failureOf(CODE_OF_CLASS[fault.class] ?? 'INVALID', fault.message);
  const waits: Partial<Record<Fault['class'], number>> = {
    rate: Math.min(15 * MINUTE, MINUTE * 2 ** Math.min(attempt - 1, 8)) * (1 + random / 10),
    quota: HOUR * (1 + random / 10),
    transient: Math.max(SECOND, random * Math.min(HOUR, 5 * SECOND * 2 ** Math.min(attempt, 12))),
  };
  // It waits for somebody to sign in again, however long that takes.
  if (fault.class === 'auth') return { state: ReplyState.QUEUED, failure, runAt: null };
  const wait = waits[fault.class];
  if (wait === undefined) return { state: ReplyState.FAILED, failure, runAt: null };
  const asked = fault.retryAt && !Number.isNaN(fault.retryAt.getTime()) ? fault.retryAt.getTime() : null;
  const runAt = new Date(asked === null ? now.getTime() + wait : Math.max(asked, now.getTime()) + SECOND * random);
  if (runAt.getTime() > firstTriedAt.getTime() + LONGEST)
    return { state: ReplyState.FAILED, failure: failureOf('GAVE_UP', fault.message), runAt: null };
  return { state: ReplyState.QUEUED, failure, runAt };
}

/** Look-ups after which a network that only lets us look is believed not to have it: its own search may lag behind. */
const LOOK_UPS = 3;
const MOST_LOOK_UPS = 12;

export interface Searched {
  idempotency: Capabilities['idempotency'];
  /** The adapter can look. */
  canLook: boolean;
  /** Looks before this one that found nothing. */
  lookUps: number;
}

/**
 * Whether something whose outcome is unknown, and that was looked for in vain, is sent again: at once where the network itself
 * sees to it that it is there once, after several looks where we can only look, never otherwise.
 */
export function nextStep({ idempotency, canLook, lookUps }: Searched): 'send' | 'look' | 'ask' {
  if (idempotency === 'native' || idempotency === 'deterministicId' || idempotency === 'duplicateError') return 'send';
  if (!canLook) return 'ask';
  if (lookUps + 1 < LOOK_UPS) return 'look';
  return idempotency === 'lookup' ? 'send' : 'ask';
}

/** Nobody knows: it is looked for after a while, longer each time, and in the end a person is asked. */
export function unknownOf(
  {
    lookUps,
    canLook,
    lookUpAfterMs,
    lookedUp,
  }: { lookUps: number; canLook: boolean; lookUpAfterMs: number; lookedUp: boolean },
  detail: string | undefined,
  now: Date,
): Setback {
  const state = ReplyState.UNKNOWN;
  if (!canLook || lookUps >= MOST_LOOK_UPS)
    return { state, failure: failureOf('NEEDS_PERSON', detail), runAt: null, lookedUp };
  const wait = Math.min(HOUR, lookUpAfterMs * 4 ** Math.min(lookUps, 6));
  return { state, failure: failureOf('OUTCOME_UNKNOWN', detail), runAt: new Date(now.getTime() + wait), lookedUp };
}

/** A network that refuses to be asked for any other reason will not tell. */
const PASSES: Fault['class'][] = ['rate', 'quota', 'transient', 'unknown', 'auth'];

/**
 * A look-up that failed has found nothing out, and does not count as one: it is made again, when the network says or after a
 * while. In the end, or when it will never be allowed, a person is asked.
 */
export function notLookedUp(
  fault: Fault,
  {
    lookUps,
    firstTriedAt,
    lookUpAfterMs,
    now,
  }: Pick<Attempted, 'firstTriedAt' | 'now'> & { lookUps: number; lookUpAfterMs: number },
): Setback {
  const canLook = PASSES.includes(fault.class) && now.getTime() < firstTriedAt.getTime() + LONGEST;
  const setback = unknownOf({ lookUps, canLook, lookUpAfterMs, lookedUp: false }, fault.message, now);
  const asked = fault.retryAt && !Number.isNaN(fault.retryAt.getTime()) ? fault.retryAt.getTime() : null;
  const least = asked ?? (fault.class === 'rate' ? now.getTime() + MINUTE : 0);
  const until = Math.min(least, now.getTime() + HOUR);
  return setback.runAt && setback.runAt.getTime() < until ? { ...setback, runAt: new Date(until) } : setback;
}
