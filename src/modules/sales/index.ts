import { catalogueEntities, catalogueResolvers } from './catalogue/catalogue.parts.js';
import { forecastEntities, forecastResolvers } from './forecast/forecast.parts.js';
import { leadEntities, leadResolvers } from './leads/leads.parts.js';
import { opportunityEntities, opportunityResolvers } from './opportunities/opportunities.parts.js';
import { orderEntities, orderResolvers } from './orders/orders.parts.js';
import { quoteEntities, quoteResolvers } from './quotes/quotes.parts.js';
import { socialSellingEntities, socialSellingResolvers } from './social-selling/social-selling.parts.js';

import './csv/catalogue.kinds.js';
import './csv/orders.kinds.js';
import './csv/pipeline.kinds.js';
export { RESCORE_LEADS, rescoreLeads } from './leads/rescore.service.js';
export { openIntentKeeper, readIntents } from './social-selling/intent.keeper.js';

/** Every stored class of this module, for TypeORM. */
export const salesEntities = [
  ...catalogueEntities,
  ...leadEntities,
  ...opportunityEntities,
  ...quoteEntities,
  ...orderEntities,
  ...forecastEntities,
  ...socialSellingEntities,
];

/** Everything of this module that answers a field. */
export const salesResolvers = (): object[] => [
  ...catalogueResolvers(),
  ...leadResolvers(),
  ...opportunityResolvers(),
  ...quoteResolvers(),
  ...orderResolvers(),
  ...forecastResolvers(),
  ...socialSellingResolvers(),
];
