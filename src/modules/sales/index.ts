import { catalogueEntities, catalogueResolvers } from './catalogue/catalogue.parts.js';
import { forecastEntities, forecastResolvers } from './forecast/forecast.parts.js';
import { leadEntities, leadResolvers } from './leads/leads.parts.js';
import { opportunityEntities, opportunityResolvers } from './opportunities/opportunities.parts.js';
import { orderEntities, orderResolvers } from './orders/orders.parts.js';
import { quoteEntities, quoteResolvers } from './quotes/quotes.parts.js';
import { socialSellingEntities, socialSellingResolvers } from './social-selling/social-selling.parts.js';

export {
  changeMirroredProduct,
  createMirroredProduct,
  type MirroredProduct,
  mirrorStock,
  productBySku,
  readMirroredProduct,
} from './catalogue/catalogue.mirror.js';
export {
  endPriceBook,
  type MirroredPriceBook,
  mirrorPriceBook,
  overlappingPriceBook,
} from './catalogue/price-book.mirror.js';
export { RESCORE_LEADS, rescoreLeads } from './leads/rescore.service.js';
export type { MirroredLine, MirroredOrder } from './orders/mirror.rules.js';
export {
  type MirroredInvoice,
  type MirroredPayment,
  mirrorInvoices,
  mirrorOrders,
  mirrorPayments,
} from './orders/mirror.service.js';

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
