// A whole run from PostgreSQL and back on a large graph, and what requests feel of it meanwhile.
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { powerLawEdges } from './graph.dataset.js';
import { type Cluster, makeKey, makeOrganization, openCluster, serverSettings } from './support/cluster.js';
import { memoryOf, vinculo } from './support/processes.js';
import { quantile, rounded, say, table } from './support/statistics.js';

const REQUEST_EVERY_MS = 50;
const CALM_SECONDS = 15;

interface Size {
  nodeCount: number;
  edgeCount: number;
}

/** Measures one run started over GraphQL on a server that answers twenty small requests a second before, during and after. */
export async function measureRefresh(size: Size): Promise<void> {
  const cluster = await openCluster(`graph-${size.edgeCount}`);
  try {
    const key = await fill(cluster, size);
    await cluster.pool.query('truncate identity_influence, customer_influence, communities');
    const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
    try {
      await watch(server.said, server.pid, key, size);
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

async function watch(origin: string, pid: number, key: string, { nodeCount, edgeCount }: Size): Promise<void> {
  const ask = async (query: string) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: any; errors?: object[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const lastRun = async () =>
    (
      await ask(
        '{ graphRuns(first: 1) { edges { node { state phase nodes edges changed startedAt finishedAt problem } } } }',
      )
    ).graphRuns.edges[0]?.node;
  let memory = 0;
  const times = new Map<string, number[]>();
  let state = 'calm';
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const started = performance.now();
      const kept = times.get(state) ?? [];
      times.set(state, kept);
      await ask(
        '{ socialIdentities(first: 20, orderBy: { field: FOLLOWERS }) { edges { node { id handle customer { id } } } } }',
      );
      kept.push(performance.now() - started);
      memory = Math.max(memory, memoryOf(pid));
      await pause(Math.max(0, REQUEST_EVERY_MS - (performance.now() - started)));
    }
  })();
  await pause(CALM_SECONDS * 1000);
  const before = memory;
  const phases = new Map<string, number>();
  for (const round of ['first', 'again']) {
    await ask('mutation { startGraphRun(input: { kind: ANALYSIS }) { userErrors { message } } }');
    let run = await lastRun();
    let at = performance.now();
    while (['QUEUED', 'RUNNING'].includes(run.state)) {
      state = `run, ${String(run.phase ?? 'LOADING').toLowerCase()}`;
      await pause(100);
      const now = performance.now();
      phases.set(`${round} ${state}`, (phases.get(`${round} ${state}`) ?? 0) + now - at);
      at = now;
      run = await lastRun();
    }
    state = 'between';
    const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
    say(
      `${round} run: ${run.state} in ${rounded(seconds, 1)} s, ${rounded(run.nodes)} identities, ${rounded(run.edges)} ties, ${rounded(run.changed)} rows written${run.problem ? ` (${run.problem})` : ''}`,
    );
  }
  isOver = true;
  await asking;
  say(`Resident memory of the server: ${rounded(before)} MB before, ${rounded(memory)} MB at most.`);
  for (const [phase, milliseconds] of phases) say(`  ${phase}: ${rounded(milliseconds / 1000, 1)} s`);
  say(
    `\nA request for 20 of ${rounded(nodeCount)} identities every ${REQUEST_EVERY_MS} ms, ms (${rounded(edgeCount)} ties):\n`,
  );
  say(
    table(
      ['', 'requests', 'p50', 'p99', 'longest'],
      [...times].map(([name, all]) => [
        name,
        rounded(all.length),
        rounded(quantile(all, 0.5), 1),
        rounded(quantile(all, 0.99), 1),
        rounded(Math.max(...all), 1),
      ]),
    ),
  );
}

const pause = (milliseconds: number) => new Promise(done => setTimeout(done, milliseconds));

/** Identities and the ties between them, past all checks; made once. Answers an owner's key. */
async function fill(cluster: Cluster, { nodeCount, edgeCount }: Size): Promise<string> {
  const { pool, ownerUrl } = cluster;
  const { rows: known } = await pool.query('select 1 from identity_edges limit 1');
  if (known.length === 0) {
    say(`Making ${rounded(nodeCount)} identities and ${rounded(edgeCount)} ties …`);
    const organization = await makeOrganization(cluster);
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    await client.query(`
      set session_replication_role = replica;
      set synchronous_commit = off;
      create temporary table numbered (n integer primary key, id uuid);
      insert into numbered select n, gen_random_uuid() from generate_series(0, ${nodeCount - 1}) n;
      insert into social_identities (organization_id, id, network, handle, handle_key, followers_count, authored)
      select '${organization}', id, 'TWITTER', 'p' || n, 'p' || n, n % 5000, true from numbered;
      create temporary table pairs (f integer, t integer)`);
    const { from, to } = powerLawEdges(nodeCount, edgeCount, 1);
    const stream = client.query(copyFrom('copy pairs from stdin'));
    for (let at = 0; at < edgeCount; at += 10_000) {
      let text = '';
      for (let i = at; i < Math.min(edgeCount, at + 10_000); i++) text += `${from[i]}\t${to[i]}\n`;
      if (!stream.write(text)) await new Promise(done => stream.once('drain', done));
    }
    await new Promise((done, failed) =>
      stream
        .on('finish', () => done(null))
        .on('error', failed)
        .end(),
    );
    await client.query(`
      alter table identity_edges drop constraint identity_edges_pkey;
      drop index identity_edges_from_idx, identity_edges_to_idx;
      insert into identity_edges (organization_id, from_identity_id, to_identity_id, kind, count, strength, first_at, last_at)
      select '${organization}', a.id, b.id, 'MENTION', p.count, 200 + random() * 3, now() - interval '100 days', now() - random() * interval '100 days'
        from (select f, t, count(*) as count from pairs where f <> t group by 1, 2) p
        join numbered a on a.n = p.f join numbered b on b.n = p.t`);
    await client.query(`
      alter table identity_edges add constraint identity_edges_pkey primary key (organization_id, from_identity_id, to_identity_id, kind);
      create index identity_edges_from_idx on identity_edges (organization_id, from_identity_id, strength desc);
      create index identity_edges_to_idx on identity_edges (organization_id, to_identity_id, strength desc);
      -- Runs are begun by the bench only.
      insert into graph_settings (organization_id, automatic_runs) values ('${organization}', false);
      insert into graph_states (organization_id, latest_at, edges_changed_at, settings_of)
      select organization_id, now(), now(), updated_at from graph_settings;
      -- Who may be whom is not what is measured here.
      truncate match_queue;
      analyze`);
    await client.end();
  }
  return makeKey(cluster, 'OWNER');
}
