import type { Pool, PoolClient } from 'pg';
import { sqlState } from '../../platform/errors.js';
import { MOST_REFRESHED, refreshInfluence } from './influence.service.js';
import { halfLifeSql, log2SumSql, secondsSql, weightSql } from './strength.sql.js';

/**
 * Edges of the interactions that `condition` keeps of `i`, as rows of `identity_edges`. Of each group the latest moment is taken
 * out of the sum and put back as an exponent, so that nothing runs over: log2 Σ w·2^(t/h) = t_max/h + log2 w + log2 Σ 2^((t − t_max)/h).
 */
const edgesOf = (condition: string): string => `
  select g.organization_id, g.from_identity_id, g.to_identity_id, g.kind, count(*)::integer as count,
         max(g.latest) / max(g.half_life) + ln(max(g.weight) * sum(power(2::double precision, greatest((g.moment - g.latest) / g.half_life, -1000)))) / ln(2::double precision) as strength,
         min(g.occurred_at) as first_at, max(g.occurred_at) as last_at
    from (select i.organization_id, i.from_identity_id, i.to_identity_id, i.kind, i.occurred_at, ${secondsSql('i.occurred_at')} as moment,
                 max(${secondsSql('i.occurred_at')}) over (partition by i.organization_id, i.from_identity_id, i.to_identity_id, i.kind) as latest,
                 ${halfLifeSql} as half_life, ${weightSql('i.kind')} as weight
            from interactions i
            left join graph_settings s on s.organization_id = i.organization_id
           where i.from_identity_id <> i.to_identity_id and ${condition}) g
   where g.weight > 0
   group by g.organization_id, g.from_identity_id, g.to_identity_id, g.kind`;

const INSERT =
  'insert into identity_edges as e (organization_id, from_identity_id, to_identity_id, kind, count, strength, first_at, last_at)';

/** `40001`, `40P01`: two at once. `23503`: an identity was merged away after we looked. The next look knows better. */
const LOOK_AGAIN = new Set(['40001', '40P01', '23503']);
const ATTEMPTS = 5;
const LOOK_MS = 50;
/** Transactions that were looked through in vain before their place is written down. */
const MOST_LOOKED_AT_AGAIN = 10_000n;

export interface CaughtUp {
  /** Organisations whose edges have changed. */
  organizationIds: string[];
  /** Edges that are new or have become stronger. */
  edges: number;
  /** What earlier transactions recorded is in; later ones may still be running. */
  recordedBefore: bigint;
}

/**
 * Adds what was recorded since the last time to the edges, of every organisation, each interaction exactly once: the place
 * reached is moved in the same transaction, and never beyond a transaction that is still running. Answers null while another
 * process does the same. Safe to be killed anywhere and to run in several processes at once.
 */
export async function catchUpEdges(system: Pool): Promise<CaughtUp | null> {
  return atOnce(system, async client => {
    const place = await takePlace(client, 'skip locked');
    if (!place) return null;
    const { before, horizon } = place;
    const changed = new Map<string, string | null>();
    const engaged = new Map<string, string[]>();
    let edges = 0;
    if (horizon > before) {
      const { rows } = await client.query<{
        organization_id: string;
        added: string;
        latest_at: string;
        engaged: string[] | null;
      }>(
        `with added as (
           ${INSERT} ${edgesOf('i.recorded_tx >= $1 and i.recorded_tx < $2')}
            order by 1, 2, 3, 4
           on conflict (organization_id, from_identity_id, to_identity_id, kind) do update
             set count = e.count + excluded.count, strength = ${log2SumSql('e.strength', 'excluded.strength')},
                 first_at = least(e.first_at, excluded.first_at), last_at = greatest(e.last_at, excluded.last_at)
           returning organization_id, to_identity_id, last_at)
         select organization_id, count(*) as added, max(last_at)::text as latest_at,
                case when count(distinct to_identity_id) <= ${MOST_REFRESHED} then array_agg(distinct to_identity_id) end as engaged
           from added group by 1`,
        [before, horizon],
      );
      for (const row of rows) {
        changed.set(row.organization_id, row.latest_at);
        edges += Number(row.added);
        if (row.engaged) engaged.set(row.organization_id, row.engaged);
      }
      // With nothing new the place may stay for a while: looking again costs less than writing it down.
      if (edges > 0 || horizon - before > MOST_LOOKED_AT_AGAIN)
        await client.query('update graph_progress set recorded_before = $1, moved_at = now()', [horizon]);
    }
    for (const id of await settleDoubts(client, horizon)) changed.set(id, changed.get(id) ?? null);
    await client.query(
      `insert into graph_states as g (organization_id, latest_at, edges_changed_at)
       select n.id, coalesce(n.latest_at, 'epoch'), now() from unnest($1::uuid[], $2::timestamptz[]) as n(id, latest_at)
       on conflict (organization_id) do update
         set latest_at = greatest(g.latest_at, excluded.latest_at), edges_changed_at = excluded.edges_changed_at`,
      [[...changed.keys()], [...changed.values()]],
    );
    for (const [organizationId, ids] of engaged) await refreshInfluence(client, organizationId, ids);
    return { organizationIds: [...changed.keys()], edges, recordedBefore: horizon };
  });
}

/**
 * Catches up until everything that is committed by now is in the edges, waiting for transactions that are still running and for
 * other processes that do the same. Gives up when the signal aborts.
 */
export async function catchUpWithPresent(system: Pool, signal: AbortSignal): Promise<void> {
  const { rows } = await system.query<{ now: string }>('select pg_current_xact_id()::text as now');
  const now = BigInt(rows[0]!.now);
  while (!signal.aborted) {
    const caughtUp = await catchUpEdges(system);
    if (caughtUp && caughtUp.recordedBefore > now) return;
    await new Promise(done => setTimeout(done, LOOK_MS));
  }
}

/** Adds up every edge of an organisation anew, as after its weights have changed. The result is what catching up would have made. */
export async function rebuildEdges(system: Pool, organizationId: string): Promise<number> {
  return atOnce(system, async client => {
    const place = await takePlace(client);
    await client.query('delete from graph_doubts where organization_id = $1', [organizationId]);
    await client.query('delete from identity_edges where organization_id = $1', [organizationId]);
    const { rowCount } = await client.query(
      `${INSERT} ${edgesOf('i.organization_id = $1 and i.recorded_tx < $2')} order by 1, 2, 3, 4`,
      [organizationId, place!.before],
    );
    await client.query(
      `update graph_states
          set edges_changed_at = now(), settings_of = (select updated_at from graph_settings where organization_id = $1)
        where organization_id = $1`,
      [organizationId],
    );
    return rowCount ?? 0;
  });
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

/** Adds up the edges of pairs anew of which an interaction was taken back or moved. Answers their organisations. */
async function settleDoubts(client: PoolClient, horizon: bigint): Promise<string[]> {
  const { rows } = await client.query<{ organization_id: string; from_identity_id: string; to_identity_id: string }>(
    `with gone as (delete from graph_doubts returning *)
     select distinct organization_id, from_identity_id, to_identity_id from gone`,
  );
  if (rows.length === 0) return [];
  const pairs = [
    rows.map(row => row.organization_id),
    rows.map(row => row.from_identity_id),
    rows.map(row => row.to_identity_id),
  ];
  const doubtful = 'unnest($1::uuid[], $2::uuid[], $3::uuid[]) as d(organization_id, from_identity_id, to_identity_id)';
  const same = (alias: string) =>
    `${alias}.organization_id = d.organization_id and ${alias}.from_identity_id = d.from_identity_id and ${alias}.to_identity_id = d.to_identity_id`;
  await client.query(`delete from identity_edges e using ${doubtful} where ${same('e')}`, pairs);
  await client.query(
    `${INSERT} ${edgesOf(`i.recorded_tx < $4 and exists (select 1 from ${doubtful} where ${same('i')})`)}`,
    [...pairs, horizon],
  );
  return [...new Set(pairs[0])];
}

/** One transaction that sees one moment, tried again when others were in the way. */
async function atOnce<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    try {
      await client.query('begin isolation level repeatable read');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      if (attempt === ATTEMPTS || !LOOK_AGAIN.has(sqlState(error) ?? '')) throw error;
      await new Promise(done => setTimeout(done, Math.random() * 50 * 2 ** attempt));
    } finally {
      client.release();
    }
  }
}
