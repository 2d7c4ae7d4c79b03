import type pg from 'pg';
import type { ChannelHolder } from './channel.directory.js';

/** What a network said of a limit. */
export interface BucketReading {
  limit?: number;
  remaining?: number;
  resetsAt?: Date;
}

/** A fifth stays for answers, rounded up, but never all there is. */
const KEPT = 'greatest(least(ceil(b.most / 5.0), b.most - 1), 0)';
/** Where nobody has said when a window ends, it is taken for a minute. */
const ENDS = `coalesce(b.resets_at, b.began_at + interval '1 minute')`;
const IS_OVER = `(${ENDS} <= clock_timestamp())`;
/** However far away a network puts its reset, or its clock is from ours. */
const LONGEST = `interval '24 hours'`;

/**
 * Takes one request out of a bucket, as one statement: of many processes at once no two get the same one. Null when it was
 * there, else when to come back. `keep`: leaves a fifth. A bucket of which the network has not spoken lets everything through.
 */
export async function takeFromBucket(
  pool: pg.Pool,
  { organizationId, accountId }: ChannelHolder,
  bucket: string,
  { keep }: { keep: boolean },
): Promise<Date | null> {
  const holder = [organizationId, accountId, bucket];
  const { rowCount } = await pool.query(
    `insert into rate_buckets as b (organization_id, id, account_id, bucket, pending) values ($1, gen_random_uuid(), $2, $3, 1)
     on conflict (organization_id, account_id, bucket) do update
       set remaining = case when ${IS_OVER} then b.most else b.remaining end - 1,
           resets_at = case when not ${IS_OVER} then b.resets_at end,
           began_at = case when ${IS_OVER} then clock_timestamp() else b.began_at end,
           pending = case when ${IS_OVER} then 1 else b.pending + 1 end
     where b.remaining is null or ${IS_OVER} or b.remaining > case when $4 then coalesce(${KEPT}, 0) else 0 end
     returning 1`,
    [...holder, keep],
  );
  if (rowCount) return null;
  const { rows } = await pool.query<{ ends: Date }>(
    `select ${ENDS} as ends from rate_buckets b
      where b.organization_id = $1 and b.account_id is not distinct from $2 and b.bucket = $3`,
    holder,
  );
  return rows[0]?.ends ?? new Date();
}

/**
 * Corrects a bucket by what the network said. Answers come in any order: within one window only a smaller rest is believed, and
 * where a window begins, requests that are still under way are taken for ones it has not counted yet.
 */
export async function observeBucket(
  pool: pg.Pool,
  { organizationId, accountId }: ChannelHolder,
  bucket: string,
  reading: BucketReading,
): Promise<void> {
  const [limit, remaining] = [whole(reading.limit), whole(reading.remaining)];
  const resetsAt = Number.isNaN(reading.resetsAt?.getTime()) ? null : (reading.resetsAt ?? null);
  if (limit === null && remaining === null) return;
  // A reset that has passed by our clock says nothing about the window we are in.
  const begins = `(${IS_OVER} or b.remaining is null or excluded.resets_at is not null and
    (b.resets_at is null or excluded.resets_at > b.resets_at + interval '1 second'))`;
  await pool.query(
    `insert into rate_buckets as b (organization_id, id, account_id, bucket, most, remaining, resets_at)
     values ($1, gen_random_uuid(), $2, $3, $4::integer, coalesce($5::integer, $4),
             case when $6::timestamptz > clock_timestamp() then least($6, clock_timestamp() + ${LONGEST}) end)
     on conflict (organization_id, account_id, bucket) do update
       set most = coalesce($4, b.most),
           remaining = case
             when ${begins} then greatest(coalesce($5, b.most, $4) - greatest(b.pending - 1, 0), 0)
             else least(b.remaining, $5) end,
           resets_at = case
             when ${begins} then excluded.resets_at
             when abs(extract(epoch from excluded.resets_at - b.resets_at)) > 1 then excluded.resets_at
             else b.resets_at end,
           began_at = case when ${begins} then clock_timestamp() else b.began_at end,
           pending = case when ${begins} then 0 else greatest(b.pending - 1, 0) end`,
    [organizationId, accountId, bucket, limit, remaining, resetsAt],
  );
}

const LARGEST = 2 ** 31 - 1;

function whole(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : Math.min(Math.max(Math.floor(value), 0), LARGEST);
}
