import type pg from 'pg';
import type { ChannelHolder } from './channel.directory.js';

/** What an attempt came to: `failed` of no fault of ours, `answered` by the network however it liked, or neither. */
export type Outcome = 'answered' | 'failed' | 'neither';

/** Failures in a row, of all that goes through the account, before it is left alone. */
const MOST_FAILURES = 5;
const LONGEST_S = 300;
/** A trial of which nothing is heard is over after this long. */
const TRIAL = `interval '1 minute'`;

const OUTCOMES: Record<string, Outcome> = {
  transient: 'failed',
  unknown: 'failed',
  auth: 'answered',
  forbidden: 'answered',
  not_found: 'answered',
  duplicate: 'answered',
  window_closed: 'answered',
};

/** Of a fault's class, or of none. Limits, budgets and our own refusals say nothing about the network. */
export const outcomeOf = (faultClass: string | null): Outcome =>
  faultClass === null ? 'answered' : (OUTCOMES[faultClass] ?? 'neither');

/**
 * Whether an account's network may be asked now: null, or when to come back. After a pause exactly one process is let through
 * as a trial; the others wait for what it finds.
 */
export async function breakerAllows(pool: pg.Pool, { organizationId, accountId }: ChannelHolder): Promise<Date | null> {
  if (!accountId) return null;
  const { rows } = await pool.query<{ until: Date; mine: boolean }>(
    `with trial as (
       update account_breakers set open_until = clock_timestamp() + ${TRIAL}, on_trial = true
        where organization_id = $1 and account_id = $2 and open_until <= clock_timestamp() returning 1)
     select b.open_until as until, exists (select from trial) as mine from account_breakers b
      where b.organization_id = $1 and b.account_id = $2 and b.open_until is not null`,
    [organizationId, accountId],
  );
  const [open] = rows;
  if (!open || open.mine) return null;
  // Seen as it was before somebody else's trial began.
  return open.until.getTime() > Date.now() ? open.until : new Date(Date.now() + 1000);
}

/** Keeps what an attempt came to. Each opening lasts a random while below a doubling bound, from 1 s to 5 min. */
export async function recordOutcome(
  pool: pg.Pool,
  { organizationId, accountId }: ChannelHolder,
  outcome: Outcome,
  random = Math.random(),
): Promise<void> {
  if (!accountId || outcome === 'neither') return;
  if (outcome === 'answered') {
    await pool.query('delete from account_breakers where organization_id = $1 and account_id = $2', [
      organizationId,
      accountId,
    ]);
    return;
  }
  // Failures of what was under way when it opened do not open it further.
  const opens = `(b.on_trial or b.failures + 1 >= $3 and coalesce(b.open_until <= clock_timestamp(), true))`;
  await pool.query(
    `insert into account_breakers as b (organization_id, account_id, failures)
     select organization_id, id, 1 from accounts where organization_id = $1 and id = $2
     on conflict (organization_id, account_id) do update
       set failures = b.failures + 1,
           opened = case when ${opens} then b.opened + 1 else b.opened end,
           open_until = case when ${opens}
             then clock_timestamp() + greatest(1, $4 * least($5, 2 ^ least(b.opened + 2, 20))) * interval '1 second'
             else b.open_until end,
           on_trial = false`,
    [organizationId, accountId, MOST_FAILURES, random, LONGEST_S],
  );
}
