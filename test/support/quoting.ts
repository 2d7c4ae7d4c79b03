import { newId } from '../../src/platform/ids.js';
import type { Client, TestApp, TestOrganization } from './app.js';

/** What is sold in a test, by public ids. */
export interface Shelf {
  product(
    sku: string,
    price: string | null,
    more?: { tax?: string; currency?: string; names?: object; kind?: string; active?: boolean; decimals?: number },
  ): Promise<string>;
  bundle(sku: string, price: string, parts: Record<string, string>): Promise<string>;
  limit(role: string, percent: string): Promise<void>;
}

/** Keeps products with prices, a price book a currency, without going through the catalogue's own fields. */
export function openShelf(test: TestApp, organization: TestOrganization): Shelf {
  const { system } = test.app.database;
  const books = new Map<string, string>();
  const rates = new Map<string, string>();
  const keep = async (table: string, row: Record<string, unknown>): Promise<string> => {
    const full = { organization_id: organization.id, ...row };
    const places = Object.keys(full).map((_, at) => `$${at + 1}`);
    await system.query(
      `insert into ${table} (${Object.keys(full).join(', ')}) values (${places.join(', ')})`,
      Object.values(full),
    );
    return String(row['id']);
  };
  const bookOf = async (currency: string) => {
    const known = books.get(currency);
    if (known) return known;
    const id = newId();
    books.set(currency, id);
    return keep('price_books', { id, name: currency, currency, valid_from: '2020-01-01' });
  };
  const rateOf = async (percent: string) => {
    const known = rates.get(percent);
    if (known) return known;
    const id = newId();
    rates.set(percent, id);
    return keep('tax_rates', { id, name: `${percent} %`, percent });
  };
  const shelf: Shelf = {
    async product(
      sku,
      price,
      { tax = '21', currency = 'EUR', names = {}, kind = 'GOOD', active = true, decimals } = {},
    ) {
      const id = newId();
      const unit =
        decimals === undefined ? null : await keep('units', { id: newId(), code: `u-${sku}`, name: sku, decimals });
      await keep('products', {
        id,
        sku,
        name: `Product ${sku}`,
        names,
        kind,
        is_active: active,
        unit_id: unit,
        tax_rate_id: await rateOf(tax),
      });
      if (price !== null)
        await keep('price_book_entries', {
          id: newId(),
          price_book_id: await bookOf(currency),
          product_id: id,
          unit_price: price,
        });
      return organization.publicId('product', id);
    },
    async bundle(sku, price, parts) {
      const bundle = await shelf.product(sku, price, { kind: 'BUNDLE' });
      const { rows } = await system.query('select id from products where organization_id = $1 and sku = $2', [
        organization.id,
        sku,
      ]);
      for (const [part, quantity] of Object.entries(parts))
        await system.query(
          `insert into bundle_items (organization_id, bundle_id, product_id, quantity)
           select organization_id, $2, id, $4 from products where organization_id = $1 and sku = $3`,
          [organization.id, rows[0].id, part, quantity],
        );
      return bundle;
    },
    async limit(role, percent) {
      await system.query(
        `insert into discount_limits (organization_id, role, max_percent) values ($1, $2, $3)
         on conflict (organization_id, role) do update set max_percent = excluded.max_percent`,
        [organization.id, role, percent],
      );
    },
  };
  return shelf;
}

export async function keepCustomer(client: Client, displayName: string, more: object = {}): Promise<string> {
  const { createCustomer } = await client.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { message } } }',
    { input: { displayName, ...more } },
  );
  return createCustomer.customer.id;
}

const QUOTE = `quote { id number revision status version language validUntil effectiveDiscountPercent discountPercent
  subtotal { amount currency } discount { amount } net { amount } tax { amount } total { amount currency }
  taxes { percent base { amount } amount { amount } }
  lines { product { sku } description quantity unit unitPrice { amount currency } listPrice { amount } discountPercent taxPercent net { amount } total { amount } } }
  userErrors { field code message }`;

/** The payload of a mutation about a quote, such as `createQuote`. */
export async function say(client: Client, mutation: string, input: object): Promise<any> {
  const name = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
  const inputs: Record<string, string> = {
    ApproveQuote: 'DecideQuote',
    RejectQuoteApproval: 'DecideQuote',
    SendQuote: 'Quote',
  };
  const more =
    mutation === 'sendQuote'
      ? 'link'
      : mutation === 'acceptQuote'
        ? 'order { id number status total { amount currency } }'
        : '';
  const answer = await client.data(
    `mutation ($input: ${inputs[name] ?? name}Input!) { ${mutation}(input: $input) { ${QUOTE} ${more} } }`,
    { input },
  );
  return answer[mutation];
}
