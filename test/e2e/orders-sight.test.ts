import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mirrorInvoices, mirrorOrders, mirrorPayments } from '../../src/modules/sales/index.js';
import { storedId } from '../../src/platform/ids.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { bakery, CANCEL, CREATE, DELIVER, ORDER, RETURN } from '../support/orders.js';
import { listen } from '../support/posts.js';
import { statementsOf } from '../support/statements.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;
let shop: Awaited<ReturnType<typeof bakery>>;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
  shop = await bakery(product, organization);
});

async function place(customerId = shop.customer, more: object = {}): Promise<Answer> {
  const input = {
    customerId,
    channel: 'PHONE',
    lines: [
      { productId: shop.bread, quantity: '2' },
      { description: 'For my birthday', quantity: '1', unitPrice: { amount: '1', currency: 'EUR' } },
    ],
    ...more,
  };
  return (await admin.data(CREATE, { input })).createOrder.order;
}

/** One invoice of an order, half of it paid. */
async function bill(orderId: string, customerId: string): Promise<void> {
  const scope = { organizationId: organization.id, actor: 'system:erp', requestId: 'test' };
  await product.app.database.write(scope, async tx => {
    const [invoiceId] = await mirrorInvoices(tx, [
      {
        externalId: orderId,
        number: 'F-1',
        kind: 'INVOICE',
        status: 'POSTED',
        customerId,
        orderId: storedId('order', orderId),
        currency: 'EUR',
        net: '5',
        tax: '0.40',
        total: '5.40',
        amountDue: '2.70',
      },
    ]);
    await mirrorPayments(tx, [
      { externalId: orderId, customerId, invoiceId: invoiceId!, amount: '2.70', currency: 'EUR', paidOn: '2026-10-01' },
    ]);
  });
}

const EVERYTHING = `{ orders(first: 9) { edges { node { id } } } invoices(first: 9) { edges { node { customer { id } payments { paidOn } } } }
  payments(first: 9) { totalCount } contracts(first: 9) { edges { node { customer { id } } } } }`;

describe('the portal', () => {
  test('shows a customer what is its own, and takes no orders from it', async () => {
    const subscription = { lines: [{ productId: shop.subscription, quantity: '1' }] };
    const [mine, theirs] = [await place(shop.customer, subscription), await place(shop.otherCustomer, subscription)];
    await bill(mine.id, shop.stored.customer);
    await bill(theirs.id, shop.stored.otherCustomer);
    const portal = await organization.as('CUSTOMER', { customerId: shop.stored.customer });
    expect(await portal.data(EVERYTHING)).toEqual({
      orders: { edges: [{ node: { id: mine.id } }] },
      invoices: { edges: [{ node: { customer: { id: shop.customer }, payments: [{ paidOn: '2026-10-01' }] } }] },
      payments: { totalCount: 1 },
      contracts: { edges: [{ node: { customer: { id: shop.customer } } }] },
    });
    expect((await portal.data(ORDER, { id: theirs.id })).order).toBeNull();
    expect((await portal.data(ORDER, { id: mine.id })).order.invoices).toHaveLength(1);
    const refused = await portal.send(CANCEL, { input: { id: mine.id } });
    expect(refused.errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await portal.send('{ recurringRevenue { currency } }')).errors![0]!.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('shows a partner none of it', async () => {
    await place();
    const partner = await organization.as('PARTNER');
    for (const query of ['{ orders { totalCount } }', '{ invoices { totalCount } }', '{ contracts { totalCount } }'])
      expect((await partner.send(query)).errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

test('an agent changes only orders of customers it sees', async () => {
  const order = await place();
  const agent = await organization.as('AGENT');
  const other = await organization.member('Luis');
  const { system } = product.app.database;
  await system.query('update customers set owner_id = $2 where organization_id = $1', [organization.id, other]);
  const refused = await Promise.all([
    agent.data(DELIVER, { input: { orderId: order.id } }),
    agent.data(DELIVER, { input: { orderId: 'order_01h455vb4pex5vsknk084sn02q' } }),
    agent.data(CANCEL, { input: { id: order.id } }),
  ]);
  expect(refused[0]).toEqual(refused[1]);
  expect(refused[2]!.cancelOrder.userErrors).toMatchObject([{ field: 'id', code: 'NOT_FOUND' }]);
});

test('what many customers bought is added up in one statement', async () => {
  await place();
  await place();
  await place(shop.otherCustomer);
  let read: Answer;
  const sent = await statementsOf(async () => {
    read = await admin.data(
      '{ customers(first: 9) { edges { node { displayName purchases { orders currency total { amount } } } } } }',
    );
  });
  expect(sent.filter(text => text.includes('from orders'))).toHaveLength(1);
  const bought = Object.fromEntries(
    read!.customers.edges.map(({ node }: Answer) => [node.displayName, node.purchases]),
  );
  expect(bought).toEqual({
    'Panadería Sol': [{ orders: 2, currency: 'EUR', total: { amount: '10.80' } }],
    'Café Luna': [{ orders: 1, currency: 'EUR', total: { amount: '5.40' } }],
  });
});

test('the timeline tells of it in the language of the reader', async () => {
  const order = await place();
  await admin.data(DELIVER, { input: { orderId: order.id } });
  await admin.data(RETURN, {
    input: { orderId: order.id, reason: 'stale', lines: [{ lineId: order.lines[0].id, quantity: '1' }] },
  });
  await bill(order.id, shop.stored.customer);
  const read = async (language: string): Promise<string[]> => {
    const response = await product.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: admin.authorization, 'accept-language': language },
      payload: {
        query: `query ($id: ID!) { customer(id: $id) { timeline(first: 20) { edges { node { ... on TimelineEntry { summary } } } } } }`,
        variables: { id: shop.customer },
      },
    });
    return response.json().data.customer.timeline.edges.map(({ node }: Answer) => node.summary);
  };
  const { number } = order;
  expect(await read('en')).toEqual(
    expect.arrayContaining([
      `Order ${number} placed: €5.40`,
      `Delivery of order ${number}`,
      `Return from order ${number}: stale`,
      'Invoice F-1: €5.40',
      'Payment: €2.70',
    ]),
  );
  expect(await read('es')).toEqual(
    expect.arrayContaining([`Entrega del pedido ${number}`, `Devolución del pedido ${number}: stale`]),
  );
  expect(await read('pt')).toEqual(expect.arrayContaining([`Entrega do pedido ${number}`]));
});

test('those who subscribe are told of orders they may see', async () => {
  const url = await listen(product);
  const portal = await organization.as('CUSTOMER', { customerId: shop.stored.customer });
  await toldSoFar(product);
  const stream = subscribe(url, portal.authorization, 'subscription { orderChanged { orderId order { status } } }');
  await eventually(() => product.app.hub.subscribers > 0);
  await place(shop.otherCustomer);
  const order = await place();
  const received = await stream.until(all => all.length > 0);
  expect(received[0].orderChanged).toEqual({ orderId: order.id, order: { status: 'PLACED' } });
  await stream.close();
});

describe('a customer that', () => {
  test('was merged takes its orders, invoices and contracts along, and back', async () => {
    const subscription = { lines: [{ productId: shop.subscription, quantity: '1' }] };
    const order = await place(shop.otherCustomer, subscription);
    await bill(order.id, shop.stored.otherCustomer);
    const { mergeCustomers } = await admin.data(
      'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId userErrors { message } } }',
      { input: { survivorId: shop.customer, mergedIds: [shop.otherCustomer] } },
    );
    expect(mergeCustomers.userErrors).toEqual([]);
    const owned = async (id: string) =>
      (
        await admin.data(
          `query ($id: ID!) { customer(id: $id) { orders { totalCount } invoices { totalCount } contracts { totalCount } } }`,
          { id },
        )
      ).customer;
    const one = { orders: { totalCount: 1 }, invoices: { totalCount: 1 }, contracts: { totalCount: 1 } };
    const none = { orders: { totalCount: 0 }, invoices: { totalCount: 0 }, contracts: { totalCount: 0 } };
    expect(await owned(shop.customer)).toEqual(one);
    await admin.data('mutation ($id: ID!) { undoMerge(input: { mergeId: $id }) { userErrors { message } } }', {
      id: mergeCustomers.mergeId,
    });
    expect([await owned(shop.customer), await owned(shop.otherCustomer)]).toEqual([none, one]);
  });

  test('is exported with what it bought; erased, it leaves the figures without a word about it', async () => {
    const order = await place(shop.customer, {
      lines: [
        { productId: shop.subscription, quantity: '1' },
        { description: 'For my birthday', quantity: '1', unitPrice: { amount: '1', currency: 'EUR' } },
      ],
    });
    await admin.data(DELIVER, { input: { orderId: order.id } });
    await admin.data(RETURN, {
      input: { orderId: order.id, reason: 'My mother is ill', lines: [{ lineId: order.lines[1].id, quantity: '1' }] },
    });
    await bill(order.id, shop.stored.customer);
    const { customerExport } = await admin.data('query ($id: ID!) { customerExport(id: $id) }', { id: shop.customer });
    expect(customerExport).toMatchObject({
      orders: [
        {
          id: order.id,
          lines: [{}, { description: 'For my birthday' }],
          deliveries: [{}, { reason: 'My mother is ill' }],
        },
      ],
      invoices: [{ number: 'F-1' }],
      payments: [{ amount: '2.7000' }],
      contracts: [{ name: 'Basket of the month' }],
    });
    const { eraseCustomer } = await admin.data(
      'mutation ($input: CustomerIdInput!) { eraseCustomer(input: $input) { erasedCustomerId userErrors { message } } }',
      { input: { id: shop.customer } },
    );
    expect(eraseCustomer.erasedCustomerId).toBe(shop.customer);
    const { order: left } = await admin.data(ORDER, { id: order.id });
    expect(left).toMatchObject({
      total: order.total,
      customer: null,
      lines: [{ description: 'Basket of the month' }, { description: '' }],
      returns: [{ reason: null }],
      invoices: [{ number: 'F-1' }],
    });
    const { contracts } = await admin.data('{ contracts { edges { node { status renewsOn } } } }');
    expect(contracts.edges).toEqual([{ node: { status: 'ENDED', renewsOn: null } }]);
    // What the ERP repeats about it does not come back either.
    const scope = { organizationId: organization.id, actor: 'system:erp', requestId: 'test' };
    await product.app.database.write(scope, tx =>
      mirrorOrders(tx, [
        {
          externalId: '1',
          reference: order.number,
          customerId: shop.stored.customer,
          status: 'DELIVERED',
          currency: 'EUR',
          placedAt: order.placedAt,
          net: '1',
          tax: '0',
          total: '1',
          lines: [
            { description: 'For my birthday', quantity: '1', unitPrice: '1', discountPercent: '0', taxPercent: '0' },
          ],
        },
      ]),
    );
    const { rows } = await product.app.database.system.query<{ text: string }>(
      `select coalesce(jsonb_agg(l)::text, '') || (select coalesce(jsonb_agg(d)::text, '') from deliveries d where d.organization_id = $1)
           || (select coalesce(jsonb_agg(a)::text, '') from audit_entries a where a.organization_id = $1) as text
         from order_lines l where l.organization_id = $1`,
      [organization.id],
    );
    expect(rows[0]!.text).not.toMatch(/birthday|mother/);
  });
});
