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
export { RENEW_CONTRACTS, renewContracts } from './orders/contract-renewal.service.js';
export type { MirroredLine, MirroredOrder } from './orders/mirror.rules.js';
export {
  type MirroredInvoice,
  type MirroredPayment,
  mirrorInvoices,
  mirrorOrders,
  mirrorPayments,
} from './orders/mirror.service.js';
export { Order } from './orders/order.entity.js';
export type { QuoteDocument } from './quotes/document/document.queries.js';
export { visibleDocument } from './quotes/document/document.queries.js';
export { type WrittenQuote, writeQuote } from './quotes/document/document.rules.js';
export { pdfOfQuote } from './quotes/document/quote.pdf.js';
export { documentLanguage } from './quotes/document/quote.words.js';
export { EXPIRE_QUOTES, expireQuotes } from './quotes/expiry.service.js';
export { QuoteStatus } from './quotes/quote.states.rules.js';
export { type LinkedQuote, openLinked } from './quotes/quote-visitor.service.js';

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
