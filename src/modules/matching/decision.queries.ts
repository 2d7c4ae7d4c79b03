import type { Tx } from '../../platform/database/database.js';
import { onAutomaticLink } from '../social/index.js';

// What a person has said no to is not linked on proof either, nor an identity of which nobody is to be asked.
onAutomaticLink(async (tx, pairs) => {
  const identityIds = [...new Set(pairs.map(pair => pair.identityId))];
  const decided = await decidedPairs(tx, identityIds);
  const closed = await tx.query<{ identity_id: string }>(
    'select identity_id from link_suggestions where organization_id = $1 and identity_id = any ($2::uuid[]) and never_ask_again',
    [tx.scope.organizationId, identityIds],
  );
  const isClosed = new Set(closed.map(row => row.identity_id));
  return pairs.filter(
    ({ identityId, customerId }) => !isClosed.has(identityId) && !decided.has(`${identityId}:${customerId}`),
  );
});

/** Pairs a person has decided about. What was said of a customer holds of whoever it was merged into, for as long as it is. */
export async function decidedPairs(tx: Tx, identityIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ identity_id: string; customer_id: string }>(
    `with recursive decided as (
       select identity_id, customer_id from identity_links where organization_id = $1 and identity_id = any ($2::uuid[])
       union select identity_id, customer_id from link_suggestions
              where organization_id = $1 and identity_id = any ($2::uuid[]) and state = 'REJECTED'
       union select d.identity_id, c.merged_into_id from decided d
               join customers c on c.organization_id = $1 and c.id = d.customer_id and c.merged_into_id is not null)
     select identity_id, customer_id from decided`,
    [tx.scope.organizationId, identityIds],
  );
  return new Set(rows.map(row => `${row.identity_id}:${row.customer_id}`));
}
