import Big from 'big.js';
import type { Tx } from '../../../platform/database/database.js';
import { storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine } from '../../../platform/input.rules.js';
import { isCurrency } from '../../../platform/money.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { convertedPrices, type PricedProduct, pricesFor } from '../catalogue/pricing.service.js';
import { documentLanguage } from './document/quote.words.js';
import type { QuoteLineInput } from './quote-line.inputs.js';
import { type Component, explode, type PreparedLine } from './quote-line.rules.js';

export const MOST_LINES = 200;
const MOST_QUANTITY = Big('99999999999');
const MOST_PRICE = Big('999999999999');

/** Where a quote's lines are priced: for whom, in which currency (null: that of the first price found), on which day. */
export interface Pricing {
  /** Stored. */
  customerId: string;
  currency: string | null;
  /** The organisation's own. */
  fallbackCurrency: string;
  on: string;
  language: string;
}

interface ProductRow {
  id: string;
  name: string;
  names: Record<string, unknown>;
  kind: string;
  isActive: boolean;
  decimals: number | null;
  components: { productId: string; quantity: string }[] | null;
}

interface ParsedLine {
  input: QuoteLineInput;
  field: string;
  productId: string | null;
  quantity: string;
}

export interface PreparedLines {
  lines: PreparedLine[];
  currency: string;
  /** Stored; the book that the prices came from, where it is one. */
  priceBookId: string | null;
}

/**
 * Lines as they will be kept, with their prices found. Everything wrong with them goes into `problems`, by the path of its field;
 * what is answered is of use only when nothing is.
 */
export async function prepareLines(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  inputs: readonly QuoteLineInput[],
  pricing: Pricing,
): Promise<PreparedLines> {
  if (inputs.length === 0) report(problems, 'lines', 'A quote has at least one line.', 'REQUIRED');
  if (inputs.length > MOST_LINES) report(problems, 'lines', `A quote has at most ${MOST_LINES} lines.`, 'TOO_LONG');
  if (pricing.currency !== null && !isCurrency(pricing.currency))
    report(problems, 'currency', 'It is not a currency of ISO 4217, such as EUR.');
  if (problems.some(({ field }) => field === 'lines' || field === 'currency')) return nothing(pricing);

  const parsed = inputs.map((input, at): ParsedLine => {
    const field = `lines.${at}`;
    return {
      input,
      field,
      productId: input.productId ? (storedId('product', input.productId) ?? '') : null,
      quantity: cleanQuantity(problems, `${field}.quantity`, input.quantity),
    };
  });
  const products = await readProducts(tx, viewer, parsed);
  for (const { field, productId, quantity } of parsed) {
    if (productId === null) continue;
    const product = products.get(productId);
    if (!product)
      report(problems, `${field}.productId`, 'There is no such product, or you may not see it.', 'NOT_FOUND');
    else if (!product.isActive) report(problems, `${field}.productId`, 'It is not sold any more.', 'NOT_ALLOWED');
    else if (product.decimals !== null && !Big(quantity).eq(Big(quantity).round(product.decimals)))
      report(problems, `${field}.quantity`, `It is sold with ${product.decimals} decimals.`);
  }

  const known = parsed.filter(({ productId }) => productId !== null && products.has(productId));
  const first = pricing.currency ?? inputs.find(({ unitPrice }) => unitPrice)?.unitPrice?.currency ?? null;
  const buyer = { customerId: pricing.customerId, currency: first, on: pricing.on };
  const wanted = known.map(({ productId, quantity }) => ({ productId: productId!, quantity }));
  const found = await pricesFor(tx, buyer, wanted);
  const prices = new Map(known.map((line, at) => [line, found[at]!]));
  const currency = first ?? found.find(({ unitPrice }) => unitPrice !== null)?.currency ?? pricing.fallbackCurrency;

  const converted = await convertedPrices(tx, buyer, wanted, found);
  const convertedOf = new Map(known.map((line, at) => [line, converted[at]!]));
  const bundles = known.flatMap(({ input, productId }) => (input.explode ? products.get(productId!)! : []));
  const components = await readComponents(tx, bundles, { ...pricing, currency });

  const lines: PreparedLine[] = [];
  for (const line of parsed) {
    const product = line.productId === null ? undefined : products.get(line.productId);
    const one = prepareLine(problems, line, {
      product,
      price: prices.get(line),
      converted: convertedOf.get(line) ?? null,
      currency,
      language: pricing.language,
    });
    if (!one || problems.length > 0) continue;
    if (!line.input.explode) lines.push(one);
    else lines.push(...explodeLine(problems, line, one, components.get(product?.id ?? ''), currency));
  }
  if (lines.length > MOST_LINES) report(problems, 'lines', `A quote has at most ${MOST_LINES} lines.`, 'TOO_LONG');
  const books = new Set(found.flatMap(({ priceBookId }) => priceBookId ?? []));
  return { lines, currency, priceBookId: books.size === 1 ? [...books][0]! : null };
}

const nothing = ({ currency, fallbackCurrency }: Pricing): PreparedLines => ({
  lines: [],
  currency: currency ?? fallbackCurrency,
  priceBookId: null,
});

interface LineGround {
  product: ProductRow | undefined;
  price: PricedProduct | undefined;
  /** By the exchange rate, where no book has it in this currency. */
  converted: string | null;
  currency: string;
  language: string;
}

function prepareLine(
  problems: Problems,
  { input, field, productId, quantity }: ParsedLine,
  { product, price, converted, currency, language }: LineGround,
): PreparedLine | undefined {
  const description =
    productId === null
      ? requiredLine(problems, `${field}.description`, input.description, 500)
      : (optionalLine(problems, `${field}.description`, input.description, 500) ??
        (product ? nameIn(product, language) : ''));
  const unit = optionalLine(problems, `${field}.unit`, input.unit, 40) ?? price?.unit ?? null;
  const discountPercent = cleanPercent(problems, `${field}.discountPercent`, input.discountPercent);
  const taxPercent =
    input.taxPercent == null
      ? (price?.taxPercent ?? '0')
      : cleanPercent(problems, `${field}.taxPercent`, input.taxPercent);
  const listed =
    price?.currency === currency && price.unitPrice !== null
      ? Big(price.unitPrice).round(4, Big.roundHalfUp).toFixed()
      : null;
  const given = input.unitPrice && cleanPrice(problems, `${field}.unitPrice`, input.unitPrice, currency);
  if (!input.unitPrice && productId === null) report(problems, `${field}.unitPrice`, 'It must be given.', 'REQUIRED');
  else if (!input.unitPrice && product && listed === null) {
    const other = price?.unitPrice != null ? ` It has one in ${price.currency}.` : '';
    report(
      problems,
      `${field}.unitPrice`,
      `No price book has a price for it in ${currency}: give one.${other}`,
      'REQUIRED',
    );
  }
  const unitPrice = given ?? listed;
  if (unitPrice === null || unitPrice === undefined) return undefined;
  const listPrice = listed ?? converted;
  return { productId, description, quantity, unit, unitPrice, listPrice, discountPercent, taxPercent };
}

function explodeLine(
  problems: Problems,
  { field }: ParsedLine,
  line: PreparedLine,
  components: readonly Component[] | undefined,
  currency: string,
): PreparedLine[] {
  if (!components) {
    report(problems, `${field}.explode`, 'It is not a bundle.');
    return [];
  }
  const lines = explode(line, components, currency);
  if (!lines) report(problems, `${field}.explode`, 'Its price cannot be split to the coin over this quantity.');
  for (const { quantity } of lines ?? []) {
    if (Big(quantity).gt(MOST_QUANTITY) || !Big(quantity).eq(Big(quantity).round(4)))
      report(problems, `${field}.explode`, `Of a part of it there would be ${quantity}: that cannot be kept.`);
  }
  return lines ?? [];
}

/** What is in each of the bundles, by the bundle's id, with what it costs by itself; for all of them at once. */
async function readComponents(
  tx: Tx,
  products: readonly ProductRow[],
  pricing: Pricing & { currency: string },
): Promise<Map<string, Component[]>> {
  const bundles = [...new Set(products)].filter(({ components }) => components);
  const items = bundles.flatMap(({ id, components }) => components!.map(item => ({ ...item, bundleId: id })));
  if (items.length === 0) return new Map();
  const prices = await pricesFor(tx, pricing, items);
  const names = await readNames(
    tx,
    items.map(({ productId }) => productId),
  );
  const components = items.map(({ productId, quantity, bundleId }, at) => {
    const { unitPrice: listPrice, unit, taxPercent } = prices[at]!;
    const description = nameIn(names.get(productId)!, pricing.language);
    return { bundleId, productId, quantity, unit, listPrice, taxPercent, description };
  });
  return Map.groupBy(components, ({ bundleId }) => bundleId);
}

function nameIn({ name, names }: Pick<ProductRow, 'name' | 'names'>, language: string): string {
  const own = names[language] ?? names[documentLanguage(language)];
  return typeof own === 'string' && own ? own : name;
}

/** Those of the products that the viewer may see, with the components of those that are bundles. */
async function readProducts(tx: Tx, viewer: Viewer, lines: readonly ParsedLine[]): Promise<Map<string, ProductRow>> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = any (${parameters.add(
      lines.flatMap(({ productId }) => productId || []),
      'uuid[]',
    )})`,
    visibleCondition(viewer, 'CATALOGUE', 't', parameters),
  ].filter(Boolean);
  const rows = await tx.query<ProductRow>(
    `select t.id, t.name, t.names, t.kind, t.is_active as "isActive", u.decimals,
            (select jsonb_agg(jsonb_build_object('productId', b.product_id, 'quantity', trim_scale(b.quantity)::text) order by b.product_id)
               from bundle_items b where b.organization_id = t.organization_id and b.bundle_id = t.id) as components
       from products t left join units u on u.organization_id = t.organization_id and u.id = t.unit_id
      where ${conditions.join(' and ')}`,
    parameters.values,
  );
  return new Map(rows.map(row => [row.id, row]));
}

/** What is in a bundle is seen by whoever sees the bundle. */
async function readNames(tx: Tx, ids: string[]): Promise<Map<string, Pick<ProductRow, 'name' | 'names'>>> {
  const rows = await tx.query<Pick<ProductRow, 'id' | 'name' | 'names'>>(
    'select id, name, names from products where organization_id = $1 and id = any ($2::uuid[])',
    [tx.scope.organizationId, ids],
  );
  return new Map(rows.map(row => [row.id, row]));
}

function cleanQuantity(problems: Problems, field: string, raw: string): string {
  const quantity = Big(raw);
  if (quantity.lte(0)) report(problems, field, 'It must be more than 0.');
  else if (!quantity.eq(quantity.round(4))) report(problems, field, 'It has at most four decimals.');
  else if (quantity.gt(MOST_QUANTITY)) report(problems, field, `It is at most ${MOST_QUANTITY.toFixed()}.`);
  else return quantity.toFixed();
  return '1';
}

/** A percentage from 0 to 100, with up to four decimals; 0 where none is given. */
export function cleanPercent(problems: Problems, field: string, raw: string | null | undefined): string {
  const percent = Big(raw ?? '0');
  if (percent.lt(0) || percent.gt(100)) report(problems, field, 'It must be from 0 to 100.');
  else if (!percent.eq(percent.round(4))) report(problems, field, 'It has at most four decimals.');
  else return percent.toFixed();
  return '0';
}

function cleanPrice(
  problems: Problems,
  field: string,
  { amount, currency: given }: { amount: string; currency: string },
  currency: string,
): string | null {
  const price = Big(amount);
  if (given !== currency)
    return report(problems, `${field}.currency`, `All prices of a quote are in one currency, here ${currency}.`);
  if (price.lt(0)) return report(problems, `${field}.amount`, 'It must not be negative.');
  if (!price.eq(price.round(4))) return report(problems, `${field}.amount`, 'It has at most four decimals.');
  if (price.gt(MOST_PRICE)) return report(problems, `${field}.amount`, `It is at most ${MOST_PRICE.toFixed()}.`);
  return price.toFixed();
}
