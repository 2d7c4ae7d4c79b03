import type { Tx } from '../../platform/database/database.js';
import type { StoredMerge } from './merge.queries.js';

/** The merge by which a customer became another one. */
export async function mergeOf(tx: Tx, customerId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    'select id from customer_merges where organization_id = $1 and merged_ids @> array[$2::uuid] and undone_at is null',
    [tx.scope.organizationId, customerId],
  );
  return row?.id;
}

/**
 * The latest merge after this one that cannot be told apart from it: it folded rows into one of its rows, removed one, or changed
 * the same columns of one. Columns that are put together of several values are, because those are put back one by one.
 */
export async function laterMergeOn(tx: Tx, merge: StoredMerge): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `select m.id
       from customer_merge_changes a
       join customer_merge_changes b on b.organization_id = a.organization_id and b.row_id = a.row_id
        and b.table_name = a.table_name and b.merge_id <> a.merge_id
       join customer_merges m on m.organization_id = b.organization_id and m.id = b.merge_id
      where a.organization_id = $1 and a.merge_id = $2 and m.undone_at is null and m.merged_at > $3
        and (b.holds_folded or b.after is null or exists (
          select 1 from jsonb_each(a.before) c
           where c.key not in ('tags', 'custom_fields') and c.value is distinct from a.after -> c.key
             and b.before -> c.key is distinct from b.after -> c.key))
      order by m.merged_at desc limit 1`,
    [tx.scope.organizationId, merge.id, merge.mergedAt],
  );
  return row?.id;
}
