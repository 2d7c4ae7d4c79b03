import Big from 'big.js';
import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { printDecimal } from '../../../platform/money.js';
import { eachItem, type ItemResult, type Viewer } from '../../access/index.js';
import { checkedNumber, QUANTITY } from '../catalogue/numbers.rules.js';
import { OrderStatus, statusByProgress } from './order.states.rules.js';
import type {
  DeliveryFields,
  DeliveryLineInput,
  RecordDeliveryItem,
  RecordReturnInput,
} from './order-change.inputs.js';
import { checkVersion, type LockedLine, type LockedOrder, lockOrder } from './order-change.service.js';

/** A way goods go: what of a line can still go that way, and where it is counted. */
interface Way {
  kind: 'DELIVERY' | 'RETURN';
  column: 'delivered_quantity' | 'returned_quantity';
  open(line: LockedLine): Big;
  tooMuch(open: string): string;
}

const OUT: Way = {
  kind: 'DELIVERY',
  column: 'delivered_quantity',
  open: line => Big(line.quantity).minus(line.deliveredQuantity),
  tooMuch: open =>
    open === '0' ? 'All of it was delivered already.' : `Only ${open} of it are still to be delivered.`,
};
const BACK: Way = {
  kind: 'RETURN',
  column: 'returned_quantity',
  open: line => Big(line.deliveredQuantity).minus(line.returnedQuantity),
  tooMuch: open =>
    open === '0' ? 'Nothing of it was delivered that has not come back.' : `Only ${open} of it can come back.`,
};

/** Records what leaves for the customer; the order's status follows, and is told of. The database takes one delivery after the other. */
export async function recordDelivery(tx: Tx, viewer: Viewer, input: RecordDeliveryItem): Promise<{ orderId: string }> {
  const order = await lockOrder(tx, viewer, input.orderId, null, 'orderId');
  if (await isRecorded(tx, order, OUT, input.externalId)) return { orderId: order.id };
  checkVersion(order, input.version);
  if (order.status === OrderStatus.CANCELLED) throw invalid('orderId', 'It was called off.', 'NOT_ALLOWED');
  const problems: Problems = [];
  const quantities = input.lines ? quantitiesOf(problems, order, OUT, input.lines) : allOpen(order);
  if (!input.lines && quantities.size === 0)
    report(problems, 'orderId', 'All of it was delivered already.', 'NOT_ALLOWED');
  return keep(tx, order, OUT, input, { problems, quantities, reason: null });
}

/** Up to 200, each by itself. */
export async function recordDeliveries(
  tx: Tx,
  viewer: Viewer,
  items: RecordDeliveryItem[],
): Promise<{ results: ItemResult<{ orderId: string }>[] }> {
  return { results: await eachItem(tx, items, item => recordDelivery(tx, viewer, item)) };
}

/** Records what came back, and why; the order's status follows, and is told of. */
export async function recordReturn(tx: Tx, viewer: Viewer, input: RecordReturnInput): Promise<{ orderId: string }> {
  const order = await lockOrder(tx, viewer, input.orderId, null, 'orderId');
  if (await isRecorded(tx, order, BACK, input.externalId)) return { orderId: order.id };
  checkVersion(order, input.version);
  const problems: Problems = [];
  const quantities = quantitiesOf(problems, order, BACK, input.lines);
  const reason = requiredLine(problems, 'reason', input.reason, 500);
  return keep(tx, order, BACK, input, { problems, quantities, reason });
}

/** Whether this very delivery was recorded before; the id of another order's, or of one that went the other way, is TAKEN. */
async function isRecorded(
  tx: Tx,
  order: LockedOrder,
  way: Way,
  externalId: string | null | undefined,
): Promise<boolean> {
  if (!externalId) return false;
  const [known] = await tx.query<{ orderId: string; kind: string }>(
    'select order_id as "orderId", kind from deliveries where organization_id = $1 and external_id = $2',
    [tx.scope.organizationId, externalId.trim()],
  );
  if (known && known.orderId !== order.id)
    throw invalid('externalId', 'A delivery of another order has this id.', 'TAKEN');
  if (known && known.kind !== way.kind) throw invalid('externalId', 'What went the other way has this id.', 'TAKEN');
  return known !== undefined;
}

const allOpen = (order: LockedOrder): Map<string, string> =>
  new Map(
    order.lines.flatMap(line => {
      const open = OUT.open(line);
      return open.gt(0) ? [[line.id, open.toFixed()]] : [];
    }),
  );

/** By stored id of the line; everything that is wrong is reported. */
function quantitiesOf(
  problems: Problems,
  order: LockedOrder,
  way: Way,
  inputs: readonly DeliveryLineInput[],
): Map<string, string> {
  const quantities = new Map<string, string>();
  if (inputs.length === 0) report(problems, 'lines', 'It must be given.', 'REQUIRED');
  for (const [at, { lineId, quantity }] of inputs.entries()) {
    const before = problems.length;
    const line = order.lines.find(({ id }) => id === storedId('order_line', lineId));
    if (!line) {
      report(problems, `lines.${at}.lineId`, 'The order has no such line.', 'NOT_FOUND');
      continue;
    }
    checkedNumber(problems, `lines.${at}.quantity`, quantity, QUANTITY);
    if (quantities.has(line.id)) report(problems, `lines.${at}.lineId`, 'This line was said before.');
    else if (problems.length === before && Big(quantity).gt(way.open(line)))
      report(problems, `lines.${at}.quantity`, way.tooMuch(printDecimal(way.open(line).toFixed())));
    quantities.set(line.id, quantity);
  }
  return quantities;
}

interface Checked {
  problems: Problems;
  quantities: Map<string, string>;
  reason: string | null;
}

async function keep(
  tx: Tx,
  order: LockedOrder,
  way: Way,
  input: DeliveryFields,
  { problems, quantities, reason }: Checked,
): Promise<{ orderId: string }> {
  const number = optionalLine(problems, 'number', input.number, 100);
  const externalId = optionalLine(problems, 'externalId', input.externalId, 200);
  if (input.happenedAt && input.happenedAt.getTime() > Date.now() + 86_400_000)
    report(problems, 'happenedAt', 'It lies in the future.');
  throwAny(problems);

  const deliveryId = newId();
  const { organizationId } = tx.scope;
  const inserted = await tx.query(
    `insert into deliveries (organization_id, id, order_id, kind, number, reason, happened_at, external_id)
     values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, now()), $8) on conflict (organization_id, external_id) do nothing returning id`,
    [organizationId, deliveryId, order.id, way.kind, number, reason, input.happenedAt ?? null, externalId],
  );
  if (inserted.length === 0) throw invalid('externalId', 'A delivery of another order has this id.', 'TAKEN');
  const values = [organizationId, [...quantities.keys()], [...quantities.values()]];
  await tx.query(
    `insert into delivery_lines (organization_id, delivery_id, order_line_id, quantity)
     select $1, $4, q.line_id, q.quantity from unnest($2::uuid[], $3::numeric[]) as q(line_id, quantity)`,
    [...values, deliveryId],
  );
  const lines = await tx.query<LockedLine>(
    `update order_lines l set ${way.column} = l.${way.column} + q.quantity
       from unnest($2::uuid[], $3::numeric[]) as q(line_id, quantity) where l.organization_id = $1 and l.id = q.line_id
     returning l.id, l.description, l.quantity, l.delivered_quantity as "deliveredQuantity", l.returned_quantity as "returnedQuantity"`,
    values,
  );
  const after = new Map(lines.map(line => [line.id, line]));
  const status = statusByProgress(
    order.lines.map(line => after.get(line.id) ?? line),
    order.status,
  );
  await tx.query(
    'update orders set status = $3, version = version + 1, updated_at = now() where organization_id = $1 and id = $2',
    [organizationId, order.id, order.status === OrderStatus.CANCELLED ? order.status : status],
  );
  await recordEvents(tx, [{ type: 'order.changed', subjectId: order.id }]);
  return { orderId: order.id };
}
