import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErpOptions } from '../../src/erp/sync.js';
import { placeOrder } from '../../src/modules/sales/orders/order.service.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type Bakery, fillErp, openBakery } from '../support/erps/bakery.js';
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

/** An order of ours, of the customer the ERP has or of one it does not know; answers its stored id. */
async function order(customerName?: string): Promise<string> {
  const customerId = customerName
    ? await newCustomer(customerName)
    : (await bakery.rows(`select id from customers where organization_id = $org and display_name = 'Hotel Sol'`))[0]![
        'id'
      ];
  const [bread] = await bakery.rows(`select id from products where organization_id = $org and sku = 'BREAD'`);
  const scope = { organizationId: bakery.organization.id, actor: 'system:test', requestId: newId() };
  const { orderId } = await app.app.database.write(scope, tx =>
    placeOrder(tx, {
      customerId,
      currency: 'EUR',
      channel: 'PHONE',
      lines: [{ productId: bread!['id'], description: 'Bread', quantity: '3', unitPrice: '2.50', taxPercent: '4' }],
    }),
  );
  return orderId;
}

async function newCustomer(displayName: string): Promise<string> {
  await bakery.owner.data(
    `mutation ($displayName: String!) { createCustomer(input: { displayName: $displayName, kind: COMPANY }) { userErrors { message } } }`,
    { displayName },
  );
  return (
    await bakery.rows(`select id from customers where organization_id = $org and display_name = '${displayName}'`)
  )[0]!['id'];
}

const sales = () => [...bakery.erp.tables.sales.values()].filter(row => row['ref']);
const writes = () =>
  bakery.rows(
    `select kind, state, is_doubtful, problem ->> 'code' as code from erp_writes where organization_id = $org order by kind`,
  );
const posts = () => bakery.erp.requests.filter(request => request.method === 'POST').map(request => request.path);
const due = () =>
  bakery.rows(`update erp_writes set next_at = now(), claimed_until = now() where organization_id = $org`);

test('an order of ours goes out once, after the customer it needs, and its state there comes back', async () => {
  const orderId = await order('Café Luna');
  await bakery.sync();
  await bakery.write();
  await bakery.write();
  expect(posts()).toEqual(['/partners', '/sales']);
  const [sent] = sales();
  expect(sent).toMatchObject({ total: '7.80', rows: [{ item: 'i1', qty: '3', price: '2.5', vat: '4' }] });
  const [kept] = await bakery.rows(`select number, erp_id, erp_number, status from orders where id = '${orderId}'`);
  expect(kept).toEqual({ number: sent!['ref'], erp_id: sent!['id'], erp_number: sent!['no'], status: 'PLACED' });
  bakery.erp.put('sales', { ...(sent as { id: string }), state: 'confirmed' });
  await bakery.sync();
  expect(await bakery.rows(`select status from orders where organization_id = $org and id = '${orderId}'`)).toEqual([
    { status: 'CONFIRMED' },
  ]);
  expect(await bakery.rows('select count(*)::int as n from orders where organization_id = $org')).toEqual([{ n: 2 }]);
  const { node } = await bakery.owner.data(
    `query ($id: ID!) { node(id: $id) { ... on Order { erp { state externalId number problem { code } connection { name } } } } }`,
    { id: bakery.organization.publicId('order', orderId) },
  );
  expect(node.erp).toEqual({
    state: 'SENT',
    externalId: sent!['id'],
    number: sent!['no'],
    problem: null,
    connection: { name: 'Practice' },
  });
});

describe('an order whose answer was lost', () => {
  test('is looked for before it goes out again, and is there once', async () => {
    await order();
    await bakery.sync();
    bakery.erp.misbehave('lostAnswer');
    await bakery.write();
    expect(await writes()).toEqual([{ kind: 'ORDER', state: 'QUEUED', is_doubtful: true, code: 'UNREACHABLE' }]);
    bakery.erp.misbehave('no');
    await due();
    await bakery.write();
    expect(posts()).toEqual(['/sales']);
    expect(await writes()).toEqual([{ kind: 'ORDER', state: 'SENT', is_doubtful: false, code: null }]);
  });

  test('by a process that died is looked for by the next one', async () => {
    await order();
    await bakery.sync();
    const database = { write: (...args: Parameters<typeof app.app.database.write>) => app.app.database.write(...args) };
    let out = false;
    const outbound = {
      ...options.outbound,
      request: async (url: string, init: { method?: string } = {}) => {
        const answer = await options.outbound.request(url, init as never);
        if (init.method === 'POST') out = true;
        return answer;
      },
    };
    // The answer comes, and the process dies before it is written down.
    const dying = new Proxy(database, {
      get: (_target, name) =>
        name === 'write'
          ? (...args: [never, never]) => (out ? Promise.reject(new Error('killed')) : app.app.database.write(...args))
          : undefined,
    });
    await expect(bakery.write({ outbound, database: dying } as unknown as Partial<ErpOptions>)).rejects.toThrow(
      'killed',
    );
    expect((await writes())[0]).toMatchObject({ state: 'SENDING' });
    await due();
    await bakery.write();
    expect(posts()).toEqual(['/sales']);
    expect((await writes())[0]).toMatchObject({ state: 'SENT' });
  });

  test('is recognised by our number when the ERP tells of it first', async () => {
    const orderId = await order();
    await bakery.sync();
    bakery.erp.misbehave('lostAnswer');
    await bakery.write();
    bakery.erp.misbehave('no');
    await bakery.sync();
    expect(await bakery.rows(`select erp_id is not null as there from orders where id = '${orderId}'`)).toEqual([
      { there: true },
    ]);
    await due();
    await bakery.write();
    expect(posts()).toEqual(['/sales']);
    expect((await writes())[0]).toMatchObject({ state: 'SENT' });
  });
});

test('two processes that write at once send an order once', async () => {
  await order();
  await bakery.sync();
  await Promise.all([bakery.write(), bakery.write(), bakery.write()]);
  expect(posts()).toEqual(['/sales']);
});

test('what the ERP refuses is shown with the reason, and goes out when somebody has mended it', async () => {
  const orderId = await order('Refused');
  await bakery.sync();
  await bakery.write();
  await due();
  await bakery.write();
  expect(await writes()).toEqual([
    { kind: 'CUSTOMER', state: 'FAILED', is_doubtful: false, code: 'REFUSED' },
    { kind: 'ORDER', state: 'FAILED', is_doubtful: false, code: 'REFUSED' },
  ]);
  await bakery.rows(
    `update customers set display_name = 'Mended' where organization_id = $org and display_name = 'Refused'`,
  );
  const { erpWrites } = await bakery.owner.data(
    `{ erpWrites(filter: { state: { eq: FAILED } }) { edges { node { id kind problem { message remedy } } } } }`,
  );
  const [{ node }] = erpWrites.edges;
  expect(node.problem.message).toContain('we do not sell to them');
  const { retryErpWrites } = await bakery.owner.data(
    `mutation ($ids: [ID!]!) { retryErpWrites(input: { writeIds: $ids }) { results { write { state } userErrors { code } } } }`,
    {
      ids: [...erpWrites.edges.map((edge: { node: { id: string } }) => edge.node.id), 'erp_write_nonsense'],
    },
  );
  expect(
    retryErpWrites.results.map(
      (one: { write: unknown; userErrors: { code: string }[] }) => one.userErrors[0]?.code ?? one.write,
    ),
  ).toEqual([{ state: 'QUEUED' }, { state: 'QUEUED' }, 'NOT_FOUND']);
  await bakery.write();
  await due();
  await bakery.write();
  expect(await bakery.rows(`select erp_id is not null as there from orders where id = '${orderId}'`)).toEqual([
    { there: true },
  ]);
});

test('an ERP that is down is tried again later, and the order waits', async () => {
  await order();
  await bakery.sync();
  bakery.erp.misbehave('limited');
  await bakery.write();
  expect(
    await bakery.rows(
      `select state, problem ->> 'code' as code, next_at > now() + interval '5 seconds' as later from erp_writes where organization_id = $org`,
    ),
  ).toEqual([{ state: 'QUEUED', code: 'RATE_LIMITED', later: true }]);
});

describe('a customer that both sides know', () => {
  const change = (displayName: string) =>
    bakery.rows(`select id from customers where organization_id = $org`).then(([row]) =>
      bakery.owner.data(
        `mutation ($id: ID!, $name: String!) { updateCustomer(input: { id: $id, displayName: $name }) { userErrors { message } } }`,
        {
          id: bakery.organization.publicId('customer', row!['id']),
          name: displayName,
        },
      ),
    );
  const names = async () => [
    (await bakery.rows('select display_name from customers where organization_id = $org'))[0]!['display_name'],
    bakery.erp.tables.partners.get('c1')!['name'],
  ];

  test('is changed there when it is changed here, and once', async () => {
    await change('Hotel Sol y Mar');
    await bakery.sync();
    await bakery.write();
    await bakery.sync();
    await bakery.write();
    expect(await names()).toEqual(['Hotel Sol y Mar', 'Hotel Sol y Mar']);
    expect(bakery.erp.requests.filter(request => request.method === 'PUT')).toHaveLength(1);
  });

  test('and that both changed is asked about; the decision holds on both sides, and is made once', async () => {
    await change('Ours');
    bakery.erp.put('partners', { id: 'c1', name: 'Theirs' });
    await bakery.sync();
    await bakery.write();
    expect(await names()).toEqual(['Ours', 'Theirs']);
    const { erpConflicts } = await bakery.owner.data(
      `{ erpConflicts { edges { node { id field ours theirs base state } } } }`,
    );
    const [{ node }] = erpConflicts.edges;
    expect(node).toMatchObject({ field: 'name', ours: 'Ours', theirs: 'Theirs', base: 'Hotel Sol', state: 'OPEN' });
    const decide = `mutation ($items: [ResolveErpConflictItem!]!) { resolveErpConflicts(input: { items: $items }) { results { conflict { state resolution } userErrors { code } } } }`;
    const items = [
      { id: node.id, resolution: 'VALUE', value: 'Agreed' },
      { id: node.id, resolution: 'OURS' },
    ];
    const { resolveErpConflicts } = await bakery.owner.data(decide, { items });
    expect(resolveErpConflicts.results).toEqual([
      { conflict: { state: 'RESOLVED', resolution: 'VALUE' }, userErrors: [] },
      { conflict: null, userErrors: [{ code: 'CONFLICT' }] },
    ]);
    await bakery.write();
    await bakery.sync();
    expect(await names()).toEqual(['Agreed', 'Agreed']);
    expect(await bakery.rows(`select 1 from erp_conflicts where organization_id = $org and state = 'OPEN'`)).toEqual(
      [],
    );
  });

  test('follows the rule of the field where there is one', async () => {
    const { setErpFieldRules } = await bakery.owner.data(
      `mutation ($id: ID!) { setErpFieldRules(input: { id: $id, rules: [{ kind: CUSTOMER, field: "name", rule: THEIRS }] }) { connection { fieldRules { kind field rule } } userErrors { message } } }`,
      { id: bakery.connection },
    );
    expect(setErpFieldRules.connection.fieldRules).toEqual([{ kind: 'CUSTOMER', field: 'name', rule: 'THEIRS' }]);
    await change('Ours');
    bakery.erp.put('partners', { id: 'c1', name: 'Theirs' });
    await bakery.sync();
    expect(await names()).toEqual(['Theirs', 'Theirs']);
  });

  test('is not written over where somebody must still decide', async () => {
    await change('Ours');
    bakery.erp.put('partners', { id: 'c1', name: 'Theirs' });
    await bakery.sync();
    await bakery.rows(`update customers set language = 'es' where organization_id = $org`);
    await change('Ours again');
    await bakery.sync();
    await bakery.write();
    expect((await names())[1]).toBe('Theirs');
  });

  test('and is erased here is not brought back by the ERP', async () => {
    const [row] = await bakery.rows('select id from customers where organization_id = $org');
    const { eraseCustomer } = await bakery.owner.data(
      `mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { message } } }`,
      {
        id: bakery.organization.publicId('customer', row!['id']),
      },
    );
    expect(eraseCustomer.userErrors).toEqual([]);
    bakery.erp.put('partners', { id: 'c1', name: 'Still there' });
    await bakery.sync();
    expect(await bakery.rows('select 1 from customers where organization_id = $org and erased_at is null')).toEqual([]);
    expect(await bakery.rows(`select base from erp_links where organization_id = $org and kind = 'CUSTOMER'`)).toEqual([
      { base: {} },
    ]);
  });
});

test('a dry run says what would come of it, and writes nothing', async () => {
  const tables = [
    'products',
    'customers',
    'orders',
    'erp_links',
    'erp_conflicts',
    'erp_waiting',
    'erp_writes',
    'erp_cursors',
    'erp_runs',
    'events',
    'number_series',
    'audit_entries',
  ];
  const everything = () =>
    Promise.all(
      tables.map(async table =>
        bakery.rows(
          `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as all from ${table} t where organization_id = $org`,
        ),
      ),
    );
  bakery.erp.put('items', { id: 'i9', code: 'PIE', title: 'Pie' });
  bakery.erp.put('items', { id: 'i1', title: 'Loaf' });
  bakery.erp.put('sales', { id: 's7', partner: 'nobody', at: '2026-11-01T09:00:00Z', rows: [] });
  await order();
  const before = await everything();
  const { dryRunErp } = await bakery.owner.data(
    `mutation ($id: ID!) { dryRunErp(input: { id: $id }) { items { kind externalId label effect fields problem } outgoing isPartial problem userErrors { message } } }`,
    { id: bakery.connection },
  );
  expect(dryRunErp).toMatchObject({ outgoing: 1, isPartial: false, problem: null, userErrors: [] });
  expect(dryRunErp.items).toEqual([
    expect.objectContaining({ externalId: 'i9', effect: 'CREATED', label: 'Pie' }),
    expect.objectContaining({ externalId: 'i1', effect: 'CHANGED', fields: ['name'] }),
    expect.objectContaining({ externalId: 's7', effect: 'WAITING' }),
  ]);
  expect(await everything()).toEqual(before);
});

test('secrets are shown to nobody, and a paused connection does nothing', async () => {
  const { erpConnections } = await bakery.owner.data(
    `{ erpConnections { id settings state kinds { kind linkedCount } reads writes queuedWrites } }`,
  );
  expect(JSON.stringify(erpConnections)).not.toContain('let-me-in');
  expect(
    await bakery.rows(`select 1 from audit_entries where organization_id = $org and (after::text like '%let-me-in%')`),
  ).toEqual([]);
  await bakery.owner.data(`mutation ($id: ID!) { pauseErp(input: { id: $id }) { connection { state } } }`, {
    id: bakery.connection,
  });
  const asked = bakery.erp.requests.length;
  await bakery.sync();
  await bakery.write();
  expect(bakery.erp.requests).toHaveLength(asked);
  const { syncErpNow } = await bakery.owner.data(
    `mutation ($id: ID!) { syncErpNow(input: { id: $id }) { userErrors { code } } }`,
    { id: bakery.connection },
  );
  expect(syncErpNow.userErrors).toEqual([{ code: 'NOT_ALLOWED' }]);
  const agent = await bakery.organization.as('AGENT');
  const refused = await agent.send(`query ($id: ID!) { node(id: $id) { id } erpConnections { id } }`, {
    id: bakery.connection,
  });
  expect(refused.errors).toBeDefined();
  const { node } = await agent.data(`query ($id: ID!) { node(id: $id) { id } }`, { id: bakery.connection });
  expect(node).toBeNull();
});

test('an ERP that does not let us in is not kept', async () => {
  const { connectErp } = await bakery.owner.data(
    `mutation ($input: ConnectErpInput!) { connectErp(input: $input) { connection { id } userErrors { field code message } } }`,
    { input: { adapter: 'mapped', name: 'Other', settings: [{ name: 'mapping', value: 'version: 2' }], secrets: [] } },
  );
  expect(connectErp.connection).toBeNull();
  expect(connectErp.userErrors.length).toBeGreaterThan(0);
  expect(connectErp.userErrors[0]).toMatchObject({ field: 'settings.mapping', code: 'INVALID' });
});
