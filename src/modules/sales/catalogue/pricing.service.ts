import type { Tx } from '../../../platform/database/database.js';
import { Parameters } from '../../../platform/paging/index.js';

export interface PricedProduct {
  /** Stored. */
  productId: string;
  name: string;
  unit: string | null;
  /** Of one, without tax; null where no price book of the customer has it. */
  unitPrice: string | null;
  currency: string | null;
  priceBookId: string | null;
  taxPercent: string;
}

/** What a customer pays for products on a day: one answer an item, in their order. The book of a segment goes before everybody's. */
export async function pricesFor(
  tx: Tx,
  { customerId, currency, on }: { customerId: string; currency: string | null; on: string },
  items: { productId: string; quantity: string }[],
): Promise<PricedProduct[]> {
  const parameters = new Parameters();
  const organization = parameters.add(tx.scope.organizationId, 'uuid');
  const ids = parameters.add(
    items.map(({ productId }) => productId),
    'uuid[]',
  );
  const quantities = parameters.add(
    items.map(({ quantity }) => quantity),
    'numeric[]',
  );
  const customer = parameters.add(customerId, 'uuid');
  const day = parameters.add(on, 'date');
  const inCurrency = parameters.add(currency, 'text');
  return tx.query<PricedProduct>(
    `select p.id as "productId", p.name, u.code as unit, e.unit_price as "unitPrice", e.currency, e.price_book_id as "priceBookId",
            coalesce(r.percent, 0)::text as "taxPercent"
       from unnest(${ids}, ${quantities}) with ordinality as i(product_id, quantity, place)
       join products p on p.organization_id = ${organization} and p.id = i.product_id
       left join units u on u.organization_id = p.organization_id and u.id = p.unit_id
       left join tax_rates r on r.organization_id = p.organization_id and r.id = p.tax_rate_id
       left join lateral (
         select e.unit_price, b.currency, b.id as price_book_id from price_books b
           join price_book_entries e on e.organization_id = b.organization_id and e.price_book_id = b.id
           join customers c on c.organization_id = b.organization_id and c.id = ${customer}
          where b.organization_id = p.organization_id and e.product_id = p.id and e.min_quantity <= i.quantity
            and b.valid_from <= ${day} and (b.valid_until is null or b.valid_until > ${day})
            and (b.segment is null or b.segment = any (c.tags)) and (${inCurrency} is null or b.currency = ${inCurrency})
          order by b.segment is null, e.min_quantity desc, b.id limit 1) e on true
      order by i.place`,
    parameters.values,
  );
}

/** What a role may take off without asking, in percent. */
export async function discountLimit(tx: Tx, role: string): Promise<string> {
  const [row] = await tx.query<{ percent: string }>(
    'select max_percent as percent from discount_limits where organization_id = $1 and role = $2',
    [tx.scope.organizationId, role],
  );
  return row?.percent ?? (['OWNER', 'ADMIN'].includes(role) ? '100' : role === 'MANAGER' ? '20' : '0');
}
