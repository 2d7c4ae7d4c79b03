import type { PoolClient } from 'pg';
import { newId } from '../../../platform/ids.js';
import { FLOAT8, INT4, placesOf, UUID, writeRows } from './binary.copy.js';
import { wordsOfCommunities } from './community.names.js';
import { type FoundCommunities, goesOnAs, type NodeInfluence } from './graph.analysis.js';
import type { LoadedGraph } from './graph.load.js';
import type { UuidNumbers } from './uuid.numbers.js';

const NUMBERS = ['score', 'percentile', 'engagers', 'distinct_engagers', 'pagerank', 'reach', 'trend'];
const WIDTHS = [UUID, FLOAT8, FLOAT8, FLOAT8, INT4, FLOAT8, INT4, FLOAT8, UUID];
const PLACES = placesOf(WIDTHS);

/** Decay moves every number a little all the time; what nobody would see is not written. */
const IS_NEWS = `abs(old.score - excluded.score) >= 0.05 or abs(old.percentile - excluded.percentile) >= 0.5
  or old.distinct_engagers <> excluded.distinct_engagers or old.reach <> excluded.reach or abs(old.trend - excluded.trend) >= 0.05
  or abs(old.engagers - excluded.engagers) > 0.05 * old.engagers or abs(old.pagerank - excluded.pagerank) > 0.05 * old.pagerank`;

/** Rows a transaction. While one is open, nobody who follows the log sees what is committed after it; so each is short. */
const ROWS_AT_ONCE = 10_000;

/** What is told between transactions: how much is done, 0 to 1. Throws to give up. */
export type Step = (done: number) => void;

/** Writes over what an earlier run wrote of identities; answers how many rows that changed. */
export function writeIdentities(
  client: PoolClient,
  organizationId: string,
  identities: UuidNumbers,
  influence: NodeInfluence,
  communityOf: (identity: number) => Buffer | null,
  step: Step,
): Promise<number> {
  return write(client, organizationId, { subjects: identities, influence, communityOf }, IDENTITIES, step);
}

/** The same of customers. Their nodes are the first ones, by their own numbers. */
export function writeCustomers(
  client: PoolClient,
  organizationId: string,
  customers: UuidNumbers,
  influence: NodeInfluence,
  step: Step,
): Promise<number> {
  return write(client, organizationId, { subjects: customers, influence, communityOf: () => null }, CUSTOMERS, step);
}

interface Target {
  table: string;
  key: string;
  columns: string[];
  /** Whether a row `excluded` is worth writing over `old`. */
  isNews: string;
}

const IDENTITIES: Target = {
  table: 'identity_influence',
  key: 'identity_id',
  columns: [...NUMBERS, 'community_id'],
  isNews: `${IS_NEWS} or old.community_id is distinct from excluded.community_id`,
};
const CUSTOMERS: Target = {
  table: 'customer_influence',
  key: 'customer_id',
  columns: NUMBERS,
  isNews: IS_NEWS,
};

interface Results {
  subjects: UuidNumbers;
  influence: NodeInfluence;
  communityOf: (subject: number) => Buffer | null;
}

/**
 * In many short transactions: readers may see some rows of this run beside some of the last for as long as that takes, each of them
 * right for its own. A run that dies here is begun again, and then finds fewer rows to write.
 */
async function write(
  client: PoolClient,
  organizationId: string,
  results: Results,
  { table, key, columns, isNews }: Target,
  step: Step,
): Promise<number> {
  const { count } = results.subjects;
  await client.query(
    `create temporary table if not exists graph_results (
       id uuid, score double precision, percentile double precision, engagers double precision, distinct_engagers integer,
       pagerank double precision, reach integer, trend double precision, community_id uuid);
     create temporary table if not exists graph_subjects (id uuid primary key);
     truncate graph_results, graph_subjects`,
  );
  let changed = 0;
  for (let begin = 0; begin < count; begin += ROWS_AT_ONCE) {
    step((0.9 * begin) / count);
    await stage(client, results, begin, Math.min(count, begin + ROWS_AT_ONCE));
    // By the key's own index, whatever the statistics of a table that is just being filled.
    const { rowCount } = await client.query(
      `with staged as (insert into graph_subjects select id from graph_results)
       insert into ${table} as old (organization_id, ${key}, ${columns.join(', ')})
       select $1, id, ${columns.join(', ')} from graph_results order by id
       on conflict (organization_id, ${key}) do update
         set ${columns.map(column => `${column} = excluded.${column}`).join(', ')} where ${isNews}`,
      [organizationId],
    );
    changed += rowCount ?? 0;
    await client.query('truncate graph_results');
  }
  await client.query('analyze graph_subjects');
  const { rowCount } = await client.query(
    `delete from ${table} old where old.organization_id = $1 and not exists (select 1 from graph_subjects s where s.id = old.${key})`,
    [organizationId],
  );
  step(1);
  return changed + (rowCount ?? 0);
}

async function stage(client: PoolClient, results: Results, begin: number, end: number): Promise<void> {
  const { subjects, influence, communityOf } = results;
  const [id, score, percentile, engagers, distinct, pagerank, reach, trend, community] = PLACES as number[];
  await writeRows(client, 'graph_results', WIDTHS, end - begin, (row, view, start) => {
    const node = begin + row;
    subjects.write(node, view, start + id!);
    view.setFloat64(start + score!, influence.score[node]!);
    view.setFloat64(start + percentile!, influence.percentile[node]!);
    view.setFloat64(start + engagers!, influence.engagers[node]!);
    view.setInt32(start + distinct!, influence.distinctEngagers[node]!);
    view.setFloat64(start + pagerank!, influence.pagerank[node]!);
    view.setInt32(start + reach!, Math.round(influence.reach[node]!));
    view.setFloat64(start + trend!, influence.trend[node]!);
    const group = communityOf(node);
    group?.copy(new Uint8Array(view.buffer, view.byteOffset + start + community!, UUID));
    return group !== null;
  });
}

const LEADERS = 60;

/**
 * Writes the communities over those of the run before and answers the stored id of each, as its 16 bytes. One that most members
 * of a former one have stayed in goes on under its id.
 */
export async function writeCommunities(
  client: PoolClient,
  organizationId: string,
  graph: LoadedGraph,
  found: FoundCommunities,
  score: Float64Array,
): Promise<Buffer[]> {
  const heirs = goesOnAs(found.of, found.count, graph.formerCommunityOf);
  const ids = Array.from(heirs, former => (former === -1 ? newId() : graph.formerCommunities.text(former)));
  const leaders = leadersOf(found, score).map(members => members.map(member => graph.identities.text(member)));
  const words = await wordsOfCommunities(client, organizationId, leaders);
  await client.query('delete from communities where organization_id = $1 and id <> all ($2)', [organizationId, ids]);
  await client.query(
    `insert into communities as c (organization_id, id, words, size, cohesion)
     select $1, n.id, array(select json_array_elements_text(n.words::json)), n.size, n.cohesion
       from unnest($2::uuid[], $3::text[], $4::integer[], $5::double precision[]) as n(id, words, size, cohesion)
     on conflict (organization_id, id) do update set words = excluded.words, size = excluded.size, cohesion = excluded.cohesion
      where (c.words, c.size, c.cohesion) is distinct from (excluded.words, excluded.size, excluded.cohesion)`,
    [
      organizationId,
      ids,
      ids.map((_, at) => JSON.stringify(words[at] ?? [])),
      Array.from(found.sizes),
      Array.from(found.cohesion),
    ],
  );
  return ids.map(id => Buffer.from(id.replaceAll('-', ''), 'hex'));
}

/** Numbers of the most influential members of each community. */
function leadersOf({ of, count }: FoundCommunities, score: Float64Array): number[][] {
  const leaders: number[][] = Array.from({ length: count }, () => []);
  const order = Int32Array.from(of.keys()).sort((a, b) => score[b]! - score[a]! || a - b);
  for (const identity of order) {
    const members = leaders[of[identity]!];
    if (members && members.length < LEADERS) members.push(identity);
  }
  return leaders;
}
