import type { Pool, PoolClient } from 'pg';
import { sqlState } from '../../platform/errors.js';
import { MOST_REFRESHED, refreshInfluence } from './influence.service.js';
import { DEFAULT_HALF_LIFE_DAYS, halfLifeSql, log2SumSql, secondsSql, weightSql, weightsJoin } from './strength.sql.js';

/**
 * Edges of the interactions `i` of `from`, as rows of `identity_edges`. Of each group the latest moment is taken out of the sum
 * and put back as an exponent, so that nothing runs over: log2 Σ w·2^(t/h) = t_max/h + log2 w + log2 Σ 2^((t − t_max)/h).
 */
const edgesOf = (from: string): string => `
  select g.organization_id, g.from_identity_id, g.to_identity_id, g.kind, count(*)::integer as count,
         max(g.latest) / max(g.half_life) + ln(max(g.weight) * sum(power(2::double precision, greatest((g.moment - g.latest) / g.half_life, -1000)))) / ln(2::double precision) as strength,
         min(g.occurred_at) as first_at, max(g.occurred_at) as last_at
    from (select i.organization_id, i.from_identity_id, i.to_identity_id, i.kind, i.occurred_at, ${secondsSql('i.occurred_at')} as moment,
                 max(${secondsSql('i.occurred_at')}) over (partition by i.organization_id, i.from_identity_id, i.to_identity_id, i.kind) as latest,
                 ${halfLifeSql} as half_life, ${weightSql('i.kind')} as weight
            from ${from} and i.from_identity_id <> i.to_identity_id) g
   where g.weight > 0
   group by g.organization_id, g.from_identity_id, g.to_identity_id, g.kind`;

const RECORDED = `interactions i ${weightsJoin('i')} where i.recorded_tx >= $1 and i.recorded_tx < $2`;

const INSERT =
  'insert into identity_edges as e (organization_id, from_identity_id, to_identity_id, kind, count, strength, first_at, last_at)';

/** `40001`, `40P01`, `23505`: two at once. `23503`: an identity was merged away after we looked. The next look knows better. */
const LOOK_AGAIN = new Set(['40001', '40P01', '23505', '23503']);
const ATTEMPTS = 5;
const LOOK_MS = 50;
/** Transactions that were looked through in vain before their place is written down. */
const MOST_LOOKED_AT_AGAIN = 10_000n;
/**
 * Transactions that recorded something which are added at once. While we write, nobody who follows the log sees what is committed
 * after us; a batch of an import is a transaction, so a step is some fifty thousand interactions at most.
 */
const STEP = 20n;

export interface CaughtUp {
  /** What earlier transactions recorded is in; later ones may still be running. */
  recordedBefore: bigint;
  /** There is more that could be added already. */
  isBehind: boolean;
}

/**
 * Adds some of what was recorded since the last time to the edges, of every organisation, each interaction exactly once: the place
 * reached is moved in the same transaction, and never beyond a transaction that is still running. Answers null while another
 * process does the same. Safe to be killed anywhere and to run in several processes at once.
 */
export async function catchUpEdges(system: Pool): Promise<CaughtUp | null> {
  return atOnce(system, async client => {
    const place = await takePlace(client, 'skip locked');
    if (!place) return null;
    const { before, horizon } = place;
    const { rows } = await client.query<{ first: string | null }>(
      'select min(recorded_tx) as first from interactions where recorded_tx >= $1 and recorded_tx < $2',
      [before, horizon],
    );
    const first = rows[0]!.first && BigInt(rows[0]!.first);
    const end = first && first + STEP < horizon ? first + STEP : horizon;
    const changed = first ? await addRecorded(client, first, end) : new Map<string, string | null>();
    // With nothing new the place may stay for a while: looking again costs less than writing it down.
    if (first || horizon - before > MOST_LOOKED_AT_AGAIN)
      await client.query('update graph_progress set recorded_before = $1, moved_at = now()', [end]);
    for (const id of await settleDoubts(client, end)) changed.set(id, changed.get(id) ?? null);
    await client.query(
      `update graph_states g
          set latest_at = greatest(g.latest_at, n.latest_at), edges_changed_at = clock_timestamp()
         from unnest($1::uuid[], $2::timestamptz[]) as n(id, latest_at) where g.organization_id = n.id`,
      [[...changed.keys()], [...changed.values()]],
    );
    return { recordedBefore: end, isBehind: end < horizon };
  });
}

/**
 * Catches up until everything that is committed by now is in the edges, waiting for transactions that are still running and for
 * other processes that do the same. Answers false when the signal aborts before that.
 */
export async function catchUpWithPresent(system: Pool, signal: AbortSignal): Promise<boolean> {
  const { rows } = await system.query<{ now: string }>('select pg_current_xact_id()::text as now');
  const now = BigInt(rows[0]!.now);
  while (!signal.aborted) {
    const caughtUp = await catchUpEdges(system);
    if (caughtUp && caughtUp.recordedBefore > now) return true;
    if (!caughtUp?.isBehind) await new Promise(done => setTimeout(done, LOOK_MS));
  }
  return false;
}

/** Adds what these transactions recorded, and answers the latest moment of each organisation it touched. */
async function addRecorded(client: PoolClient, first: bigint, end: bigint): Promise<Map<string, string | null>> {
  await client.query(
    `insert into graph_states (organization_id, latest_at, edges_changed_at, half_life_days, weights, settings_of)
     select n.organization_id, 'epoch', now(), coalesce(s.half_life_days, ${DEFAULT_HALF_LIFE_DAYS}), coalesce(s.weights, '{}'), s.updated_at
       from (select distinct organization_id from interactions where recorded_tx >= $1 and recorded_tx < $2) n
       left join graph_settings s on s.organization_id = n.organization_id
     on conflict do nothing`,
    [first, end],
  );
  const { rows } = await client.query<{ organization_id: string; latest_at: string; engaged: string[] | null }>(
    `with added as (
       ${INSERT} ${edgesOf(RECORDED)}
        order by 1, 2, 3, 4
       on conflict (organization_id, from_identity_id, to_identity_id, kind) do update
         set count = e.count + excluded.count, strength = ${log2SumSql('e.strength', 'excluded.strength')},
             first_at = least(e.first_at, excluded.first_at), last_at = greatest(e.last_at, excluded.last_at)
       returning organization_id, to_identity_id, last_at)
     select organization_id, max(last_at)::text as latest_at,
            case when count(distinct to_identity_id) <= ${MOST_REFRESHED} then array_agg(distinct to_identity_id) end as engaged
       from added group by 1`,
    [first, end],
  );
  for (const { organization_id: id, engaged } of rows) if (engaged) await refreshInfluence(client, id, engaged);
  return new Map(rows.map(row => [row.organization_id, row.latest_at]));
}

/**
 * Adds up every edge of an organisation anew, under its settings as they are now, in one transaction: readers see the edges of
 * one half-life or of the other. Otherwise the result is what catching up would have made. An abort undoes it.
 */
export async function rebuildEdges(system: Pool, organizationId: string, signal?: AbortSignal): Promise<void> {
  await atOnce(
    system,
    async client => {
      const place = await takePlace(client);
      await client.query('delete from graph_doubts where organization_id = $1', [organizationId]);
      await client.query(
        `update graph_states g
            set half_life_days = coalesce(s.half_life_days, ${DEFAULT_HALF_LIFE_DAYS}), weights = coalesce(s.weights, '{}'), settings_of = s.updated_at
           from (select $1::uuid as id) o left join graph_settings s on s.organization_id = o.id where g.organization_id = o.id`,
        [organizationId],
      );
      await client.query('delete from identity_edges where organization_id = $1', [organizationId]);
      await client.query(
        `${INSERT} ${edgesOf(`interactions i ${weightsJoin('i')} where i.organization_id = $1 and i.recorded_tx < $2`)} order by 1, 2, 3, 4`,
        [organizationId, place!.before],
      );
      await client.query(
        `update graph_states
            set edges_changed_at = clock_timestamp(),
                latest_at = coalesce((select max(last_at) from identity_edges where organization_id = $1), 'epoch')
          where organization_id = $1`,
        [organizationId],
      );
    },
    signal,
  );
}

/** The place reached, held until the end of the transaction, and how far it may go. */
async function takePlace(client: PoolClient, wait = ''): Promise<{ before: bigint; horizon: bigint } | undefined> {
  const { rows } = await client.query<{ before: string; horizon: string }>(
    `select recorded_before as before, greatest(recorded_before, pg_snapshot_xmin(pg_current_snapshot())::text::bigint) as horizon
       from graph_progress for update ${wait}`,
  );
  const place = rows[0];
  return place && { before: BigInt(place.before), horizon: BigInt(place.horizon) };
}

/** Adds up the edges of pairs anew of which an interaction was taken back or moved. Answers the organisations of all doubts. */
async function settleDoubts(client: PoolClient, recordedBefore: bigint): Promise<string[]> {
  const { rows } = await client.query<{
    organization_id: string;
    from_identity_id: string | null;
    to_identity_id: string | null;
  }>(
    `with gone as (delete from graph_doubts returning *)
     select distinct organization_id, from_identity_id, to_identity_id from gone`,
  );
  const pairs = rows.filter(row => row.from_identity_id !== null);
  if (pairs.length > 0) {
    const values = [
      pairs.map(row => row.organization_id),
      pairs.map(row => row.from_identity_id),
      pairs.map(row => row.to_identity_id),
    ];
    const doubtful =
      'unnest($1::uuid[], $2::uuid[], $3::uuid[]) as d(organization_id, from_identity_id, to_identity_id)';
    const same = (alias: string) =>
      `${alias}.organization_id = d.organization_id and ${alias}.from_identity_id = d.from_identity_id and ${alias}.to_identity_id = d.to_identity_id`;
    await client.query(`delete from identity_edges e using ${doubtful} where ${same('e')}`, values);
    await client.query(
      `${INSERT} ${edgesOf(`${doubtful} join interactions i on ${same('i')} ${weightsJoin('i')} where i.recorded_tx < $4`)}`,
      [...values, recordedBefore],
    );
  }
  return [...new Set(rows.map(row => row.organization_id))];
}

/** One transaction that sees one moment, tried again when others were in the way; an abort cancels the statement it is at. */
async function atOnce<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const client = await pool.connect();
    const cancel = () => {
      const { processID } = client as unknown as { processID: number };
      pool.query('select pg_cancel_backend($1)', [processID]).catch(() => {});
    };
    signal?.addEventListener('abort', cancel);
    try {
      await client.query('begin isolation level repeatable read');
      const result = await work(client);
      signal?.throwIfAborted();
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      if (signal?.aborted || attempt === ATTEMPTS || !LOOK_AGAIN.has(sqlState(error) ?? '')) throw error;
      await new Promise(done => setTimeout(done, Math.random() * 50 * 2 ** attempt));
    } finally {
      signal?.removeEventListener('abort', cancel);
      client.release();
    }
  }
}
