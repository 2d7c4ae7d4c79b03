import { NumberSeries } from './number-series.entity.js';
import { Quote } from './quote.entity.js';
import { QuoteLine } from './quote-line.entity.js';

export const quoteEntities = [NumberSeries, Quote, QuoteLine];

export const quoteResolvers = (): object[] => [];
