import { parentPort, workerData } from 'node:worker_threads';
import pg, { type PoolClient } from 'pg';
import { AnalysisStopped, type Watch } from '../analysis/progress.js';
import { halfLifeSql, weightsJoin } from '../strength.sql.js';
import { analyse, type Clock } from './graph.analysis.js';
import { loadGraph } from './graph.load.js';
import { writeCommunities, writeCustomers, writeIdentities } from './graph.results.js';
import type { FromThread, Phase, ThreadInput } from './graph.thread.types.js';

// The whole of a run that takes time, beside the thread that answers requests: ties are streamed in, numbers worked out, results
// written back in short transactions.

/** A window of the trend: long enough for a quiet account, short enough to be news. */
const WINDOW_SECONDS = 30 * 86_400;
const TELL_EVERY_MS = 250;

const { ownerUrl, organizationId, stop } = workerData as ThreadInput;
const stopped = new Int32Array(stop);
const tell = (message: FromThread): void => parentPort!.postMessage(message);

/** How the parts of a run share its whole. */
const PARTS: Record<Phase, [from: number, to: number]> = {
  LOADING: [0, 0.3],
  RANKING: [0.3, 0.7],
  WRITING: [0.7, 1],
};

let lastTold = 0;

function watching(phase: Phase): Watch {
  const [from, to] = PARTS[phase];
  return {
    shouldStop: () => Atomics.load(stopped, 0) !== 0,
    onProgress(done) {
      const now = Date.now();
      if (now - lastTold < TELL_EVERY_MS && done < 1) return;
      lastTold = now;
      tell({ kind: 'progress', phase, progress: from + done * (to - from) });
    },
  };
}

async function run(client: PoolClient): Promise<void> {
  await client.query('begin isolation level repeatable read');
  // What comes while this run is under way changes the mark, and is for the next one.
  const { rows: states } = await client.query<{ mark: string }>(
    'select edges_changed_at::text as mark from graph_states where organization_id = $1',
    [organizationId],
  );
  const clock = await clockOf(client);
  const { rows } = await client.query<{ edges: string }>(
    'select greatest(reltuples, 1)::bigint as edges from pg_class where oid = $1::regclass',
    ['identity_edges'],
  );
  const loading = watching('LOADING');
  const graph = await loadGraph(client, organizationId, clock.now - 2 * clock.window, {
    ...loading,
    expected: Number(rows[0]!.edges),
  });
  await client.query('commit');
  const result = analyse(graph, clock, watching('RANKING'));

  const writing = watching('WRITING');
  const stepping = (from: number, to: number) => (done: number) => {
    if (writing.shouldStop?.()) throw new AnalysisStopped();
    writing.onProgress?.(from + done * (to - from));
  };
  // Whoever refreshes influence meanwhile leaves it to us.
  await client.query("select pg_advisory_lock(hashtextextended('influence ' || $1, 0))", [organizationId]);
  const communityIds = await writeCommunities(
    client,
    organizationId,
    graph,
    result.communities,
    result.identities.score,
  );
  const ofIdentities = await writeIdentities(client, organizationId, graph, result, communityIds, stepping(0.1, 0.8));
  const ofCustomers = await writeCustomers(client, organizationId, graph, result.customers, stepping(0.8, 1));
  const most = result.identities.engagers.reduce((largest, engagers) => Math.max(largest, engagers), 0);
  await client.query(
    'update graph_states set analysed_of = $2, analysed_at = now(), most_engagers = $3 where organization_id = $1',
    [organizationId, states[0]?.mark ?? null, most],
  );
  tell({
    kind: 'done',
    nodes: graph.identities.count,
    edges: graph.from.length,
    changed: ofIdentities + ofCustomers,
  });
}

async function clockOf(client: PoolClient): Promise<Clock> {
  const { rows } = await client.query<{ now: number; halfLife: number }>(
    `select extract(epoch from least(coalesce(c.latest_at, now()), now()))::double precision as now, ${halfLifeSql} as "halfLife"
       from (select $1::uuid as organization_id) o ${weightsJoin('o')}`,
    [organizationId],
  );
  return { ...rows[0]!, window: WINDOW_SECONDS };
}

const pool = new pg.Pool({
  connectionString: ownerUrl,
  max: 1,
  application_name: 'vinculo-graph',
  options: '-c timezone=UTC',
});
pool.on('error', () => {});
const client = await pool.connect();
client.on('error', () => {});
try {
  // Whoever else works on the same organisation has the same results to write.
  const { rows } = await client.query<{ mine: boolean }>(
    "select pg_try_advisory_lock(hashtextextended('graph ' || $1, 0)) as mine",
    [organizationId],
  );
  if (rows[0]!.mine) await run(client);
  else tell({ kind: 'busy' });
} catch (error) {
  if (error instanceof AnalysisStopped) tell({ kind: 'stopped' });
  else throw error;
} finally {
  // An open transaction ends with its connection, and leaves nothing.
  client.release(true);
  await pool.end();
}
