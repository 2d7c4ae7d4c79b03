import type { Database, Scope } from '../../../platform/database/database.js';
import { AppError } from '../../../platform/errors.js';

/** So many times in a span; `subject` is a digest of whose they are. */
export interface Limit {
  subject: string;
  most: number;
  seconds: number;
}

/**
 * Counts one more time for each of `limits`, in a transaction of its own, so that it stays counted whatever follows. Throws
 * RATE_LIMITED with when to come back once one of them is passed.
 */
export async function countTries(database: Database, scope: Scope, limits: readonly Limit[]): Promise<void> {
  const wait = await database.write(scope, async tx => {
    const rows = await tx.query<{ subject: string; count: number; left: number }>(
      // In one order, so that two who count at once never wait for each other.
      `insert into portal_tallies as t (organization_id, subject, since, count)
       select $1, l.subject, date_bin(make_interval(secs => l.seconds), now(), timestamptz '2026-01-01'), 1
         from unnest($2::text[], $3::integer[]) as l(subject, seconds) order by l.subject
       on conflict (organization_id, subject, since) do update set count = t.count + 1
       returning subject, count, extract(epoch from now() - since)::integer as left`,
      [scope.organizationId, limits.map(({ subject }) => subject), limits.map(({ seconds }) => seconds)],
    );
    const bySubject = new Map(rows.map(row => [row.subject, row]));
    const passed = limits.flatMap(({ subject, most, seconds }) => {
      const { count, left } = bySubject.get(subject)!;
      return count > most ? [Math.max(1, seconds - left)] : [];
    });
    return passed.length > 0 ? Math.max(...passed) : null;
  });
  if (wait === null) return;
  throw new AppError('RATE_LIMITED', `Too much was asked in a short time. Try again in ${wait} s.`, {
    retryAfter: wait,
    resetAt: new Date(Date.now() + wait * 1000).toISOString(),
  });
}
