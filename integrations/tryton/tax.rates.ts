import Big from 'big.js';
import { z } from 'zod';
import { ErpError } from '../../src/erp/port.js';
import type { TrytonClient } from './client.js';
import { flag } from './flag.value.js';

const taxRow = z.object({
  id: z.int(),
  type: z.string().nullish(),
  rate: z.string().nullish(),
  parent: z.int().nullish(),
  active: flag.nullish(),
  'group.': z.object({ kind: z.string().nullish() }).nullish(),
});
const categoryRow = z.object({ id: z.int(), customer_taxes_used: z.array(z.int()).catch([]) });

/** Percent of each tax, by id. Taxes that are no percentage of the price are left out. */
export class TaxRates {
  private constructor(
    private readonly percents: ReadonlyMap<number, Big>,
    /** Taxes that a sale may bear, by id. */
    private readonly forSales: ReadonlySet<number>,
  ) {}

  static async read(client: TrytonClient): Promise<TaxRates> {
    const fields = ['type', 'rate', 'parent', 'active', 'group.kind'];
    const rows = await client.searchRead('account.tax', [['company', '=', await client.company()]], taxRow, fields);
    const used = rows.filter(row => row.type === 'percentage' && row.rate);
    const isForSales = (row: z.infer<typeof taxRow>) =>
      row.active !== false && row.parent == null && !(row['group.']?.kind && row['group.'].kind === 'purchase');
    return new TaxRates(
      new Map(used.map(row => [row.id, Big(row.rate!).times(100)])),
      new Set(used.filter(isForSales).map(row => row.id)),
    );
  }

  /** Percent of these taxes together, as text. */
  percentOf(taxes: readonly number[]): string {
    return taxes.reduce((sum, tax) => sum.plus(this.percents.get(tax) ?? 0), Big(0)).toFixed();
  }

  /** The taxes that make up a percentage: those the product has, if they do; otherwise one of that rate. Throws `ErpError`. */
  taxesFor(percent: string, ofProduct: readonly number[]): readonly number[] {
    if (Big(percent).eq(this.percentOf(ofProduct))) return ofProduct;
    if (Big(percent).eq(0)) return [];
    const fitting = [...this.forSales].filter(tax => this.percents.get(tax)!.eq(percent));
    if (fitting.length === 0)
      throw new ErpError('REFUSED', `Tryton has no tax of ${percent} % for sales.`, { field: 'taxPercent' });
    return [Math.min(...fitting)];
  }
}

/** The taxes on the sale of a product, by the id of its accounting category. */
export async function readCategoryTaxes(client: TrytonClient, categories: readonly number[]) {
  const rows = await client.read('product.category', [...new Set(categories)], categoryRow, ['customer_taxes_used']);
  return new Map(rows.map(row => [row.id, row.customer_taxes_used]));
}
