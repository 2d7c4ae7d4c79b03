import { mergedTable } from '../../customers/index.js';
import { tellLeads } from './lead.queries.js';

mergedTable({
  table: 'leads',
  prefix: 'lead',
  kind: 'leads',
  columns: ['customer_id'],
  isSeen: viewer => viewer.scopeOf('LEAD') !== 'NONE',
  onMoved: (tx, moved) =>
    tellLeads(
      tx,
      moved.map(({ id }) => id),
    ),
});
