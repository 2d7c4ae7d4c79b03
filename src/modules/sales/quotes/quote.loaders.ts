import type { LoaderDefinition } from '../../../platform/loaders.js';
import { columnsOf } from '../../../platform/schema/index.js';
import type { RequestContext } from '../../access/index.js';
import { QuoteLine } from './quote-line.entity.js';

const lineColumns = columnsOf(QuoteLine, 'l');

/** The lines of each quote, in order, with the currency of the quote; for quotes that the viewer sees. */
export const linesOfQuote: LoaderDefinition<RequestContext, string, QuoteLine[]> = {
  name: 'quote.lines',
  async batch(context, quoteIds) {
    const rows = await context.read<QuoteLine>(
      `select ${lineColumns}, q.currency from quote_lines l
         join quotes q on q.organization_id = l.organization_id and q.id = l.quote_id
        where l.quote_id = any ($1) order by l.position, l.id`,
      [quoteIds],
      'quote.lines',
    );
    const byQuote = Map.groupBy(rows, row => row.quoteId);
    return quoteIds.map(id => byQuote.get(id) ?? []);
  },
};
