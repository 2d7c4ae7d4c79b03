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

export { SALES_CRONTAB, salesTasks } from './background.js';
export {
  changeMirroredProduct,
  createMirroredProduct,
  createMirroredProducts,
  type MirroredProduct,
  mirrorStock,
  productBySku,
  productsBySku,
  readMirroredProduct,
} from './catalogue/catalogue.mirror.js';
export {
  endPriceBook,
  mirrorPriceBook,
  overlappingPriceBook,
} from './catalogue/price-book.mirror.js';
export { wholeDiscount } from './documents/totals.rules.js';
export { takeWeeklySnapshots } from './forecast/snapshot.service.js';
export { setTargets } from './forecast/target.service.js';
export { rescoreLeads } from './leads/rescore.service.js';
export { ensureDefaultPipeline } from './opportunities/opportunity.service.js';
export { renewContracts } from './orders/contract-renewal.service.js';
export type { MirroredOrder } from './orders/mirror.rules.js';
export {
  type MirroredInvoice,
  type MirroredPayment,
  mirrorInvoices,
  mirrorOrders,
  mirrorPayments,
  reopenMirroredOrder,
} from './orders/mirror.service.js';
export { Order } from './orders/order.entity.js';
export { placeOrder } from './orders/order.service.js';
export { visibleDocument } from './quotes/document/document.queries.js';
export { type QuoteDocument, writeQuote } from './quotes/document/document.rules.js';
export { pdfOfQuote } from './quotes/document/quote.pdf.js';
export { documentLanguage } from './quotes/document/quote.words.js';
export { EXPIRE_QUOTES, expireQuotes } from './quotes/expiry.service.js';
export { QuoteStatus } from './quotes/quote.states.rules.js';
export { type LinkedQuote, openLinked } from './quotes/quote-visitor.service.js';
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

/** Everything of this module that answers a field; `publicUrl` is where it is reached from outside. */
export const salesResolvers = (publicUrl: string): object[] => [
  ...catalogueResolvers(),
  ...leadResolvers(),
  ...opportunityResolvers(),
  ...quoteResolvers(publicUrl),
  ...orderResolvers(),
  ...forecastResolvers(),
  ...socialSellingResolvers(),
];
