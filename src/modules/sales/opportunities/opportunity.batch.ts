import type { Tx } from '../../../platform/database/database.js';
import { eachItem, type ItemResult } from '../../access/index.js';
import { recordOpportunities } from './opportunity.queries.js';

export type OpportunityBatch = { results: ItemResult<{ opportunityId: string }>[] };

/** Each item by itself, as `eachItem` does it; what was changed is told once each, at the end. */
export async function eachOpportunity<Item>(
  tx: Tx,
  items: Item[],
  work: (item: Item) => Promise<string>,
): Promise<OpportunityBatch> {
  const results = await eachItem(tx, items, async item => ({ opportunityId: await work(item) }));
  await recordOpportunities(
    tx,
    results.flatMap(result => result.opportunityId ?? []),
  );
  return { results };
}
