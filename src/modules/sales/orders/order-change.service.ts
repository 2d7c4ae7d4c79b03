import Big from 'big.js';
import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { endContractsOf } from './contract-order.service.js';
import { OrderStatus } from './order.states.rules.js';
import type { CancelOrderInput } from './order-change.inputs.js';

/** An order whose row is held until the transaction ends. */
export interface LockedOrder {
  id: string;
  status: OrderStatus;
  version: number;
  placedAt: Date;
  lines: LockedLine[];
}

export interface LockedLine {
  id: string;
  description: string;
  quantity: string;
  deliveredQuantity: string;
  returnedQuantity: string;
}

/**
 * The order behind a public id, held for a change, with its lines. Unknown, forbidden and malformed ids answer alike as NOT_FOUND of
 * `field`; a `version` that is not the present one is a CONFLICT.
 */
export async function lockOrder(
  tx: Tx,
  viewer: Viewer,
  id: string,
  version: number | null | undefined,
  field = 'id',
): Promise<LockedOrder> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('order', id), 'uuid')}`,
    visibleCondition(viewer, 'ORDER', 't', parameters),
  ].filter(Boolean);
  const [order] = await tx.query<Omit<LockedOrder, 'lines'>>(
    `select t.id, t.status, t.version, t.placed_at as "placedAt" from orders t where ${conditions.join(' and ')} for update of t`,
    parameters.values,
  );
  if (!order) throw invalid(field, 'There is no such order, or you may not see it.', 'NOT_FOUND');
  checkVersion(order, version);
  const lines = await tx.query<LockedLine>(
    `select id, description, quantity, delivered_quantity as "deliveredQuantity", returned_quantity as "returnedQuantity"
       from order_lines where organization_id = $1 and order_id = $2 order by position, id`,
    [tx.scope.organizationId, order.id],
  );
  return { ...order, lines };
}

export function checkVersion(order: { version: number }, version: number | null | undefined): void {
  if (version != null && version !== order.version) throw staleVersion('order', order.version);
}

/** Calls an order off, with the contracts that were made from it, and tells of it. What has left and not come back keeps it from being called off. */
export async function cancelOrder(tx: Tx, viewer: Viewer, input: CancelOrderInput): Promise<{ orderId: string }> {
  const order = await lockOrder(tx, viewer, input.id, input.version);
  const problems: Problems = [];
  const reason = optionalLine(problems, 'reason', input.reason, 500);
  throwAny(problems);
  if (order.status === OrderStatus.CANCELLED) throw invalid('id', 'It was called off already.', 'NOT_ALLOWED');
  if (order.lines.some(line => Big(line.deliveredQuantity).gt(line.returnedQuantity)))
    throw invalid('id', 'A part of it was delivered. Record that it came back, and then call it off.', 'NOT_ALLOWED');
  await tx.query(
    `update orders set status = 'CANCELLED', cancelled_at = now(), cancellation_reason = $3, version = version + 1, updated_at = now()
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, order.id, reason],
  );
  await endContractsOf(tx, [order.id]);
  await recordEvents(tx, [{ type: 'order.changed', subjectId: order.id }]);
  return { orderId: order.id };
}
