import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { publicId, storedId } from '../../platform/ids.js';
import type { Viewer } from '../access/index.js';
import { choosePrimaries } from './contact-point.service.js';
import { tellUnmerged } from './customer.hooks.js';
import { lockCustomers, recordCustomerEvents } from './customer.queries.js';
import { countChange, lockAround, type StoredMerge, storedMerge } from './merge.queries.js';
import { mergedTables } from './merge.tables.js';
import { laterMergeOn, mergeOf } from './merge-order.queries.js';
import { type Loss, restoreTable } from './merge-restore.service.js';
import { restoreCustomers } from './merge-restore-customers.service.js';
import type { NotRestoredReason } from './merge-undo.rules.js';

interface UndoOutcome extends Record<string, unknown> {
  /** Stored ids: the survivor, then those that are customers of their own again. */
  customerIds: string[];
  notRestored: { record: string; field: string | null; reason: NotRestoredReason }[];
}

/**
 * Puts back every row that a merge changed, as it was. What was changed, removed or given to somebody else after the merge stays
 * so and is told, never guessed; what was added to the survivor after it stays the survivor's.
 */
export async function undoMerge(tx: Tx, viewer: Viewer, mergeId: string): Promise<UndoOutcome> {
  const merge = await holdMerge(tx, viewer, mergeId);
  const everybody = [merge.survivorId, ...merge.mergedIds];
  const losses = await restoreCustomers(tx, merge.id);
  for (const table of mergedTables()) {
    const { lost, moved } = await restoreTable(tx, merge.id, table);
    losses.push(...lost.filter(() => table.isSeen(viewer)));
    await table.onMoved?.(tx, moved);
  }
  // Where nothing happened since, each kind has its one primary as it is.
  for (const id of everybody) await choosePrimaries(tx, id, []);

  await tellUnmerged(tx, everybody);
  await tx.query('delete from customer_merge_changes where organization_id = $1 and merge_id = $2', [
    tx.scope.organizationId,
    merge.id,
  ]);
  await tx.query(
    // What they gave up is theirs again, and theirs alone.
    `update customer_merges set undone_at = clock_timestamp(), undone_by = $3, undone_request = $4, report = '{}'
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, merge.id, tx.scope.actor, tx.scope.requestId],
  );
  await countChange(tx, everybody);
  await recordEvents(tx, [
    {
      type: 'customer.unmerged',
      subjectId: merge.survivorId,
      data: { mergeId: merge.id, restoredIds: merge.mergedIds },
    },
  ]);
  await recordCustomerEvents(tx, new Map(merge.mergedIds.map(id => [id, 'customer.updated'])));
  return { customerIds: everybody, notRestored: losses.filter(loss => isSeen(viewer, loss)).map(shown) };
}

/** The merge behind a public id with its customers, all held, where it can be undone. */
async function holdMerge(tx: Tx, viewer: Viewer, mergeId: string): Promise<StoredMerge> {
  const unknown = invalid('mergeId', 'There is no such merge, or you may not see all of its customers.', 'NOT_FOUND');
  const uuid = storedId('merge', mergeId);
  const known = uuid && (await storedMerge(tx, uuid));
  if (!known) throw unknown;
  const everybody = [known.survivorId, ...known.mergedIds];
  await lockAround(tx, everybody);
  const merge = (await storedMerge(tx, uuid))!;
  if (merge.isErased) {
    throw invalid('mergeId', 'One of its customers was erased, and with it what an undoing would need.', 'NOT_ALLOWED');
  }
  const seen = await lockCustomers(tx, viewer, everybody, 'ANY');
  if (seen.length < everybody.length) throw unknown;
  if (merge.isUndone) throw invalid('mergeId', 'It is undone already.', 'CONFLICT');
  const survivor = seen.find(customer => customer.id === merge.survivorId)!;
  const later = survivor.mergedIntoId ? await mergeOf(tx, survivor.id) : await laterMergeOn(tx, merge);
  if (later) {
    const why = survivor.mergedIntoId ? 'Its survivor was merged itself' : 'A later merge builds on it';
    throw invalid('mergeId', `${why}: undo ${publicId('merge', later)} first.`, 'CONFLICT');
  }
  return merge;
}

const isSeen = (viewer: Viewer, { table, field }: Loss): boolean =>
  table !== 'customers' || !viewer.isHidden('CUSTOMER', (field ?? '').split('.')[0]!);

const shown = ({ prefix, id, field, reason }: Loss) => ({ record: publicId(prefix, id), field, reason });
