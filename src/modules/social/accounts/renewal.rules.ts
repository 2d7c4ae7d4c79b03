/** The job that renews one account's access. */
export const RENEW_TASK = 'account.renew';

const LEAST_MARGIN_MS = 10 * 60_000;

/**
 * When access that was given at `from` and ends at `end` is renewed: ten minutes before, or at 80 % of its life where that is
 * earlier; of a very short life the second half is left.
 */
export function renewalOf(from: Date, end: Date): Date {
  const life = Math.max(end.getTime() - from.getTime(), 0);
  const after = Math.max(Math.min(life - LEAST_MARGIN_MS, 0.8 * life), 0.5 * life);
  return new Date(from.getTime() + after);
}
