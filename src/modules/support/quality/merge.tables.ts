import { mergedTable } from '../../customers/index.js';

mergedTable({
  table: 'complaints',
  prefix: 'complaint',
  kind: 'complaints',
  columns: ['customer_id'],
  isSeen: viewer => viewer.scopeOf('TICKET') !== 'NONE',
});
