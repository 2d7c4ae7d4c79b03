import type { Tx } from '../../../platform/database/database.js';
import type { Viewer } from '../../access/index.js';
import { eachOpportunity, type OpportunityBatch } from './opportunity.batch.js';
import type { CreateOpportunityItem, UpdateOpportunityItem } from './opportunity.inputs.js';
import { changeOpportunity, keepOpportunity } from './opportunity.service.js';

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
