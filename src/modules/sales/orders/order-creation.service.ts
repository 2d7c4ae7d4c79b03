import Big from 'big.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import {
  eachItem,
  type ItemResult,
  organizationDay,
  type Viewer,
  visibleCondition,
  visibleId,
} from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { checkedCurrency, checkedNumber, PERCENT, PRICE, QUANTITY } from '../catalogue/numbers.rules.js';
import { convertedPrices, discountLimit, type PricedProduct, pricesFor } from '../catalogue/pricing.service.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { knownOrder, type NewOrderLine, type PlacedOrder, placeOrder, queueForOrders } from './order.service.js';
import { OrderChannel } from './order.states.rules.js';
import type { CreateOrderItem, OrderLineInput } from './order-change.inputs.js';

const MOST_LINES = 500;
/** More than this for one line is not asked of `numeric(19,4)`. */
const MOST_AMOUNT = '1e14';

/**
 * Places an order that somebody was given, and tells of it. What has no price is priced by the customer's price book. Discounts over
 * what the role gives without asking are refused: a quote can be approved. Throws InputError naming everything that is wrong.
 */
export async function createOrder(tx: Tx, viewer: Viewer, item: CreateOrderItem): Promise<PlacedOrder> {
  const problems: Problems = [];
  const checked = checkItem(problems, item);
  throwAny(problems);
  await queueForOrders(tx, [{ externalId: checked.externalId }]);
  const customerId = await customerOf(tx, viewer, problems, item.customerId);
  const known = customerId && (await knownOrder(tx, { externalId: checked.externalId }));
  if (known) {
    await checkSameCustomer(tx, known, customerId);
    return { orderId: known, isNew: false };
  }
  const opportunityId = item.opportunityId ? await opportunityOf(tx, viewer, problems, item, customerId) : null;
  const products = await productsOf(tx, viewer, problems, item.lines);
  throwAny(problems);

  const currency = checked.currency ?? (await homeCurrency(tx));
  const prices = await pricesOf(tx, customerId!, currency, item, products);
  const lines = item.lines.map((line, at) => lineOf(problems, `lines.${at}`, line, currency, prices.get(at)));
  const limit = await discountLimit(tx, viewer.role);
  checkDiscounts(problems, item, lines, prices, limit);
  throwAny(problems);

  return placeOrder(tx, {
    customerId: customerId!,
    opportunityId,
    currency,
    discountPercent: item.discountPercent ?? '0',
    channel: item.channel,
    placedAt: item.placedAt ?? undefined,
    externalId: checked.externalId,
    lines,
  });
}

/** Up to 200, each by itself; a second time by the same `externalId` answers the first order. */
export async function createOrders(
  tx: Tx,
  viewer: Viewer,
  items: CreateOrderItem[],
): Promise<{ results: ItemResult<{ orderId: string; created: boolean }>[] }> {
  await queueForOrders(
    tx,
    items.slice(0, 200).map(({ externalId }) => ({ externalId: externalId?.trim() || null })),
  );
  const results = await eachItem(tx, items, async item => {
    const { orderId, isNew } = await createOrder(tx, viewer, item);
    return { orderId, created: isNew };
  });
  return { results: results.map(result => ({ ...result, created: result.created ?? false })) };
}

/** What can be said without looking anything up. */
function checkItem(problems: Problems, item: CreateOrderItem): { currency: string | null; externalId: string | null } {
  const currency = item.currency ? checkedCurrency(problems, 'currency', item.currency) : null;
  const externalId = optionalLine(problems, 'externalId', item.externalId, 200);
  if (item.channel === OrderChannel.QUOTE || item.channel === OrderChannel.ERP)
    report(problems, 'channel', 'Such orders come from accepting a quote, or from the ERP.', 'NOT_ALLOWED');
  if (item.discountPercent != null) checkedNumber(problems, 'discountPercent', item.discountPercent, PERCENT);
  if (item.placedAt && item.placedAt.getTime() > Date.now() + 86_400_000)
    report(problems, 'placedAt', 'It lies in the future.');
  if (item.lines.length === 0) report(problems, 'lines', 'Something is ordered.', 'REQUIRED');
  if (item.lines.length > MOST_LINES) report(problems, 'lines', `It has at most ${MOST_LINES} lines.`, 'TOO_LONG');
  for (const [at, line] of item.lines.slice(0, MOST_LINES).entries()) {
    const field = `lines.${at}`;
    checkedNumber(problems, `${field}.quantity`, line.quantity, QUANTITY);
    if (line.productId == null) requiredLine(problems, `${field}.description`, line.description, 500);
    else optionalLine(problems, `${field}.description`, line.description, 500);
    optionalLine(problems, `${field}.unit`, line.unit, 50);
    if (line.unitPrice) {
      checkedNumber(problems, `${field}.unitPrice.amount`, line.unitPrice.amount, PRICE);
      checkedCurrency(problems, `${field}.unitPrice.currency`, line.unitPrice.currency);
      if (Big(line.quantity).times(line.unitPrice.amount).gt(MOST_AMOUNT))
        report(problems, `${field}.unitPrice.amount`, 'It is too large.');
    } else if (line.productId == null) report(problems, `${field}.unitPrice`, 'It must be given.', 'REQUIRED');
    if (line.discountPercent != null)
      checkedNumber(problems, `${field}.discountPercent`, line.discountPercent, PERCENT);
    if (line.taxPercent != null) checkedNumber(problems, `${field}.taxPercent`, line.taxPercent, PERCENT);
  }
  return { currency, externalId };
}

const asNull = (problems: Problems) => (error: unknown) => {
  const found = (error as { problems?: Problems }).problems;
  if (!found) throw error;
  problems.push(...found);
  return null;
};

async function customerOf(tx: Tx, viewer: Viewer, problems: Problems, id: string): Promise<string | null> {
  const customerId = await visibleId(tx, viewer, Customer, id, 'customerId').catch(asNull(problems));
  // Held, so that it is not merged or erased before the order is its.
  if (customerId)
    await tx.query('select 1 from customers where organization_id = $1 and id = $2 for key share', [
      tx.scope.organizationId,
      customerId,
    ]);
  return customerId;
}

async function opportunityOf(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  item: CreateOrderItem,
  customerId: string | null,
): Promise<string | null> {
  const id = await visibleId(tx, viewer, Opportunity, item.opportunityId!, 'opportunityId').catch(asNull(problems));
  if (!id || !customerId) return id;
  const [row] = await tx.query<{ customerId: string }>(
    'select customer_id as "customerId" from opportunities where organization_id = $1 and id = $2 for key share',
    [tx.scope.organizationId, id],
  );
  if (row?.customerId !== customerId) report(problems, 'opportunityId', 'It is another customer’s.');
  return id;
}

/** Stored ids by the place of the line; what is unknown, no longer sold or not visible is reported alike. */
async function productsOf(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  lines: readonly OrderLineInput[],
): Promise<Map<number, string>> {
  const wanted = new Map(
    lines.flatMap((line, at) => (line.productId == null ? [] : [[at, storedId('product', line.productId)] as const])),
  );
  if (wanted.size === 0) return new Map();
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = any (${parameters.add(
      [...wanted.values()].filter(id => id !== null),
      'uuid[]',
    )})`,
    't.is_active',
    visibleCondition(viewer, 'CATALOGUE', 't', parameters),
  ].filter(Boolean);
  const rows = await tx.query<{ id: string }>(
    `select t.id from products t where ${conditions.join(' and ')} order by t.id for key share of t`,
    parameters.values,
  );
  const known = new Set(rows.map(({ id }) => id));
  const found = new Map<number, string>();
  for (const [at, id] of wanted) {
    if (id && known.has(id)) found.set(at, id);
    else report(problems, `lines.${at}.productId`, 'There is no such product, or it is no longer sold.', 'NOT_FOUND');
  }
  return found;
}

async function pricesOf(
  tx: Tx,
  customerId: string,
  currency: string,
  item: CreateOrderItem,
  products: Map<number, string>,
): Promise<Map<number, PricedProduct & { converted: string | null }>> {
  if (products.size === 0) return new Map();
  const on = await organizationDay(tx, item.placedAt ?? undefined);
  const places = [...products.keys()];
  const buyer = { customerId, currency, on };
  const wanted = places.map(at => ({ productId: products.get(at)!, quantity: item.lines[at]!.quantity }));
  const prices = await pricesFor(tx, buyer, wanted);
  const converted = await convertedPrices(tx, buyer, wanted, prices);
  return new Map(prices.map((price, index) => [places[index]!, { ...price, converted: converted[index]! }]));
}

function lineOf(
  problems: Problems,
  field: string,
  line: OrderLineInput,
  currency: string,
  price: PricedProduct | undefined,
): NewOrderLine {
  if (line.unitPrice && line.unitPrice.currency.trim().toUpperCase() !== currency)
    report(problems, `${field}.unitPrice.currency`, `The order is in ${currency}.`);
  const unitPrice = line.unitPrice?.amount ?? price?.unitPrice;
  if (unitPrice == null)
    report(problems, `${field}.unitPrice`, `No price book has it in ${currency}: say what it costs.`, 'REQUIRED');
  return {
    productId: price?.productId ?? null,
    description: line.description?.trim() || price?.name || '',
    quantity: line.quantity,
    unit: line.unit?.trim() || (price?.unit ?? null),
    unitPrice: unitPrice ?? '0',
    discountPercent: line.discountPercent ?? '0',
    taxPercent: line.taxPercent ?? price?.taxPercent ?? '0',
  };
}

/** What is paid for a line less than its price book says counts as a discount, however it was given. */
function checkDiscounts(
  problems: Problems,
  item: CreateOrderItem,
  lines: readonly NewOrderLine[],
  prices: Map<number, PricedProduct & { converted: string | null }>,
  limit: string,
): void {
  const left = (percent: string | null | undefined) =>
    Big(100)
      .minus(percent ?? '0')
      .div(100);
  for (const [at, line] of lines.entries()) {
    const list = prices.get(at)?.unitPrice ?? prices.get(at)?.converted ?? line.unitPrice;
    if (Big(list).lte(0)) continue;
    const paid = Big(line.unitPrice).times(left(line.discountPercent)).times(left(item.discountPercent));
    if (Big(100).minus(paid.div(list).times(100)).gt(limit))
      report(
        problems,
        `lines.${at}.${item.lines[at]!.unitPrice ? 'unitPrice' : 'discountPercent'}`,
        `Your role takes off ${Big(limit).toString()} % at most. A quote can be approved for more.`,
        'NOT_ALLOWED',
      );
  }
}

async function homeCurrency(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ currency: string }>('select currency from organizations where id = $1', [
    tx.scope.organizationId,
  ]);
  return row!.currency;
}

async function checkSameCustomer(tx: Tx, orderId: string, customerId: string): Promise<void> {
  const [row] = await tx.query<{ customerId: string }>(
    'select customer_id as "customerId" from orders where organization_id = $1 and id = $2',
    [tx.scope.organizationId, orderId],
  );
  if (row?.customerId !== customerId) throw invalid('externalId', 'An order of another customer has this id.', 'TAKEN');
}
