import type { StoredProblem } from '../modules/social/index.js';
import { ConnectorError, type Fault, type FaultClass } from './connector.js';

/** Whatever an adapter threw, in the port's words; what it did not say itself is `unknown`. */
export function faultOf(error: unknown): Fault {
  if (error instanceof ConnectorError) return error.fault;
  return { class: 'unknown', message: 'The adapter failed in a way it did not explain.', scope: 'endpoint' };
}

/** A fault as it is kept with a source. */
export function problemOf(fault: Fault, retryAt: Date | null, now: Date): StoredProblem {
  return {
    class: fault.class.toUpperCase() satisfies string as Uppercase<FaultClass>,
    // Networks put anything into their messages; NUL cannot be stored.
    message: fault.message.toWellFormed().replaceAll('\0', '').slice(0, 1000),
    retryAt: retryAt?.toISOString() ?? null,
    at: now.toISOString(),
  };
}
