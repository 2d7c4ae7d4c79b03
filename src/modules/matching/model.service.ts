import { LRUCache } from 'lru-cache';
import type { Database, Scope } from '../../platform/database/database.js';
import { candidatesOf } from './candidates.queries.js';
import { assumed, DUPLICATE_CHANCES, IDENTITY_CHANCES } from './default.models.js';
import {
  type CustomerFacts,
  customerRecord,
  DUPLICATE_COMPARISONS,
  foldWords,
  identityRecord,
  type LearntComparison,
  learn,
  type Model,
  makeBlocks,
  PEOPLE_BLOCKING,
  PEOPLE_COLUMNS,
  PEOPLE_COMPARISONS,
  PEOPLE_CONTEXTS,
  type ShareOf,
  type Table,
  TableBuilder,
  textOf,
  usualPrior,
} from './engine/index.js';
import { customerFacts, openIdentities, type Rows } from './facts.queries.js';
import { keysOf } from './keys.rules.js';

/** As it is kept, in `match_models`. */
interface StoredModel {
  /** What was learnt, by comparison; missing where there was too little to learn from. */
  learnt?: Record<string, Pick<LearntComparison, 'chances' | 'sharing'>>;
  /** Of the commoner values of a column, the share of all values each has. */
  shares: Record<string, Record<string, number>>;
  /** How many values of each column were counted. */
  totals?: Record<string, number>;
}

/** What an organisation's records are compared by. */
export interface Matching {
  /** An identity with a customer. */
  people: Model;
  /** A customer with another. */
  duplicates: Model;
  shareIn(table: Table): ShareOf;
}

/** With fewer customers than this, everybody in the world is likelier to be somebody else than the figures would say. */
const FEWEST = 1000;
/** Nothing is taken to be rarer than this, nor than what a count of all there are can show. */
const RAREST = 1 / 2000;
const FEWEST_VALUES = 100;

/** One for each organisation, as it was at `trainedAt`. A model is some hundreds of kilobytes. */
const remembered = new LRUCache<string, { trainedAt: string | null; matching: Matching }>({ max: 50, ttl: 600_000 });

/**
 * What the organisation has learnt, or else what is assumed of any. When it was learnt is asked each time, so that what another
 * process has just learnt holds at once; the rest is read when it is another one.
 */
export async function matchingOf(rows: Rows, organizationId: string): Promise<Matching> {
  const [kept] = await rows<{ at: string }>(
    'select trained_at::text as at from match_models where organization_id = $1',
    [organizationId],
  );
  const known = remembered.get(organizationId);
  if (known && known.trainedAt === (kept?.at ?? null)) return known.matching;
  const [row] = await rows<{ at: string; customers: number; identities: number; model: StoredModel }>(
    'select trained_at::text as at, customers, identities, model from match_models where organization_id = $1',
    [organizationId],
  );
  const matching = madeOf(row?.customers ?? 0, row?.identities ?? 0, row?.model ?? { shares: {} });
  remembered.set(organizationId, { trainedAt: row?.at ?? null, matching });
  return matching;
}

function madeOf(customers: number, identities: number, { learnt, shares, totals }: StoredModel): Matching {
  const comparisons = assumed(PEOPLE_COMPARISONS, IDENTITY_CHANCES).map(one => ({
    ...one,
    ...learnt?.[one.spec.name],
  }));
  return {
    people: { prior: usualPrior(Math.max(FEWEST, customers), identities), comparisons, contexts: PEOPLE_CONTEXTS },
    duplicates: {
      prior: usualPrior(Math.max(FEWEST, customers)),
      comparisons: assumed(DUPLICATE_COMPARISONS, DUPLICATE_CHANCES),
      contexts: PEOPLE_CONTEXTS,
    },
    shareIn(table) {
      const names = new Map(Object.entries(table.dictionaries).map(([name, dictionary]) => [dictionary, name]));
      return ({ dictionary }, id) => {
        const name = names.get(dictionary)!;
        // A value that is not listed was met once or twice, or never.
        const unlisted = Math.max(RAREST, COMMON_COUNT / 2 / Math.max(totals?.[name] ?? 0, FEWEST_VALUES));
        return shares[name]?.[textOf(dictionary, id)] ?? unlisted;
      };
    },
  };
}

/** So many of each are enough to learn from, and no more than so many make it no slower than a second or two. */
const LEAST_TO_LEARN = 500;
const MOST_IDENTITIES = 4000;
const MOST_CUSTOMERS = 20_000;
const COMMON_VALUES = 3000;
const COMMON_COUNT = 3;

/**
 * Learns an organisation's model from a sample of its own customers and of identities nobody has linked: how common values are,
 * and with enough of both, the chances too. Keeps it in place of the one before.
 */
export async function trainMatching(database: Database, scope: Scope): Promise<{ learnt: boolean }> {
  const { organizationId } = scope;
  const rows: Rows = (sql, parameters) => database.read(scope, sql, parameters);
  const [counts] = await rows<{ customers: number; identities: number }>(
    `select (select count(*)::integer from customers where organization_id = $1 and deleted_at is null) as customers,
            (select count(*)::integer from social_identities where organization_id = $1) as identities`,
    [organizationId],
  );
  const { customers, identities } = counts!;
  const sample = await sampleOf(rows, organizationId);
  const model: StoredModel = sharesOf(sample.customers.values());
  const isEnough = sample.customers.size >= LEAST_TO_LEARN && sample.identities.size >= LEAST_TO_LEARN;
  if (isEnough) model.learnt = await learnFrom(sample);
  await database.write(scope, async tx => {
    await tx.query(
      `insert into match_models (organization_id, customers, identities, model) values ($1, $2, $3, $4)
       on conflict (organization_id) do update set customers = excluded.customers, identities = excluded.identities,
              model = excluded.model, trained_at = now()`,
      [organizationId, customers, identities, JSON.stringify(model)],
    );
  });
  return { learnt: isEnough };
}

interface Sample {
  customers: Map<string, CustomerFacts>;
  identities: Awaited<ReturnType<typeof openIdentities>>;
}

/** Identities at random with all customers they could be, and customers at random. The tail of an id is random (RFC 9562). */
async function sampleOf(rows: Rows, organizationId: string): Promise<Sample> {
  const drawn = await rows<{ id: string }>(
    `select id from social_identities where organization_id = $1 and customer_id is null order by right(id::text, 12) limit $2`,
    [organizationId, MOST_IDENTITIES],
  );
  const identities = await openIdentities(
    rows,
    organizationId,
    drawn.map(({ id }) => id),
  );
  const keys = new Map([...identities].map(([id, facts]) => [id, keysOf(identityRecord(facts, ANY_PLACE))]));
  const candidates = await candidatesOf(rows, organizationId, keys, 'customers');
  const others = await rows<{ id: string }>(
    'select id from customers where organization_id = $1 and deleted_at is null order by right(id::text, 12) limit $2',
    [organizationId, MOST_CUSTOMERS / 2],
  );
  const ids = new Set([...others.map(({ id }) => id), ...[...candidates.values()].flat()]);
  return { identities, customers: await customerFacts(rows, organizationId, [...ids].slice(0, MOST_CUSTOMERS)) };
}

/** Any words may be a place: keys are only looked up. */
export const ANY_PLACE: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true });

function sharesOf(customers: Iterable<CustomerFacts>): Pick<StoredModel, 'shares' | 'totals'> {
  const counts: Record<string, Map<string, number>> = {};
  const totals: Record<string, number> = {};
  for (const facts of customers) {
    for (const [column, value] of Object.entries(customerRecord(facts))) {
      if (!COUNTED.has(column)) continue;
      counts[column] ??= new Map();
      for (const one of new Set(typeof value === 'string' ? [value] : value)) {
        counts[column].set(one, (counts[column].get(one) ?? 0) + 1);
        totals[column] = (totals[column] ?? 0) + 1;
      }
    }
  }
  const shares = Object.fromEntries(
    Object.entries(counts).map(([column, values]) => [
      column,
      Object.fromEntries(
        [...values]
          .filter(([, count]) => count >= COMMON_COUNT)
          .sort((one, other) => other[1] - one[1])
          .slice(0, COMMON_VALUES)
          .map(([value, count]) => [value, count / Math.max(totals[column]!, FEWEST_VALUES)]),
      ),
    ]),
  );
  return { shares, totals };
}

const COUNTED = new Set([
  'given',
  'surname',
  'company',
  'handle',
  'phone',
  'place',
  'word',
  'site',
  'avatar',
  'language',
]);

async function learnFrom({ customers, identities }: Sample): Promise<StoredModel['learnt']> {
  const cities = new Set([...customers.values()].flatMap(facts => facts.cities ?? []).map(foldWords));
  const builder = new TableBuilder(PEOPLE_COLUMNS);
  for (const facts of customers.values()) builder.add(customerRecord(facts));
  builder.beginSecondSet();
  for (const facts of identities.values()) builder.add(identityRecord(facts, cities));
  const table = builder.finish();
  const model = await learn(table, PEOPLE_COMPARISONS, makeBlocks(table, PEOPLE_BLOCKING), {
    prior: usualPrior(customers.size, identities.size),
    contexts: PEOPLE_CONTEXTS,
    randomPairs: 200_000,
    blockedPairs: 200_000,
    faithInTypical: 50,
    expected: Object.fromEntries(Object.entries(IDENTITY_CHANCES).map(([name, { m }]) => [name, m])),
  });
  return Object.fromEntries(model.comparisons.map(({ spec, chances, sharing }) => [spec.name, { chances, sharing }]));
}
