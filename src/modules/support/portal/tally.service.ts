import type { Database, Scope } from '../../../platform/database/database.js';
import { AppError } from '../../../platform/errors.js';

/** So many times in a span; `subject` is a digest of whose they are. */
export interface Limit {
  subject: string;
  most: number;
  seconds: number;
}

interface Tally {
  subject: string;
  /** How often in the span that is now, this time included. */
  count: number;
  /** Seconds until that span is over, and counting begins anew. */
  left: number;
}

/** Counts one more time for each subject, in a transaction of its own, so that it stays counted whatever follows. */
export function tally(
  database: Database,
  scope: Scope,
  spans: readonly Pick<Limit, 'subject' | 'seconds'>[],
): Promise<Tally[]> {
  return database.write(scope, tx =>
    tx.query<Tally>(
      // In one order, so that two who count at once never wait for each other.
      `with span as (
         select l.subject, l.seconds, date_bin(make_interval(secs => l.seconds), now(), timestamptz '2026-01-01') as since
           from unnest($2::text[], $3::integer[]) as l(subject, seconds)),
       counted as (
         insert into portal_tallies as t (organization_id, subject, since, count)
         select $1, subject, since, 1 from span order by subject
         on conflict (organization_id, subject, since) do update set count = t.count + 1
         returning subject, count)
       select c.subject, c.count, greatest(1, s.seconds - extract(epoch from now() - s.since))::integer as left
         from counted c join span s using (subject)`,
      [scope.organizationId, spans.map(({ subject }) => subject), spans.map(({ seconds }) => seconds)],
    ),
  );
}

/** Counts like `tally`. Throws RATE_LIMITED with when to come back once one of `limits` is passed. */
export async function countTries(database: Database, scope: Scope, limits: readonly Limit[]): Promise<void> {
  const most = new Map(limits.map(limit => [limit.subject, limit.most]));
  const passed = (await tally(database, scope, limits)).filter(({ subject, count }) => count > most.get(subject)!);
  if (passed.length === 0) return;
  const wait = Math.max(...passed.map(({ left }) => left));
  throw new AppError('RATE_LIMITED', `Too much was asked in a short time. Try again in ${wait} s.`, {
    retryAfter: wait,
    resetAt: new Date(Date.now() + wait * 1000).toISOString(),
  });
}
