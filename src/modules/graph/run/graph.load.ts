import type { PoolClient } from 'pg';
import type { Watch } from '../analysis/progress.js';
import { checkpoint } from '../analysis/progress.js';
import { copyRows, FLOAT8, INT4, placesOf, UUID } from './binary.copy.js';
import { UuidNumbers } from './uuid.numbers.js';

/** What interactions add up to, by number of identity. */
export interface LoadedEdges {
  identities: UuidNumbers;
  /** Edges: one of each kind between two. */
  from: Int32Array;
  to: Int32Array;
  /** log2, see `IdentityEdge.strength`. */
  strength: Float64Array;
  /** Seconds since 1970. */
  lastAt: Float64Array;
  /** How many interactions. */
  count: Int32Array;
}

/** Weights of edges relative to the strongest of them: only their proportions matter to what is worked out, and so none runs over. */
export function relativeWeights({ strength }: Pick<LoadedEdges, 'strength'>): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < strength.length; i++) if (strength[i]! > most) most = strength[i]!;
  return strength.map(value => 2 ** (value - most));
}

/** The same with whose the identities are, and what they did lately. */
export interface LoadedGraph extends LoadedEdges {
  /** Number of each identity's customer, or -1. */
  customerOf: Int32Array;
  customers: UuidNumbers;
  /** What the last run wrote of identities, and of customers. */
  former: FormerResults;
  formerOfCustomers: FormerResults;
  formerCommunities: UuidNumbers;
  /** The same interactions as edges, of the last two windows only, one by one. */
  recent: { from: Int32Array; to: Int32Array; at: Float64Array };
}

/** What a run wrote of identities or of customers, row by row. */
export interface FormerResults {
  /** Numbers its rows by whom they are about. */
  subjects: UuidNumbers;
  /** One after another in each row: score, percentile, engagers, distinct engagers, PageRank, reach, trend. */
  values: Float64Array;
  /** Number of each row's community, or -1. */
  community: Int32Array;
}

/** Numbers of a row of results, in the order they are read and written. */
export const RESULT_COLUMNS = [
  'score',
  'percentile',
  'engagers',
  'distinct_engagers',
  'pagerank',
  'reach',
  'trend',
] as const;

const CHECK_EVERY = 1 << 16;

/** A column of numbers that grows as rows come. */
class Column<Values extends Int32Array | Float64Array> {
  length = 0;
  constructor(private values: Values) {}

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new (this.values.constructor as new (length: number) => Values)(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  done(): Values {
    return this.values.subarray(0, this.length) as Values;
  }
}

/** Streams the ties of an organisation. `expected` is about how many there are, for telling how far it is. */
export async function loadEdges(
  client: PoolClient,
  organizationId: string,
  watch: Watch & { expected: number },
): Promise<LoadedEdges> {
  const identities = new UuidNumbers();
  const from = new Column(new Int32Array(1024));
  const to = new Column(new Int32Array(1024));
  const strength = new Column(new Float64Array(1024));
  const lastAt = new Column(new Float64Array(1024));
  const count = new Column(new Int32Array(1024));
  const edge = [UUID, UUID, FLOAT8, FLOAT8, INT4];
  const [fromAt, toAt, strengthAt, lastAtAt, countAt] = placesOf(edge) as [number, number, number, number, number];
  await copyRows(
    client,
    `select from_identity_id, to_identity_id, strength, extract(epoch from last_at)::double precision, count
       from identity_edges where organization_id = '${organizationId}'::uuid`,
    edge,
    (view, start) => {
      from.push(identities.numberOf(view, start + fromAt));
      to.push(identities.numberOf(view, start + toAt));
      strength.push(view.getFloat64(start + strengthAt));
      lastAt.push(view.getFloat64(start + lastAtAt));
      count.push(view.getInt32(start + countAt));
      if (from.length % CHECK_EVERY === 0) checkpoint(watch, Math.min(0.9, from.length / watch.expected));
    },
  );

  return {
    identities,
    from: from.done(),
    to: to.done(),
    strength: strength.done(),
    lastAt: lastAt.done(),
    count: count.done(),
  };
}

/**
 * Streams all that a run needs out of one moment of the database. `since` is where the earlier of the two windows of the trend
 * begins, in seconds since 1970.
 */
export async function loadGraph(
  client: PoolClient,
  organizationId: string,
  since: number,
  watch: Watch & { expected: number },
): Promise<LoadedGraph> {
  const organization = `'${organizationId}'::uuid`;
  const edges = await loadEdges(client, organizationId, watch);
  const { identities } = edges;
  const pair = [UUID, UUID];
  const [subjectAt, objectAt] = placesOf(pair) as [number, number];
  const numbered = async (query: string, groups: UuidNumbers): Promise<Int32Array> => {
    const of = new Int32Array(identities.count).fill(-1);
    await copyRows(client, query, pair, (view, start) => {
      const identity = identities.find(view, start + subjectAt);
      if (identity >= 0) of[identity] = groups.numberOf(view, start + objectAt);
    });
    return of;
  };
  const customers = new UuidNumbers();
  const customerOf = await numbered(
    `select id, customer_id from social_identities where organization_id = ${organization} and customer_id is not null`,
    customers,
  );
  const formerCommunities = new UuidNumbers();
  const former = await loadFormer(
    client,
    'identity_influence',
    'identity_id',
    'community_id',
    organization,
    formerCommunities,
  );
  const formerOfCustomers = await loadFormer(
    client,
    'customer_influence',
    'customer_id',
    'null::uuid',
    organization,
    formerCommunities,
  );

  const recent = {
    from: new Column(new Int32Array(1024)),
    to: new Column(new Int32Array(1024)),
    at: new Column(new Float64Array(1024)),
  };
  const act = [UUID, UUID, FLOAT8];
  const [actorAt, targetAt, momentAt] = placesOf(act) as [number, number, number];
  await copyRows(
    client,
    `select from_identity_id, to_identity_id, extract(epoch from occurred_at)::double precision
       from interactions where organization_id = ${organization} and occurred_at > to_timestamp(${since})`,
    act,
    (view, start) => {
      const actor = identities.find(view, start + actorAt);
      const target = identities.find(view, start + targetAt);
      // Recorded after the edges were added up: the next run has it.
      if (actor < 0 || target < 0) return;
      recent.from.push(actor);
      recent.to.push(target);
      recent.at.push(view.getFloat64(start + momentAt));
    },
  );
  checkpoint(watch, 1);
  return {
    ...edges,
    customerOf,
    customers,
    former,
    formerOfCustomers,
    formerCommunities,
    recent: { from: recent.from.done(), to: recent.to.done(), at: recent.at.done() },
  };
}

/** A community of its own for those that were in none: a UUID no row has, for what is read has a fixed width. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

async function loadFormer(
  client: PoolClient,
  table: string,
  key: string,
  community: string,
  organization: string,
  communities: UuidNumbers,
): Promise<FormerResults> {
  const widths = [UUID, ...RESULT_COLUMNS.map(() => FLOAT8), UUID];
  const places = placesOf(widths);
  const subjects = new UuidNumbers();
  const values = new Column(new Float64Array(1024));
  const of = new Column(new Int32Array(1024));
  const numbers = RESULT_COLUMNS.map(column => `${column}::double precision`).join(', ');
  await copyRows(
    client,
    `select ${key}, ${numbers}, coalesce(${community}, '${NOWHERE}') from ${table} where organization_id = ${organization}`,
    widths,
    (view, start) => {
      subjects.numberOf(view, start + places[0]!);
      for (let column = 1; column <= RESULT_COLUMNS.length; column++)
        values.push(view.getFloat64(start + places[column]!));
      const at = start + places.at(-1)!;
      of.push(view.getFloat64(at) === 0 && view.getFloat64(at + 8) === 0 ? -1 : communities.numberOf(view, at));
    },
  );
  return { subjects, values: values.done(), community: of.done() };
}
