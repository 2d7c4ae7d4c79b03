import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ErpOptions } from '../../src/erp/sync.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type Bakery, fillErp, openBakery, sale } from '../support/erps/bakery.js';
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
});
afterEach(() => bakery.close());

const waiting = () =>
  bakery.rows(
    'select kind, external_id, missing_kind, missing_id, problem from erp_waiting where organization_id = $org order by 1, 2',
  );
const problem = async () =>
  (await bakery.rows('select problem from erp_states where organization_id = $org'))[0]!['problem'];
const count = async (table: string) =>
  (await bakery.rows(`select count(*)::int as n from ${table} where organization_id = $org`))[0]!['n'];

/** Everything that was brought, without what says when. */
const brought = () =>
  bakery.rows(`select (select jsonb_agg(to_jsonb(p) - 'id' - 'created_at' - 'updated_at' - 'stock_at' order by sku) from products p where organization_id = $org) as products,
    (select jsonb_agg(to_jsonb(c) - 'created_at' - 'updated_at' order by display_name) from customers c where organization_id = $org) as customers,
    (select jsonb_agg(to_jsonb(o) - 'created_at' - 'updated_at' - 'erp_updated_at' order by erp_id) from orders o where organization_id = $org) as orders,
    (select jsonb_agg(to_jsonb(l) order by erp_id, position) from order_lines l join orders o on o.id = l.order_id where l.organization_id = $org) as lines,
    (select jsonb_agg(to_jsonb(i) - 'created_at' - 'updated_at' - 'erp_updated_at' order by external_id) from invoices i where organization_id = $org) as invoices,
    (select count(*) from events where organization_id = $org and type <> 'erp.changed') as events`);

test('everything of an ERP is read, each naming what was read before it', async () => {
  fillErp(bakery.erp);
  await bakery.sync();
  expect(await problem()).toBeNull();
  expect(await waiting()).toEqual([]);
  expect(await bakery.rows('select sku, stock::text from products where organization_id = $org order by sku')).toEqual([
    { sku: 'BREAD', stock: '40.0000' },
    { sku: 'CAKE', stock: null },
    { sku: 'ROLL', stock: null },
  ]);
  expect(await count('price_book_entries')).toBe(3);
  expect(await bakery.rows('select display_name, kind from customers where organization_id = $org')).toEqual([
    { display_name: 'Hotel Sol', kind: 'COMPANY' },
  ]);
  expect(await bakery.rows('select erp_number, status, total::text from orders where organization_id = $org')).toEqual([
    { erp_number: 'SO-s1', status: 'PARTIALLY_DELIVERED', total: '26.0000' },
  ]);
  expect(
    await bakery.rows(
      `select i.number, i.status, o.erp_id, p.amount::text from invoices i join orders o on o.id = i.order_id
         join payments p on p.invoice_id = i.id where i.organization_id = $org`,
    ),
  ).toEqual([{ number: 'F-1', status: 'POSTED', erp_id: 's1', amount: '26.0000' }]);
  const [run] = await bakery.rows('select counts, state from erp_runs where organization_id = $org');
  expect(run).toMatchObject({ state: 'DONE', counts: { PRODUCT: { read: 3, created: 3 }, ORDER: { created: 1 } } });
});

test('what is told again, also by everything being read from the beginning, changes nothing and tells of nothing', async () => {
  fillErp(bakery.erp);
  await bakery.sync();
  const before = await brought();
  await bakery.sync();
  const { replayErp } = await bakery.owner.data(
    `mutation ($id: ID!) { replayErp(input: { id: $id }) { connection { kinds { kind replaying } } userErrors { message } } }`,
    { id: bakery.connection },
  );
  expect(replayErp.userErrors).toEqual([]);
  expect(replayErp.connection.kinds.every((kind: { replaying: boolean }) => kind.replaying)).toBe(true);
  await bakery.sync();
  expect(await brought()).toEqual(before);
  expect(
    await bakery.rows('select bool_or(is_replay) as replaying from erp_cursors where organization_id = $org'),
  ).toEqual([{ replaying: false }]);
});

test('a word that was overtaken by a later one does not undo it', async () => {
  fillErp(bakery.erp);
  await bakery.sync();
  bakery.erp.put('items', { id: 'i1', code: 'BREAD', title: 'Brown bread' }, '2026-11-20T10:00:00.000Z');
  await bakery.sync();
  bakery.erp.put('items', { id: 'i1', title: 'Old bread' }, '2026-11-10T10:00:00.000Z');
  await bakery.owner.data(`mutation ($id: ID!) { replayErp(input: { id: $id }) { userErrors { message } } }`, {
    id: bakery.connection,
  });
  await bakery.sync();
  expect(await bakery.rows(`select name from products where organization_id = $org and sku = 'BREAD'`)).toEqual([
    { name: 'Brown bread' },
  ]);
});

test('a reading that dies between two parts goes on behind the last one that was kept', async () => {
  fillErp(bakery.erp);
  let asked = 0;
  const outbound = {
    ...options.outbound,
    request: (url: string, init?: object) => {
      asked++;
      if (asked === 2) throw new Error('killed');
      return options.outbound.request(url, init);
    },
  };
  await bakery.sync({ outbound } as Partial<ErpOptions>);
  expect(await count('products')).toBe(2);
  expect(await problem()).toMatchObject({ code: 'BROKEN' });
  await bakery.rows(`update erp_states set problem = null where organization_id = $org`);
  const from = bakery.erp.requests.length;
  await bakery.sync();
  expect(bakery.erp.requests[from]!.query.get('page')).toBe('2');
  expect([await count('products'), await count('orders'), await waiting()]).toEqual([3, 1, []]);
});

test('two processes at once: one reads, the other leaves it to it, and everything is there once', async () => {
  fillErp(bakery.erp);
  await Promise.all([bakery.sync(), bakery.sync(), bakery.sync()]);
  expect([await count('products'), await count('customers'), await count('orders')]).toEqual([3, 1, 1]);
  expect(await count('erp_runs')).toBe(1);
});

test('who lost the word about a connection writes nothing more', async () => {
  fillErp(bakery.erp);
  let first = true;
  const outbound = {
    ...options.outbound,
    request: async (url: string, init?: object) => {
      if (first) {
        first = false;
        // It took so long that another process believes it dead, and has read everything meanwhile.
        await bakery.rows(
          `update erp_states set leased_until = now() - interval '1 second' where organization_id = $org`,
        );
        await bakery.sync();
        await bakery.rows(
          `update erp_states set lease = gen_random_uuid(), leased_until = now() + interval '1 minute' where organization_id = $org`,
        );
      }
      return options.outbound.request(url, init);
    },
  };
  await bakery.sync({ outbound } as Partial<ErpOptions>);
  expect([await count('products'), await count('customers'), await count('orders')]).toEqual([3, 1, 1]);
});

describe('what names something that is not there', () => {
  test('is fetched by its id where the ERP can be asked', async () => {
    fillErp(bakery.erp);
    await bakery.sync();
    // Told long ago, as the ERP says: it is not among the changes.
    bakery.erp.put('partners', { id: 'c9', name: 'Café Luna', company: true }, '2020-01-01T00:00:00.000Z');
    bakery.erp.put('sales', sale('s9', 'c9'));
    await bakery.sync();
    expect(await waiting()).toEqual([]);
    expect(
      await bakery.rows(
        `select c.display_name from orders o join customers c on c.id = o.customer_id where o.organization_id = $org and o.erp_id = 's9'`,
      ),
    ).toEqual([{ display_name: 'Café Luna' }]);
  });

  test('waits until it comes, and is then kept', async () => {
    fillErp(bakery.erp);
    bakery.erp.put('sales', sale('s9', 'c9'));
    await bakery.sync();
    expect(await waiting()).toEqual([
      { kind: 'ORDER', external_id: 's9', missing_kind: 'CUSTOMER', missing_id: 'c9', problem: null },
    ]);
    bakery.erp.put('partners', { id: 'c9', name: 'Café Luna', company: true });
    await bakery.sync();
    expect(await waiting()).toEqual([]);
    expect(await count('orders')).toBe(2);
  });
});

test('a record that is not as it must be is shown with the reason, and keeps no other from being read', async () => {
  fillErp(bakery.erp);
  bakery.erp.put('items', { id: 'i4', code: '', title: 'Nameless' });
  bakery.erp.put('partners', { id: 'c2', name: 'Long', company: true, mail: 'not an address', tel: '1' });
  await bakery.sync();
  expect(await waiting()).toEqual([
    {
      kind: 'PRODUCT',
      external_id: 'i4',
      missing_kind: null,
      missing_id: null,
      problem: expect.stringContaining('sku'),
    },
  ]);
  expect([await count('products'), await count('customers'), await count('orders')]).toEqual([3, 2, 1]);
});

describe('an ERP that', () => {
  test('fails for one kind still brings the others, and the kind says why', async () => {
    fillErp(bakery.erp);
    bakery.erp.breakTable('stock');
    await bakery.sync();
    expect(await count('orders')).toBe(1);
    const { erpConnection } = await bakery.owner.data(
      `query ($id: ID!) { erpConnection(id: $id) { problem { code message remedy } kinds { kind problem { code } } } }`,
      { id: bakery.connection },
    );
    expect(erpConnection.problem).toMatchObject({ code: 'REFUSED', remedy: expect.any(String) });
    expect(erpConnection.kinds.find((kind: { kind: string }) => kind.kind === 'STOCK').problem.code).toBe('REFUSED');
    bakery.erp.breakTable(null);
    await bakery.sync();
    expect(await problem()).toBeNull();
  });

  test('does not answer is given up, shown as such, and left alone for a while', async () => {
    const outbound = { ...options.outbound, request: () => new Promise(() => {}) };
    await bakery.sync({ outbound, answerMs: 50 } as unknown as Partial<ErpOptions>);
    const [state] = await bakery.rows(
      `select problem ->> 'code' as code, failures, next_sync_at > now() as later, lease from erp_states where organization_id = $org`,
    );
    expect(state).toEqual({ code: 'UNREACHABLE', failures: 1, later: true, lease: null });
  });

  test('no longer lets us in says so until it gets new secrets', async () => {
    bakery.erp.setToken('changed');
    await bakery.sync();
    expect(await problem()).toMatchObject({ code: 'UNAUTHORIZED' });
    const { updateErpConnection } = await bakery.owner.data(
      `mutation ($id: ID!) { updateErpConnection(input: { id: $id, secrets: [{ name: "token", value: "changed" }] }) { connection { problem { code } } userErrors { message } } }`,
      { id: bakery.connection },
    );
    expect(updateErpConnection).toEqual({ connection: { problem: null }, userErrors: [] });
    await bakery.sync();
    expect(await problem()).toBeNull();
  });
});

test('a customer is known again by the address of one customer, and never by that of two', async () => {
  const { createCustomers } = await bakery.owner.data(
    `mutation { createCustomers(input: { items: [
       { displayName: "Sol", kind: COMPANY, contactPoints: [{ kind: EMAIL, value: "compras@hotelsol.example" }] },
       { displayName: "Twin A", contactPoints: [{ kind: EMAIL, value: "twin@example.com" }] },
       { displayName: "Twin B", contactPoints: [{ kind: EMAIL, value: "twin@example.com" }] }] }) { results { customer { id } } } }`,
  );
  expect(createCustomers.results).toHaveLength(3);
  fillErp(bakery.erp);
  bakery.erp.put('partners', { id: 'c2', name: 'Twin', mail: 'twin@example.com' });
  await bakery.sync();
  expect(await bakery.rows(`select display_name from customers where organization_id = $org order by 1`)).toEqual(
    ['Sol', 'Twin', 'Twin A', 'Twin B'].map(display_name => ({ display_name })),
  );
  // They are one, but are called differently: somebody must say how.
  expect(
    await bakery.rows(`select field, ours, theirs from erp_conflicts where organization_id = $org and state = 'OPEN'`),
  ).toEqual([{ field: 'name', ours: 'Sol', theirs: 'Hotel Sol' }]);
});

test('a price book that has no place beside one of ours is asked about', async () => {
  await bakery.rows(
    `insert into price_books (organization_id, id, name, currency, valid_from) values ($org, gen_random_uuid(), 'Ours', 'EUR', '2026-01-01')`,
  );
  fillErp(bakery.erp);
  await bakery.sync();
  const { erpConflicts } = await bakery.owner.data(
    `{ erpConflicts(filter: { state: { eq: OPEN } }) { edges { node { id kind field ours label } } } }`,
  );
  expect(erpConflicts.edges.map(({ node }: { node: object }) => node)).toEqual([
    { id: expect.any(String), kind: 'PRICE_BOOK', field: 'segment', ours: 'Ours', label: 'Shop' },
  ]);
  expect(await count('orders')).toBe(1);
  const decide = `mutation ($id: ID!, $value: JSON) { resolveErpConflict(input: { id: $id, resolution: VALUE, value: $value }) { conflict { state } userErrors { code } } }`;
  const { resolveErpConflict } = await bakery.owner.data(decide, { id: erpConflicts.edges[0].node.id, value: 'shop' });
  expect(resolveErpConflict).toEqual({ conflict: { state: 'RESOLVED' }, userErrors: [] });
  expect(await bakery.rows(`select name, segment from price_books where organization_id = $org order by name`)).toEqual(
    [
      { name: 'Ours', segment: null },
      { name: 'Shop', segment: 'shop' },
    ],
  );
  expect(await waiting()).toEqual([]);
});

test('what is kept of its secrets goes to no other server, unless it is given again', async () => {
  const told: (string | undefined)[] = [];
  const stranger = createServer((request, response) => {
    told.push(request.headers.authorization);
    response.setHeader('content-type', 'application/json').end('[]');
  });
  await new Promise<void>(done => stranger.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  const update = async (input: object) =>
    (
      await bakery.owner.data(
        'mutation ($input: UpdateErpConnectionInput!) { updateErpConnection(input: $input) { userErrors { field code } } }',
        { input: { id: bakery.connection, ...input } },
      )
    ).updateErpConnection.userErrors;
  try {
    const settings = [{ name: 'url', value: url }];
    expect(await update({ settings })).toEqual([{ field: 'secrets', code: 'REQUIRED' }]);
    expect(told).toEqual([]);
    await update({ settings, secrets: [{ name: 'token', value: 'another' }] });
    expect(told.length).toBeGreaterThan(0);
    for (const header of told) expect(header).not.toContain(bakery.erp.token);
    // The same server by other words is no other one.
    expect(
      await update({
        settings: [{ name: 'url', value: `${bakery.erp.origin}/` }],
        secrets: [{ name: 'token', value: bakery.erp.token }],
      }),
    ).toEqual([]);
    expect(await update({ settings: [{ name: 'url', value: bakery.erp.origin }] })).toEqual([]);
  } finally {
    await new Promise(done => stranger.close(done));
  }
});
