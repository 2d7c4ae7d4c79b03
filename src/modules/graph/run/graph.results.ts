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
const IS_NEWS = `abs(old.score - new.score) >= 0.05 or abs(old.percentile - new.percentile) >= 0.5
  or old.distinct_engagers <> new.distinct_engagers or old.reach is distinct from new.reach or abs(old.trend - new.trend) >= 0.05`;

/** Replaces what an earlier run wrote of identities, in one transaction of the caller's; answers how many rows were written. */
export async function writeIdentities(
  client: PoolClient,
  organizationId: string,
  identities: UuidNumbers,
  influence: NodeInfluence,
  communityOf: (identity: number) => Buffer | null,
): Promise<number> {
  await stage(client, identities, identities.count, influence, communityOf);
  return merge(client, organizationId, {
    table: 'identity_influence',
    key: 'identity_id',
    columns: [...NUMBERS, 'community_id'],
    isNews: `${IS_NEWS} or old.community_id is distinct from new.community_id`,
  });
}

/** The same of customers. Their nodes are the first ones, by their own numbers. */
export async function writeCustomers(
  client: PoolClient,
  organizationId: string,
  customers: UuidNumbers,
  influence: NodeInfluence,
): Promise<number> {
  await stage(client, customers, customers.count, influence, () => null);
  return merge(client, organizationId, {
    table: 'customer_influence',
    key: 'customer_id',
    columns: NUMBERS,
    isNews: IS_NEWS,
  });
}

async function stage(
  client: PoolClient,
  subjects: UuidNumbers,
  count: number,
  influence: NodeInfluence,
  communityOf: (subject: number) => Buffer | null,
): Promise<void> {
  await client.query(
    `create temporary table if not exists graph_results (
       id uuid, score double precision, percentile double precision, engagers double precision, distinct_engagers integer,
       pagerank double precision, reach integer, trend double precision, community_id uuid) on commit drop`,
  );
  await client.query('truncate graph_results');
  const [id, score, percentile, engagers, distinct, pagerank, reach, trend, community] = PLACES as number[];
  await writeRows(client, 'graph_results', WIDTHS, count, (node, view, start) => {
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
  await client.query('analyze graph_results');
}

interface Target {
  table: string;
  key: string;
  columns: string[];
  /** Whether a row `new` is worth writing over `old`. */
  isNews: string;
}

async function merge(client: PoolClient, organizationId: string, { table, key, columns, isNews }: Target) {
  const { rowCount: removed } = await client.query(
    `delete from ${table} old where old.organization_id = $1 and not exists (select 1 from graph_results new where new.id = old.${key})`,
    [organizationId],
  );
  const { rowCount: updated } = await client.query(
    `update ${table} old set ${columns.map(column => `${column} = new.${column}`).join(', ')}
       from graph_results new where old.organization_id = $1 and old.${key} = new.id and (${isNews})`,
    [organizationId],
  );
  const { rowCount: added } = await client.query(
    `insert into ${table} (organization_id, ${key}, ${columns.join(', ')})
     select $1, new.id, ${columns.map(column => `new.${column}`).join(', ')} from graph_results new
      where not exists (select 1 from ${table} old where old.organization_id = $1 and old.${key} = new.id)`,
    [organizationId],
  );
  return (removed ?? 0) + (updated ?? 0) + (added ?? 0);
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
