import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ErpOptions } from '../../src/erp/sync.js';
import { newId } from '../../src/platform/ids.js';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { PRACTICE_MAPPING, type PracticeErp, startPracticeErp } from '../support/erps/practice-erp.js';
import { erpOptions, syncOnce } from '../support/erps/syncing.js';

let app: TestApp;
let erp: PracticeErp;
let options: ErpOptions;
let bakery: TestOrganization;
let connectionId: string;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  options = erpOptions(app);
});
afterAll(() => app.close());

beforeEach(async () => {
  erp = await startPracticeErp();
  bakery = await app.organization();
  connectionId = await connect();
});
afterEach(() => erp.close());

async function connect(): Promise<string> {
  const id = newId();
  const sealed = await options.vault.seal({ token: erp.token }, id);
  const { system } = app.app.database;
  await system.query(
    'insert into erp_connections (organization_id, id, adapter, name, settings) values ($1, $2, $3, $4, $5)',
    [bakery.id, id, 'mapped', 'Practice', JSON.stringify({ mapping: PRACTICE_MAPPING(erp.origin) })],
  );
  await system.query('insert into erp_states (organization_id, connection_id) values ($1, $2)', [bakery.id, id]);
  await system.query('insert into erp_secrets (organization_id, connection_id, sealed) values ($1, $2, $3)', [
    bakery.id,
    id,
    sealed,
  ]);
  return id;
}

const sync = () => syncOnce(options, bakery, connectionId);
const rows = async <Row = Record<string, unknown>>(sql: string): Promise<Row[]> =>
  (await app.app.database.system.query(sql.replaceAll('$org', `'${bakery.id}'`))).rows;

function fill(): void {
  erp.put('items', { id: 'i1', code: 'BREAD', title: 'Bread', vat: 4, unit: 'pc' });
  erp.put('items', { id: 'i2', code: 'CAKE', title: 'Cake', vat: 10 });
  erp.put('items', { id: 'i3', code: 'ROLL', title: 'Roll', vat: 4 });
  erp.put('prices', {
    id: 'p1',
    title: 'Shop',
    currency: 'EUR',
    rows: [
      { item: 'i1', from: 1, price: 2.5 },
      { item: 'i2', from: 1, price: 18 },
      { item: 'i2', from: 10, price: 15.9 },
    ],
  });
  erp.put('stock', { id: 'i1', left: 40 });
  erp.put('partners', {
    id: 'c1',
    name: 'Hotel Sol',
    company: true,
    mail: 'Compras@hotelsol.example',
    tel: '912 345 678',
    street: 'Calle Mayor 1',
    city: 'Madrid',
    zip: '28013',
    land: 'ES',
  });
  erp.put('sales', {
    id: 's1',
    no: 'SO-1',
    partner: 'c1',
    state: 'partly',
    currency: 'EUR',
    at: '2026-11-01T09:00:00Z',
    net: 25,
    tax: 1,
    total: 26,
    rows: [{ row: 'r1', item: 'i1', text: 'Bread', qty: 10, price: 2.5, vat: 4, sent: 4 }],
  });
  erp.put('bills', {
    id: 'b1',
    no: 'F-1',
    partner: 'c1',
    sale: 's1',
    state: 'posted',
    total: 26,
    tax: 1,
    due: 26,
    on: '2026-11-02',
  });
  erp.put('receipts', { id: 'z1', partner: 'c1', bill: 'b1', sum: 26, on: '2026-11-03' });
}

test('everything of an ERP is read, each naming what was read before it', async () => {
  fill();
  await sync();
  expect(await rows('select problem from erp_states where organization_id = $org')).toEqual([{ problem: null }]);
  expect(await rows('select kind, problem from erp_waiting where organization_id = $org')).toEqual([]);
  expect(await rows('select sku, stock::text from products where organization_id = $org order by sku')).toEqual([
    { sku: 'BREAD', stock: '40.0000' },
    { sku: 'CAKE', stock: null },
    { sku: 'ROLL', stock: null },
  ]);
  expect(await rows('select count(*)::int from price_book_entries where organization_id = $org')).toEqual([
    { count: 3 },
  ]);
  expect(await rows('select display_name, kind from customers where organization_id = $org')).toEqual([
    { display_name: 'Hotel Sol', kind: 'COMPANY' },
  ]);
  expect(await rows('select erp_number, status, total::text from orders where organization_id = $org')).toEqual([
    { erp_number: 'SO-1', status: 'PARTIALLY_DELIVERED', total: '26.0000' },
  ]);
  expect(
    await rows(
      'select i.number, i.status, o.erp_id, p.amount::text from invoices i join orders o on o.id = i.order_id join payments p on p.invoice_id = i.id where i.organization_id = $org',
    ),
  ).toEqual([{ number: 'F-1', status: 'POSTED', erp_id: 's1', amount: '26.0000' }]);
  const [run] = await rows<{ counts: object; state: string }>(
    'select counts, state from erp_runs where organization_id = $org',
  );
  expect(run).toMatchObject({ state: 'DONE', counts: { PRODUCT: { read: 3, created: 3 }, ORDER: { created: 1 } } });
});
