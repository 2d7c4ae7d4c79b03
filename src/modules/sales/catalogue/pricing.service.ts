import Big from 'big.js';
import type { Tx } from '../../../platform/database/database.js';
import type { Role } from '../../access/index.js';
import { DEFAULT_LIMITS } from './discount.rules.js';

/** What one product costs somebody on a day. */
export interface PricedProduct {
  productId: string;
  name: string;
  names: Partial<Record<string, string>>;
  /** Short name of what it is counted in. */
  unit: string | null;
  /** For one, before tax; nothing where no price book of the customer has it. */
  unitPrice: string | null;
  currency: string;
  priceBookId: string | null;
  taxPercent: string;
  isActive: boolean;
}

interface Buyer {
  /** Stored id. */
  customerId: string | null;
  /** Nothing: the organisation's own. */
  currency: string | null;
  /** ISO 8601. */
  on: string;
}

interface Wanted {
  /** Stored id. */
  productId: string;
  quantity: string;
}

type Query = Pick<Tx, 'query' | 'scope'>;

/**
 * What products cost a customer, in the order of `items`; unknown products are left out. The price is that of the book of the
 * customer's segment (one of its tags), the lowest where it has several, or else of the book for everybody; in the book, that of
 * the largest quantity that is reached, or the least there is where none is. A bundle that no book prices costs what its parts cost.
 */
export async function pricesFor(tx: Query, buyer: Buyer, items: readonly Wanted[]): Promise<PricedProduct[]> {
  const priced = await readPrices(tx, buyer, items);
  const bundles = priced.flatMap(row => (row.unitPrice === null && row.kind === 'BUNDLE' ? [row.productId] : []));
  if (bundles.length === 0) return priced;
  const parts = await tx.query<Wanted & { bundleId: string }>(
    `select bundle_id as "bundleId", product_id as "productId", quantity from bundle_items
      where organization_id = $1 and bundle_id = any ($2)`,
    [tx.scope.organizationId, bundles],
  );
  const prices = await readPrices(tx, buyer, parts);
  return priced.map(row => {
    const own = parts.flatMap((part, at) => (part.bundleId === row.productId ? [{ part, price: prices[at] }] : []));
    if (!bundles.includes(row.productId) || own.length === 0 || own.some(({ price }) => !price?.unitPrice)) return row;
    const sum = own.reduce((all, { part, price }) => all.plus(Big(part.quantity).times(price!.unitPrice!)), Big(0));
    return { ...row, unitPrice: sum.round(4, Big.roundHalfUp).toFixed(), priceBookId: own[0]!.price!.priceBookId };
  });
}

/**
 * For items that `prices` has nothing for in the buyer's currency: what they cost in another one by the exchange rates of the day, the
 * organisation's own first; null where nobody knows, and for all others. Discounts are judged by it, nothing is sold by it.
 */
export async function convertedPrices(
  tx: Query,
  buyer: Buyer,
  items: readonly Wanted[],
  prices: readonly Pick<PricedProduct, 'unitPrice' | 'currency'>[],
): Promise<(string | null)[]> {
  const found: (string | null)[] = items.map(() => null);
  let open = items.flatMap((_, at) => (prices[at]?.unitPrice === null ? [at] : []));
  if (open.length === 0) return found;
  const currency = prices[open[0]!]!.currency;
  const rates = await readRates(tx, currency, buyer.on);
  for (const { currency: other, rate } of rates) {
    if (open.length === 0) break;
    const elsewhere = await pricesFor(
      tx,
      { ...buyer, currency: other },
      open.map(at => items[at]!),
    );
    for (const [place, at] of open.entries()) {
      const price = elsewhere[place]?.unitPrice;
      if (price != null) found[at] = Big(price).times(rate).round(4, Big.roundHalfUp).toFixed();
    }
    open = open.filter(at => found[at] === null);
  }
  return found;
}

/** What one of each other currency that has price books is worth in `currency`; the organisation's own comes first. */
async function readRates(tx: Query, currency: string, on: string): Promise<{ currency: string; rate: string }[]> {
  return tx.query(
    `with own as (select currency from organizations where id = $1),
          worth as (
       select b.currency, case when b.currency = own.currency then 1 else (
                select r.rate from exchange_rates r
                 where r.organization_id = $1 and r.currency = b.currency and r.valid_from <= $3::date order by r.valid_from desc limit 1) end as rate
         from (select distinct currency from price_books where organization_id = $1
               union select $2) b cross join own)
     select w.currency, (w.rate / q.rate)::text as rate from worth w join worth q on q.currency = $2, own
      where w.currency <> $2 and w.rate is not null and q.rate is not null
      order by w.currency = own.currency desc, w.currency`,
    [tx.scope.organizationId, currency, on],
  );
}

async function readPrices(
  tx: Query,
  { customerId, currency, on }: Buyer,
  items: readonly Wanted[],
): Promise<(PricedProduct & { kind: string })[]> {
  return tx.query(
    `with buyer as (
       select coalesce($3, o.currency) as currency, coalesce(c.tags, '{}') as segments
         from organizations o left join customers c on c.organization_id = o.id and c.id = $2
        where o.id = $1)
     select p.id as "productId", p.name, p.names, p.kind, p.is_active as "isActive", u.code as unit, buyer.currency,
            e.unit_price::text as "unitPrice", e.price_book_id as "priceBookId", coalesce(x.percent, 0)::text as "taxPercent"
       from unnest($5::uuid[], $6::numeric[]) with ordinality as i(product_id, quantity, place)
      cross join buyer
       join products p on p.organization_id = $1 and p.id = i.product_id
       left join units u on u.organization_id = $1 and u.id = p.unit_id
       left join tax_rates x on x.organization_id = $1 and x.id = p.tax_rate_id
       left join lateral (
         select t.unit_price, t.price_book_id from (
           select distinct on (b.id) f.unit_price, b.id as price_book_id, b.segment
             from price_books b
             join price_book_entries f on f.organization_id = $1 and f.price_book_id = b.id and f.product_id = p.id
            where b.organization_id = $1 and b.currency = buyer.currency and daterange(b.valid_from, b.valid_until) @> $4::date
              and (b.segment is null or b.segment = any (buyer.segments))
            order by b.id, greatest(f.min_quantity - i.quantity, 0), f.min_quantity desc) t
          order by (t.segment is null), t.unit_price, t.price_book_id
          limit 1) e on true
      order by i.place`,
    [
      tx.scope.organizationId,
      customerId,
      currency,
      on,
      items.map(({ productId }) => productId),
      items.map(({ quantity }) => quantity),
    ],
  );
}

/** Percent of the list price that a role takes off without asking. */
export async function discountLimit(tx: Query, role: Role): Promise<string> {
  const [row] = await tx.query<{ maxPercent: string }>(
    'select max_percent::text as "maxPercent" from discount_limits where organization_id = $1 and role = $2',
    [tx.scope.organizationId, role],
  );
  return row?.maxPercent ?? DEFAULT_LIMITS[role];
}
