import type { Tx } from '../../platform/database/database.js';
import type { Viewer } from '../access/index.js';
import { type Merge, type MergePlan, type MergeRow, repoint } from './merge.rules.js';
import { planConsents, planContactPoints, planPreferences, planRelations } from './merge-belongings.rules.js';

/**
 * A table whose rows name customers, and so follow them when they are merged. It has `organization_id` and `id`. A module above
 * adds its own by calling `mergedTable` once, when it is loaded:
 *
 *     mergedTable({ table: 'tickets', prefix: 'ticket', kind: 'tickets', columns: ['customer_id'], isSeen: () => true });
 *
 * Rows are locked in the order in which tables are added.
 */
export interface MergedTable {
  table: string;
  /** Prefix of the public ids of its rows. */
  prefix: string;
  /** What its rows are called in reports. */
  kind: string;
  /** The columns that name a customer, all or none of which are put back when a merge is undone. */
  columns: readonly string[];
  /** Other columns that `plan` reads. */
  reads?: readonly string[];
  /** Pure. The rows as they are after a merge; unless given, only whom they name changes. Every row is in the one or removed. */
  plan?: (rows: MergeRow[], merge: Merge) => MergePlan;
  /** Whether the viewer may know that there are such rows. */
  isSeen: (viewer: Viewer) => boolean;
  /** Those of `rowIds` that were given to somebody anew after the merge, so that its undoing leaves them where they are. */
  isGivenAnew?: (tx: Tx, mergeId: string, rowIds: string[]) => Promise<string[]>;
  /** Told in the transaction which rows now belong to whom, after a merge and after its undoing. */
  onMoved?: (tx: Tx, moved: { id: string; customerId: string }[]) => Promise<void>;
}

const tables: MergedTable[] = [];

export function mergedTable(table: MergedTable): void {
  tables.push(table);
}

export const mergedTables = (): readonly MergedTable[] => tables;

export function planOf({ columns, plan }: MergedTable, rows: MergeRow[], merge: Merge): MergePlan {
  return plan ? plan(rows, merge) : repoint(rows, columns, merge);
}

const belongs = { columns: ['customer_id'] };
const unless = (field: string) => (viewer: Viewer) => !viewer.isHidden('CUSTOMER', field);

mergedTable({
  ...belongs,
  table: 'contact_points',
  prefix: 'contact',
  kind: 'contactPoints',
  reads: ['kind', 'value', 'label', 'address', 'is_primary', 'verified_at', 'created_at'],
  plan: planContactPoints,
  isSeen: unless('contactPoints'),
});
mergedTable({
  ...belongs,
  table: 'preferences',
  prefix: 'preference',
  kind: 'preferences',
  reads: ['key', 'value'],
  plan: planPreferences,
  isSeen: () => true,
});
mergedTable({
  ...belongs,
  table: 'consents',
  prefix: 'consent',
  kind: 'consents',
  reads: ['purpose', 'channel', 'state', 'recorded_at'],
  plan: planConsents,
  isSeen: () => true,
});
mergedTable({ ...belongs, table: 'notes', prefix: 'note', kind: 'notes', isSeen: unless('notes') });
mergedTable({
  table: 'customer_relations',
  prefix: 'relation',
  kind: 'relations',
  columns: ['from_customer_id', 'to_customer_id'],
  reads: ['kind', 'detail', 'since', 'until'],
  plan: planRelations,
  isSeen: () => true,
});
// Who signs in as a merged customer, or acts for it, does so for the survivor.
mergedTable({
  ...belongs,
  table: 'members',
  prefix: 'member',
  kind: 'members',
  isSeen: viewer => viewer.scopeOf('STAFF') === 'ALL',
});
mergedTable({
  ...belongs,
  table: 'api_keys',
  prefix: 'api_key',
  kind: 'apiKeys',
  isSeen: viewer => viewer.scopeOf('CREDENTIAL') === 'ALL',
});
