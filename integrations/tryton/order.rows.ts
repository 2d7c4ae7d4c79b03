import Big from 'big.js';
import { z } from 'zod';
import type { ErpOrder, ErpOrderLine } from '../../src/erp/port.js';
import type { Trail } from './change.feed.js';
import type { TrytonClient } from './client.js';
import { readMoved } from './delivery.rows.js';
import { quantityText, withoutNoughts } from './quantity.text.js';
import { TaxRates } from './tax.rates.js';

const saleRow = z.object({
  id: z.int(),
  number: z.string().nullish(),
  reference: z.string().nullish(),
  party: z.int(),
  state: z.string(),
  sale_date: z.string().nullish(),
  create_date: z.string(),
  write_date: z.string().nullish(),
  untaxed_amount: z.string(),
  tax_amount: z.string(),
  total_amount: z.string(),
  shipment_state: z.string().catch('none'),
  'currency.': z.object({ code: z.string() }),
});
type SaleRow = z.infer<typeof saleRow>;
const lineRow = z.object({
  id: z.int(),
  sale: z.int(),
  product: z.int().nullish(),
  description: z.string().nullish(),
  quantity: z.number(),
  unit_price: z.string(),
  base_price: z.string().nullish(),
  taxes: z.array(z.int()).catch([]),
  'unit.': z.object({ symbol: z.string().nullish() }).nullish(),
  'product.': z.object({ rec_name: z.string().nullish(), type: z.string().nullish() }).nullish(),
});
type LineRow = z.infer<typeof lineRow>;

const FIELDS = [
  ...['number', 'reference', 'party', 'state', 'sale_date', 'create_date', 'write_date', 'shipment_state'],
  ...['untaxed_amount', 'tax_amount', 'total_amount', 'currency.code'],
];
const LINE_FIELDS = [
  ...['sale', 'product', 'description', 'quantity', 'unit_price', 'taxes'],
  ...['unit.symbol', 'product.rec_name', 'product.type'],
];

/** Lines and what is shipped for them change without their sale being written. */
export const orderTrails = (company: number): readonly Trail[] => [
  { model: 'sale.sale', root: 'id', domain: [['company', '=', company]] },
  { model: 'sale.line', root: 'sale', domain: [['sale.company', '=', company]] },
  {
    model: 'stock.move',
    root: 'sale',
    domain: [
      ['company', '=', company],
      ['origin', 'like', 'sale.line,%'],
    ],
  },
];

/**
 * Sales as orders. A return is in Tryton a sale of its own with negative quantities: it is told as what came back of the sale it is
 * for, and is no order itself.
 */
export async function readOrders(
  client: TrytonClient,
  ids: readonly number[],
  hasDiscounts: boolean,
): Promise<ErpOrder[]> {
  const sales = await client.read('sale.sale', ids, saleRow, FIELDS);
  const ofSales = [
    ['sale', 'in', sales.map(sale => sale.id)],
    ['type', '=', 'line'],
  ];
  const fields = hasDiscounts ? [...LINE_FIELDS, 'base_price'] : LINE_FIELDS;
  const bySequence = {
    order: [
      ['sequence', 'ASC'],
      ['id', 'ASC'],
    ],
  };
  const lines = await client.searchRead('sale.line', ofSales, lineRow, fields, bySequence);
  const moved = await readMoved(
    client,
    sales.map(sale => sale.id),
    lines,
  );
  const rates = await TaxRates.read(client);
  return sales.flatMap(sale => {
    const its = lines.filter(line => line.sale === sale.id);
    if (its.some(line => line.quantity < 0)) return [];
    const told = its.map(line => lineOf(line, rates, moved.get(line.id)));
    return [
      {
        externalId: String(sale.id),
        updatedAt: sale.write_date ?? sale.create_date,
        number: sale.number ?? undefined,
        reference: sale.reference ?? undefined,
        customerId: String(sale.party),
        status: statusOf(sale, its, told),
        currency: sale['currency.'].code,
        placedAt: placedAt(sale),
        net: sale.untaxed_amount,
        tax: sale.tax_amount,
        total: sale.total_amount,
        lines: told,
      },
    ];
  });
}

function lineOf(line: LineRow, rates: TaxRates, moved?: { delivered: Big; returned: Big }): ErpOrderLine {
  const base = line.base_price != null && Big(line.base_price).gt(line.unit_price) ? line.base_price : null;
  return {
    externalId: String(line.id),
    productId: line.product == null ? undefined : String(line.product),
    description: line.description || line['product.']?.rec_name || '',
    quantity: quantityText(line.quantity),
    unit: line['unit.']?.symbol ?? undefined,
    unitPrice: withoutNoughts(base ?? line.unit_price),
    discountPercent: base === null ? '0' : Big(1).minus(Big(line.unit_price).div(base)).times(100).round(2).toFixed(),
    taxPercent: rates.percentOf(line.taxes),
    deliveredQuantity: moved?.delivered.toFixed() ?? '0',
    returnedQuantity: moved?.returned.toFixed() ?? '0',
  };
}

function statusOf(sale: SaleRow, lines: readonly LineRow[], told: readonly ErpOrderLine[]): ErpOrder['status'] {
  switch (sale.state) {
    case 'draft':
      return 'DRAFT';
    case 'quotation':
      return 'PLACED';
    case 'cancelled':
      return 'CANCELLED';
    case 'done':
      return 'DELIVERED';
  }
  const goods = told.filter((_, at) => lines[at]!.product != null && lines[at]!['product.']?.type !== 'service');
  if (goods.length === 0 || goods.every(line => line.deliveredQuantity === '0')) return 'CONFIRMED';
  return goods.every(line => Big(line.deliveredQuantity!).gte(line.quantity)) ? 'DELIVERED' : 'PARTIALLY_DELIVERED';
}

/** The day that Tryton's user gave the sale, or the moment when it was made if that is the same day. */
const placedAt = ({ sale_date: day, create_date: made }: SaleRow): string =>
  day && !made.startsWith(day) ? `${day}T00:00:00Z` : made;
