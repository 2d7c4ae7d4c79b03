import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErpOptions } from '../../src/erp/sync.js';
import { placeOrder } from '../../src/modules/sales/orders/order.service.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type Bakery, fillErp, openBakery, sale } from '../support/erps/bakery.js';
import { PRACTICE_MAPPING } from '../support/erps/practice-erp.js';
import { erpOptions } from '../support/erps/syncing.js';

let app: TestApp;
let options: ErpOptions;
let bakery: Bakery;

beforeAll(async () => {
  app = await openTestApp({
    WORKER: 'off',
    ALLOW_PRIVATE_ADDRESSES: 'true',
    CREDENTIALS_KEY: Buffer.alloc(32, 7).toString('base64'),
  });
  options = erpOptions(app);
});
afterAll(async () => {
  await options.outbound.close();
  await app.close();
});
beforeEach(async () => {
  bakery = await openBakery(app, options);
  fillErp(bakery.erp);
  await bakery.sync();
});
afterEach(() => bakery.close());

const only = async (sql: string) => (await bakery.rows(sql))[0]!;

/** Answers its stored id. */
async function orderOf(customerId: string): Promise<string> {
  const scope = { organizationId: bakery.organization.id, actor: 'system:test', requestId: newId() };
  const { orderId } = await app.app.database.write(scope, tx =>
    placeOrder(tx, {
      customerId,
      currency: 'EUR',
      channel: 'PHONE',
      lines: [{ description: 'Bread', quantity: '3', unitPrice: '2.50', taxPercent: '4' }],
    }),
  );
  return orderId;
}
const order = async () => orderOf((await only('select id from customers where organization_id = $org'))['id']);
const posts = () => bakery.erp.requests.filter(({ method }) => method === 'POST').map(({ path }) => path);
const hurry = () => bakery.rows('update erp_writes set next_at = now() where organization_id = $org');

/** The engine's way out, with something done at the moment at which a request to `path` goes out, once. */
function meanwhile(path: string, work: () => Promise<unknown>): Partial<ErpOptions> {
  let isDone = false;
  const request = async (url: string, init: { method?: string } = {}) => {
    if (!isDone && init.method === 'POST' && url.endsWith(path)) {
      isDone = true;
      await work();
    }
    return options.outbound.request(url, init as never);
  };
  return { outbound: { ...options.outbound, request } } as unknown as Partial<ErpOptions>;
}

test('a customer that two orders need is made once, though another process writes while it is being sent', async () => {
  await bakery.owner.data(
    `mutation { createCustomer(input: { displayName: "Café Luna", kind: COMPANY }) { userErrors { message } } }`,
  );
  const { id } = await only(`select id from customers where organization_id = $org and display_name = 'Café Luna'`);
  await orderOf(id);
  await orderOf(id);
  await bakery.sync();
  const other = async () => {
    await hurry();
    await bakery.write();
  };
  await bakery.write(meanwhile('/partners', other));
  await hurry();
  await bakery.write();
  expect(posts().filter(path => path === '/partners')).toHaveLength(1);
  expect(posts().filter(path => path === '/sales')).toHaveLength(2);
});

test('what waits for one record is kept at once when that comes, however much it is', async () => {
  for (let at = 0; at < 7; at++) bakery.erp.put('sales', sale(`late-${at}`, 'c9'));
  await bakery.sync({ batch: 2 });
  bakery.erp.put('partners', { id: 'c9', name: 'Café Luna', company: true });
  await bakery.sync({ batch: 2 });
  expect(await only('select count(*)::int as n from erp_waiting where organization_id = $org')).toEqual({ n: 0 });
});

test('an ERP that tells one page for ever is left, and says so', async () => {
  const mapping = PRACTICE_MAPPING(bakery.erp.origin).replaceAll('parameter: page', 'parameter: seite');
  await bakery.rows(
    `update erp_connections set settings = jsonb_build_object('mapping', $m$${mapping}$m$) where organization_id = $org`,
  );
  await bakery.rows('delete from erp_cursors where organization_id = $org');
  await bakery.sync();
  expect(await only(`select problem ->> 'code' as code from erp_states where organization_id = $org`)).toEqual({
    code: 'BROKEN',
  });
});

test('a dry run tells of other kinds when one fails, as a reading brings them', async () => {
  bakery.erp.put('partners', { id: 'c5', name: 'Café Luna', company: true });
  bakery.erp.breakTable('stock');
  const { dryRunErp } = await bakery.owner.data(
    `mutation ($id: ID!) { dryRunErp(input: { id: $id }) { items { kind externalId effect } isPartial problem } }`,
    { id: bakery.connection },
  );
  expect(dryRunErp).toEqual({
    items: [{ kind: 'CUSTOMER', externalId: 'c5', effect: 'CREATED' }],
    isPartial: true,
    problem: expect.any(String),
  });
});

describe('an order that was sent and is called off here', () => {
  let orderId: string;
  beforeEach(async () => {
    orderId = await order();
    await bakery.sync();
    await bakery.write();
    await bakery.sync();
  });
  const cancel = async () => {
    const { cancelOrder } = await bakery.owner.data(
      `mutation ($id: ID!) { cancelOrder(input: { id: $id }) { userErrors { message } } }`,
      { id: bakery.organization.publicId('order', orderId) },
    );
    expect(cancelOrder.userErrors).toEqual([]);
  };
  const state = async () => (await only(`select status from orders where id = '${orderId}'`))['status'];
  const there = () => [...bakery.erp.tables.sales.values()].find(row => row['ref'])!;
  const conflicts = () =>
    bakery.rows(
      `select id, kind, field, ours, theirs from erp_conflicts where organization_id = $org and state = 'OPEN'`,
    );

  test('is called off in the ERP, once', async () => {
    await cancel();
    await bakery.sync();
    await bakery.write();
    await bakery.sync();
    await bakery.write();
    expect(there()).toMatchObject({ state: 'void' });
    expect(bakery.erp.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
    expect([await state(), await conflicts()]).toEqual(['CANCELLED', []]);
  });

  test('and goes on in the ERP meanwhile stays called off, until the ERP knows', async () => {
    await cancel();
    bakery.erp.put('sales', { ...(there() as { id: string }), state: 'confirmed' }, '2027-01-01T00:00:00Z');
    await bakery.sync();
    expect(await state()).toBe('CANCELLED');
  });

  test('is asked about where the ERP refuses, and the answer holds', async () => {
    const mapping = PRACTICE_MAPPING(bakery.erp.origin).replace(/\n *update: .*sales.*/, '');
    await bakery.rows(
      `update erp_connections set settings = jsonb_build_object('mapping', $m$${mapping}$m$) where organization_id = $org`,
    );
    await cancel();
    await bakery.sync();
    await bakery.write();
    const [conflict] = await conflicts();
    expect(conflict).toMatchObject({ kind: 'ORDER', field: 'status', ours: 'CANCELLED', theirs: 'PLACED' });
    const { resolveErpConflict } = await bakery.owner.data(
      `mutation ($id: ID!) { resolveErpConflict(input: { id: $id, resolution: THEIRS }) { userErrors { message } } }`,
      { id: bakery.organization.publicId('erp_conflict', conflict!['id']) },
    );
    expect(resolveErpConflict.userErrors).toEqual([]);
    expect(await state()).toBe('PLACED');
    await bakery.sync();
    await bakery.write();
    expect([await state(), await conflicts()]).toEqual(['PLACED', []]);
  });
});

test('what was changed here after a question was asked is not thrown away by who has not seen it', async () => {
  const { id } = await only('select id from customers where organization_id = $org');
  const rename = (name: string) =>
    bakery.owner.data(
      `mutation ($id: ID!, $name: String!) { updateCustomer(input: { id: $id, displayName: $name }) { userErrors { message } } }`,
      { id: bakery.organization.publicId('customer', id), name },
    );
  const conflict = () => only(`select id, ours, state from erp_conflicts where organization_id = $org`);
  await rename('Hotel Sol y Mar');
  bakery.erp.put('partners', { id: 'c1', name: 'Hotel Sol SL' });
  await bakery.sync();
  await rename('Hotel Sol y Playa');
  const decide = async () =>
    (
      await bakery.owner.data(
        `mutation ($id: ID!) { resolveErpConflict(input: { id: $id, resolution: THEIRS }) { userErrors { code } } }`,
        { id: bakery.organization.publicId('erp_conflict', (await conflict())['id']) },
      )
    ).resolveErpConflict.userErrors;
  expect(await decide()).toEqual([{ code: 'CONFLICT' }]);
  await bakery.sync();
  expect(await conflict()).toMatchObject({ ours: 'Hotel Sol y Playa', state: 'OPEN' });
  expect(await decide()).toEqual([]);
  expect(await only(`select display_name as name from customers where id = '${id}'`)).toEqual({ name: 'Hotel Sol SL' });
});
