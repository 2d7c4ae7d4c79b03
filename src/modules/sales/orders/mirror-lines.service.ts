import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import type { MirroredRow, PlannedOrder } from './mirror.rules.js';

/** Removes lines that the ERP no longer has; a contract that one was made into stays. Answers whose they were. */
export async function deleteMirroredLines(tx: Tx, lineIds: readonly string[]): Promise<string[]> {
  if (lineIds.length === 0) return [];
  await tx.query(
    'update contracts set order_line_id = null where organization_id = $1 and order_line_id = any ($2::uuid[])',
    [tx.scope.organizationId, lineIds],
  );
  const rows = await tx.query<{ orderId: string }>(
    'delete from order_lines where organization_id = $1 and id = any ($2::uuid[]) returning order_id as "orderId"',
    [tx.scope.organizationId, lineIds],
  );
  return rows.map(({ orderId }) => orderId);
}

/** What was typed about somebody who was erased does not come back from the ERP. */
const DESCRIPTION = `case when exists (
    select 1 from orders o join customers c on c.organization_id = o.organization_id and c.id = o.customer_id
     where o.organization_id = $1 and o.id = r.order_id and c.erased_at is not null)
  then coalesce((select p.name from products p where p.organization_id = $1 and p.id = r.product_id), '') else r.description end`;

/** Answers the orders one of whose lines is new or not as it was. New lines get their ids in the plans. */
export async function keepMirroredLines(tx: Tx, planned: readonly PlannedOrder[]): Promise<string[]> {
  for (const { plan } of planned) for (const line of plan.lines) line.id ??= newId();
  const lines = planned.flatMap(({ orderId, plan }) =>
    plan.lines.map(line => ({
      id: line.id,
      order_id: orderId,
      position: line.position,
      product_id: line.productId,
      description: line.description,
      quantity: line.quantity,
      delivered_quantity: line.deliveredQuantity,
      returned_quantity: line.returnedQuantity,
      unit: line.unit,
      unit_price: line.unitPrice,
      discount_percent: line.discountPercent,
      tax_percent: line.taxPercent,
      net: line.net,
      tax: line.tax,
      total: line.total,
      external_id: line.externalId,
    })),
  );
  if (lines.length === 0) return [];
  const columns = Object.keys(lines[0]!).filter(column => column !== 'id' && column !== 'order_id');
  const rows = await tx.query<{ orderId: string }>(
    `insert into order_lines as l (organization_id, id, order_id, ${columns.join(', ')})
     select $1, r.id, r.order_id, ${columns.map(column => (column === 'description' ? DESCRIPTION : `r.${column}`)).join(', ')}
       from jsonb_to_recordset($2) as r(id uuid, order_id uuid, position int, product_id uuid, description text, quantity numeric(15,4),
            delivered_quantity numeric(15,4), returned_quantity numeric(15,4), unit text, unit_price numeric(19,4), discount_percent numeric(7,4),
            tax_percent numeric(7,4), net numeric(19,4), tax numeric(19,4), total numeric(19,4), external_id text)
     on conflict (organization_id, id) do update set ${columns.map(column => `${column} = excluded.${column}`).join(', ')}
      where (${columns.map(column => `l.${column}`).join(', ')}) is distinct from (${columns.map(column => `excluded.${column}`).join(', ')})
     returning l.order_id as "orderId"`,
    [tx.scope.organizationId, JSON.stringify(lines)],
  );
  return rows.map(({ orderId }) => orderId);
}

/** What newly left, or came back, becomes a delivery, or a return, of the moment at which the ERP says so. */
export async function keepMirroredDeliveries(tx: Tx, planned: readonly PlannedOrder[]): Promise<void> {
  const deliveries = planned.flatMap(({ orderId, order, plan }) =>
    (
      [
        ['DELIVERY', 'newlyDelivered'],
        ['RETURN', 'newlyReturned'],
      ] as const
    ).flatMap(([kind, quantity]) => {
      const lines = plan.lines.filter(line => line[quantity] !== '0');
      return lines.length > 0
        ? [{ id: newId(), orderId, kind, at: order.updatedAt ?? null, ...parts(lines, quantity) }]
        : [];
    }),
  );
  if (deliveries.length === 0) return;
  await tx.query(
    `insert into deliveries (organization_id, id, order_id, kind, happened_at)
     select $1, r.id, r."orderId", r.kind, coalesce(r.at, now())
       from jsonb_to_recordset($2) as r(id uuid, "orderId" uuid, kind text, at timestamptz)`,
    [
      tx.scope.organizationId,
      JSON.stringify(deliveries.map(({ id, orderId, kind, at }) => ({ id, orderId, kind, at }))),
    ],
  );
  await tx.query(
    `insert into delivery_lines (organization_id, delivery_id, order_line_id, quantity)
     select $1, r.delivery, r.line, r.quantity from unnest($2::uuid[], $3::uuid[], $4::numeric[]) as r(delivery, line, quantity)`,
    [
      tx.scope.organizationId,
      deliveries.flatMap(({ id, lineIds }) => lineIds.map(() => id)),
      deliveries.flatMap(({ lineIds }) => lineIds),
      deliveries.flatMap(({ quantities }) => quantities),
    ],
  );
}

const parts = (lines: readonly MirroredRow[], quantity: 'newlyDelivered' | 'newlyReturned') => ({
  lineIds: lines.map(({ id }) => id!),
  quantities: lines.map(line => line[quantity]),
});
