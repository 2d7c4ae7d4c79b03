import type { Tx } from '../../platform/database/database.js';
import { storedId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { Customer } from './customer.entity.js';
import type { MergeRow } from './merge.rules.js';
import { MERGED_COLUMNS } from './merge-fields.rules.js';

/**
 * Holds customers and those they are tied to, all in the order of their ids: whoever merges or ties any of them waits here, and
 * nobody waits for somebody who waits for them. Those who are only tied to them are held less, so that rows which name them, as
 * a link of an identity does, are added meanwhile; one and the same row is never held more later, which would break the order.
 */
export async function lockAround(tx: Tx, ids: string[]): Promise<void> {
  const { organizationId } = tx.scope;
  const around = await tx.query<{ id: string }>(
    `select unnest($2::uuid[]) as id
     union select r.to_customer_id from customer_relations r where r.organization_id = $1 and r.from_customer_id = any ($2)
     union select r.from_customer_id from customer_relations r where r.organization_id = $1 and r.to_customer_id = any ($2)
     order by id`,
    [organizationId, ids],
  );
  const named = new Set(ids);
  let from = 0;
  while (from < around.length) {
    const isNamed = named.has(around[from]!.id);
    const next = around.findIndex((row, at) => at > from && named.has(row.id) !== isNamed);
    const to = next < 0 ? around.length : next;
    await tx.query(
      `select count(*) from (
         select 1 from customers c where c.organization_id = $1 and c.id = any ($2::uuid[])
          order by c.id for ${isNamed ? 'update' : 'no key update'}) held`,
      [organizationId, around.slice(from, to).map(row => row.id)],
    );
    from = to;
  }
}

const COLUMNS = [...Object.values(MERGED_COLUMNS), 'custom_fields', 'deleted_at', 'merged_into_id'];

/** The rows of customers that are held, as JSON, and the moment at which they were read. */
export async function readCustomers(tx: Tx, ids: string[]): Promise<{ rows: MergeRow[]; moment: string }> {
  const found = await tx.query<{ row: MergeRow; moment: string }>(
    `select jsonb_build_object('id', t.id, ${COLUMNS.map(column => `'${column}', t.${column}`).join(', ')}) as row,
            to_jsonb(clock_timestamp()) #>> '{}' as moment
       from customers t where t.organization_id = $1 and t.id = any ($2) order by t.id`,
    [tx.scope.organizationId, ids],
  );
  return { rows: found.map(({ row }) => row), moment: found[0]!.moment };
}

/** Counts a merge, or its undoing, as a change of each of them. */
export async function countChange(tx: Tx, ids: string[]): Promise<void> {
  await tx.query(
    'update customers set version = version + 1, updated_at = now() where organization_id = $1 and id = any ($2::uuid[])',
    [tx.scope.organizationId, ids],
  );
}

/**
 * One customer by its public id. The id of a customer that was merged answers the one it became, as far as the viewer may see
 * both: bookmarks and other systems go on working.
 */
export async function customerByPublicId(context: RequestContext, id: string): Promise<Customer | null> {
  const customer = await context.recordByPublicId(Customer, id);
  if (customer) return customer;
  const uuid = storedId('customer', id);
  if (!uuid) return null;
  const parameters = new Parameters();
  const named = parameters.add(uuid, 'uuid');
  const visible = visibleCondition(context.viewer, 'CUSTOMER', 't', parameters) ?? 'true';
  const [survivor] = await context.read<{ id: string }>(
    `with recursive became as (
       select t.merged_into_id as id from customers t where t.id = ${named} and t.merged_into_id is not null and ${visible}
       union select c.merged_into_id from became b join customers c on c.id = b.id where c.merged_into_id is not null)
     select b.id from became b join customers c on c.id = b.id where c.merged_into_id is null`,
    parameters.values,
  );
  return survivor ? context.recordById(Customer, survivor.id) : null;
}

export interface StoredMerge {
  id: string;
  survivorId: string;
  mergedIds: string[];
  /** As PostgreSQL writes it, to the microsecond. */
  mergedAt: string;
  isUndone: boolean;
  isErased: boolean;
}

export async function storedMerge(tx: Tx, id: string): Promise<StoredMerge | undefined> {
  const [row] = await tx.query<StoredMerge>(
    `select id, survivor_id as "survivorId", merged_ids as "mergedIds", merged_at::text as "mergedAt",
            undone_at is not null as "isUndone", erased_at is not null as "isErased"
       from customer_merges where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, id],
  );
  return row;
}
