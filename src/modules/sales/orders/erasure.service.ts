import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { organizationDay } from '../../access/index.js';
import { everBelonging, onErase } from '../../customers/index.js';
import { tellContracts } from './contract.queries.js';

onErase(eraseOrders);

/** The name of a product says nothing of a person; what was typed may. */
const productName = (alias: string): string =>
  `coalesce((select p.name from products p where p.organization_id = ${alias}.organization_id and p.id = ${alias}.product_id), '')`;

/**
 * What was sold, delivered, invoiced and paid stays for the tax office, under a customer without a name; what people typed about it
 * goes. Contracts end: there is nobody to renew them for.
 */
async function eraseOrders(tx: Tx, customerId: string): Promise<string[]> {
  const { organizationId } = tx.scope;
  const orders = await tx.query<{ id: string }>(
    `update orders set cancellation_reason = null, version = version + 1, updated_at = now()
      where organization_id = $1 and customer_id = $2 returning id`,
    [organizationId, customerId],
  );
  const orderIds = orders.map(({ id }) => id);
  const lines = await tx.query<{ id: string }>(
    `update order_lines l set description = ${productName('l')}
      where l.organization_id = $1 and l.order_id = any ($2::uuid[]) returning l.id`,
    [organizationId, orderIds],
  );
  const deliveries = await tx.query<{ id: string }>(
    'update deliveries set reason = null where organization_id = $1 and order_id = any ($2::uuid[]) returning id',
    [organizationId, orderIds],
  );
  const contracts = await tx.query<{ id: string }>(
    `update contracts c set name = ${productName('c')}, cancellation_reason = null, renews_itself = false, renews_on = null, status = 'ENDED',
            ends_on = case when status = 'ENDED' then ends_on else greatest(starts_on, least(ends_on, $3::date)) end,
            version = version + 1, updated_at = now()
      where c.organization_id = $1 and c.customer_id = $2 returning c.id`,
    [organizationId, customerId, await organizationDay(tx)],
  );
  await tellContracts(
    tx,
    contracts.map(({ id }) => id),
  );
  await recordEvents(
    tx,
    orderIds.map(subjectId => ({ type: 'order.changed' as const, subjectId })),
  );
  const former = [
    ...(await everBelonging(tx, 'order_lines', 'order_id', orderIds)),
    ...(await everBelonging(tx, 'deliveries', 'order_id', orderIds)),
  ];
  return [...[orders, lines, deliveries, contracts].flatMap(rows => rows.map(({ id }) => id)), ...former];
}
