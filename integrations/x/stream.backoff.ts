import type { Fault } from '../../src/ingest/connector.js';

/**
 * When to connect again, in milliseconds, as X publishes it: after a broken connection 250 ms more each time, up to 16 s; after
 * a server's failure 5 s, doubled up to 320 s; after too many connections a minute, doubled. `failures`: in a row, this one included.
 */
export function pauseAfter(fault: Fault, failures: number): number {
  const doubled = 2 ** Math.min(failures - 1, 10);
  if (fault.class === 'rate') return Math.min(60_000 * doubled, 3_600_000);
  if (fault.code !== undefined && /^5\d\d$/.test(fault.code)) return Math.min(5000 * doubled, 320_000);
  return Math.min(250 * failures, 16_000);
}
