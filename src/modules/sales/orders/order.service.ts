import Big from 'big.js';
import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId } from '../../../platform/ids.js';
import { MOST_MONEY } from '../../../platform/money.js';
import { nextNumber } from '../../access/index.js';
import { documentTotals } from '../documents/totals.rules.js';
import { contractSubscriptions } from './contract-order.service.js';
import type { OrderChannel } from './order.states.rules.js';

/** A line to be ordered; exact numbers as text, percentages from 0 to 100, the price without tax. */
export interface NewOrderLine {
  /** Stored; a line may be words only. */
  productId?: string | null | undefined;
  description: string;
  quantity: string;
  unit?: string | null | undefined;
  unitPrice: string;
  discountPercent?: string | undefined;
  taxPercent?: string | undefined;
}

/** An order as it is placed. Ids are stored ones, and whoever calls has seen that they may be used. */
export interface NewOrder {
  customerId: string;
  quoteId?: string | null | undefined;
  opportunityId?: string | null | undefined;
  currency: string;
  /** Of the whole, beside what the lines give. */
  discountPercent?: string | undefined;
  channel: `${OrderChannel}`;
  /** Now, unless said. */
  placedAt?: string | Date | undefined;
  /** Its id where it was placed, such as the number of a receipt. */
  externalId?: string | null | undefined;
  lines: readonly NewOrderLine[];
}

export interface PlacedOrder {
  /** Stored. */
  orderId: string;
  /** False where the quote, or the id it has elsewhere, had its order already. */
  isNew: boolean;
}

/**
 * Numbers an order, adds it up, makes contracts of its subscriptions, and tells of it. A quote, and an id elsewhere, has one order:
 * whoever asks again, also at the same moment, is answered the first. Quantities are over 0 and prices not negative: what comes from
 * people is checked before. Throws InputError where it comes to more than can be kept.
 */
export async function placeOrder(tx: Tx, order: NewOrder): Promise<PlacedOrder> {
  if (order.lines.length === 0) throw new Error('An order has lines.');
  await queueForOrders(tx, [order]);
  const known = await knownOrder(tx, order);
  if (known) return { orderId: known, isNew: false };

  const lines = order.lines.map(line => ({
    ...line,
    discountPercent: line.discountPercent ?? '0',
    taxPercent: line.taxPercent ?? '0',
  }));
  const totals = documentTotals(lines, { currency: order.currency, discountPercent: order.discountPercent ?? '0' });
  if (Big(totals.subtotal).gt(MOST_MONEY) || Big(totals.total).gt(MOST_MONEY))
    throw invalid('lines', 'Together they come to more than can be kept.');
  const orderId = newId();
  const number = await nextNumber(tx, 'ORDER');
  await tx.query(
    `insert into orders (organization_id, id, number, status, customer_id, quote_id, opportunity_id, currency, subtotal, discount, net,
                         tax, total, channel, external_id, placed_at)
     values ($1, $2, $3, 'PLACED', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, coalesce($15::timestamptz, now()))`,
    [
      tx.scope.organizationId,
      orderId,
      number,
      order.customerId,
      order.quoteId ?? null,
      order.opportunityId ?? null,
      order.currency,
      totals.subtotal,
      totals.discount,
      totals.net,
      totals.tax,
      totals.total,
      order.channel,
      order.externalId ?? null,
      order.placedAt ?? null,
    ],
  );
  await keepLines(
    tx,
    orderId,
    lines.map((line, at) => ({ ...line, ...totals.lines[at]! })),
  );
  await contractSubscriptions(tx, [orderId]);
  await recordEvents(tx, [{ type: 'order.changed', subjectId: orderId }]);
  return { orderId, isNew: true };
}

/** Lets one writer at a time look for an order and then place it; all keys at once and in one order, so that batches follow each other. */
export async function queueForOrders(
  tx: Tx,
  orders: readonly Pick<NewOrder, 'quoteId' | 'externalId'>[],
): Promise<void> {
  const keys = orders.flatMap(({ quoteId, externalId }) => [
    ...(quoteId ? [`quote:${quoteId}`] : []),
    ...(externalId ? [`external:${externalId}`] : []),
  ]);
  if (keys.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock(lock) from (
       select distinct hashtextextended($1 || key, 0) as lock from unnest($2::text[]) as k(key) order by lock offset 0) ordered`,
    [`${tx.scope.organizationId}:order:`, keys],
  );
}

/** The stored id of the order that a quote, or an id elsewhere, has already. */
export async function knownOrder(
  tx: Tx,
  { quoteId, externalId }: Pick<NewOrder, 'quoteId' | 'externalId'>,
): Promise<string | undefined> {
  if (!quoteId && !externalId) return undefined;
  const [row] = await tx.query<{ id: string }>(
    'select id from orders where organization_id = $1 and (quote_id = $2::uuid or external_id = $3::text) limit 1',
    [tx.scope.organizationId, quoteId ?? null, externalId ?? null],
  );
  return row?.id;
}

interface KeptLine extends NewOrderLine {
  net: string;
  tax: string;
  total: string;
}

/** In the order given. Answers their stored ids. */
async function keepLines(tx: Tx, orderId: string, lines: readonly KeptLine[]): Promise<string[]> {
  const rows = lines.map((line, at) => ({
    id: newId(),
    position: at + 1,
    product_id: line.productId ?? null,
    description: line.description,
    quantity: line.quantity,
    unit: line.unit ?? null,
    unit_price: line.unitPrice,
    discount_percent: line.discountPercent ?? '0',
    tax_percent: line.taxPercent ?? '0',
    net: line.net,
    tax: line.tax,
    total: line.total,
  }));
  await tx.query(
    `insert into order_lines (organization_id, order_id, id, position, product_id, description, quantity, unit, unit_price, discount_percent,
                              tax_percent, net, tax, total)
     select $1, $2, l.* from jsonb_to_recordset($3) as l(id uuid, position int, product_id uuid, description text, quantity numeric, unit text,
            unit_price numeric, discount_percent numeric, tax_percent numeric, net numeric, tax numeric, total numeric)`,
    [tx.scope.organizationId, orderId, JSON.stringify(rows)],
  );
  return rows.map(({ id }) => id);
}
