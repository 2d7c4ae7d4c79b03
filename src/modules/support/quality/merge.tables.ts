import { mergedTable } from '../../customers/index.js';
import { goesWithTicket } from '../tickets/belonging.hooks.js';

mergedTable({
  table: 'complaints',
  prefix: 'complaint',
  kind: 'complaints',
  columns: ['customer_id'],
  isSeen: viewer => viewer.scopeOf('TICKET') !== 'NONE',
});

goesWithTicket('complaints');
