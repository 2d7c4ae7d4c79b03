import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { type Problems, throwAny } from '../../platform/input.rules.js';
import { CustomFieldSubject } from './custom-field.entity.js';
import type { DefineCustomFieldInput, RemoveCustomFieldInput } from './custom-field.inputs.js';
import { cleanDefinition, type FieldDefinition } from './custom-field.rules.js';
import { recordUpdates } from './customer.queries.js';

const MOST_FIELDS = 200;

/** Defines a custom field; under a known key it changes all but the type, by which values are kept already. */
export async function defineCustomField(
  tx: Tx,
  input: DefineCustomFieldInput,
): Promise<{ customFieldKey: string; customFieldSubject: CustomFieldSubject }> {
  const { subject } = input;
  const problems: Problems = [];
  const { key, label, type, options, required } = cleanDefinition(problems, input);
  throwAny(problems);
  const [state] = await tx.query<{ count: number; known: string | null }>(
    `select count(*)::integer as count, max(type) filter (where key = $2) as known
       from custom_field_definitions where organization_id = $1 and subject = $3`,
    [tx.scope.organizationId, key, subject],
  );
  if (state!.known && state!.known !== type) {
    throw invalid(
      'type',
      'Values are kept in its first type. Define another field, or remove this one.',
      'NOT_ALLOWED',
    );
  }
  if (!state!.known && state!.count >= MOST_FIELDS) {
    throw invalid('key', `There are at most ${MOST_FIELDS} custom fields.`, 'NOT_ALLOWED');
  }
  await tx.query(
    `insert into custom_field_definitions (organization_id, id, key, label, type, options, required, subject)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organization_id, subject, key)
       do update set label = excluded.label, options = excluded.options, required = excluded.required`,
    [tx.scope.organizationId, newId(), key, label, type, options, required, subject],
  );
  return { customFieldKey: key, customFieldSubject: subject };
}

/** Removes a definition, and the values with it: what nothing describes would otherwise stay for ever. */
export async function removeCustomField(
  tx: Tx,
  { key, subject }: Pick<RemoveCustomFieldInput, 'key' | 'subject'>,
): Promise<Record<string, never>> {
  const removed = await tx.query(
    `with removed as (delete from custom_field_definitions where organization_id = $1 and subject = $3 and key = $2 returning id)
     select id from removed`,
    [tx.scope.organizationId, key, subject],
  );
  if (removed.length === 0) throw invalid('key', 'There is no such custom field.', 'NOT_FOUND');
  if (subject === CustomFieldSubject.CUSTOMER) await clearCustomers(tx, key);
  else for (const hook of removedHooks) await hook(tx, subject, key);
  return {};
}

/** Told that a field of `subject` is no more: whoever keeps values of it lets them go. */
type FieldRemovedHook = (tx: Tx, subject: CustomFieldSubject, key: string) => Promise<void>;

const removedHooks: FieldRemovedHook[] = [];

/** Called once by each module above whose records have custom fields. */
export function onFieldRemoved(hook: FieldRemovedHook): void {
  removedHooks.push(hook);
}

async function clearCustomers(tx: Tx, key: string): Promise<void> {
  const changed = await tx.query<{ id: string }>(
    `with changed as (
       update customers set custom_fields = custom_fields - $2::text where organization_id = $1 and custom_fields ? $2::text returning id, deleted_at)
     select id from changed where deleted_at is null`,
    [tx.scope.organizationId, key],
  );
  if (changed.length > 0) {
    await recordUpdates(
      tx,
      changed.map(row => row.id),
    );
  }
}

/** What an organisation keeps of `subject`, by key. */
export async function fieldDefinitions(
  tx: Tx,
  subject: CustomFieldSubject,
): Promise<ReadonlyMap<string, FieldDefinition>> {
  const rows = await tx.query<FieldDefinition>(
    'select key, type, options, required from custom_field_definitions where organization_id = $1 and subject = $2',
    [tx.scope.organizationId, subject],
  );
  return new Map(rows.map(row => [row.key, row]));
}
