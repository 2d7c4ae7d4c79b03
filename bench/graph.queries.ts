// What the graph answers on real interactions, beside one hand-written statement that reads the same.
import { existsSync } from 'node:fs';
import pg from 'pg';
import { makeKey, makeOrganization, openCluster, SLUG, serverSettings } from './support/cluster.js';
import { run, vinculo } from './support/processes.js';
import { quantile, rounded, say, table } from './support/statistics.js';

const FILE = process.env['BENCH_HIGGS'] ?? '../shared/data/higgs-interactions-early.csv.gz';
const CENTERS = 200;
const DEPTH = 2;
const LIMIT = 200;

/** `interactionGraph` and `seedSet` over HTTP on the Higgs interactions, as the command line imports them. */
export async function measureGraphQueries(): Promise<void> {
  if (!existsSync(FILE)) return say(`\n${FILE} is not there: nothing is asked of real interactions.`);
  const cluster = await openCluster('graph-higgs');
  try {
    const { rows } = await cluster.pool.query('select 1 from identity_edges limit 1');
    if (rows.length === 0) {
      await makeOrganization(cluster);
      const map = 'from=from,to=to,occurredAt=at,kind=kind';
      run(['import', 'interactions', FILE, '--organization', SLUG, '--network', 'TWITTER', '--map', map], {
        DATA_DIR: cluster.directory,
      });
    }
    const key = makeKey(cluster, 'OWNER');
    const server = await vinculo(['start'], serverSettings(cluster.directory), /ready at (http:\/\/[^/\s]+)/);
    try {
      await compare(server.said, key, cluster.ownerUrl);
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.close();
  }
}

async function compare(origin: string, key: string, ownerUrl: string): Promise<void> {
  const ask = async (query: string, variables: object = {}) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: any; errors?: object[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  // The first run is the server's own affair; what is measured here comes after it.
  for (;;) {
    const { graphRuns } = await ask('{ graphRuns(first: 1) { edges { node { state } } } }');
    if (graphRuns.edges[0]?.node.state === 'DONE') break;
    await new Promise(done => setTimeout(done, 500));
  }
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string; organization: string }>(
    `select i.id, i.organization_id as organization from social_identities i
      where exists (select 1 from identity_edges e where e.organization_id = i.organization_id and e.from_identity_id = i.id)
      order by md5(i.handle) limit ${CENTERS}`,
  );
  const publicIdOf = await publicIds(ask, client, rows);
  const ours: number[] = [];
  const byHand: number[] = [];
  let people = 0;
  for (const [at, { id, organization }] of rows.entries()) {
    const measure = async (times: number[], work: () => Promise<unknown>) => {
      const started = performance.now();
      const result = await work();
      // The first few are for compiling and for planning.
      if (at >= 20) times.push(performance.now() - started);
      return result;
    };
    const graph: any = await measure(ours, () =>
      ask(QUERY, { center: publicIdOf.get(id), depth: DEPTH, limit: LIMIT }),
    );
    people += graph.interactionGraph.nodes.length;
    await measure(byHand, () => client.query({ name: 'byHand', text: BY_HAND, values: [organization, id, LIMIT] }));
  }
  say(
    `\nHiggs: interactionGraph, depth ${DEPTH}, limit ${LIMIT}, ${rows.length} centres by chance, ${rounded(people / rows.length)} people each on average\n`,
  );
  say(
    table(
      ['', 'p50 ms', 'p99 ms'],
      [
        ['interactionGraph over HTTP, with identities, influence and ties', ...both(ours)],
        ['one hand-written statement', ...both(byHand)],
        [
          'ratio',
          rounded(quantile(ours, 0.5) / quantile(byHand, 0.5), 2),
          rounded(quantile(ours, 0.99) / quantile(byHand, 0.99), 2),
        ],
      ],
    ),
  );
  const seeds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    await ask('{ seedSet(k: 50) { reach seeds { identity { id handle } } } }');
    seeds.push(performance.now() - started);
  }
  say(`\nseedSet(50) over HTTP: ${rounded(quantile(seeds, 0.5))} ms (median of ${seeds.length})`);
  await client.end();
}

async function publicIds(
  ask: (query: string, variables?: object) => Promise<any>,
  client: pg.Client,
  rows: { id: string }[],
): Promise<Map<string, string>> {
  const { rows: handles } = await client.query<{ id: string; handle: string }>(
    'select id, handle from social_identities where id = any ($1)',
    [rows.map(row => row.id)],
  );
  const ids = new Map<string, string>();
  for (const { id, handle } of handles) {
    const { socialIdentities } = await ask(
      'query ($handle: String) { socialIdentities(first: 1, filter: { handle: { eq: $handle } }) { edges { node { id } } } }',
      { handle },
    );
    ids.set(id, socialIdentities.edges[0].node.id);
  }
  return ids;
}

const both = (times: number[]): [string, string] => [
  rounded(quantile(times, 0.5), 1),
  rounded(quantile(times, 0.99), 1),
];

const QUERY = `query ($center: ID!, $depth: Int!, $limit: Int!) {
  interactionGraph(center: $center, depth: $depth, limit: $limit) {
    nodes { identity { id network handle customer { id displayName } } distance influence { score percentile } community }
    edges { from to kinds count weight lastAt } truncated } }`;

/** The same neighbourhood as somebody would write it for this question alone: people, their influence and their ties as JSON. */
const BY_HAND = `
  with first as (
         select other, max(strength) as strength from (
           select to_identity_id as other, strength from identity_edges where organization_id = $1 and from_identity_id = $2
           union all select from_identity_id, strength from identity_edges where organization_id = $1 and to_identity_id = $2) a
          group by other order by strength desc limit $3 - 1),
       second as (
         select other, max(strength) as strength from (
           select e.to_identity_id as other, e.strength from first f join identity_edges e on e.organization_id = $1 and e.from_identity_id = f.other
           union all select e.from_identity_id, e.strength from first f join identity_edges e on e.organization_id = $1 and e.to_identity_id = f.other) a
          where other <> $2 and other not in (select other from first) group by other
          order by strength desc limit greatest($3 - 1 - (select count(*) from first), 0)),
       people as (select $2::uuid as id, 0 as distance union all select other, 1 from first union all select other, 2 from second)
  select (select json_agg(json_build_object('id', i.id, 'network', i.network, 'handle', i.handle, 'distance', p.distance, 'score', x.score, 'percentile', x.percentile, 'community', x.community_id))
            from people p join social_identities i on i.organization_id = $1 and i.id = p.id
            left join identity_influence x on x.organization_id = $1 and x.identity_id = p.id) as nodes,
         (select json_agg(t) from (
            select e.from_identity_id, e.to_identity_id, array_agg(e.kind) as kinds, sum(e.count) as count, sum(e.strength) as strength, max(e.last_at) as last_at
              from people p join identity_edges e on e.organization_id = $1 and e.from_identity_id = p.id
             where e.to_identity_id in (select id from people) group by 1, 2) t) as edges`;
