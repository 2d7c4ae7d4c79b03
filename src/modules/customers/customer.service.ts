import type { Tx } from '../../platform/database/database.js';
import { InputError, invalid, sqlState, staleVersion } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { type Problems, report, throwAny } from '../../platform/input.rules.js';
import { Parameters } from '../../platform/paging/index.js';
import { namedFinder, type Viewer } from '../access/index.js';
import { mergeCustomFields, requireCustomFields } from './custom-field.rules.js';
import { CustomerKind } from './customer.entity.js';
import { tellGiven } from './customer.hooks.js';
import {
  type CustomerSettings,
  type LockedCustomer,
  lockCustomer,
  readSettings,
  recordCustomerEvents,
} from './customer.queries.js';
import { type CustomerValues, cleanCustomer, defaultDisplayName } from './customer.rules.js';
import { type CleanBelongings, cleanBelongings, storeBelongings } from './customer-belongings.service.js';
import type { CreateCustomerItem, UpdateCustomerItem } from './customer-change.inputs.js';

/** Keeps a customer. Throws InputError naming everything that is wrong. Answers its stored id. */
export async function createCustomer(
  tx: Tx,
  viewer: Viewer,
  item: CreateCustomerItem,
): Promise<{ customerId: string }> {
  const customerId = await keepCustomer(tx, viewer, await readSettings(tx), item);
  await recordCustomerEvents(tx, new Map([[customerId, 'customer.created']]));
  return { customerId };
}

/** Changes what `item` says of a customer. A `version` that is not the present one is a CONFLICT. */
export async function updateCustomer(
  tx: Tx,
  viewer: Viewer,
  item: UpdateCustomerItem,
  reason: string | null = null,
): Promise<{ customerId: string }> {
  const known = await lockCustomer(tx, viewer, item.id);
  await changeCustomer(tx, viewer, await readSettings(tx), known, item, reason);
  await recordCustomerEvents(tx, new Map([[known.id, 'customer.updated']]));
  return { customerId: known.id };
}

/** Takes a customer out of every list; `restoreCustomer` brings it back as it was. */
export async function deleteCustomer(tx: Tx, viewer: Viewer, id: string): Promise<{ customerId: string }> {
  return setDeleted(tx, await lockCustomer(tx, viewer, id), 'now()');
}

export async function restoreCustomer(tx: Tx, viewer: Viewer, id: string): Promise<{ customerId: string }> {
  const customer = await lockCustomer(tx, viewer, id, 'id', 'DELETED');
  if (customer.mergedIntoId) {
    throw invalid('id', 'It was merged into another customer. Undo the merge instead.', 'NOT_ALLOWED');
  }
  return setDeleted(tx, customer, 'null');
}

async function setDeleted(tx: Tx, { id }: LockedCustomer, moment: 'now()' | 'null'): Promise<{ customerId: string }> {
  await tx.query(
    `update customers set deleted_at = ${moment}, version = version + 1, updated_at = now() where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, id],
  );
  await recordCustomerEvents(tx, new Map([[id, moment === 'null' ? 'customer.updated' : 'customer.deleted']]));
  return { customerId: id };
}

/** Writes a new customer without telling of it: the caller does, once a transaction. */
export async function keepCustomer(
  tx: Tx,
  viewer: Viewer,
  settings: CustomerSettings,
  item: CreateCustomerItem,
): Promise<string> {
  const problems: Problems = [];
  const values = cleanCustomer(problems, item);
  const kind = values.kind ?? CustomerKind.PERSON;
  const displayName = values.displayName ?? defaultDisplayName({ ...NO_NAMES, ...values, kind });
  if (!displayName && !problems.some(problem => NAME_FIELDS.has(problem.field ?? ''))) {
    report(problems, 'displayName', 'A customer has a name.', 'REQUIRED');
  }
  const customFields = item.customFields
    ? mergeCustomFields(problems, settings.customFields, {}, item.customFields)
    : {};
  // Who may not set them is not asked for them.
  if (!viewer.isHidden('CUSTOMER', 'customFields'))
    requireCustomFields(problems, settings.customFields, item.customFields ?? {});
  const { belongings, assignment } = await cleanRest(tx, viewer, settings, problems, item);
  throwAny(problems);

  const id = newId();
  const columns = { ...columnsOf({ ...values, kind, displayName }), ...assignment, custom_fields: customFields };
  const parameters = new Parameters();
  const places = [tx.scope.organizationId, id, ...Object.values(columns)].map(value => parameters.add(value));
  const inserted = await tx.query(
    `insert into customers (organization_id, id, ${Object.keys(columns).join(', ')}) values (${places.join(', ')})
     on conflict (organization_id, external_id) do nothing returning id`,
    parameters.values,
  );
  if (inserted.length === 0) throw taken();
  await storeBelongings(tx, id, belongings);
  return id;
}

/** Writes what `item` says of a customer that is held, without telling of it. */
export async function changeCustomer(
  tx: Tx,
  viewer: Viewer,
  settings: CustomerSettings,
  known: LockedCustomer,
  item: CreateCustomerItem & { version?: number | null },
  reason: string | null = null,
): Promise<void> {
  if (item.version != null && item.version !== known.version) {
    throw staleVersion('customer', known.version);
  }
  const problems: Problems = [];
  const values = cleanCustomer(problems, item);
  const displayName = changedDisplayName(known, values);
  if (displayName === null && !problems.some(problem => NAME_FIELDS.has(problem.field ?? ''))) {
    report(problems, 'displayName', 'A customer has a name.', 'REQUIRED');
  }
  const customFields =
    item.customFields && mergeCustomFields(problems, settings.customFields, known.customFields, item.customFields);
  const { belongings, assignment } = await cleanRest(tx, viewer, settings, problems, item);
  throwAny(problems);

  const columns = {
    ...columnsOf({ ...values, displayName }),
    ...assignment,
    ...(customFields ? { custom_fields: customFields } : {}),
  };
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(known.id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  try {
    await tx.query(
      `update customers set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
        where organization_id = ${organization} and id = ${id}`,
      parameters.values,
    );
  } catch (error) {
    throw sqlState(error) === '23505' ? taken() : error;
  }
  await storeBelongings(tx, known.id, belongings);
  const { owner_id: ownerId = known.ownerId, team_id: teamId = known.teamId } = assignment;
  if (ownerId !== known.ownerId || teamId !== known.teamId)
    await tellGiven(tx, { customerId: known.id, from: known, to: { ownerId, teamId }, reason });
}

const NO_NAMES = { givenName: null, familyName: null, legalName: null };
const NAME_FIELDS = new Set(['displayName', 'givenName', 'familyName', 'legalName']);

const taken = (): InputError => invalid('externalId', 'Another customer has this id.', 'TAKEN');

/** A display name that was made of the other names follows them; one that somebody gave stays until they clear it. */
function changedDisplayName(known: LockedCustomer, values: Partial<CustomerValues>): string | null | undefined {
  if (values.displayName) return values.displayName;
  const wasMade = known.displayName === defaultDisplayName(known);
  return values.displayName === null || wasMade ? defaultDisplayName({ ...known, ...values }) : undefined;
}

const COLUMNS: Record<keyof CustomerValues, string> = {
  kind: 'kind',
  displayName: 'display_name',
  givenName: 'given_name',
  familyName: 'family_name',
  legalName: 'legal_name',
  jobTitle: 'job_title',
  birthDate: 'birth_date',
  language: 'language',
  timeZone: 'time_zone',
  tags: 'tags',
  externalId: 'external_id',
};

function columnsOf(values: Partial<CustomerValues>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [COLUMNS[field as keyof CustomerValues], value]),
  );
}

/** Who does not see a field does not set it either. */
const HIDEABLE = {
  birthDate: 'birthDate',
  tags: 'tags',
  customFields: 'customFields',
  ownerId: 'owner',
  teamId: 'team',
  contactPoints: 'contactPoints',
} as const;
const ADDED = new Set(['customFields', 'contactPoints']);

async function cleanRest(
  tx: Tx,
  viewer: Viewer,
  settings: CustomerSettings,
  problems: Problems,
  item: CreateCustomerItem,
): Promise<{ belongings: CleanBelongings; assignment: Record<string, string | null> }> {
  for (const [field, hidden] of Object.entries(HIDEABLE)) {
    const given = item[field as keyof typeof HIDEABLE];
    // Null says nothing of what is only ever added to, and clears the others.
    const isSaid = ADDED.has(field) ? given != null : given !== undefined;
    if (isSaid && viewer.isHidden('CUSTOMER', hidden)) {
      report(problems, field, 'Your role does not see it, so it cannot set it.', 'NOT_ALLOWED');
    }
  }
  const belongings = cleanBelongings(problems, settings, item);
  const assignment: Record<string, string | null> = {};
  if (item.ownerId !== undefined)
    assignment['owner_id'] = await findStaff(tx, viewer, problems, 'member', item.ownerId, 'ownerId');
  if (item.teamId !== undefined)
    assignment['team_id'] = await findStaff(tx, viewer, problems, 'team', item.teamId, 'teamId');
  return { belongings, assignment };
}

/** Finds who a customer may be given to. */
const findStaff = namedFinder({
  member: { table: 'members', visibility: 'STAFF', condition: 't.deactivated_at is null' },
  team: { table: 'teams', visibility: 'STAFF' },
}).one;
