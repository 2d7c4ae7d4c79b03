import { type EventType, recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { storedId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../access/index.js';
import type { FieldDefinition } from './custom-field.rules.js';
import type { CustomerKind } from './customer.entity.js';

/** A customer whose row is held until the transaction ends. */
export interface LockedCustomer {
  id: string;
  kind: CustomerKind;
  displayName: string;
  givenName: string | null;
  familyName: string | null;
  legalName: string | null;
  customFields: Record<string, unknown>;
  ownerId: string | null;
  teamId: string | null;
  version: number;
  /** Whom it was found to be; such a one is deleted. */
  mergedIntoId: string | null;
}

export type CustomerState = 'LIVE' | 'DELETED' | 'ANY';

const STATES: Record<CustomerState, string> = {
  LIVE: 't.deleted_at is null',
  DELETED: 't.deleted_at is not null and t.erased_at is null',
  ANY: 't.erased_at is null',
};

export const UNKNOWN_CUSTOMER = 'There is no such customer, or you may not see it.';

/** The customer behind a public id, held for a change. Unknown, forbidden and of another state all answer as NOT_FOUND of `field`. */
export async function lockCustomer(
  tx: Tx,
  viewer: Viewer,
  id: string,
  field = 'id',
  state: CustomerState = 'LIVE',
): Promise<LockedCustomer> {
  const uuid = storedId('customer', id);
  const [locked] = uuid ? await lockCustomers(tx, viewer, [uuid], state) : [];
  if (!locked) throw invalid(field, UNKNOWN_CUSTOMER, 'NOT_FOUND');
  return locked;
}

/** Those of `ids` (stored) that the viewer may see, held in the order of their ids so that two writers never wait for each other. */
export const lockCustomers = (
  tx: Tx,
  viewer: Viewer,
  ids: string[],
  state: CustomerState = 'LIVE',
): Promise<LockedCustomer[]> => selectCustomers(tx, viewer, ids, state, 'for update of t');

/** The same without holding them, for what writes nothing. */
export const readVisible = (tx: Tx, viewer: Viewer, ids: string[]): Promise<LockedCustomer[]> =>
  selectCustomers(tx, viewer, ids, 'LIVE', '');

async function selectCustomers(
  tx: Tx,
  viewer: Viewer,
  ids: string[],
  state: CustomerState,
  lock: 'for update of t' | '',
): Promise<LockedCustomer[]> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = any (${parameters.add(ids, 'uuid[]')})`,
    STATES[state],
    visibleCondition(viewer, 'CUSTOMER', 't', parameters),
  ].filter(Boolean);
  return tx.query<LockedCustomer>(
    `select t.id, t.kind, t.display_name as "displayName", t.given_name as "givenName", t.family_name as "familyName",
            t.legal_name as "legalName", t.custom_fields as "customFields",
            t.owner_id as "ownerId", t.team_id as "teamId", t.version,
            t.merged_into_id as "mergedIntoId"
       from customers t where ${conditions.join(' and ')} order by t.id ${lock}`,
    parameters.values,
  );
}

/** Counts a change of what belongs to these customers as a change of theirs, and tells it once each. */
export async function recordUpdates(tx: Tx, ids: string[]): Promise<void> {
  await tx.query(
    'update customers set version = version + 1, updated_at = now() where organization_id = $1 and id = any ($2::uuid[])',
    [tx.scope.organizationId, ids],
  );
  await recordCustomerEvents(tx, new Map(ids.map(id => [id, 'customer.updated'])));
}

/** One event a customer: the map's own last word about it. */
export function recordCustomerEvents(tx: Tx, changes: ReadonlyMap<string, EventType>): Promise<void> {
  return recordEvents(
    tx,
    [...changes].map(([subjectId, type]) => ({ type, subjectId })),
  );
}

/** The customer that something seen only through it belongs to, held for a change of it. `table` has a `customer_id`. */
export async function lockOwner(
  tx: Tx,
  viewer: Viewer,
  table: 'contact_points' | 'notes',
  prefix: string,
  id: string,
): Promise<{ customer: LockedCustomer; uuid: string }> {
  const uuid = storedId(prefix, id);
  const [row] = uuid
    ? await tx.query<{ customer_id: string }>(
        `select customer_id from ${table} where organization_id = $1 and id = $2`,
        [tx.scope.organizationId, uuid],
      )
    : [];
  const [customer] = row ? await lockCustomers(tx, viewer, [row.customer_id]) : [];
  if (!uuid || !customer) throw invalid('id', 'There is no such thing, or you may not see it.', 'NOT_FOUND');
  return { customer, uuid };
}

/** What the organisation says about the customers it keeps; read once a transaction. */
export interface CustomerSettings {
  /** ISO 3166-1; telephone numbers without a country are read in it. */
  country: string;
  customFields: ReadonlyMap<string, FieldDefinition>;
}

export async function readSettings(tx: Tx): Promise<CustomerSettings> {
  const [row] = await tx.query<{ country: string; fields: FieldDefinition[] }>(
    `select o.default_country as country,
            coalesce((select jsonb_agg(jsonb_build_object('key', f.key, 'type', f.type, 'options', f.options, 'required', f.required))
                        from custom_field_definitions f where f.organization_id = o.id and f.subject = 'CUSTOMER'), '[]') as fields
       from organizations o where o.id = $1`,
    [tx.scope.organizationId],
  );
  return { country: row?.country ?? 'ES', customFields: new Map((row?.fields ?? []).map(field => [field.key, field])) };
}
