import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { bakery, CANCEL, CREATE, CREATE_MANY, DELIVER, ORDER, RETURN } from '../support/orders.js';

let product: TestApp;
let organization: TestOrganization;
let agent: Client;
let shop: Awaited<ReturnType<typeof bakery>>;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  agent = await organization.as('AGENT');
  shop = await bakery(product, organization);
});

async function place(more: object = {}): Promise<Answer> {
  const { createOrder } = await agent.data(CREATE, {
    input: {
      customerId: shop.customer,
      channel: 'STORE',
      lines: [
        { productId: shop.bread, quantity: '10' },
        { description: 'Delivery by bicycle', quantity: '1', unitPrice: { amount: '4', currency: 'EUR' } },
      ],
      ...more,
    },
  });
  return createOrder;
}

const errors = (payload: Answer) => payload.userErrors.map(({ field, code }: Answer) => [field, code]);

const deliver = async (input: object): Promise<Answer> => (await agent.data(DELIVER, { input })).recordDelivery;
const giveBack = async (input: object): Promise<Answer> => (await agent.data(RETURN, { input })).recordReturn;
const read = async (id: string): Promise<Answer> => (await agent.data(ORDER, { id })).order;

describe('placing an order', () => {
  test('numbers it, prices it by the price book, and adds it up', async () => {
    const { order, userErrors } = await place();
    expect(userErrors).toEqual([]);
    expect(order).toMatchObject({
      number: `O-${new Date().getUTCFullYear()}-0001`,
      status: 'PLACED',
      channel: 'STORE',
      version: 1,
      net: { amount: '24.00', currency: 'EUR' },
      tax: { amount: '2.00', currency: 'EUR' },
      total: { amount: '26.00', currency: 'EUR' },
      customer: { id: shop.customer },
      lines: [
        {
          position: 1,
          description: 'Bread',
          quantity: '10',
          deliveredQuantity: '0',
          unitPrice: { amount: '2.00' },
          taxPercent: '10',
          product: { sku: 'BREAD' },
        },
        { position: 2, description: 'Delivery by bicycle', quantity: '1', product: null },
      ],
    });
    const listed = await agent.data(
      `query ($id: ID!) { orders(first: 5) { totalCount edges { node { number } } }
        customer(id: $id) { orders(first: 5) { edges { node { number } } } purchases { orders currency total { amount } lastOrderAt } } }`,
      { id: shop.customer },
    );
    expect(listed).toMatchObject({
      orders: { totalCount: 1 },
      customer: {
        purchases: [{ orders: 1, currency: 'EUR', total: { amount: '26.00' }, lastOrderAt: order.placedAt }],
      },
    });
  });

  test('says at once everything that is wrong', async () => {
    const refused = await place({
      channel: 'ERP',
      currency: 'XXY',
      discountPercent: '101',
      placedAt: '2999-01-01T00:00:00Z',
      lines: [
        { productId: shop.bread, quantity: '-1' },
        { description: '', quantity: '0', unitPrice: { amount: '-4', currency: 'EUR' } },
        { description: 'Cake', quantity: '1.23456', taxPercent: '-1' },
      ],
    });
    expect(refused.order).toBeNull();
    expect(errors(refused)).toEqual([
      ['currency', 'INVALID'],
      ['channel', 'NOT_ALLOWED'],
      ['discountPercent', 'INVALID'],
      ['placedAt', 'INVALID'],
      ['lines.0.quantity', 'INVALID'],
      ['lines.1.quantity', 'INVALID'],
      ['lines.1.description', 'REQUIRED'],
      ['lines.1.unitPrice.amount', 'INVALID'],
      ['lines.2.quantity', 'INVALID'],
      ['lines.2.unitPrice', 'REQUIRED'],
      ['lines.2.taxPercent', 'INVALID'],
    ]);
    expect(errors(await place({ lines: [] }))).toEqual([['lines', 'REQUIRED']]);
  });

  test('takes no mixed currencies, and no price that nobody knows', async () => {
    const line = { description: 'Cake', quantity: '1', unitPrice: { amount: '4', currency: 'USD' } };
    expect(errors(await place({ lines: [line] }))).toEqual([['lines.0.unitPrice.currency', 'INVALID']]);
    expect(errors(await place({ currency: 'USD', lines: [{ productId: shop.bread, quantity: '1' }] }))).toEqual([
      ['lines.0.unitPrice', 'REQUIRED'],
    ]);
  });

  test('takes nothing of another organisation', async () => {
    const theirs = await bakery(product, await product.organization());
    expect(
      errors(await place({ customerId: theirs.customer, lines: [{ productId: theirs.bread, quantity: '1' }] })),
    ).toEqual([
      ['customerId', 'NOT_FOUND'],
      ['lines.0.productId', 'NOT_FOUND'],
    ]);
    const theirOrder = await (await organization.as('OWNER')).data(CREATE, {
      input: {
        customerId: shop.customer,
        channel: 'WEB',
        lines: [{ productId: shop.bread, quantity: '1' }],
      },
    });
    expect(theirOrder.createOrder.userErrors).toEqual([]);
  });

  test('refuses discounts over what the role gives, whichever way they are given', async () => {
    await product.app.database.system.query(
      `insert into discount_limits (organization_id, role, max_percent) values ($1, 'AGENT', 10)`,
      [organization.id],
    );
    const lines = (more: object) => ({ lines: [{ productId: shop.bread, quantity: '1', ...more }] });
    expect((await place(lines({ discountPercent: '10' }))).userErrors).toEqual([]);
    expect(errors(await place(lines({ discountPercent: '10.01' })))).toEqual([
      ['lines.0.discountPercent', 'NOT_ALLOWED'],
    ]);
    expect(errors(await place(lines({ unitPrice: { amount: '1.50', currency: 'EUR' } })))).toEqual([
      ['lines.0.unitPrice', 'NOT_ALLOWED'],
    ]);
    expect(errors(await place({ ...lines({ discountPercent: '6' }), discountPercent: '6' }))).toEqual([
      ['lines.0.discountPercent', 'NOT_ALLOWED'],
    ]);
  });

  test('sent twice is placed once, also at the same moment and by the idempotency key', async () => {
    const twice = await Promise.all([place({ externalId: 'T-1' }), place({ externalId: 'T-1' })]);
    expect(twice[0].order.id).toBe(twice[1].order.id);
    expect((await place({ externalId: ' T-1 ' })).order.id).toBe(twice[0].order.id);
    const keyed = await Promise.all([place({ idempotencyKey: 'k' }), place({ idempotencyKey: 'k' })]);
    expect(keyed[0].order.id).toBe(keyed[1].order.id);
    const { orders } = await agent.data('{ orders(first: 10) { edges { node { number } } } }');
    const year = new Date().getUTCFullYear();
    // Numbers without gaps.
    expect(orders.edges.map(({ node }: Answer) => node.number).sort()).toEqual([`O-${year}-0001`, `O-${year}-0002`]);
  });
});

describe('what a till sends at night', () => {
  const receipt = (externalId: string, more: object = {}) => ({
    customerId: shop.customer,
    channel: 'STORE',
    externalId,
    lines: [{ productId: shop.bread, quantity: '1' }],
    ...more,
  });
  const send = async (items: object[]): Promise<Answer> =>
    (await agent.data(CREATE_MANY, { input: { items } })).createOrders;

  test('is kept item by item, and once however often it is sent', async () => {
    const items = [receipt('1'), receipt('2', { lines: [] }), receipt('3'), receipt('1')];
    const first = await send(items);
    expect(
      first.results.map(({ index, created, userErrors }: Answer) => [index, created, userErrors[0]?.field]),
    ).toEqual([
      [0, true, undefined],
      [1, false, 'lines'],
      [2, true, undefined],
      [3, false, undefined],
    ]);
    expect(first.results[3].order.id).toBe(first.results[0].order.id);
    const again = await Promise.all([send(items), send([...items].reverse())]);
    expect(again[0].results[0].order.id).toBe(first.results[0].order.id);
    const { orders } = await agent.data('{ orders(first: 1) { totalCount } }');
    expect(orders.totalCount).toBe(2);
  });

  test('is at most 200 at once', async () => {
    const { results, userErrors } = await send(Array.from({ length: 201 }, (_, at) => receipt(String(at))));
    expect(results).toBeNull();
    expect(userErrors[0]).toMatchObject({ field: 'items', code: 'TOO_LONG' });
  });

  test('of another customer under a known receipt is refused', async () => {
    await send([receipt('1')]);
    const { results } = await send([receipt('1', { customerId: shop.otherCustomer })]);
    expect(errors(results[0])).toEqual([['externalId', 'TAKEN']]);
  });
});

describe('deliveries', () => {
  test('may be partial, and the status follows them', async () => {
    const { order } = await place();
    const [bread, bicycle] = order.lines;
    const partly = await deliver({ orderId: order.id, lines: [{ lineId: bread.id, quantity: '4' }], number: 'D-1' });
    expect(partly).toMatchObject({ userErrors: [], order: { status: 'PARTIALLY_DELIVERED', version: 2 } });
    expect((await deliver({ orderId: order.id })).order.status).toBe('DELIVERED');
    expect(await read(order.id)).toMatchObject({
      status: 'DELIVERED',
      lines: [{ deliveredQuantity: '10' }, { deliveredQuantity: '1' }],
      deliveries: [
        { number: 'D-1', lines: [{ quantity: '4', line: { id: bread.id } }] },
        {
          lines: [
            { quantity: '6', line: { id: bread.id } },
            { quantity: '1', line: { id: bicycle.id } },
          ],
        },
      ],
      returns: [],
    });
    expect(errors(await deliver({ orderId: order.id }))).toEqual([['orderId', 'NOT_ALLOWED']]);
  });

  test('are never more than was ordered, also two at the same moment', async () => {
    const { order } = await place();
    const [{ id: lineId }] = order.lines;
    const part = (quantity: string) => ({ orderId: order.id, lines: [{ lineId, quantity }] });
    expect(errors(await deliver(part('10.5')))).toEqual([['lines.0.quantity', 'INVALID']]);
    const both = await Promise.all([deliver(part('6')), deliver(part('6'))]);
    expect(both.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
    expect((await read(order.id)).lines[0].deliveredQuantity).toBe('6');
  });

  test('are refused with bad lines, and nothing of them is kept', async () => {
    const { order } = await place();
    const other = (await place()).order;
    const [{ id: lineId }] = order.lines;
    const refused = await deliver({
      orderId: order.id,
      lines: [
        { lineId, quantity: '1' },
        { lineId, quantity: '1' },
        { lineId: other.lines[0].id, quantity: '1' },
        { lineId: 'nonsense', quantity: '1' },
        { lineId: order.lines[1].id, quantity: '-1' },
      ],
    });
    expect(errors(refused)).toEqual([
      ['lines.1.lineId', 'INVALID'],
      ['lines.2.lineId', 'NOT_FOUND'],
      ['lines.3.lineId', 'NOT_FOUND'],
      ['lines.4.quantity', 'INVALID'],
    ]);
    expect(await read(order.id)).toMatchObject({ version: 1, deliveries: [] });
  });

  test('sent twice by their id are recorded once', async () => {
    const { order } = await place();
    const input = {
      orderId: order.id,
      externalId: 'D-7',
      version: 1,
      lines: [{ lineId: order.lines[0].id, quantity: '4' }],
    };
    const both = await Promise.all([deliver(input), deliver(input)]);
    expect(both.map(({ userErrors }) => userErrors)).toEqual([[], []]);
    expect((await read(order.id)).lines[0].deliveredQuantity).toBe('4');
    const other = (await place()).order;
    expect(errors(await deliver({ orderId: other.id, externalId: 'D-7' }))).toEqual([['externalId', 'TAKEN']]);
  });

  test('of many orders are recorded one by one', async () => {
    const [first, second] = [(await place()).order, (await place()).order];
    const { recordDeliveries } = await agent.data(
      `mutation ($input: RecordDeliveriesInput!) { recordDeliveries(input: $input) {
        results { index order { id status } userErrors { field code } } userErrors { field } } }`,
      { input: { items: [{ orderId: first.id }, { orderId: first.id }, { orderId: second.id }] } },
    );
    expect(recordDeliveries.results).toEqual([
      { index: 0, order: { id: first.id, status: 'DELIVERED' }, userErrors: [] },
      { index: 1, order: null, userErrors: [{ field: 'orderId', code: 'NOT_ALLOWED' }] },
      { index: 2, order: { id: second.id, status: 'DELIVERED' }, userErrors: [] },
    ]);
  });

  test('on a stale version say the present one', async () => {
    const { order } = await place();
    await deliver({ orderId: order.id, lines: [{ lineId: order.lines[0].id, quantity: '1' }] });
    const stale = await deliver({ orderId: order.id, version: 1 });
    expect(stale.userErrors).toMatchObject([{ field: 'version', code: 'CONFLICT' }]);
    expect(stale.userErrors[0].message).toContain('version 2');
  });
});

describe('returns', () => {
  test('are never more than was delivered, and have a reason', async () => {
    const { order } = await place();
    const [{ id: lineId }] = order.lines;
    const back = (quantity: string, reason = 'stale') => ({
      orderId: order.id,
      reason,
      lines: [{ lineId, quantity }],
    });
    expect(errors(await giveBack(back('1')))).toEqual([['lines.0.quantity', 'INVALID']]);
    await deliver({ orderId: order.id });
    expect(errors(await giveBack(back('1', ' ')))).toEqual([['reason', 'REQUIRED']]);
    expect((await giveBack(back('4'))).order).toMatchObject({ status: 'DELIVERED' });
    expect(errors(await giveBack(back('7')))).toEqual([['lines.0.quantity', 'INVALID']]);
    await giveBack(back('6'));
    await giveBack({ orderId: order.id, reason: 'no bicycle', lines: [{ lineId: order.lines[1].id, quantity: '1' }] });
    expect(await read(order.id)).toMatchObject({
      status: 'RETURNED',
      returns: [{ reason: 'stale' }, { reason: 'stale' }, { reason: 'no bicycle' }],
    });
    const { customer } = await agent.data('query ($id: ID!) { customer(id: $id) { purchases { orders } } }', {
      id: shop.customer,
    });
    expect(customer.purchases).toEqual([]);
  });
});

describe('calling an order off', () => {
  const cancel = async (input: object): Promise<Answer> => (await agent.data(CANCEL, { input })).cancelOrder;

  test('is done once, and not while something is with the customer', async () => {
    const { order } = await place();
    const [{ id: lineId }] = order.lines;
    await deliver({ orderId: order.id, lines: [{ lineId, quantity: '1' }] });
    expect(errors(await cancel({ id: order.id }))).toEqual([['id', 'NOT_ALLOWED']]);
    await giveBack({ orderId: order.id, reason: 'stale', lines: [{ lineId, quantity: '1' }] });
    expect(errors(await cancel({ id: order.id, version: 1 }))).toEqual([['version', 'CONFLICT']]);
    const both = await Promise.all([cancel({ id: order.id, reason: 'closed' }), cancel({ id: order.id })]);
    expect(both.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
    expect(await read(order.id)).toMatchObject({ status: 'CANCELLED' });
    expect(errors(await deliver({ orderId: order.id }))).toEqual([['orderId', 'NOT_ALLOWED']]);
  });
});
