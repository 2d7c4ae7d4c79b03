import type { EventType } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { type InputProblem, invalid } from '../../platform/errors.js';
import { Parameters } from '../../platform/paging/index.js';
import { cleanLine } from '../../platform/text.js';
import { eachItem, type Viewer, visibleCondition } from '../access/index.js';
import { normaliseEmail } from './contact-point.rules.js';
import {
  type CustomerSettings,
  type LockedCustomer,
  lockCustomer,
  lockCustomers,
  readSettings,
  recordCustomerEvents,
} from './customer.queries.js';
import { changeCustomer, keepCustomer } from './customer.service.js';
import { type CreateCustomerItem, CustomerMatch, type UpdateCustomerItem } from './customer-change.inputs.js';

interface BatchResult {
  index: number;
  created: boolean;
  customerId: string | null;
  userErrors: InputProblem[];
}

interface BatchOutcome extends Record<string, unknown> {
  results: BatchResult[];
}

type Kept = { customerId: string; created: boolean };

const MOST_ITEMS = 200;

export function createCustomers(tx: Tx, viewer: Viewer, items: CreateCustomerItem[]): Promise<BatchOutcome> {
  return keepEach(tx, items, async (item, settings) => ({
    customerId: await keepCustomer(tx, viewer, settings, item),
    created: true,
  }));
}

export function updateCustomers(tx: Tx, viewer: Viewer, items: UpdateCustomerItem[]): Promise<BatchOutcome> {
  return keepEach(tx, items, async (item, settings) => {
    const known = await lockCustomer(tx, viewer, item.id);
    await changeCustomer(tx, viewer, settings, known, item);
    return { customerId: known.id, created: false };
  });
}

/** Keeps what is new and changes what is known; two writers with the same key meet in one customer. */
export async function upsertCustomers(
  tx: Tx,
  viewer: Viewer,
  items: CreateCustomerItem[],
  matchBy: CustomerMatch,
): Promise<BatchOutcome> {
  const find = matchBy === CustomerMatch.EMAIL ? findByEmail : findByExternalId;
  const key = matchBy === CustomerMatch.EMAIL ? emailOf : externalIdOf;
  if (items.length <= MOST_ITEMS)
    await queueFor(
      tx,
      items.map(key).map(value => `${matchBy}:${value}`),
    );
  return keepEach(tx, items, async (item, settings) => {
    const known = await find(tx, viewer, item);
    if (!known) return { customerId: await keepCustomer(tx, viewer, settings, item), created: true };
    await changeCustomer(tx, viewer, settings, known, known.isMerged ? { ...item, externalId: undefined } : item);
    return { customerId: known.id, created: false };
  });
}

/** A customer an item is about; one that was merged is found as the one it became, whose own id elsewhere stays. */
type Found = LockedCustomer & { isMerged?: boolean };

/** Each item by itself, as `eachItem` does it; who was kept and who was changed is told once, at the end. */
async function keepEach<Item>(
  tx: Tx,
  items: Item[],
  work: (item: Item, settings: CustomerSettings) => Promise<Kept>,
): Promise<BatchOutcome> {
  const settings = await readSettings(tx);
  const results: BatchResult[] = [];
  const changes = new Map<string, EventType>();
  for (const { created = false, customerId = null, ...result } of await eachItem(tx, items, item =>
    work(item, settings),
  )) {
    results.push({ ...result, created, customerId });
    if (customerId && !changes.has(customerId))
      changes.set(customerId, created ? 'customer.created' : 'customer.updated');
  }
  await recordCustomerEvents(tx, changes);
  return { results };
}

const externalIdOf = (item: CreateCustomerItem): string => cleanLine(item.externalId ?? '');

const emailOf = ({ contactPoints }: CreateCustomerItem): string | null =>
  normaliseEmail(contactPoints?.find(point => point.kind === 'EMAIL')?.value ?? '');

async function findByExternalId(tx: Tx, viewer: Viewer, item: CreateCustomerItem): Promise<Found | undefined> {
  const externalId = externalIdOf(item);
  if (!externalId) throw invalid('externalId', 'It must be given.', 'REQUIRED');
  const [row] = await tx.query<{ id: string; isMerged: boolean }>(
    `with recursive became as (
       select id, merged_into_id, false as is_merged from customers where organization_id = $1 and external_id = $2
       union select c.id, c.merged_into_id, true from became b join customers c on c.organization_id = $1 and c.id = b.merged_into_id)
     select id, is_merged as "isMerged" from became where merged_into_id is null`,
    [tx.scope.organizationId, externalId],
  );
  if (!row) return undefined;
  const [locked] = await lockCustomers(tx, viewer, [row.id]);
  const known = locked && { ...locked, isMerged: row.isMerged };
  if (!known) throw invalid('externalId', 'A customer has this id that is deleted, or that you may not see.', 'TAKEN');
  return known;
}

async function findByEmail(tx: Tx, viewer: Viewer, item: CreateCustomerItem): Promise<Found | undefined> {
  const index = item.contactPoints?.findIndex(point => point.kind === 'EMAIL') ?? -1;
  if (index < 0) throw invalid('contactPoints', 'An e-mail address must be given to match by.', 'REQUIRED');
  const email = emailOf(item);
  // What is wrong with the address is said together with what else is wrong with the item.
  if (!email || viewer.isHidden('CUSTOMER', 'contactPoints')) return undefined;
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    't.deleted_at is null',
    `exists (select 1 from contact_points c where c.organization_id = t.organization_id and c.customer_id = t.id and c.kind = 'EMAIL'
                and c.value = ${parameters.add(email)} and (c.is_primary or c.verified_at is not null))`,
    visibleCondition(viewer, 'CUSTOMER', 't', parameters),
  ].filter(Boolean);
  const rows = await tx.query<{ id: string }>(
    `select t.id from customers t where ${conditions.join(' and ')} limit 2`,
    parameters.values,
  );
  if (rows.length > 1)
    throw invalid(`contactPoints.${index}.value`, 'Several customers have this address.', 'CONFLICT');
  const [known] = rows[0] ? await lockCustomers(tx, viewer, [rows[0].id]) : [];
  return known;
}

/**
 * Lets one writer at a time look for a key and then keep it; ends with the transaction. All keys of a batch are taken at once
 * and in one order, so that two batches with the same customers follow each other.
 */
async function queueFor(tx: Tx, keys: string[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(lock) from (
       select distinct hashtextextended($1 || key, 0) as lock from unnest($2::text[]) as k(key) order by lock offset 0) ordered`,
    [`${tx.scope.organizationId}:customer:`, keys],
  );
}
