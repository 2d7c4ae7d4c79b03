import type { Tx } from '../../platform/database/database.js';
import { onErase } from '../customers/index.js';

onErase(eraseMatching);

/** Removes what is suggested of a customer, and of identities that were erased with it, and the keys it was found by. */
async function eraseMatching(tx: Tx, customerId: string): Promise<string[]> {
  const { organizationId } = tx.scope;
  const suggestions = await tx.query<{ id: string; identity_id: string }>(
    `with gone as (
       delete from link_suggestions s
        where s.organization_id = $1
          and (s.customer_id = $2 or exists (select 1 from social_identities i
                 where i.organization_id = $1 and i.id = s.identity_id and i.handle = 'erased' and i.handle_key is null))
       returning s.id, s.identity_id)
     select id, identity_id from gone`,
    [organizationId, customerId],
  );
  await tx.query(
    `delete from match_keys m
      where m.organization_id = $1
        and ((m.is_customer and m.subject_id = $2) or (not m.is_customer and m.subject_id = any ($3::uuid[])))`,
    [organizationId, customerId, suggestions.map(one => one.identity_id)],
  );
  // Those it stood in the way of are looked at again.
  await tx.query(
    `insert into match_queue (organization_id, is_customer, subject_id) select $1, false, unnest($2::uuid[])`,
    [organizationId, suggestions.map(one => one.identity_id)],
  );
  return suggestions.map(one => one.id);
}
