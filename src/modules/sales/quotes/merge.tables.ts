import { mergedTable } from '../../customers/index.js';
import { tellOfQuotes } from './quote.queries.js';

mergedTable({
  table: 'quotes',
  prefix: 'quote',
  kind: 'quotes',
  columns: ['customer_id'],
  isSeen: viewer => viewer.scopeOf('QUOTE') !== 'NONE',
  onMoved: (tx, moved) =>
    tellOfQuotes(
      tx,
      moved.map(({ id }) => id),
    ),
});
