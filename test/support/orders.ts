import { newId, publicId } from '../../src/platform/ids.js';
import type { TestApp, TestOrganization } from './app.js';

const FIELDS = `id number status channel version placedAt externalId erpId erpNumber cancelledAt cancellationReason
  subtotal { amount } discount { amount } net { amount currency } tax { amount currency } total { amount currency } customer { id }
  lines { id position description quantity deliveredQuantity returnedQuantity unit taxPercent discountPercent unitPrice { amount } total { amount } product { sku } }`;
const ERRORS = 'userErrors { field code message }';

export const CREATE = `mutation ($input: CreateOrderInput!) { createOrder(input: $input) { order { ${FIELDS} } ${ERRORS} } }`;
export const CREATE_MANY = `mutation ($input: CreateOrdersInput!) { createOrders(input: $input) {
  results { index created order { id number } ${ERRORS} } ${ERRORS} } }`;
export const CANCEL = `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { ${FIELDS} } ${ERRORS} } }`;
export const DELIVER = `mutation ($input: RecordDeliveryInput!) { recordDelivery(input: $input) { order { ${FIELDS} } ${ERRORS} } }`;
export const RETURN = `mutation ($input: RecordReturnInput!) { recordReturn(input: $input) { order { ${FIELDS} } ${ERRORS} } }`;
export const ORDER = `query ($id: ID!) { order(id: $id) { ${FIELDS}
  deliveries { id number happenedAt lines { quantity line { id } } } returns { reason lines { quantity } }
  invoices { id number status total { amount } amountDue { amount } payments { amount { amount } paidOn method } } } }`;

export interface Bakery {
  /** Public ids. */
  customer: string;
  otherCustomer: string;
  bread: string;
  subscription: string;
  /** Stored ids of the same. */
  stored: { customer: string; otherCustomer: string; bread: string; subscription: string };
}

/** Two customers, bread at 2.00 EUR with 10 % of tax, and a basket every month at 30.00 EUR. */
export async function bakery(test: TestApp, organization: TestOrganization): Promise<Bakery> {
  const { system } = test.app.database;
  const stored = { customer: newId(), otherCustomer: newId(), bread: newId(), subscription: newId() };
  const [tax, book] = [newId(), newId()];
  const { id } = organization;
  await system.query(`update organizations set currency = 'EUR' where id = $1`, [id]);
  for (const [customer, name] of [
    [stored.customer, 'Panadería Sol'],
    [stored.otherCustomer, 'Café Luna'],
  ])
    await system.query(
      `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'COMPANY', $3)`,
      [id, customer, name],
    );
  await system.query(`insert into tax_rates (organization_id, id, name, percent) values ($1, $2, 'Reduced', 10)`, [
    id,
    tax,
  ]);
  await system.query(
    `insert into products (organization_id, id, sku, name, kind, tax_rate_id, billing_period)
     values ($1, $2, 'BREAD', 'Bread', 'GOOD', $4, null), ($1, $3, 'BASKET', 'Basket of the month', 'SUBSCRIPTION', $4, 'MONTH')`,
    [id, stored.bread, stored.subscription, tax],
  );
  await system.query(
    `insert into price_books (organization_id, id, name, currency, valid_from) values ($1, $2, 'All', 'EUR', '2020-01-01')`,
    [id, book],
  );
  await system.query(
    `insert into price_book_entries (organization_id, id, price_book_id, product_id, unit_price)
     values ($1, gen_random_uuid(), $2, $3, 2), ($1, gen_random_uuid(), $2, $4, 30)`,
    [id, book, stored.bread, stored.subscription],
  );
  return {
    customer: publicId('customer', stored.customer),
    otherCustomer: publicId('customer', stored.otherCustomer),
    bread: publicId('product', stored.bread),
    subscription: publicId('product', stored.subscription),
    stored,
  };
}
