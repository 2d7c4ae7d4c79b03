import type { PoolClient } from 'pg';
import { newId } from '../../../platform/ids.js';
import { FLOAT8, INT4, placesOf, UUID, writeRows } from './binary.copy.js';
import { wordsOfCommunities } from './community.names.js';
import { type FoundCommunities, formerCommunitiesOf, goesOnAs, type NodeInfluence } from './graph.analysis.js';
import { type FormerResults, type LoadedGraph, RESULT_COLUMNS } from './graph.load.js';
import type { UuidNumbers } from './uuid.numbers.js';

const WIDTHS = [UUID, FLOAT8, FLOAT8, FLOAT8, INT4, FLOAT8, INT4, FLOAT8, UUID];
const PLACES = placesOf(WIDTHS);

/** Rows a transaction. While one is open, nobody who follows the log sees what is committed after it; so each is short. */
const ROWS_AT_ONCE = 10_000;

/** What is told between transactions: how much is done, 0 to 1. Throws to give up. */
export type Step = (done: number) => void;

interface Table {
  table: string;
  key: string;
  columns: string[];
}

const IDENTITIES: Table = {
  table: 'identity_influence',
  key: 'identity_id',
  columns: [...RESULT_COLUMNS, 'community_id'],
};
const CUSTOMERS: Table = { table: 'customer_influence', key: 'customer_id', columns: [...RESULT_COLUMNS] };

/** Results by number of subject, and which community each is in: its number, or -1, and the stored ids of all. */
interface Results {
  subjects: UuidNumbers;
  influence: NodeInfluence;
  communityOf: (subject: number) => number;
  communityIds: string[];
}

/** Writes over what the last run wrote of identities; answers how many rows that changed. */
export function writeIdentities(
  client: PoolClient,
  organizationId: string,
  graph: LoadedGraph,
  { identities: influence, communities }: { identities: NodeInfluence; communities: FoundCommunities },
  communityIds: string[],
  step: Step,
): Promise<number> {
  const results = {
    subjects: graph.identities,
    influence,
    communityOf: (identity: number) => communities.of[identity]!,
    communityIds,
  };
  return write(client, organizationId, results, graph.former, graph.formerCommunities, IDENTITIES, step);
}

/** The same of customers. Their nodes are the first ones, by their own numbers. */
export function writeCustomers(
  client: PoolClient,
  organizationId: string,
  graph: LoadedGraph,
  influence: NodeInfluence,
  step: Step,
): Promise<number> {
  const results = { subjects: graph.customers, influence, communityOf: () => -1, communityIds: [] };
  return write(client, organizationId, results, graph.formerOfCustomers, graph.formerCommunities, CUSTOMERS, step);
}

/**
 * In many short transactions: readers may see some rows of this run beside some of the last for as long as that takes, each of them
 * right for its own. A run that dies here is begun again, and then finds fewer rows to write.
 */
async function write(
  client: PoolClient,
  organizationId: string,
  results: Results,
  former: FormerResults,
  formerCommunities: UuidNumbers,
  { table, key, columns }: Table,
  step: Step,
): Promise<number> {
  const news = newsOf(results, former, formerCommunities);
  const gone = goneOf(results.subjects, former.subjects);
  await client.query(
    `create temporary table if not exists graph_results (
       id uuid, score double precision, percentile double precision, engagers double precision, distinct_engagers integer,
       pagerank double precision, reach integer, trend double precision, community_id uuid)`,
  );
  const ids = results.communityIds.map(id => Buffer.from(id.replaceAll('-', ''), 'hex'));
  for (let begin = 0; begin < news.length; begin += ROWS_AT_ONCE) {
    step(begin / news.length);
    await stage(client, results, ids, news.subarray(begin, begin + ROWS_AT_ONCE));
    // By the key's own index, whatever the statistics say of a table that is just being filled.
    await client.query(
      `insert into ${table} (organization_id, ${key}, ${columns.join(', ')})
       select $1, id, ${columns.join(', ')} from graph_results order by id
       on conflict (organization_id, ${key}) do update set ${columns.map(column => `${column} = excluded.${column}`).join(', ')}`,
      [organizationId],
    );
    await client.query('truncate graph_results');
  }
  for (let begin = 0; begin < gone.length; begin += ROWS_AT_ONCE)
    await client.query(`delete from ${table} where organization_id = $1 and ${key} = any ($2)`, [
      organizationId,
      gone.slice(begin, begin + ROWS_AT_ONCE),
    ]);
  step(1);
  return news.length + gone.length;
}

/** Subjects that have no row yet, or one that differs by more than decay makes every number differ all the time. */
function newsOf(results: Results, former: FormerResults, formerCommunities: UuidNumbers): Int32Array {
  const { subjects, influence, communityOf, communityIds } = results;
  const { score, percentile, engagers, distinctEngagers, pagerank, reach, trend } = influence;
  const width = RESULT_COLUMNS.length;
  const news = new Int32Array(subjects.count);
  let count = 0;
  for (let subject = 0; subject < subjects.count; subject++) {
    const row = former.subjects.findOf(subjects, subject);
    const at = row * width;
    const was = former.values;
    const community = communityOf(subject);
    const formerly = row >= 0 ? former.community[row]! : -1;
    const isNews =
      row < 0 ||
      Math.abs(was[at]! - score[subject]!) >= 0.05 ||
      Math.abs(was[at + 1]! - percentile[subject]!) >= 0.5 ||
      Math.abs(was[at + 2]! - engagers[subject]!) > 0.05 * was[at + 2]! ||
      was[at + 3] !== distinctEngagers[subject] ||
      Math.abs(was[at + 4]! - pagerank[subject]!) > 0.05 * was[at + 4]! ||
      was[at + 5] !== Math.round(reach[subject]!) ||
      Math.abs(was[at + 6]! - trend[subject]!) >= 0.05 ||
      community < 0 !== formerly < 0 ||
      (community >= 0 && formerCommunities.text(formerly) !== communityIds[community]);
    if (isNews) news[count++] = subject;
  }
  return news.subarray(0, count);
}

/** Whom the last run knew and this one does not, by stored id. */
function goneOf(subjects: UuidNumbers, former: UuidNumbers): string[] {
  const gone: string[] = [];
  for (let row = 0; row < former.count; row++) if (subjects.findOf(former, row) < 0) gone.push(former.text(row));
  return gone;
}

async function stage(client: PoolClient, results: Results, communityIds: Buffer[], nodes: Int32Array): Promise<void> {
  const { subjects, influence, communityOf } = results;
  const [id, score, percentile, engagers, distinct, pagerank, reach, trend, community] = PLACES as number[];
  await writeRows(client, 'graph_results', WIDTHS, nodes.length, (row, view, start) => {
    const node = nodes[row]!;
    subjects.write(node, view, start + id!);
    view.setFloat64(start + score!, influence.score[node]!);
    view.setFloat64(start + percentile!, influence.percentile[node]!);
    view.setFloat64(start + engagers!, influence.engagers[node]!);
    view.setInt32(start + distinct!, influence.distinctEngagers[node]!);
    view.setFloat64(start + pagerank!, influence.pagerank[node]!);
    view.setInt32(start + reach!, Math.round(influence.reach[node]!));
    view.setFloat64(start + trend!, influence.trend[node]!);
    const group = communityIds[communityOf(node)];
    group?.copy(new Uint8Array(view.buffer, view.byteOffset + start + community!, UUID));
    return group !== undefined;
  });
}

const LEADERS = 60;

/**
 * Writes the communities over those of the run before and answers the stored id of each. One that most members
 * of a former one have stayed in goes on under its id.
 */
export async function writeCommunities(
  client: PoolClient,
  organizationId: string,
  graph: LoadedGraph,
  found: FoundCommunities,
  score: Float64Array,
): Promise<string[]> {
  const heirs = goesOnAs(found.of, found.count, formerCommunitiesOf(graph));
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
  return ids;
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
