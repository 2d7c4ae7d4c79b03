import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { isCurrency } from '../../../platform/money.js';
import { nextNumbers } from '../../access/index.js';
import { contractSubscriptions, endContractsOf } from './contract-order.service.js';
import { queueForMirror } from './mirror.queue.js';
import { type MirroredOrder, type PlannedOrder, planMirror, type StoredLine } from './mirror.rules.js';
import { deleteMirroredLines, keepMirroredDeliveries, keepMirroredLines } from './mirror-lines.service.js';
import { OrderStatus } from './order.states.rules.js';

export { type MirroredInvoice, mirrorInvoices } from './mirror-invoices.service.js';
export { type MirroredPayment, mirrorPayments } from './mirror-payments.service.js';

interface KnownOrder {
  id: string;
  number: string;
  erpId: string | null;
  erpUpdatedAt: Date | null;
}

/**
 * Writes orders as the ERP has them, some statements for all of them; answers their stored ids in the order of `rows`. An order is
 * found by its `orderId`, else by its id in the ERP, else by our number, else it is new. What is older than what was mirrored last
 * changes nothing. Events tell only of orders that are not as they were. Throws `InputError` for a row with an unknown currency;
 * nothing of the list is written then.
 */
export async function mirrorOrders(tx: Tx, rows: readonly MirroredOrder[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const unknown = rows.find(row => !isCurrency(row.currency));
  if (unknown) throw invalid('currency', `${unknown.externalId}: ${unknown.currency} is no currency.`);
  await queueForMirror(tx, 'ORDER', rows);
  const known = await findOrders(tx, rows);
  const lines = await readLines(
    tx,
    [...new Set(known.values())].map(({ id }) => id),
  );

  const ids: string[] = [];
  const planned = new Map<string, PlannedOrder>();
  const fresh = new Map<string, string>();
  for (const row of rows) {
    const order = known.get(row);
    const orderId = order?.id ?? fresh.get(row.externalId) ?? newId();
    if (!order) fresh.set(row.externalId, orderId);
    ids.push(orderId);
    // Of one order told twice, the later word counts.
    const earlier = planned.get(orderId)?.order.updatedAt ?? order?.erpUpdatedAt;
    if (earlier && row.updatedAt && new Date(row.updatedAt) < new Date(earlier)) continue;
    planned.set(orderId, { orderId, order: row, plan: planMirror(row, lines.get(orderId) ?? []), isNew: !order });
  }
  const all = [...planned.values()];
  await insertOrders(
    tx,
    all.filter(({ isNew }) => isNew),
  );
  const touched = new Set(
    await deleteMirroredLines(
      tx,
      all.flatMap(({ plan }) => plan.removed),
    ),
  );
  for (const id of await keepMirroredLines(tx, all)) touched.add(id);
  await keepMirroredDeliveries(tx, all);
  const changed = await updateOrders(tx, all, touched);
  await contractSubscriptions(tx, changed);
  await endContractsOf(
    tx,
    all.filter(({ plan }) => plan.status === OrderStatus.CANCELLED).map(({ orderId }) => orderId),
  );
  await recordEvents(
    tx,
    changed.map(subjectId => ({ type: 'order.changed' as const, subjectId })),
  );
  return ids;
}

/** Held in the order of their ids. */
async function findOrders(tx: Tx, rows: readonly MirroredOrder[]): Promise<Map<MirroredOrder, KnownOrder>> {
  const found = await tx.query<KnownOrder>(
    `select id, number, erp_id as "erpId", erp_updated_at as "erpUpdatedAt" from orders
      where organization_id = $1 and id in (
        select id from orders where organization_id = $1 and id = any ($2::uuid[])
        union select id from orders where organization_id = $1 and erp_id = any ($3::text[])
        union select id from orders where organization_id = $1 and number = any ($4::text[]) and erp_id is null)
      order by id for update`,
    [
      tx.scope.organizationId,
      rows.flatMap(({ orderId }) => orderId ?? []),
      rows.map(({ externalId }) => externalId),
      rows.flatMap(({ reference }) => reference ?? []),
    ],
  );
  const byId = new Map(found.map(order => [order.id, order]));
  const byErpId = new Map(found.flatMap(order => (order.erpId ? [[order.erpId, order]] : [])));
  const byNumber = new Map(found.flatMap(order => (order.erpId ? [] : [[order.number, order]])));
  return new Map(
    rows.flatMap(row => {
      const order =
        byErpId.get(row.externalId) ??
        (row.orderId ? byId.get(row.orderId) : undefined) ??
        (row.reference ? byNumber.get(row.reference) : undefined);
      return order ? [[row, order]] : [];
    }),
  );
}

async function readLines(tx: Tx, orderIds: string[]): Promise<Map<string, StoredLine[]>> {
  const rows = await tx.query<StoredLine & { orderId: string }>(
    `select id, order_id as "orderId", external_id as "externalId", product_id as "productId", description, quantity,
            delivered_quantity as "deliveredQuantity", returned_quantity as "returnedQuantity"
       from order_lines where organization_id = $1 and order_id = any ($2::uuid[]) order by position, id`,
    [tx.scope.organizationId, orderIds],
  );
  return Map.groupBy(rows, ({ orderId }) => orderId);
}

async function insertOrders(tx: Tx, fresh: readonly PlannedOrder[]): Promise<void> {
  if (fresh.length === 0) return;
  const numbers = await nextNumbers(tx, 'ORDER', fresh.length);
  await tx.query(
    `insert into orders (organization_id, id, number, customer_id, currency, subtotal, net, tax, total, channel, placed_at, version)
     select $1, r.*, 'ERP', now(), 0
       from jsonb_to_recordset($2) as r(id uuid, number text, customer_id uuid, currency text, subtotal numeric, net numeric, tax numeric, total numeric)`,
    [
      tx.scope.organizationId,
      JSON.stringify(
        fresh.map(({ orderId, order, plan }, at) => ({
          id: orderId,
          number: numbers[at],
          customer_id: order.customerId,
          currency: order.currency,
          subtotal: plan.subtotal,
          net: order.net,
          tax: order.tax,
          total: order.total,
        })),
      ),
    ],
  );
}

/**
 * Answers which orders are not as they were: those whose own row or one of whose lines (`touched`) differs. When an order of our own
 * was placed, and that it was called off after the ERP last looked, we know better; an ERP that does not say when it looked calls no
 * order back to life.
 */
async function updateOrders(tx: Tx, planned: readonly PlannedOrder[], touched: Set<string>): Promise<string[]> {
  if (planned.length === 0) return [];
  const changed = await tx.query<{ id: string; isChanged: boolean }>(
    `with told as (
       select r.id, r.customer_id, r.currency, r.subtotal, r.net, r.tax, r.total, r.erp_id, r.is_touched,
              coalesce(r.erp_number, o.erp_number) as erp_number, coalesce(r.erp_updated_at, o.erp_updated_at) as erp_updated_at,
              case when o.channel = 'ERP' then r.placed_at else o.placed_at end as placed_at,
              case when o.status = 'CANCELLED' and (r.erp_updated_at is null or o.cancelled_at > r.erp_updated_at) then o.status
                   else r.status end as status
         from jsonb_to_recordset($2) as r(id uuid, status text, customer_id uuid, currency text, subtotal numeric, net numeric, tax numeric,
              total numeric, erp_id text, erp_number text, placed_at timestamptz, erp_updated_at timestamptz, is_touched boolean)
         join orders o on o.organization_id = $1 and o.id = r.id),
          judged as (
       select t.*, o.version = 0 or t.is_touched or
              (o.status, o.customer_id, o.currency, o.net, o.tax, o.total, o.erp_id, o.erp_number, o.placed_at) is distinct from
              (t.status, t.customer_id, t.currency, t.net, t.tax, t.total, t.erp_id, t.erp_number, t.placed_at) as is_changed
         from told t join orders o on o.organization_id = $1 and o.id = t.id)
     update orders o
        set status = t.status, customer_id = t.customer_id, currency = t.currency, subtotal = t.subtotal, discount = t.subtotal - t.net,
            net = t.net, tax = t.tax, total = t.total, erp_id = t.erp_id, erp_number = t.erp_number, placed_at = t.placed_at,
            erp_updated_at = t.erp_updated_at,
            cancelled_at = case when t.status = 'CANCELLED' then coalesce(o.cancelled_at, t.erp_updated_at, now()) end,
            version = o.version + t.is_changed::int, updated_at = case when t.is_changed then now() else o.updated_at end
       from judged t
      where o.organization_id = $1 and o.id = t.id and (t.is_changed or t.erp_updated_at is distinct from o.erp_updated_at)
     returning o.id, t.is_changed as "isChanged"`,
    [
      tx.scope.organizationId,
      JSON.stringify(
        planned.map(({ orderId, order, plan }) => ({
          id: orderId,
          status: plan.status,
          customer_id: order.customerId,
          currency: order.currency,
          subtotal: plan.subtotal,
          net: order.net,
          tax: order.tax,
          total: order.total,
          erp_id: order.externalId,
          erp_number: order.number ?? null,
          placed_at: order.placedAt,
          erp_updated_at: order.updatedAt ?? null,
          is_touched: touched.has(orderId),
        })),
      ),
    ],
  );
  return changed.filter(({ isChanged }) => isChanged).map(({ id }) => id);
}

/** An order that was called off here stands again, as the ERP says: `status` is the ERP's. Throws `InputError` for one that stands. */
export async function reopenMirroredOrder(tx: Tx, orderId: string, status: string): Promise<void> {
  const stands = status in OrderStatus && status !== OrderStatus.CANCELLED ? status : OrderStatus.PLACED;
  const reopened = await tx.query(
    `update orders set status = $3, cancelled_at = null, cancellation_reason = null, version = version + 1, updated_at = now()
      where organization_id = $1 and id = $2 and status = 'CANCELLED' returning id`,
    [tx.scope.organizationId, orderId, stands],
  );
  if (reopened.length === 0) throw invalid('id', 'The order is not called off any more.', 'CONFLICT');
  await recordEvents(tx, [{ type: 'order.changed', subjectId: orderId }]);
}
