import type { Evidence } from '../social/index.js';
import { candidatesOf } from './candidates.queries.js';
import {
  type Contribution,
  customerRecord,
  foldWords,
  identityRecord,
  makeScorer,
  PEOPLE_COLUMNS,
  probability,
  TableBuilder,
} from './engine/index.js';
import { evidenceOf } from './evidence.rules.js';
import { customerFacts, openIdentities, type Rows } from './facts.queries.js';
import { keysOf } from './keys.rules.js';
import { ANY_PLACE, type Matching } from './model.service.js';

/** That an identity may be a customer. */
export interface Proposal {
  identityId: string;
  customerId: string;
  confidence: number;
  bits: number;
  evidence: Evidence[];
}

/** Bits below which a customer is no rival worth naming. */
const FAINT_BITS = -7;
/** More who fit alike are a common name, and nothing to ask anybody about. */
const MOST_ALIKE = 4;
/** Bits by which one may fit worse than the best and still fit alike. */
const ALIKE_BITS = 3;

/**
 * Only reads. Answers the keys each of the named identities is to be found by, and of those that are open, the customers each may be. An
 * identity is one customer's at most, so what is certain is shared among all that fit: p = odds / (1 + sum of all odds).
 *
 * Proposed is whom it may be with at least the confidence `review`, and of the best few also who would have it but for the others:
 * of two who fit alike each has less than a half, and it is for a person to say which it is.
 */
export async function proposalsFor(
  rows: Rows,
  organizationId: string,
  matching: Matching,
  identityIds: readonly string[],
  review: number,
): Promise<{ keys: Map<string, number[]>; proposals: Proposal[] }> {
  const identities = await openIdentities(rows, organizationId, identityIds);
  const own = new Map([...identities].map(([id, facts]) => [id, keysOf(identityRecord(facts, ANY_PLACE))]));
  // Those that are linked or gone have none any more.
  const keys = new Map(identityIds.map(id => [id, own.get(id) ?? []]));
  const candidates = await candidatesOf(rows, organizationId, own, 'customers');
  const customerIds = [...new Set([...candidates.values()].flat())];
  if (customerIds.length === 0) return { keys, proposals: [] };
  const customers = await customerFacts(rows, organizationId, customerIds);

  const cities = new Set([...customers.values()].flatMap(facts => facts.cities ?? []).map(foldWords));
  const builder = new TableBuilder(PEOPLE_COLUMNS);
  const places = new Map([...customers].map(([id, facts]) => [id, builder.add(customerRecord(facts))]));
  builder.beginSecondSet();
  const added = new Map([...identities].map(([id, facts]) => [id, builder.add(identityRecord(facts, cities))]));
  const table = builder.finish();
  const scorer = makeScorer(table, matching.people, matching.shareIn(table));

  const proposals = [...candidates].flatMap(([identityId, found]) => {
    const at = added.get(identityId)!;
    const scored = found
      .filter(id => places.has(id))
      .map(customerId => ({ customerId, bits: scorer.bits(places.get(customerId)!, at) }));
    const odds = scored.reduce((sum, { bits }) => sum + 2 ** bits, 0);
    const rivals = scored.filter(({ bits }) => bits > FAINT_BITS).length - 1;
    return scored
      .map(({ customerId, bits }) => ({ customerId, bits, confidence: 2 ** bits / (1 + odds) }))
      .sort((one, other) => other.bits - one.bits)
      .filter(({ bits, confidence }, place, [best]) => {
        const isAlike = place < MOST_ALIKE && best!.bits - bits <= ALIKE_BITS;
        return confidence >= review || (isAlike && probability(bits) >= review);
      })
      .map(({ customerId, bits, confidence }) => {
        const contributions: Contribution[] = scorer.explain(places.get(customerId)!, at);
        // What the rivals cost, so that the entries add up to what the confidence is.
        const cost = Math.log2((1 + odds) / (1 + 2 ** bits));
        return {
          identityId,
          customerId,
          confidence,
          bits,
          evidence: evidenceOf(matching.people, contributions, { count: cost >= 0.1 ? rivals : 0, bits: cost }),
        };
      });
  });
  return { keys, proposals };
}
