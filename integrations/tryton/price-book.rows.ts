import { z } from 'zod';
import type { ErpPriceBook } from '../../src/erp/port.js';
import type { Trail } from './change.feed.js';
import type { TrytonClient } from './client.js';
import { readCompany } from './company.row.js';
import { flag } from './flag.value.js';
import { quantityText, withoutNoughts } from './quantity.text.js';

/** What Tryton calls a product's list price, as a price book beside its price lists. */
const LIST = 'list';
const CHUNK = 500;

const listRow = z.object({ id: z.int(), name: z.string(), active: flag.catch(true) });
const lineRow = z.object({ id: z.int(), price_list: z.int(), quantity: z.number().nullish() });
const idRow = z.object({ id: z.int() });
const priceRow = z.object({ id: z.int(), sale_price_uom: z.string().nullish() });

/** A price follows from the formulas of its list and from the product, so that any of these changes all the books. */
export const priceBookTrails: readonly Trail[] = [
  { model: 'product.product', root: 'id', domain: [] },
  { model: 'product.price_list', root: 'id', domain: [] },
  { model: 'product.price_list.line', root: 'id', domain: [] },
  { model: 'product.template', root: 'id', domain: [] },
];

/**
 * All price books. Tryton works out the prices itself, for one piece and for each quantity from which a line of the list holds; the
 * lists are among them only where it knows price lists for sales (module `sale_price_list`).
 */
export async function readPriceBooks(client: TrytonClient): Promise<ErpPriceBook[]> {
  const { currency } = await readCompany(client);
  const salable = [
    ['salable', '=', true],
    ['active', '=', true],
  ];
  const products = (await client.searchRead('product.product', salable, idRow, ['id'])).map(row => row.id);
  const books: ErpPriceBook[] = [
    { externalId: LIST, name: 'Tryton', currency, entries: await entriesOf(client, products, ['1'], {}) },
  ];
  if (!(await hasSalePriceLists(client))) return books;
  const mine = [['company', '=', await client.company()]];
  const lists = await client.searchRead('product.price_list', mine, listRow, ['name', 'active']);
  const ofMine = [['price_list.company', '=', await client.company()]];
  const lines = await client.searchRead('product.price_list.line', ofMine, lineRow, ['price_list', 'quantity']);
  for (const list of lists) {
    const steps = lines.flatMap(line =>
      line.price_list === list.id && line.quantity ? quantityText(line.quantity) : [],
    );
    const quantities = [...new Set(['1', ...steps])];
    const entries = list.active ? await entriesOf(client, products, quantities, { price_list: list.id }) : [];
    books.push({
      externalId: String(list.id),
      name: list.name,
      currency,
      segment: list.name,
      isGone: !list.active,
      entries,
    });
  }
  return books;
}

async function hasSalePriceLists(client: TrytonClient): Promise<boolean> {
  const fields = z
    .record(z.string(), z.unknown())
    .catch({})
    .parse(await client.ask('model.party.party.fields_get', [['sale_price_list']]));
  return 'sale_price_list' in fields;
}

async function entriesOf(
  client: TrytonClient,
  products: readonly number[],
  quantities: readonly string[],
  context: object,
) {
  const entries: ErpPriceBook['entries'] = [];
  for (let from = 0; from < products.length; from += CHUNK) {
    const chunk = products.slice(from, from + CHUNK);
    const before = new Map<number, string>();
    for (const minQuantity of [...quantities].sort((a, b) => Number(a) - Number(b))) {
      const asked = { ...context, quantity: Number(minQuantity) };
      const rows = await client.read('product.product', chunk, priceRow, ['sale_price_uom'], asked);
      for (const { id, sale_price_uom: price } of rows) {
        if (price == null) continue;
        const unitPrice = withoutNoughts(price);
        // A step that changes nothing for this product is none.
        if (before.get(id) === unitPrice) continue;
        before.set(id, unitPrice);
        entries.push({ productId: String(id), minQuantity, unitPrice });
      }
    }
  }
  return entries;
}
