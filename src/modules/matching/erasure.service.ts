import type { Tx } from '../../platform/database/database.js';
import { onErase } from '../customers/index.js';

onErase(eraseMatching);

/**
 * Removes what is suggested of a customer and of those that were merged into it, and of identities that were erased with it, and
 * the keys they were found by.
 */
async function eraseMatching(tx: Tx, customerId: string): Promise<string[]> {
  const { organizationId } = tx.scope;
  const everybody = await mergedInto(tx, customerId);
  const suggestions = await tx.query<{ id: string; identity_id: string }>(
    `with gone as (
       delete from link_suggestions s
        where s.organization_id = $1
          and (s.customer_id = any ($2::uuid[]) or exists (select 1 from social_identities i
                 where i.organization_id = $1 and i.id = s.identity_id and i.handle = 'erased' and i.handle_key is null))
       returning s.id, s.identity_id)
     select id, identity_id from gone`,
    [organizationId, everybody],
  );
  await tx.query(
    `delete from match_keys m
      where m.organization_id = $1
        and ((m.is_customer and m.subject_id = any ($2::uuid[])) or (not m.is_customer and m.subject_id = any ($3::uuid[])))`,
    [organizationId, everybody, suggestions.map(one => one.identity_id)],
  );
  // Those it stood in the way of are looked at again.
  await tx.query(
    `insert into match_queue (organization_id, is_customer, subject_id) select $1, false, unnest($2::uuid[])`,
    [organizationId, suggestions.map(one => one.identity_id)],
  );
  return suggestions.map(one => one.id);
}

/** The customer and whoever was merged into it, or into one of those. They are locked: the erasure has begun. */
async function mergedInto(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive became as (
       select $2::uuid as id
       union select c.id from became b join customers c on c.organization_id = $1 and c.merged_into_id = b.id)
     select id from became`,
    [tx.scope.organizationId, customerId],
  );
  return rows.map(row => row.id);
}
