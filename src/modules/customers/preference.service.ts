import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { type Problems, throwAny } from '../../platform/input.rules.js';
import { cleanLine } from '../../platform/text.js';
import type { Viewer } from '../access/index.js';
import { lockCustomer, recordUpdates } from './customer.queries.js';
import type { RemovePreferenceInput, SetPreferenceInput } from './preference.inputs.js';
import { type CleanPreference, cleanPreference } from './preference.rules.js';

export async function setPreference(
  tx: Tx,
  viewer: Viewer,
  input: SetPreferenceInput,
): Promise<{ customerId: string }> {
  const customer = await lockCustomer(tx, viewer, input.customerId, 'customerId');
  const problems: Problems = [];
  const clean = cleanPreference(problems, '', input);
  throwAny(problems);
  await storePreferences(tx, customer.id, [clean!]);
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id };
}

export async function removePreference(
  tx: Tx,
  viewer: Viewer,
  input: RemovePreferenceInput,
): Promise<{ customerId: string }> {
  const customer = await lockCustomer(tx, viewer, input.customerId, 'customerId');
  const removed = await tx.query(
    `with removed as (delete from preferences where organization_id = $1 and customer_id = $2 and key = $3 returning id)
     select id from removed`,
    [tx.scope.organizationId, customer.id, cleanLine(input.key)],
  );
  if (removed.length === 0) throw invalid('key', 'Nothing is kept under this key.', 'NOT_FOUND');
  await recordUpdates(tx, [customer.id]);
  return { customerId: customer.id };
}

/** Sets preferences of a customer that is held; of two with one key the later counts. */
export async function storePreferences(tx: Tx, customerId: string, preferences: CleanPreference[]): Promise<void> {
  const byKey = [...new Map(preferences.map(preference => [preference.key, preference])).values()];
  await tx.query(
    `insert into preferences (organization_id, customer_id, id, key, value)
     select $1, $2, p.id, p.key, p.value from unnest($3::uuid[], $4::text[], $5::text[]) as p(id, key, value)
     on conflict (organization_id, customer_id, key) do update set value = excluded.value, updated_at = now()
      where preferences.value <> excluded.value`,
    [
      tx.scope.organizationId,
      customerId,
      byKey.map(newId),
      byKey.map(preference => preference.key),
      byKey.map(preference => preference.value),
    ],
  );
}
