import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ErpOptions } from '../../src/erp/sync.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { documentedMappings } from '../support/erps/practice-erp.js';
import { erpOptions, syncOnce, TEST_KEY } from '../support/erps/syncing.js';

/** `ERP_ROWS=20000` measures what docs/erp-mapping.md says of a first reading. */
const ROWS = Number(process.env.ERP_ROWS ?? 1000);

let app: TestApp;
let options: ErpOptions;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'erp-'));
  app = await openTestApp({ WORKER: 'off', CREDENTIALS_KEY: TEST_KEY.toString('base64'), ERP_FOLDER: folder });
  options = erpOptions(app, { folder });
});
afterAll(async () => {
  await options.outbound.close();
  await app.close();
  await rm(folder, { recursive: true });
});

test('a first reading of files is over in a time that somebody waits for', async () => {
  const bakery = await app.organization();
  const { rows: organizations } = await app.app.database.system.query('select slug from organizations where id = $1', [
    bakery.id,
  ]);
  const out = join(folder, organizations[0].slug, 'out');
  await mkdir(out, { recursive: true });
  const products = Array.from({ length: ROWS }, (_, at) => `P${at};Pan ${at};${at % 2 ? '4,0' : '10,0'};N`);
  const customers = Array.from(
    { length: ROWS },
    (_, at) => `${430000000 + at};Café ${at};compras@cafe-${at}.example;Madrid`,
  );
  await writeFile(join(out, 'products-1.csv'), `Código;Nombre;IVA;Baja\n${products.join('\n')}\n`);
  await writeFile(join(out, 'customers.csv'), `Cuenta;Nombre;Correo;Ciudad\n${customers.join('\n')}\n`);
  const owner = await bakery.as('OWNER');
  const { connectErp } = await owner.data(
    `mutation ($mapping: String!) {
      connectErp(input: { adapter: "mapped", name: "Books", settings: [{ name: "mapping", value: $mapping }] }) { userErrors { message } } }`,
    { mapping: documentedMappings()[1]!.replaceAll('settleSeconds: 5', 'settleSeconds: 0') },
  );
  expect(connectErp.userErrors).toEqual([]);
  const { rows } = await app.app.database.system.query('select id from erp_connections where organization_id = $1', [
    bakery.id,
  ]);
  const begun = performance.now();
  await syncOnce(options, bakery, rows[0].id);
  const seconds = (performance.now() - begun) / 1000;
  const { rows: counts } = await app.app.database.system.query(
    `select (select count(*)::int from products where organization_id = $1) as products,
            (select count(*)::int from customers where organization_id = $1) as customers`,
    [bakery.id],
  );
  expect(counts).toEqual([{ products: ROWS, customers: ROWS }]);
  if (process.env.ERP_ROWS) console.info(`${2 * ROWS} rows in ${seconds.toFixed(1)} s`);
}, 900_000);
