import type { Tx } from '../../../platform/database/database.js';
import { eachItem, type ItemResult, type Viewer } from '../../access/index.js';
import type { CreateOpportunityItem, UpdateOpportunityItem } from './opportunity.inputs.js';
import { recordOpportunities } from './opportunity.queries.js';
import { changeOpportunity, keepOpportunity } from './opportunity.service.js';

export type OpportunityBatch = { results: ItemResult<{ opportunityId: string }>[] };

export const createOpportunities = (
  tx: Tx,
  viewer: Viewer,
  items: CreateOpportunityItem[],
): Promise<OpportunityBatch> => eachOpportunity(tx, items, item => keepOpportunity(tx, viewer, item));

export const updateOpportunities = (
  tx: Tx,
  viewer: Viewer,
  items: UpdateOpportunityItem[],
): Promise<OpportunityBatch> => eachOpportunity(tx, items, item => changeOpportunity(tx, viewer, item));

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
