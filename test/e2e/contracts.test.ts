import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { renewContracts } from '../../src/modules/sales/index.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { bakery, CANCEL, CREATE } from '../support/orders.js';

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

const FIELDS = `id number name status version quantity amount { amount currency } billingPeriod startsOn termMonths renewals renewsOn endsOn
  noticeBy noticeDays renewsItself cancellationReason product { sku } order { number }
  renewalHistory { startsOn until renewedBy amount { amount } }`;
const ERRORS = 'userErrors { field code message }';

async function change(name: string, input: object): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const result = await agent.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { contract { ${FIELDS} } ${ERRORS} } }`,
    { input },
  );
  return result[name];
}
const make = (more: object = {}): Promise<Answer> =>
  change('createContract', {
    customerId: shop.customer,
    name: 'Oven maintenance',
    amount: { amount: '100', currency: 'EUR' },
    billingPeriod: 'YEAR',
    ...more,
  });
const read = async (id: string): Promise<Answer> =>
  (await agent.data(`query ($id: ID!) { contract(id: $id) { ${FIELDS} } }`, { id })).contract;
const errors = (payload: Answer) => payload.userErrors.map(({ field, code }: Answer) => [field, code]);

/** The day so many days from now, in UTC. */
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Days are those of UTC. */
const inUtc = () =>
  product.app.database.system.query(
    `update organizations set settings = settings || '{"timeZone": "UTC"}' where id = $1`,
    [organization.id],
  );

describe('a contract', () => {
  test('is made with its days of renewal and notice', async () => {
    const { contract, userErrors } = await make({ startsOn: '2999-01-31', termMonths: 1, noticeDays: 30 });
    expect(userErrors).toEqual([]);
    expect(contract).toMatchObject({
      number: `C-${new Date().getUTCFullYear()}-0001`,
      status: 'ACTIVE',
      version: 1,
      amount: { amount: '100.00', currency: 'EUR' },
      renewsOn: '2999-02-28',
      noticeBy: '2999-01-29',
      renewals: 0,
      renewsItself: true,
    });
    const updated = await change('updateContract', {
      id: contract.id,
      version: 1,
      termMonths: 3,
      noticeDays: 10,
      amount: { amount: '120', currency: 'EUR' },
    });
    expect(updated.contract).toMatchObject({ renewsOn: '2999-04-30', noticeBy: '2999-04-20', version: 2 });
    expect(errors(await change('updateContract', { id: contract.id, version: 1 }))).toEqual([['version', 'CONFLICT']]);
  });

  test('of a product has its name, billing period and price', async () => {
    const { contract } = await change('createContract', {
      customerId: shop.customer,
      productId: shop.subscription,
      quantity: '3',
    });
    expect(contract).toMatchObject({
      name: 'Basket of the month',
      billingPeriod: 'MONTH',
      amount: { amount: '90.00', currency: 'EUR' },
      product: { sku: 'BASKET' },
    });
  });

  test('says at once everything that is wrong', async () => {
    expect(
      errors(
        await make({
          customerId: 'customer_0',
          quantity: '-1',
          amount: { amount: '-1', currency: 'XXY' },
          termMonths: 0,
          noticeDays: -1,
          startsOn: '2026-01-01',
          endsOn: '2025-01-01',
          ownerId: shop.customer,
        }),
      ),
    ).toEqual([
      ['quantity', 'INVALID'],
      ['amount.amount', 'INVALID'],
      ['amount.currency', 'INVALID'],
      ['termMonths', 'INVALID'],
      ['noticeDays', 'INVALID'],
      ['endsOn', 'INVALID'],
      ['customerId', 'NOT_FOUND'],
      ['ownerId', 'NOT_FOUND'],
    ]);
    expect(errors(await change('createContract', { customerId: shop.customer, productId: shop.bread }))).toEqual([
      ['billingPeriod', 'REQUIRED'],
    ]);
  });

  test('sent twice by its id elsewhere is made once', async () => {
    const both = await Promise.all([make({ externalId: 'A-1' }), make({ externalId: 'A-1' })]);
    expect(both[0].contract.id).toBe(both[1].contract.id);
    expect(errors(await make({ externalId: 'A-1', customerId: shop.otherCustomer }))).toEqual([
      ['externalId', 'TAKEN'],
    ]);
  });
});

describe('renewal', () => {
  beforeEach(inUtc);

  test('happens by itself, term by term, at the end of short months, and once', async () => {
    const { contract } = await make({ startsOn: '2024-01-31', termMonths: 1 });
    // Two at the same moment, and one more.
    await Promise.all([renewContracts(product.app.database), renewContracts(product.app.database)]);
    await renewContracts(product.app.database);
    const renewed = await read(contract.id);
    const terms = [...renewed.renewalHistory].reverse();
    expect(terms.slice(0, 4).map(({ startsOn, until }: Answer) => [startsOn, until])).toEqual([
      ['2024-02-29', '2024-03-31'],
      ['2024-03-31', '2024-04-30'],
      ['2024-04-30', '2024-05-31'],
      ['2024-05-31', '2024-06-30'],
    ]);
    expect(renewed.renewals).toBe(terms.length);
    expect(renewed.renewsOn > inDays(0)).toBe(true);
    expect(terms.at(-1).startsOn <= inDays(0)).toBe(true);
    expect(terms.at(-1).until).toBe(renewed.renewsOn);
  });

  test('that died in the middle is done by the next run, with nothing twice', async () => {
    const { contract } = await make({ startsOn: inDays(-400), termMonths: 12 });
    const { system } = product.app.database;
    // What a process leaves that wrote the term down and died: nothing, for it is one transaction.
    const client = await system.connect();
    await client.query('begin');
    await client.query('update contracts set renewals = 1 where organization_id = $1', [organization.id]);
    await renewContracts(product.app.database);
    expect((await read(contract.id)).renewals).toBe(0);
    await client.query('rollback');
    client.release();
    await renewContracts(product.app.database);
    expect(await read(contract.id)).toMatchObject({
      renewals: 1,
      renewalHistory: [{ renewedBy: 'system:contracts:renew' }],
    });
  });

  test('does not happen to what does not renew itself: that ends', async () => {
    const { contract } = await make({ startsOn: inDays(-400), renewsItself: false });
    const fixed = await make({ startsOn: inDays(-10), endsOn: inDays(0) });
    expect(fixed.contract).toMatchObject({ status: 'ENDED', renewsOn: null });
    await renewContracts(product.app.database);
    expect(await read(contract.id)).toMatchObject({
      status: 'ENDED',
      renewsOn: null,
      endsOn: contract.renewsOn,
      renewalHistory: [],
    });
    expect(errors(await change('renewContract', { id: contract.id }))).toEqual([['id', 'NOT_ALLOWED']]);
    expect(errors(await change('updateContract', { id: contract.id, name: 'x' }))).toEqual([['id', 'NOT_ALLOWED']]);
  });

  test('by hand is for one term, also when it is asked for twice at once', async () => {
    const { contract } = await make({ startsOn: inDays(-300), renewsItself: false });
    const ask = () => change('renewContract', { id: contract.id, amount: { amount: '110', currency: 'EUR' } });
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
    expect(await read(contract.id)).toMatchObject({
      renewals: 1,
      amount: { amount: '110.00' },
      renewalHistory: [{ startsOn: contract.renewsOn, amount: { amount: '110.00' } }],
    });
    expect(
      errors(await change('renewContract', { id: contract.id, amount: { amount: '1', currency: 'USD' } })),
    ).toEqual([['id', 'NOT_ALLOWED']]);
  });

  test('is announced by a filter', async () => {
    await make({ name: 'Soon', startsOn: inDays(20 - 365 - 1), termMonths: 12, noticeDays: 15 });
    await make({ name: 'Later', startsOn: inDays(0), termMonths: 12 });
    const names = async (filter: object) =>
      (
        await agent.data(
          `query ($filter: ContractFilter) { contracts(first: 5, filter: $filter) { edges { node { name } } } }`,
          { filter },
        )
      ).contracts.edges.map(({ node }: Answer) => node.name);
    expect(await names({ renewsWithinDays: 30 })).toEqual(['Soon']);
    expect(await names({ renewsWithinDays: 10 })).toEqual([]);
    expect(await names({ noticeWithinDays: 10 })).toEqual(['Soon']);
  });
});

describe('notice', () => {
  beforeEach(inUtc);

  test('in time ends it with its term, and too late with the next one', async () => {
    const { contract } = await make({ startsOn: inDays(-200), noticeDays: 30 });
    const cancelled = await change('cancelContract', { id: contract.id, reason: 'moved away' });
    expect(cancelled.contract).toMatchObject({
      status: 'CANCELLED',
      endsOn: contract.renewsOn,
      renewsOn: null,
      cancellationReason: 'moved away',
    });
    expect(errors(await change('cancelContract', { id: contract.id }))).toEqual([['id', 'NOT_ALLOWED']]);

    const late = (await make({ startsOn: inDays(-350), noticeDays: 30 })).contract;
    const { contract: after } = await change('cancelContract', { id: late.id });
    expect(after.renewalHistory).toMatchObject([{ startsOn: late.renewsOn, until: after.endsOn }]);
    expect(after.endsOn > late.renewsOn).toBe(true);
  });

  test('to an agreed day ends it there', async () => {
    const { contract } = await make({ startsOn: inDays(-200) });
    expect((await change('cancelContract', { id: contract.id, endsOn: inDays(0) })).contract).toMatchObject({
      status: 'ENDED',
      endsOn: inDays(0),
    });
  });
});

describe('recurring revenue', () => {
  test('adds up what is paid by the month, the quarter and the year, a currency at a time', async () => {
    await make({ amount: { amount: '100', currency: 'EUR' }, billingPeriod: 'YEAR' });
    await make({ amount: { amount: '10', currency: 'EUR' }, billingPeriod: 'MONTH' });
    await make({ amount: { amount: '5', currency: 'EUR' }, billingPeriod: 'QUARTER' });
    await make({ amount: { amount: '1000', currency: 'CLP' }, billingPeriod: 'QUARTER' });
    await make({ startsOn: '2999-01-01' });
    const { recurringRevenue } = await agent.data(
      '{ recurringRevenue { currency contracts monthly { amount currency } yearly { amount } } }',
    );
    expect(recurringRevenue).toEqual([
      { currency: 'EUR', contracts: 3, monthly: { amount: '20.00', currency: 'EUR' }, yearly: { amount: '240.00' } },
      { currency: 'CLP', contracts: 1, monthly: { amount: '333', currency: 'CLP' }, yearly: { amount: '4000' } },
    ]);
  });
});

describe('an order with a subscription', () => {
  const order = async (more: object = {}): Promise<Answer> =>
    (
      await agent.data(CREATE, {
        input: {
          customerId: shop.customer,
          channel: 'STORE',
          lines: [
            { productId: shop.subscription, quantity: '2' },
            { productId: shop.bread, quantity: '1' },
          ],
          ...more,
        },
      })
    ).createOrder.order;
  const contracts = async (): Promise<Answer[]> =>
    (
      await agent.data(
        `query ($id: ID!) { customer(id: $id) { contracts(first: 5) { edges { node { ${FIELDS} } } } } }`,
        { id: shop.customer },
      )
    ).customer.contracts.edges.map(({ node }: Answer) => node);

  test('makes one contract, that ends with the order when it is called off', async () => {
    const twice = await Promise.all([order({ externalId: 'T-1' }), order({ externalId: 'T-1' })]);
    expect(await contracts()).toMatchObject([
      {
        name: 'Basket of the month',
        status: 'ACTIVE',
        quantity: '2',
        amount: { amount: '60.00', currency: 'EUR' },
        billingPeriod: 'MONTH',
        order: { number: twice[0].number },
        product: { sku: 'BASKET' },
      },
    ]);
    await agent.data(CANCEL, { input: { id: twice[0].id } });
    expect(await contracts()).toMatchObject([{ status: 'ENDED', renewsOn: null }]);
  });
});
