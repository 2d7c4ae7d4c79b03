import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createMirroredProduct,
  endPriceBook,
  type MirroredOrder,
  mirrorOrders,
} from '../../src/modules/sales/index.js';
import type { Tx } from '../../src/platform/database/database.js';
import { publicId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { bakery, CANCEL, CREATE, CREATE_MANY, DELIVER, ORDER, RETURN } from '../support/orders.js';
import { listen } from '../support/posts.js';
import { openShelf, say } from '../support/quoting.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let product: TestApp;
let organization: TestOrganization;
let owner: Client;
let agent: Client;
let shop: Awaited<ReturnType<typeof bakery>>;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off', PUBLIC_URL: 'https://crm.example.com' });
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  owner = await organization.as('OWNER');
  agent = await organization.as('AGENT');
  shop = await bakery(product, organization);
});

const write = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> =>
  product.app.database.write({ organizationId: organization.id, actor: 'system:erp', requestId: 'test' }, work);
const system = (sql: string, values: unknown[] = []) => product.app.database.system.query(sql, values);
const wrong = (payload: any) => payload.userErrors.map(({ field, code }: any) => [field, code]);
const order = async (client: Client, input: object) =>
  (
    await client.data(CREATE, {
      input: {
        customerId: shop.customer,
        channel: 'STORE',
        lines: [{ productId: shop.bread, quantity: '10' }],
        ...input,
      },
    })
  ).createOrder;
const euros = (amount: string) => ({ amount, currency: 'EUR' });
/** Somewhere where it is another day than in UTC for half of the day: what is asked for follows it. */
const farAway = () =>
  system(`update organizations set settings = settings || '{"timeZone": "Pacific/Kiritimati"}' where id = $1`, [
    organization.id,
  ]);
const dayThere = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Kiritimati' }).format(new Date());

describe('more than can be kept', () => {
  test('is said of an order, of each of a batch by itself, and of a contract', async () => {
    const dear = { description: 'Gold', quantity: '90000000000', unitPrice: euros('1100') };
    expect(wrong(await order(owner, { lines: Array.from({ length: 12 }, () => dear) }))).toEqual([
      ['lines', 'INVALID'],
    ]);
    await system('update price_book_entries set unit_price = 90000000000 where organization_id = $1', [
      organization.id,
    ]);
    expect(wrong(await order(owner, { lines: [{ productId: shop.bread, quantity: '90000000000' }] }))).toEqual([
      ['lines', 'INVALID'],
    ]);
    const item = { customerId: shop.customer, channel: 'STORE' };
    const { createOrders } = await owner.data(CREATE_MANY, {
      input: {
        items: [
          { ...item, lines: [{ productId: shop.bread, quantity: '90000000000' }] },
          { ...item, lines: [{ description: 'Roll', quantity: '1', unitPrice: euros('1') }] },
        ],
      },
    });
    expect(createOrders.results.map(wrong)).toEqual([[['lines', 'INVALID']], []]);
    const { createContract } = await owner.data(
      `mutation ($input: CreateContractInput!) { createContract(input: $input) { userErrors { field code } } }`,
      { input: { customerId: shop.customer, productId: shop.subscription, quantity: '90000000000' } },
    );
    expect(wrong(createContract)).toEqual([['amount', 'INVALID']]);
  });

  test('is not made of a bundle by splitting it', async () => {
    const shelf = openShelf(product, organization);
    await system(`delete from price_books where organization_id = $1`, [organization.id]);
    await shelf.product('SEED', '0.01');
    const bundle = await shelf.bundle('SACK', '10', { SEED: '1000' });
    const payload = await say(owner, 'createQuote', {
      customerId: shop.customer,
      lines: [{ productId: bundle, quantity: '99999999', explode: true, unitPrice: euros('1') }],
    });
    const more = await say(owner, 'createQuote', {
      customerId: shop.customer,
      lines: [{ productId: bundle, quantity: '999999999', explode: true, unitPrice: euros('1') }],
    });
    expect([wrong(payload), wrong(more)]).toEqual([[], [['lines.0.explode', 'INVALID']]]);
  });
});

describe('discounts', () => {
  test('are not got around by quoting or ordering in a currency without a price', async () => {
    await system(
      `insert into exchange_rates (organization_id, currency, valid_from, rate) values ($1, 'USD', '2020-01-01', 0.5)`,
      [organization.id],
    );
    const line = { productId: shop.bread, quantity: '10', unitPrice: { amount: '1', currency: 'USD' } };
    const { quote } = await say(agent, 'createQuote', { customerId: shop.customer, currency: 'USD', lines: [line] });
    expect(quote.effectiveDiscountPercent).toBe('75');
    expect(wrong(await say(agent, 'sendQuote', { id: quote.id }))).toEqual([['id', 'NOT_ALLOWED']]);
    expect(wrong(await order(agent, { currency: 'USD', lines: [line] }))).toEqual([
      ['lines.0.unitPrice', 'NOT_ALLOWED'],
    ]);
  });

  test('of a bundle are found in what it is split into, however small the prices are', async () => {
    const shelf = openShelf(product, organization);
    await system(`delete from price_books where organization_id = $1`, [organization.id]);
    await shelf.product('SEED', '0.01');
    const bundle = await shelf.bundle('SACK', '10', { SEED: '1000' });
    const { quote } = await say(agent, 'createQuote', {
      customerId: shop.customer,
      lines: [{ productId: bundle, quantity: '10', explode: true, unitPrice: euros('5') }],
    });
    expect(Number(quote.effectiveDiscountPercent)).toBeCloseTo(50, 0);
  });
});

describe('an order', () => {
  test('that was placed is answered again also when its product is no longer sold', async () => {
    const first = await order(agent, { externalId: 'till-1' });
    await system('update products set is_active = false where organization_id = $1', [organization.id]);
    const again = await order(agent, { externalId: 'till-1' });
    expect([again.userErrors, again.order?.number]).toEqual([[], first.order.number]);
  });

  test('is priced by the day of the organisation on which it was placed', async () => {
    await farAway();
    await system(`update price_books set valid_until = '2026-06-01' where organization_id = $1`, [organization.id]);
    // It is the first of June there already.
    const late = await order(owner, { placedAt: '2026-05-31T20:00:00Z' });
    expect(wrong(late)).toEqual([['lines.0.unitPrice', 'REQUIRED']]);
  });

  test('takes no return for recorded that has the id of a delivery', async () => {
    const { order: placed } = await order(agent, {});
    const line = placed.lines[0].id;
    await agent.data(DELIVER, { input: { orderId: placed.id, externalId: 'paper-1' } });
    const { recordReturn } = await agent.data(RETURN, {
      input: { orderId: placed.id, externalId: 'paper-1', reason: 'Stale', lines: [{ lineId: line, quantity: '1' }] },
    });
    expect(wrong(recordReturn)).toEqual([['externalId', 'TAKEN']]);
  });

  test('of a subscription that is called off ends it on the day of the organisation', async () => {
    await farAway();
    const { order: placed } = await order(agent, {
      placedAt: '2026-01-01T12:00:00Z',
      lines: [{ productId: shop.subscription, quantity: '1' }],
    });
    await agent.data(CANCEL, { input: { id: placed.id } });
    const { order: after } = await agent.data(`query ($id: ID!) { order(id: $id) { contracts { endsOn } } }`, {
      id: placed.id,
    });
    expect(after.contracts).toEqual([{ endsOn: dayThere() }]);
  });
});

describe('an ERP', () => {
  const sale = (lineId: string, more: Partial<MirroredOrder> = {}): MirroredOrder => ({
    externalId: '17',
    customerId: shop.stored.customer,
    status: 'CONFIRMED',
    currency: 'EUR',
    placedAt: '2026-10-01T00:00:00Z',
    net: '30',
    tax: '3',
    total: '33',
    lines: [
      {
        externalId: lineId,
        productId: shop.stored.subscription,
        description: 'Basket',
        quantity: '1',
        unitPrice: '30',
        discountPercent: '0',
        taxPercent: '10',
      },
    ],
    ...more,
  });

  test('that gives a line another id makes no second contract of it', async () => {
    await write(tx => mirrorOrders(tx, [sale('170', { updatedAt: '2026-10-02T10:00:00Z' })]));
    await write(tx => mirrorOrders(tx, [sale('171', { updatedAt: '2026-10-02T11:00:00Z' })]));
    const { rows } = await system('select id from contracts where organization_id = $1', [organization.id]);
    expect(rows).toHaveLength(1);
  });

  test('that does not say when it changed an order does not undo that it was called off here', async () => {
    const { order: placed } = await order(agent, {});
    const mirrored = () =>
      write(tx =>
        mirrorOrders(tx, [
          sale('1', { reference: placed.number, lines: [{ ...sale('1').lines[0]!, productId: shop.stored.bread }] }),
        ]),
      );
    await mirrored();
    await agent.data(CANCEL, { input: { id: placed.id } });
    await mirrored();
    expect((await agent.data(ORDER, { id: placed.id })).order.status).toBe('CANCELLED');
  });

  test('that takes a price book away which quotes were made by today ends it', async () => {
    await system(`update price_books set valid_from = current_date where organization_id = $1`, [organization.id]);
    await system(`update organizations set settings = settings || '{"timeZone": "UTC"}' where id = $1`, [
      organization.id,
    ]);
    await say(agent, 'createQuote', { customerId: shop.customer, lines: [{ productId: shop.bread }] });
    const { rows } = await system('select id from price_books where organization_id = $1', [organization.id]);
    await write(tx => endPriceBook(tx, rows[0].id));
    const after = await system(
      'select valid_until - current_date as days from price_books where organization_id = $1',
      [organization.id],
    );
    expect(after.rows).toEqual([{ days: 1 }]);
  });

  test('that sells by the kilogram has its products quoted in parts of one', async () => {
    const id = await write(tx =>
      createMirroredProduct(tx, {
        sku: 'FLOUR',
        name: 'Flour',
        description: null,
        kind: 'GOOD',
        unit: 'kg',
        taxPercent: '10',
        isActive: true,
      }),
    );
    const payload = await say(agent, 'createQuote', {
      customerId: shop.customer,
      lines: [{ productId: publicId('product', id), quantity: '1.5', unitPrice: euros('2') }],
    });
    expect(wrong(payload)).toEqual([]);
  });
});

describe('a quote', () => {
  test('leads to its price book and its order, and the opportunity to its orders', async () => {
    const { createOpportunity } = await agent.data(
      'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { opportunity { id } userErrors { message } } }',
      { input: { name: 'Bread', customerId: shop.customer } },
    );
    const { quote } = await say(agent, 'createQuote', {
      opportunityId: createOpportunity.opportunity.id,
      lines: [{ productId: shop.bread }],
    });
    const read = async () =>
      (
        await agent.data(
          `query ($id: ID!) { quote(id: $id) { priceBook { name } order { number }
             opportunity { orders(first: 5) { edges { node { number } } } } } }`,
          { id: quote.id },
        )
      ).quote;
    expect(await read()).toEqual({ priceBook: { name: 'All' }, order: null, opportunity: { orders: { edges: [] } } });
    const { order: placed } = await say(agent, 'acceptQuote', { id: quote.id });
    expect(await read()).toEqual({
      priceBook: { name: 'All' },
      order: { number: placed.number },
      opportunity: { orders: { edges: [{ node: { number: placed.number } }] } },
    });
  });

  test('is written, submitted and approved with others, each by itself', async () => {
    const batch = async (client: Client, name: string, items: object[], type = name) =>
      (
        await client.data(
          `mutation ($input: ${type[0]!.toUpperCase()}${type.slice(1)}Input!) { ${name}(input: $input) {
             results { index quote { id number status } userErrors { field code } } userErrors { field code } } }`,
          { input: { items } },
        )
      )[name];
    const lines = (discountPercent: string) => [{ productId: shop.bread, discountPercent }];
    const made = await batch(agent, 'createQuotes', [
      { customerId: shop.customer, lines: lines('5') },
      { customerId: shop.customer, lines: lines('105') },
      { customerId: shop.otherCustomer, lines: lines('20') },
    ]);
    expect(made.results.map(({ quote, userErrors }: any) => quote?.number.slice(-4) ?? userErrors)).toEqual([
      '0001',
      [{ field: 'lines.0.discountPercent', code: 'INVALID' }],
      '0002',
    ]);
    const [small, , large] = made.results.map(({ quote }: any) => quote);
    const submitted = await batch(agent, 'submitQuotes', [{ id: small.id }, { id: large.id }, { id: small.id }]);
    expect(submitted.results.map(({ quote, userErrors }: any) => quote?.status ?? userErrors[0].code)).toEqual([
      'APPROVED',
      'PENDING_APPROVAL',
      'NOT_ALLOWED',
    ]);
    const decided = await batch(
      owner,
      'approveQuotes',
      [{ id: large.id, version: 1 }, { id: large.id }],
      'decideQuotes',
    );
    expect(decided.results.map(({ quote, userErrors }: any) => quote?.status ?? userErrors[0].code)).toEqual([
      'CONFLICT',
      'APPROVED',
    ]);
    const many = await batch(
      agent,
      'createQuotes',
      Array.from({ length: 201 }, () => ({ customerId: shop.customer })),
    );
    expect(many.userErrors).toEqual([{ field: 'items', code: 'TOO_LONG' }]);
  });
});

test('what becomes of a contract is heard as it happens, also of one that no order made', async () => {
  const url = await listen(product);
  await toldSoFar(product);
  const listener = subscribe(
    url,
    owner.authorization,
    'subscription { contractChanged { contractId contract { status name } } }',
  );
  await eventually(() => product.app.hub.subscribers === 1);
  const { createContract } = await agent.data(
    'mutation ($input: CreateContractInput!) { createContract(input: $input) { contract { id } userErrors { message } } }',
    {
      input: { customerId: shop.customer, name: 'Oven', amount: euros('100'), billingPeriod: 'YEAR' },
    },
  );
  await listener.until(all => all.length === 1);
  const { order: placed } = await order(agent, { lines: [{ productId: shop.subscription, quantity: '1' }] });
  await listener.until(all => all.length === 2);
  await agent.data(CANCEL, { input: { id: placed.id } });
  await listener.until(all => all.length === 3);
  await listener.close();
  expect(listener.received.map((event: any) => event.contractChanged.contract)).toEqual([
    { status: 'ACTIVE', name: 'Oven' },
    { status: 'ACTIVE', name: 'Basket of the month' },
    { status: 'ENDED', name: 'Basket of the month' },
  ]);
  expect((listener.received[0] as any).contractChanged.contractId).toBe(createContract.contract.id);
});
