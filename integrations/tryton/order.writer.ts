import Big from 'big.js';
import { z } from 'zod';
import { ErpError, type ErpOrder, type ErpOrderLine, type Unsaved } from '../../src/erp/port.js';
import { ORDER_STATES, type TrytonConfig } from './account.config.js';
import type { Domain, TrytonClient } from './client.js';
import { numberOf } from './external.id.js';
import { readOrders } from './order.rows.js';
import { readCategoryTaxes, TaxRates } from './tax.rates.js';
import { decimal } from './typed.values.js';

type Order = Unsaved<ErpOrder>;
export interface SaleLineFields {
  hasDiscounts: boolean;
  /** Digits behind the point of a price. */
  priceDigits: number;
}

const stateRow = z.object({ id: z.int(), state: z.string(), reference: z.string().nullish() });
const addressRow = z.object({ id: z.int(), party: z.int() });
const termRow = z.object({ id: z.int(), customer_payment_term: z.int().nullish() });
const currencyRow = z.object({ id: z.int(), code: z.string() });
const productRow = z.object({ id: z.int(), sale_uom: z.int(), account_category: z.int().nullish() });
const unitRow = z.object({ id: z.int(), symbol: z.string().nullish(), name: z.string().nullish() });
const digits = z.object({ unit_price: z.looseObject({ digits: z.tuple([z.unknown(), z.int()]) }) });

/** What moves a sale from a state to the next one. */
const STEPS: Record<string, string> = { draft: 'quote', quotation: 'confirm', confirmed: 'process' };

export async function readSaleLineFields(client: TrytonClient): Promise<SaleLineFields> {
  const fields = await client.ask('model.sale.line.fields_get', [['unit_price', 'base_price']]);
  const known = digits.safeParse(fields);
  return {
    hasDiscounts: typeof fields === 'object' && fields !== null && 'base_price' in fields,
    priceDigits: known.success ? known.data.unit_price.digits[1] : 4,
  };
}

/**
 * Creates the sale, all its lines with it, under our number as its reference, and takes it through Tryton's workflow as far as the
 * settings say. Begun again it goes on from wherever it got to. Throws `ErpError`.
 */
export async function writeOrder(
  client: TrytonClient,
  config: TrytonConfig,
  order: Order,
  key: string,
  lines: SaleLineFields,
): Promise<ErpOrder> {
  const known = order.externalId === undefined ? await findSale(client, key) : await saleOf(client, order.externalId);
  if (order.status === 'CANCELLED') return cancelSale(client, order, known, lines);
  let id = known?.id;
  if (id === undefined) id = await keepFirst(client, await createSale(client, order, key, lines), key);
  else if (order.externalId !== undefined && known!.state !== 'cancelled')
    await changeSale(client, known!, order, lines);
  await advance(client, id, config.orderState);
  return readSaved(client, id, lines);
}

/**
 * The sale of an earlier write. One that did not get as far as it should is not told, so that the write is asked for again, which then
 * goes on with it.
 */
export async function findOrder(
  client: TrytonClient,
  config: TrytonConfig,
  key: string,
  lines: SaleLineFields,
): Promise<ErpOrder | null> {
  const sale = await findSale(client, key);
  if (!sale || isBefore(sale.state, config.orderState)) return null;
  return readSaved(client, sale.id, lines);
}

const isBefore = (state: string, wanted: string): boolean => {
  const states: readonly string[] = ORDER_STATES;
  return states.includes(state) && states.indexOf(state) < states.indexOf(wanted);
};

async function findSale(client: TrytonClient, key: string): Promise<z.infer<typeof stateRow> | undefined> {
  const domain = [
    ['reference', '=', key],
    ['company', '=', await client.company()],
  ];
  const rows = await client.searchRead('sale.sale', domain, stateRow, ['state', 'reference']);
  return rows.find(row => row.state !== 'cancelled') ?? rows[0];
}

async function saleOf(client: TrytonClient, externalId: string): Promise<z.infer<typeof stateRow>> {
  const [sale] = await client.read('sale.sale', [numberOf(externalId)], stateRow, ['state', 'reference']);
  if (!sale) throw new ErpError('NOT_FOUND', 'Tryton has no such sale any more.', { field: 'externalId' });
  return sale;
}

/** Nothing in Tryton keeps a reference from being used twice; of two sales written at the same time the later one is taken back. */
async function keepFirst(client: TrytonClient, id: number, key: string): Promise<number> {
  const first = (await findSale(client, key))?.id ?? id;
  if (first !== id) await client.change('model.sale.sale.delete', [[id]]);
  return first;
}

async function advance(client: TrytonClient, id: number, wanted: string): Promise<void> {
  for (let tries = 0; tries < ORDER_STATES.length; tries++) {
    const { state } = await saleOf(client, String(id));
    if (!isBefore(state, wanted)) return;
    await client.change(`model.sale.sale.${STEPS[state]}`, [[id]]);
  }
}

async function cancelSale(
  client: TrytonClient,
  order: Order,
  sale: z.infer<typeof stateRow> | undefined,
  lines: SaleLineFields,
): Promise<ErpOrder> {
  if (!sale) throw new ErpError('NOT_FOUND', 'Tryton has no such sale.', { field: 'externalId' });
  if (sale.state === 'confirmed') await client.change('model.sale.sale.draft', [[sale.id]]);
  if (['draft', 'quotation', 'confirmed'].includes(sale.state))
    await client.change('model.sale.sale.cancel', [[sale.id]]);
  else if (sale.state !== 'cancelled')
    throw new ErpError('REFUSED', `Tryton has begun with ${order.number ?? 'this sale'}; it is cancelled there.`, {
      field: 'status',
    });
  return readSaved(client, sale.id, lines);
}

async function readSaved(client: TrytonClient, id: number, { hasDiscounts }: SaleLineFields): Promise<ErpOrder> {
  const [saved] = await readOrders(client, [id], hasDiscounts);
  if (!saved) throw new ErpError('BROKEN', 'Tryton does not show the sale that it has made.');
  return saved;
}

async function createSale(client: TrytonClient, order: Order, key: string, lines: SaleLineFields): Promise<number> {
  const party = numberOf(order.customerId);
  const company = await client.company();
  const [term] = await client.read('party.party', [party], termRow, ['customer_payment_term']);
  if (!term) throw new ErpError('NOT_FOUND', 'Tryton has no such party.', { field: 'customerId' });
  const addresses = await client.searchRead(
    'party.address',
    [
      ['party', '=', party],
      ['active', '=', true],
    ],
    addressRow,
    ['party'],
    {
      order: [
        ['sequence', 'ASC'],
        ['id', 'ASC'],
      ],
      limit: 1,
    },
  );
  const address = addresses[0]?.id ?? null;
  const [currency] = await client.searchRead('currency.currency', [['code', '=', order.currency]], currencyRow, [
    'code',
  ]);
  if (!currency) throw new ErpError('REFUSED', `Tryton has no currency ${order.currency}.`, { field: 'currency' });
  return client.create('sale.sale', {
    company,
    party,
    reference: key,
    invoice_address: address,
    shipment_address: address,
    currency: currency.id,
    ...(term.customer_payment_term == null ? {} : { payment_term: term.customer_payment_term }),
    lines: [['create', await lineValues(client, order.lines, lines)]],
  });
}

/** Only a sale that is not confirmed yet can be changed, and only back from a quotation to a draft. */
async function changeSale(
  client: TrytonClient,
  sale: z.infer<typeof stateRow>,
  order: Order,
  lines: SaleLineFields,
): Promise<void> {
  if (!['draft', 'quotation', 'confirmed'].includes(sale.state))
    throw new ErpError('REFUSED', 'Tryton has begun with this sale, so its lines stay as they are.', {
      field: 'lines',
    });
  const values = await lineValues(client, order.lines, lines);
  if (sale.state !== 'draft') await client.change('model.sale.sale.draft', [[sale.id]]);
  const old = await client.searchRead('sale.line', [['sale', '=', sale.id]], z.object({ id: z.int() }), ['id']);
  await client.change('model.sale.sale.write', [
    [sale.id],
    {
      lines: [
        ['delete', old.map(line => line.id)],
        ['create', values],
      ],
    },
  ]);
}

async function lineValues(
  client: TrytonClient,
  lines: readonly ErpOrderLine[],
  fields: SaleLineFields,
): Promise<object[]> {
  const products = new Map(
    (
      await client.read(
        'product.product',
        [...new Set(lines.flatMap(line => (line.productId === undefined ? [] : numberOf(line.productId))))],
        productRow,
        ['sale_uom', 'account_category'],
      )
    ).map(row => [row.id, row]),
  );
  const categories = [...products.values()].flatMap(row => row.account_category ?? []);
  const taxes = await readCategoryTaxes(client, categories);
  const rates = await TaxRates.read(client);
  const units = await readUnits(client, lines);
  return lines.map((line, index) => {
    const product = line.productId === undefined ? undefined : products.get(numberOf(line.productId));
    if (line.productId !== undefined && !product)
      throw new ErpError('NOT_FOUND', `Tryton has no product ${line.productId}.`, {
        field: `lines.${index}.productId`,
      });
    const ofProduct = product?.account_category == null ? [] : (taxes.get(product.account_category) ?? []);
    const named = units.find(unit => unit.symbol === line.unit || unit.name === line.unit);
    return {
      type: 'line',
      sequence: (index + 1) * 10,
      product: product?.id ?? null,
      unit: named?.id ?? product?.sale_uom ?? null,
      description: line.description,
      quantity: Number(line.quantity),
      ...pricesOf(line, fields),
      taxes: [['add', rates.taxesFor(line.taxPercent, ofProduct)]],
    };
  });
}

async function readUnits(client: TrytonClient, lines: readonly ErpOrderLine[]): Promise<z.infer<typeof unitRow>[]> {
  const names = [...new Set(lines.flatMap(line => line.unit ?? []))];
  if (names.length === 0) return [];
  const domain: Domain = [['OR', ['symbol', 'in', names], ['name', 'in', names]]];
  return client.searchRead('product.uom', domain, unitRow, ['symbol', 'name']);
}

/** Without its module for discounts Tryton knows only the price after the discount, to the digits that it keeps. */
function pricesOf({ unitPrice, discountPercent }: ErpOrderLine, { hasDiscounts, priceDigits }: SaleLineFields): object {
  const left = Big(1).minus(Big(discountPercent).div(100));
  const after = Big(unitPrice).times(left).round(priceDigits, Big.roundHalfUp).toFixed();
  return { unit_price: decimal(after), ...(hasDiscounts ? { base_price: decimal(unitPrice) } : {}) };
}
