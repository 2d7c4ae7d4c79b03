import { Parameters } from '../../platform/paging/index.js';
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

/** Customers that may be the one described, the likeliest first, of those the viewer may see and by what they may see of them. */
export async function duplicatesOf(
  context: RequestContext,
  facts: CustomerFacts,
  first: number,
  exceptId?: string,
): Promise<FoundDuplicate[]> {
  const { organizationId } = context.scope;
  const rows: Rows = (sql, parameters) => context.read(sql, parameters);
  const record = customerRecord(shownOf(context, facts));
  const candidates = await candidatesOf(rows, organizationId, new Map([[exceptId ?? '', keysOf(record)]]), 'customers');
  const visible = await visibleOf(context, [...candidates.values()].flat());
  if (visible.length === 0) return [];
  const customers = await customerFacts(rows, organizationId, visible);
  const builder = new TableBuilder(PEOPLE_COLUMNS);
  const own = builder.add(record);
  const places = [...customers].map(([id, found]) => ({
    id,
    at: builder.add(customerRecord(shownOf(context, found))),
  }));
  const table = builder.finish();
  const { duplicates, shareIn } = await matchingOf(rows, organizationId);
  const scorer = makeScorer(table, duplicates, shareIn(table));
  return places
    .map(({ id, at }) => ({ customerId: id, at, confidence: probability(scorer.bits(own, at)) }))
    .filter(({ confidence }) => confidence >= WORTH_A_LOOK)
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, first)
    .map(({ at, ...found }) => ({ ...found, evidence: evidenceOf(duplicates, scorer.explain(own, at)) }));
}

/** The same of a customer that is kept already. */
export async function duplicatesOfCustomer(
  context: RequestContext,
  customerId: string,
  first: number,
): Promise<FoundDuplicate[]> {
  const rows: Rows = (sql, parameters) => context.read(sql, parameters);
  const facts = (await customerFacts(rows, context.scope.organizationId, [customerId])).get(customerId);
  return facts ? duplicatesOf(context, facts, first, customerId) : [];
}

async function visibleOf(context: RequestContext, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const parameters = new Parameters();
  const conditions = [
    `t.id = any (${parameters.add(ids, 'uuid[]')})`,
    't.deleted_at is null',
    visibleCondition(context.viewer, 'CUSTOMER', 't', parameters),
  ].filter(Boolean);
  const rows = await context.read<{ id: string }>(
    `select t.id from customers t where ${conditions.join(' and ')}`,
    parameters.values,
  );
  return rows.map(row => row.id);
}

/** Without what is hidden from the viewer: likeness in it would tell it. */
function shownOf(context: RequestContext, facts: CustomerFacts): CustomerFacts {
  const isHidden = (field: string) => context.isHidden('CUSTOMER', field);
  return {
    ...facts,
    ...(isHidden('birthDate') ? { birthDate: null } : {}),
    ...(isHidden('contactPoints') ? { emails: [], phones: [], sites: [], cities: [] } : {}),
    // Handles and mail boxes of linked identities are of those who see identities.
    ...(isHidden('contactPoints') || !context.viewer.may('social:read') ? { identities: [] } : {}),
  };
}
