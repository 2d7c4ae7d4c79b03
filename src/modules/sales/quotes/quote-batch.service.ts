import type { Tx } from '../../../platform/database/database.js';
import { eachItem, type ItemResult, type Viewer } from '../../access/index.js';
import { createQuote } from './quote.service.js';
import { approveQuote, submitQuote } from './quote-approval.service.js';

/** The same as `work` does with one, for up to 200, each by itself. */
const eachQuote =
  <Item>(work: (tx: Tx, viewer: Viewer, item: Item) => Promise<{ quoteId: string }>) =>
  async (tx: Tx, viewer: Viewer, items: Item[]): Promise<{ results: ItemResult<{ quoteId: string }>[] }> => ({
    results: await eachItem(tx, items, item => work(tx, viewer, item)),
  });

export const createQuotes = eachQuote(createQuote);
export const submitQuotes = eachQuote(submitQuote);
export const approveQuotes = eachQuote(approveQuote);
