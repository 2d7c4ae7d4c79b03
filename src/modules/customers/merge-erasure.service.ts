import type { Tx } from '../../platform/database/database.js';
import { mergedTables } from './merge.tables.js';

/** A customer and all that were merged into it, or into those, held. */
export async function lockMerged(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive became as (
       select $2::uuid as id
       union select c.id from became b join customers c on c.organization_id = $1 and c.merged_into_id = b.id)
     select c.id from customers c where c.organization_id = $1 and c.id in (select id from became) order by c.id for update`,
    [tx.scope.organizationId, customerId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Forgets what merges keep of these customers: the whole journal and report of their own, which can then not be undone, and in the
 * journals of others the ties to them. Answers the ids of the merges and of the rows that were forgotten.
 */
export async function eraseMerges(tx: Tx, customerIds: string[]): Promise<string[]> {
  const key = [tx.scope.organizationId, customerIds];
  const merges = await tx.query<{ id: string }>(
    `with emptied as (
       update customer_merges set report = '{}', erased_at = coalesce(erased_at, now())
        where organization_id = $1 and (survivor_id = any ($2::uuid[]) or merged_ids && $2::uuid[]) returning id)
     select id from emptied`,
    key,
  );
  const ids = merges.map(({ id }) => id);
  await tx.query('select erase_merge_audit($1::uuid[])', [ids]);
  const gone = await tx.query<{ id: string }>(
    `with gone as (delete from customer_merge_changes where organization_id = $1 and merge_id = any ($2::uuid[]) returning row_id as id)
     select id from gone`,
    [tx.scope.organizationId, ids],
  );
  for (const { table, columns } of mergedTables()) {
    const named = columns.map(
      column => `(before ->> '${column}')::uuid = any ($2) or (after ->> '${column}')::uuid = any ($2)`,
    );
    await tx.query(
      `delete from customer_merge_changes where organization_id = $1 and table_name = $3 and (${named.join(' or ')})`,
      [...key, table],
    );
  }
  return [...ids, ...gone.map(({ id }) => id)];
}
