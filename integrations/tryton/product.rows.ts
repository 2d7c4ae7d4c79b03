import { z } from 'zod';
import type { ErpProduct } from '../../src/erp/port.js';
import type { Trail } from './change.feed.js';
import type { TrytonClient } from './client.js';
import { flag } from './flag.value.js';
import { readCategoryTaxes, TaxRates } from './tax.rates.js';

const unit = z.object({ symbol: z.string().nullish(), name: z.string().nullish() }).nullish();
const productRow = z.object({
  id: z.int(),
  code: z.string().nullish(),
  name: z.string().catch(''),
  type: z.string().catch('goods'),
  description: z.string().nullish().catch(null),
  active: flag.catch(true),
  salable: flag.catch(false),
  account_category: z.int().nullish().catch(null),
  write_date: z.string().nullish(),
  create_date: z.string().nullish(),
  'sale_uom.': unit,
  'template.': z.object({ active: flag.catch(true), write_date: z.string().nullish() }).nullish(),
});
const FIELDS = [
  'code',
  'name',
  'type',
  'description',
  'active',
  'salable',
  'account_category',
  'write_date',
  'create_date',
  'sale_uom.symbol',
  'sale_uom.name',
  'template.active',
  'template.write_date',
];

/** Variants, which are what is sold, and the templates that they take most of their fields from. */
export const productTrails: readonly Trail[] = [
  { model: 'product.product', root: 'id', domain: [] },
  { model: 'product.template', root: 'products', domain: [] },
];

/** A product that is not sold any more, or never was, is told as gone. */
export async function readProducts(client: TrytonClient, ids: readonly number[]): Promise<ErpProduct[]> {
  const rows = await client.read('product.product', ids, productRow, FIELDS);
  const categories = rows.flatMap(row => row.account_category ?? []);
  const taxes = await readCategoryTaxes(client, categories);
  const rates = await TaxRates.read(client);
  return rows.map(row => ({
    externalId: String(row.id),
    updatedAt: latest(row.write_date ?? row.create_date, row['template.']?.write_date),
    isGone: !row.active || row['template.']?.active === false || !row.salable,
    sku: row.code?.trim() || `tryton-${row.id}`,
    name: row.name,
    kind: row.type === 'service' ? 'SERVICE' : 'GOOD',
    unit: row['sale_uom.']?.symbol || row['sale_uom.']?.name || undefined,
    taxPercent: row.account_category == null ? undefined : rates.percentOf(taxes.get(row.account_category) ?? []),
    description: row.description || undefined,
  }));
}

/** The later of two moments, of which either may be missing. */
export const latest = (one: string | null | undefined, other: string | null | undefined): string | undefined =>
  [one, other]
    .filter(moment => moment != null)
    .sort()
    .at(-1);
