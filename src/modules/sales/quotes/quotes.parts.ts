import { Quote } from './quote.entity.js';
import { CustomerQuotesResolver, OpportunityQuotesResolver, QuoteResolver } from './quote.resolver.js';
import { QuoteStreamResolver } from './quote.streams.js';
import { QuoteApprovalResolver } from './quote-approval.resolver.js';
import { QuoteBatchResolver } from './quote-batch.resolver.js';
import { QuoteChangeResolver } from './quote-change.resolver.js';
import { QuoteLine } from './quote-line.entity.js';

import './erasure.service.js';
import './export.queries.js';
import './merge.tables.js';
import './records.js';
import './timeline.entries.js';

export const quoteEntities = [Quote, QuoteLine];

/** `publicUrl`: where this product is reached from outside, for links to customers. */
export const quoteResolvers = (publicUrl: string): object[] => [
  new QuoteResolver(),
  new QuoteChangeResolver(),
  new QuoteBatchResolver(),
  new QuoteApprovalResolver(publicUrl),
  new QuoteStreamResolver(),
  new CustomerQuotesResolver(),
  new OpportunityQuotesResolver(),
];
