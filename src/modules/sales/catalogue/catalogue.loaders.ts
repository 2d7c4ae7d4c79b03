import type { LoaderDefinition } from '../../../platform/loaders.js';
import { moneyOf } from '../../../platform/schema/index.js';
import { type RequestContext, Role } from '../../access/index.js';
import type { BundleItem } from './bundle-item.entity.js';
import type { ProductPrice } from './catalogue.payloads.js';
import type { DiscountLimit } from './discount-limit.entity.js';
import type { ExchangeRate } from './exchange-rate.entity.js';
import { DEFAULT_LIMITS, pricesFor } from './pricing.service.js';

/** The parts of many bundles in one statement. */
export const partsOfBundle: LoaderDefinition<RequestContext, string, BundleItem[]> = {
  name: 'product.bundleItems',
  async batch(context, bundleIds) {
    const rows = await context.read<BundleItem>(
      `select i.bundle_id as "bundleId", i.product_id as "productId", i.quantity from bundle_items i
         join products p on p.organization_id = i.organization_id and p.id = i.product_id
        where i.bundle_id = any ($1) order by p.name, p.id`,
      [bundleIds],
      'product.bundleItems',
    );
    const byBundle = Map.groupBy(rows, row => row.bundleId);
    return bundleIds.map(id => byBundle.get(id) ?? []);
  },
};

/** The limits of all roles, those that nobody has set included. */
export async function allDiscountLimits(context: RequestContext): Promise<DiscountLimit[]> {
  const rows = await context.read<DiscountLimit>('select role, max_percent as "maxPercent" from discount_limits');
  const set = new Map(rows.map(row => [row.role, row.maxPercent]));
  return Object.values(Role).map(
    role => ({ role, maxPercent: set.get(role) ?? DEFAULT_LIMITS[role] }) as DiscountLimit,
  );
}

/** What every currency is worth today. */
export const presentRates = (context: RequestContext): Promise<ExchangeRate[]> =>
  context.read<ExchangeRate>(
    `select distinct on (currency) currency, valid_from as "validFrom", rate from exchange_rates
      where valid_from <= current_date order by currency, valid_from desc`,
  );

/** The same products, priced for a customer that the viewer sees. `customerId` and `productIds` are stored ids. */
export async function shownPrices(
  context: RequestContext,
  buyer: { customerId: string | null; currency: string | null; on: string },
  items: { productId: string; quantity: string }[],
): Promise<ProductPrice[]> {
  const query = { query: context.run, scope: context.scope };
  const rows = await pricesFor(query, buyer, items);
  return rows.map(row => ({ ...row, unitPrice: moneyOf(row.unitPrice, row.currency) }));
}
