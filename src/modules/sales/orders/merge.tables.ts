import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { mergedTable } from '../../customers/index.js';
import { tellContracts } from './contract.queries.js';

const isSeen = (viewer: { scopeOf(kind: 'ORDER'): string }) => viewer.scopeOf('ORDER') !== 'NONE';
const belongs = { columns: ['customer_id'], isSeen };

mergedTable({
  ...belongs,
  table: 'orders',
  prefix: 'order',
  kind: 'orders',
  onMoved: (tx: Tx, moved) =>
    recordEvents(
      tx,
      moved.map(({ id }) => ({ type: 'order.changed' as const, subjectId: id })),
    ),
});
mergedTable({ ...belongs, table: 'invoices', prefix: 'invoice', kind: 'invoices' });
mergedTable({ ...belongs, table: 'payments', prefix: 'payment', kind: 'payments' });
mergedTable({
  ...belongs,
  table: 'contracts',
  prefix: 'contract',
  kind: 'contracts',
  onMoved: (tx: Tx, moved) =>
    tellContracts(
      tx,
      moved.map(({ id }) => id),
    ),
});
