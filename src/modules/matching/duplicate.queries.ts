import type { LoaderDefinition } from '../../platform/loaders.js';
import type { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { type Evidence } from '../social/index.js';
import { candidatesOf } from './candidates.queries.js';
import {
  type CustomerFacts,
  customerRecord,
  makeScorer,
  PEOPLE_COLUMNS,
  probability,
  TableBuilder,
} from './engine/index.js';
import { evidenceOf } from './evidence.rules.js';
import { customerFacts, type Rows } from './facts.queries.js';
import { keysOf } from './keys.rules.js';
import { matchingOf } from './model.service.js';

export interface FoundDuplicate {
  customerId: string;
  confidence: number;
  evidence: Evidence[];
}

/** From here on two customers are worth a look: to look costs little, to keep somebody twice costs more. */
const WORTH_A_LOOK = 0.2;
export const MOST_DUPLICATES = 20;

/** Customers that may be the one described, the likeliest first, of those the viewer may see and by what they may see of them. */
export async function duplicatesOf(context: RequestContext, facts: CustomerFacts): Promise<FoundDuplicate[]> {
  return (await duplicatesOfEach(context, new Map([['', facts]]))).get('')!;
}

/** The same of customers that are kept already, for many in a few statements. */
export const duplicatesOfCustomer: LoaderDefinition<RequestContext, string, FoundDuplicate[]> = {
  name: 'customer.possibleDuplicates',
  async batch(context, customerIds) {
    const facts = await customerFacts(
      rowsOf(context),
      context.scope.organizationId,
      customerIds,
      seenBy(context, 'IDENTITY', 'i'),
    );
    const found = await duplicatesOfEach(context, facts);
    return customerIds.map(id => found.get(id) ?? []);
  },
};

const rowsOf =
  (context: RequestContext): Rows =>
  (sql, parameters) =>
    context.read(sql, parameters);

/** By the keys of `described`, which are ids where the one described is kept already: it is no duplicate of itself. */
async function duplicatesOfEach(
  context: RequestContext,
  described: ReadonlyMap<string, CustomerFacts>,
): Promise<Map<string, FoundDuplicate[]>> {
  const { organizationId } = context.scope;
  const rows = rowsOf(context);
  const records = new Map([...described].map(([key, facts]) => [key, customerRecord(shownOf(context, facts))]));
  const keys = new Map([...records].map(([key, record]) => [key, keysOf(record)]));
  const candidates = await candidatesOf(rows, organizationId, keys, 'customers', seenBy(context, 'CUSTOMER', 't'));
  const customers = await customerFacts(
    rows,
    organizationId,
    [...new Set([...candidates.values()].flat())],
    seenBy(context, 'IDENTITY', 'i'),
  );
  const builder = new TableBuilder(PEOPLE_COLUMNS);
  const own = new Map([...records].map(([key, record]) => [key, builder.add(record)]));
  const places = new Map(
    [...customers].map(([id, found]) => [id, builder.add(customerRecord(shownOf(context, found)))]),
  );
  const table = builder.finish();
  const { duplicates, shareIn } = await matchingOf(rows, organizationId);
  const scorer = makeScorer(table, duplicates, shareIn(table));
  return new Map(
    [...candidates].map(([key, found]) => {
      const at = own.get(key)!;
      const likely = found
        .filter(id => places.has(id))
        .map(customerId => ({ customerId, confidence: probability(scorer.bits(at, places.get(customerId)!)) }))
        .filter(({ confidence }) => confidence >= WORTH_A_LOOK)
        .sort((one, other) => other.confidence - one.confidence)
        .slice(0, MOST_DUPLICATES)
        .map(one => ({
          ...one,
          evidence: evidenceOf(duplicates, scorer.explain(at, places.get(one.customerId)!)),
        }));
      return [key, likely];
    }),
  );
}

/** What the viewer may see of a kind of record, as a condition on rows with the alias. */
const seenBy = (context: RequestContext, kind: string, alias: string) => (parameters: Parameters) =>
  visibleCondition(context.viewer, kind, alias, parameters);

/** Without what is hidden from the viewer: likeness in it would tell it. */
function shownOf(context: RequestContext, facts: CustomerFacts): CustomerFacts {
  const isHidden = (field: string) => context.isHidden('CUSTOMER', field);
  return {
    ...facts,
    ...(isHidden('birthDate') ? { birthDate: null } : {}),
    ...(isHidden('contactPoints') ? { emails: [], phones: [], sites: [], cities: [] } : {}),
    // Handles and mail boxes of linked identities are of those who see identities, and mail boxes are contact points.
    ...(isHidden('contactPoints') || !context.viewer.may('social:read') ? { identities: [] } : {}),
  };
}
