import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { dataFolder, type Finished, run } from '../support/command.js';

let app: TestApp;
let folder: Awaited<ReturnType<typeof dataFolder>>;
let settings: Record<string, string>;

beforeAll(async () => {
  [app, folder] = await Promise.all([openTestApp({ WORKER: 'off' }), dataFolder()]);
  settings = { DATABASE_URL: app.ownerUrl, DATA_DIR: folder.path };
});
afterAll(async () => {
  await app?.close();
  await folder.remove();
});

const summaryOf = ({ stdout, stderr }: Finished) => {
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as { read: number; imported: number; unchanged: number; rejected: number };
};

async function importing(organization: TestOrganization, kind: string, content: string, ...more: string[]) {
  const file = join(folder.path, `${kind}.csv`);
  await writeFile(file, content);
  const base = ['import', 'records', kind, file, '--organization', organization.slug, '--json'];
  return run([...base, ...more], settings);
}

const rejectedOf = (kind: string) => readFile(join(folder.path, `${kind}.csv.rejected.csv`), 'utf8');

const exported = async (
  organization: TestOrganization,
  role: 'OWNER' | 'MANAGER' | 'AGENT' | 'CUSTOMER',
  kind: string,
) => {
  const { authorization } = await organization.as(role);
  return app.app.server.fastify.inject({ url: `/export/${kind}.csv`, headers: { authorization } });
};

const CUSTOMERS = `Code,Name,Mail,Phone,Tags
1,Panadería Sol,SOL@example.com,910 000 000,baker|vip
2,Horno Luna,,,
3,Broken,not an address,,
,Nameless,,,
1,Panadería El Sol,sol@example.com,,baker
`;
const MAP = 'externalId=Code,displayName=Name,email=Mail,phone=Phone,tags=Tags';

// Every command is a process of its own.
jest.setTimeout(90_000);

describe('records as CSV', () => {
  test('come in by a mapping, once, standardised, and what cannot be taken is written down with its reason', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const first = await importing(organization, 'customers', CUSTOMERS, '--map', MAP);
    expect(summaryOf(first)).toEqual({ read: 5, imported: 2, unchanged: 1, rejected: 2 });
    expect(await rejectedOf('customers')).toBe(
      `line,column,reason,row\n4,Mail,"""not an address"" is not an e-mail address","3,Broken,not an address,,"\n5,Code,it is empty,",Nameless,,,"\n`,
    );
    const { customers } = await owner.data(
      '{ customers(orderBy: [{ field: DISPLAY_NAME }]) { edges { node { displayName kind tags contactPoints { kind value isPrimary } } } } }',
    );
    expect(customers.edges.map(({ node }: any) => node)).toEqual([
      { displayName: 'Horno Luna', kind: 'PERSON', tags: [], contactPoints: [] },
      {
        displayName: 'Panadería El Sol',
        kind: 'PERSON',
        tags: ['baker'],
        contactPoints: [{ kind: 'EMAIL', value: 'sol@example.com', isPrimary: true }],
      },
    ]);
    expect(summaryOf(await importing(organization, 'customers', CUSTOMERS, '--map', MAP))).toEqual({
      read: 5,
      imported: 0,
      unchanged: 3,
      rejected: 2,
    });
  });

  test('are rehearsed without leaving anything behind', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const dry = await importing(organization, 'customers', CUSTOMERS, '--map', MAP, '--dry-run');
    expect(summaryOf(dry)).toEqual({ read: 5, imported: 2, unchanged: 1, rejected: 2 });
    expect((await owner.data('{ customers { totalCount } }')).customers.totalCount).toBe(0);
  });

  test('know one another by their keys, and what is not there is refused', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    await owner.data(
      `mutation { createPriceBook(input: { name: "All", currency: "EUR", validFrom: "2026-01-01" }) { priceBook { id } } }`,
    );
    const products = 'sku,name,kind,isActive\nBREAD,Bread,good,yes\nROLLS,Rolls,bundle,yes\nCAKE,Cake,,\n';
    expect(summaryOf(await importing(organization, 'products', products))).toMatchObject({ imported: 2, rejected: 1 });
    const prices =
      'priceBook,sku,minQuantity,unitPrice\nAll,BREAD,1,2.50\nAll,BREAD,10,2\nAll,NONE,1,2\nAll,CAKE,1,-2\nAll,CAKE,1,1.999\n';
    expect(summaryOf(await importing(organization, 'prices', prices))).toMatchObject({ imported: 3, rejected: 2 });
    expect(await rejectedOf('prices')).toContain('"NONE"" is not there');
    const again = prices.replace('2.50', '2.60');
    expect(summaryOf(await importing(organization, 'prices', again))).toMatchObject({ imported: 1, unchanged: 2 });
    expect((await exported(organization, 'MANAGER', 'prices')).body).toBe(
      'priceBook,sku,minQuantity,unitPrice\nAll,BREAD,1.0000,2.6000\nAll,BREAD,10.0000,2.0000\nAll,CAKE,1.0000,1.9990\n',
    );
  });

  test('bring leads and opportunities with their history, and go out as they came in', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    await importing(organization, 'customers', 'externalId,displayName\nC1,Horno Luna\n');
    await owner.data('{ pipelines { id } }').catch(() => {});
    await app.app.database.system.query(
      `with p as (insert into pipelines (organization_id, id, name, is_default) values ($1, gen_random_uuid(), 'Sales', true) returning id)
       insert into stages (organization_id, id, pipeline_id, name, position, kind, probability)
       select $1, gen_random_uuid(), p.id, s.name, s.position, s.kind, s.probability
         from p, (values ('Talking', 1, 'OPEN', 0.2), ('Won', 2, 'WON', 1)) s(name, position, kind, probability)`,
      [organization.id],
    );
    const leads = 'externalId,name,email,phone\nL1,=cmd(),ana@example.com,+34 910 000 000\n';
    expect(summaryOf(await importing(organization, 'leads', leads))).toMatchObject({ imported: 1, rejected: 0 });
    expect((await exported(organization, 'OWNER', 'leads')).body).toContain(
      "L1,'=cmd(),,,ana@example.com,+34910000000",
    );
    const opportunities = `externalId,name,customer,stage,amount,currency,closedAt,createdAt
O1,Ovens,C1,Won,1200.50,EUR,2026-03-01,2026-01-10
O2,Flour,C1,Talking,,,,2026-02-01
O3,Salt,C9,Talking,,,,
`;
    expect(summaryOf(await importing(organization, 'opportunities', opportunities))).toMatchObject({
      imported: 2,
      rejected: 1,
    });
    const { rows } = await app.app.database.system.query(
      `select o.name, o.status, o.closed_at::date::text as closed, r.changed_at::date::text as since, o.currency
         from opportunities o join opportunity_revisions r on r.organization_id = o.organization_id and r.opportunity_id = o.id
        where o.organization_id = $1 order by o.name`,
      [organization.id],
    );
    expect(rows).toEqual([
      { name: 'Flour', status: 'OPEN', closed: null, since: '2026-02-01', currency: 'EUR' },
      { name: 'Ovens', status: 'WON', closed: '2026-03-01', since: '2026-01-10', currency: 'EUR' },
    ]);
    const out = (await exported(organization, 'OWNER', 'opportunities')).body;
    expect(summaryOf(await importing(organization, 'opportunities', out))).toMatchObject({
      imported: 0,
      unchanged: 2,
      rejected: 0,
    });
  });

  test('bring tickets of another system with when they were opened and closed, and go out as they came in', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    await importing(organization, 'customers', 'externalId,displayName\nC1,Horno Luna\n');
    const tickets = `externalId,number,subject,status,priority,channel,customer,tags,openedAt,closedAt
Z1,4711,The oven is cold,closed,high,e-mail,C1,oven|cold,2026-01-10,2026-01-12
Z1,4711,The oven is cold,CLOSED,HIGH,EMAIL,C1,oven|cold,2026-01-10,2026-01-12
Z2,,Where is my bread?,,,,C1,,2026-02-01,
Z3,,Salt,,,,C9,,,
`;
    expect(summaryOf(await importing(organization, 'tickets', tickets))).toMatchObject({ imported: 2, rejected: 2 });
    const list = await owner.data(
      `{ tickets(orderBy: [{ field: OPENED_AT }]) { edges { node { number externalId status priority channel tags openedAt closedAt solvedAt
           waitingSince customer { displayName } history { edges { node { at status } } } } } } }`,
    );
    expect(list.tickets.edges.map(({ node }: any) => node)).toMatchObject([
      {
        number: '4711',
        status: 'CLOSED',
        priority: 'HIGH',
        channel: 'EMAIL',
        tags: ['oven', 'cold'],
        closedAt: '2026-01-12T00:00:00Z',
        solvedAt: '2026-01-12T00:00:00Z',
        waitingSince: null,
        history: { edges: [{ node: { at: '2026-01-10T00:00:00Z', status: 'CLOSED' } }] },
      },
      { number: 'X-Z2', status: 'NEW', priority: 'NORMAL', channel: 'MANUAL', waitingSince: '2026-02-01T00:00:00Z' },
    ]);
    const out = (await exported(organization, 'OWNER', 'tickets')).body;
    expect(summaryOf(await importing(organization, 'tickets', out))).toMatchObject({ imported: 0, rejected: 0 });
  });

  test('are exported by those who may, and only what they see', async () => {
    const organization = await app.organization();
    await importing(organization, 'customers', CUSTOMERS, '--map', MAP);
    expect((await exported(organization, 'AGENT', 'customers')).statusCode).toBe(403);
    expect((await exported(organization, 'CUSTOMER', 'orders')).statusCode).toBe(403);
    expect((await exported(organization, 'OWNER', 'nonsense')).statusCode).toBe(404);
    const other = await app.organization();
    expect((await exported(other, 'OWNER', 'customers')).body.trim().split('\n')).toHaveLength(1);
    await app.app.database.system.query(
      `insert into access_rules (organization_id, role, kind, scope, hidden_fields) values ($1, 'MANAGER', 'CUSTOMER', 'ALL', '{contactPoints}')`,
      [organization.id],
    );
    const { body } = await exported(organization, 'MANAGER', 'customers');
    expect(body).toContain('Panadería El Sol');
    expect(body).not.toContain('example.com');
    const file = join(folder.path, 'out.csv');
    const written = await run(
      ['export', 'records', 'customers', file, '--organization', organization.slug, '--json'],
      settings,
    );
    expect(JSON.parse(written.stdout)).toEqual({ file });
    expect(await readFile(file, 'utf8')).toBe((await exported(organization, 'OWNER', 'customers')).body);
  });

  test('say what is wrong with a command, and what there is', async () => {
    const organization = await app.organization();
    const wrong = await importing(organization, 'orders', 'number\n1\n');
    expect(wrong.stderr).toContain('"orders" is not one of');
    const unmapped = await importing(organization, 'customers', 'Code\n1\n');
    expect(unmapped.stderr).toContain('There is no column externalId: say with --map which it is.');
    const { stdout } = await run(['import', 'fields'], settings);
    expect(stdout).toContain('orders (export only)');
    expect(stdout).toMatch(/sku +The number it is kept under in stock\. Needed\./);
  });

  test('bring contracts with the terms that they have had', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    await importing(organization, 'customers', 'externalId,displayName\n1,Horno Sol\n');
    const year = new Date().getUTCFullYear();
    const file = `number,name,customer,amount,currency,billingPeriod,startsOn,termMonths,endsOn
C-1,Oven,1,100,EUR,YEAR,${year - 2}-01-01,,
C-2,Mixer,1,10,EUR,MONTH,${year}-01-01,240,
C-3,Shop,1,10,EUR,MONTH,${year}-01-01,24,${year + 1}-01-01
`;
    const imported = await importing(organization, 'contracts', file);
    expect(summaryOf(imported)).toMatchObject({ read: 3, imported: 2, rejected: 1 });
    const { contracts } = await owner.data(
      '{ contracts(orderBy: [{ field: NUMBER }]) { edges { node { number termMonths renewals renewsOn endsOn } } } }',
    );
    expect(contracts.edges.map(({ node }: any) => node)).toEqual([
      { number: 'C-1', termMonths: 12, renewals: 2, renewsOn: `${year + 1}-01-01`, endsOn: null },
      { number: 'C-3', termMonths: 24, renewals: 0, renewsOn: null, endsOn: `${year + 1}-01-01` },
    ]);
  });
});
