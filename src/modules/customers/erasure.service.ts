import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { publicId } from '../../platform/ids.js';
import type { Viewer } from '../access/index.js';
import { runEraseHooks } from './customer.hooks.js';
import { lockCustomer, recordCustomerEvents } from './customer.queries.js';
import { eraseMerges, lockMerged } from './merge-erasure.service.js';

/** What is deleted with a customer, and the condition that names it; $2 is the customer. */
const BELONGINGS: Record<string, string> = {
  contact_points: 'customer_id = $2',
  preferences: 'customer_id = $2',
  consents: 'customer_id = $2',
  notes: 'customer_id = $2',
  customer_relations: '(from_customer_id = $2 or to_customer_id = $2)',
};

/**
 * Erases everything about a customer, for good: what belongs to it, what other modules keep of it, what the audit log remembers,
 * and the same of those that were merged into it, who are the same person: other modules may know them by either id. The row stays, empty, so that what points to it does not dangle. A deleted customer can be erased too.
 */
export async function eraseCustomer(tx: Tx, viewer: Viewer, id: string): Promise<{ erasedCustomerId: string }> {
  const customer = await lockCustomer(tx, viewer, id, 'id', 'ANY');
  if (customer.mergedIntoId) {
    throw invalid(
      'id',
      'It was merged into another customer, who has what belonged to it. Erase that one, or undo the merge first.',
      'NOT_ALLOWED',
    );
  }
  const key = [tx.scope.organizationId, customer.id];
  const everybody = await lockMerged(tx, customer.id);
  const merges = await eraseMerges(tx, everybody);
  const forgotten = await runEraseHooks(tx, everybody);
  for (const [table, condition] of Object.entries(BELONGINGS)) {
    await tx.query(`delete from ${table} where organization_id = $1 and ${condition}`, key);
  }
  const logins = await eraseLogins(tx, key);
  await tx.query(
    `update customers set display_name = '', given_name = null, family_name = null, legal_name = null, job_title = null,
            birth_date = null, language = null, time_zone = null, tags = '{}', custom_fields = '{}', external_id = null,
            owner_id = null, team_id = null, deleted_at = coalesce(deleted_at, now()), erased_at = now(),
            version = version + 1, updated_at = now()
      where organization_id = $1 and id = any ($2)`,
    [tx.scope.organizationId, everybody],
  );
  // Last, because the deletions above were remembered as well.
  await tx.query('select erase_audit($1::uuid[])', [[...everybody, ...merges, ...logins, ...forgotten]]);
  await recordCustomerEvents(tx, new Map([[customer.id, 'customer.erased']]));
  return { erasedCustomerId: publicId('customer', customer.id) };
}

/** A customer who signs in is a member too. That member is emptied; keys that act for the customer stop working. */
async function eraseLogins(tx: Tx, key: string[]): Promise<string[]> {
  const members = await tx.query<{ id: string }>(
    `with erased as (
       update members set name = '', email = id || '@erased.invalid', user_id = null, customer_id = null, language = null,
              deactivated_at = coalesce(deactivated_at, now()), updated_at = now()
        where organization_id = $1 and customer_id = $2 and role = 'CUSTOMER' returning id)
     select id from erased`,
    key,
  );
  await tx.query('update members set customer_id = null where organization_id = $1 and customer_id = $2', key);
  await tx.query(
    'update api_keys set revoked_at = coalesce(revoked_at, now()) where organization_id = $1 and customer_id = $2',
    key,
  );
  return members.map(member => member.id);
}
