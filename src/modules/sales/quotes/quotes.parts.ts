import { NumberSeries } from './number-series.entity.js';
import { Quote } from './quote.entity.js';
import { CustomerQuotesResolver, QuoteResolver } from './quote.resolver.js';
import { QuoteChangeResolver } from './quote-change.resolver.js';
import { QuoteLine } from './quote-line.entity.js';

import './records.js';

export const quoteEntities = [NumberSeries, Quote, QuoteLine];

export const quoteResolvers = (): object[] => [
  new QuoteResolver(),
  new QuoteChangeResolver(),
  new CustomerQuotesResolver(),
];
