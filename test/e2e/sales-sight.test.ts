import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { isPopplerInstalled, textOfPages } from '../support/pdf-pages.js';
import { keepCustomer, openShelf } from '../support/quoting.js';

let product: TestApp;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product?.close());
beforeEach(async () => {
  organization = await product.organization();
  owner = await organization.as('OWNER');
});

async function setRule(role: string, kind: string, scope: string, hiddenFields: string[] = []): Promise<void> {
  const { setAccessRule } = await owner.data(
    'mutation ($input: SetAccessRuleInput!) { setAccessRule(input: $input) { userErrors { message } } }',
    { input: { role, kind, scope, hiddenFields } },
  );
  expect(setAccessRule.userErrors).toEqual([]);
}

async function put(table: string, row: Record<string, unknown>): Promise<string> {
  const id = newId();
  const full = { organization_id: organization.id, id, ...row };
  const places = Object.keys(full).map((_, at) => `$${at + 1}`);
  await product.app.database.system.query(
    `insert into ${table} (${Object.keys(full).join(', ')}) values (${places.join(', ')})`,
    Object.values(full),
  );
  return id;
}

const stored = async (table: string, column: string, value: string): Promise<string> =>
  (
    await product.app.database.system.query(`select id from ${table} where organization_id = $1 and ${column} = $2`, [
      organization.id,
      value,
    ])
  ).rows[0].id;

const fetched = ({ authorization }: Client, url: string) =>
  product.app.server.fastify.inject({ url, headers: { authorization } });

const QUOTE = `mutation ($input: CreateQuoteInput!) { createQuote(input: $input) { quote { id } userErrors { message } } }`;
const LINES = [{ description: 'Oven', quantity: '1', unitPrice: { amount: '100', currency: 'EUR' } }];

async function quote(customerId: string): Promise<string> {
  const { createQuote } = await owner.data(QUOTE, { input: { customerId, lines: LINES } });
  expect(createQuote.userErrors).toEqual([]);
  return createQuote.quote.id;
}

async function opportunity(name: string, customerId: string): Promise<string> {
  const { createOpportunity } = await owner.data(
    'mutation ($input: CreateOpportunityInput!) { createOpportunity(input: $input) { opportunity { id } userErrors { message } } }',
    { input: { name, customerId } },
  );
  expect(createOpportunity.userErrors).toEqual([]);
  return createOpportunity.opportunity.id;
}

describe('the audit log', () => {
  const TABLES = '{ auditEntries(first: 200) { edges { node { tableName before after } } } }';
  const entries = async (client: Client) =>
    (await client.data(TABLES)).auditEntries.edges.map(({ node }: any) => node) as {
      tableName: string;
      after: Record<string, unknown> | null;
    }[];

  test('tells of what is sold nothing that the records themselves do not show', async () => {
    const customerId = await keepCustomer(owner, 'Horno Luna');
    await quote(customerId);
    await opportunity('Oven', customerId);
    await owner.data('mutation { createLead(input: { name: "Ana", source: FORM }) { lead { id } } }');
    const admin = await organization.as('ADMIN');
    const seen = new Set((await entries(admin)).map(({ tableName }) => tableName));
    expect([...seen]).toEqual(expect.arrayContaining(['leads', 'opportunities', 'quotes', 'quote_lines', 'pipelines']));
    for (const kind of ['LEAD', 'OPPORTUNITY', 'QUOTE', 'ORDER', 'CATALOGUE']) await setRule('ADMIN', kind, 'NONE');
    const left = new Set((await entries(admin)).map(({ tableName }) => tableName));
    for (const table of ['leads', 'opportunities', 'quotes', 'quote_lines']) expect(left).not.toContain(table);
  });

  test('shows nobody the digest of the secret in the link of a quote', async () => {
    const id = await quote(await keepCustomer(owner, 'Horno Luna'));
    await owner.data('mutation ($id: ID!) { sendQuote(input: { id: $id }) { link } }', { id });
    const quotes = (await entries(owner)).filter(({ tableName }) => tableName === 'quotes');
    expect(quotes.length).toBeGreaterThan(1);
    for (const { after } of quotes) expect(after).not.toHaveProperty('link_digest');
  });

  test('knows whose rule covers each table that is audited and kept under one', async () => {
    const { allRecords } = await import('../../src/platform/schema/index.js');
    const { tablesOutOfSight } = await import('../../src/modules/access/audit.redaction.js');
    const { Viewer, Role } = await import('../../src/modules/access/index.js');
    const { RecordKind } = await import('../../src/modules/access/visibility.defaults.js');
    const kinds = Object.values(RecordKind);
    const rules = kinds.map(kind => ({ role: Role.ADMIN, kind, scope: 'NONE' as const, hiddenFields: [] }));
    const blind = new Viewer({ actor: 'key:x', organizationId: organization.id, role: Role.ADMIN, rules });
    const { rows: audited } = await product.app.database.system.query(
      `select distinct c.relname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid where g.tgname like 'audit%'`,
    );
    const ruled = allRecords()
      .filter(({ visibility }) => kinds.includes(visibility as never) && visibility !== 'AUDIT')
      .map(({ from }) => from.split(' ')[0]!);
    const expected = audited.map(({ name }) => name).filter(name => ruled.includes(name));
    expect(tablesOutOfSight(blind)).toEqual(expect.arrayContaining(expected));
  });
});

describe('an export', () => {
  test('leaves out fields that are hidden from the role, and whom it names without being seen', async () => {
    await owner.data(
      'mutation { createLead(input: { name: "Ana", source: FORM, email: "ana@example.com", phone: "+34910000000" }) { lead { id } } }',
    );
    const customerId = await keepCustomer(owner, 'Horno Luna', { externalId: 'LUNA' });
    await quote(customerId);
    await opportunity('Oven', customerId);
    const manager = await organization.as('MANAGER');
    expect((await fetched(manager, '/export/quotes.csv')).body).toContain('Horno Luna');
    expect((await fetched(manager, '/export/opportunities.csv')).body).toContain('LUNA');
    await setRule('MANAGER', 'LEAD', 'ALL', ['email', 'phone']);
    await setRule('MANAGER', 'CUSTOMER', 'NONE');
    const leads = (await fetched(manager, '/export/leads.csv')).body;
    expect(leads).toContain('Ana');
    expect(leads).not.toMatch(/ana@example\.com|\+34910000000|email|phone/);
    const quotes = (await fetched(manager, '/export/quotes.csv')).body;
    expect(quotes).toContain('100');
    expect(quotes).not.toMatch(/Horno|LUNA/);
    const opportunities = (await fetched(manager, '/export/opportunities.csv')).body;
    expect(opportunities).toContain('Oven');
    expect(opportunities).not.toContain('LUNA');
  });
});

(isPopplerInstalled ? test : test.skip)(
  'the document of a quote shows an address only to who may see ways to reach a customer',
  async () => {
    const customerId = await keepCustomer(owner, 'Horno Luna', {
      contactPoints: [{ kind: 'ADDRESS', address: { street: 'Calle Mayor 7', city: 'Toledo', country: 'ES' } }],
    });
    const url = `/quotes/${await quote(customerId)}.pdf`;
    const textFor = async (role: 'MANAGER' | 'ANALYST') =>
      textOfPages((await fetched(await organization.as(role), url)).rawPayload).join('');
    expect(await textFor('MANAGER')).toContain('Calle Mayor 7');
    const analyst = await textFor('ANALYST');
    expect(analyst).toContain('Horno Luna');
    expect(analyst).not.toMatch(/Calle Mayor|Toledo/);
    await setRule('ANALYST', 'CUSTOMER', 'NONE');
    expect(await textFor('ANALYST')).not.toContain('Horno Luna');
  },
);

test('nobody raises the discount limit of their own role, nor of one above it', async () => {
  const limit = async (client: Client, role: string) => {
    const { setDiscountLimit } = await client.data(
      'mutation ($role: Role!) { setDiscountLimit(input: { role: $role, maxPercent: "90" }) { userErrors { field code } } }',
      { role },
    );
    return setDiscountLimit.userErrors;
  };
  const manager = await organization.as('MANAGER');
  expect(await limit(manager, 'AGENT')).toEqual([]);
  for (const role of ['MANAGER', 'ADMIN', 'OWNER'])
    expect(await limit(manager, role)).toEqual([{ field: 'role', code: 'NOT_ALLOWED' }]);
  expect(await limit(await organization.as('ADMIN'), 'MANAGER')).toEqual([]);
  // Above owners there is nobody.
  expect(await limit(owner, 'OWNER')).toEqual([]);
});

test('a conflict with an ERP is seen and decided by who sees the customer it is about', async () => {
  const customerId = await keepCustomer(owner, 'Horno Luna');
  const connectionId = await put('erp_connections', { adapter: 'quiet', name: 'Books' });
  const about = {
    connection_id: connectionId,
    kind: 'CUSTOMER',
    record_id: await stored('customers', 'display_name', 'Horno Luna'),
  };
  const name = {
    ...about,
    external_id: '1',
    field: 'name',
    label: 'Horno Luna',
    ours: '"Horno Luna"',
    theirs: '"Luna"',
  };
  await put('erp_conflicts', name);
  await put('erp_conflicts', { ...name, field: 'email', ours: '"luna@example.com"', theirs: '"sol@example.com"' });
  await put('erp_conflicts', { ...name, kind: 'PRODUCT', field: 'sku', record_id: null, ours: '"A"', theirs: '"B"' });
  const manager = await organization.as('MANAGER');
  const conflicts = async () =>
    (await manager.data('{ erpConflicts { totalCount edges { node { id field } } } }')).erpConflicts;
  const fields = async () => (await conflicts()).edges.map(({ node }: any) => node.field).sort();
  expect(await fields()).toEqual(['email', 'name', 'sku']);
  const { id } = (await conflicts()).edges.find(({ node }: any) => node.field === 'name').node;
  await setRule('MANAGER', 'CUSTOMER', 'ALL', ['contactPoints']);
  expect(await fields()).toEqual(['name', 'sku']);
  await setRule('MANAGER', 'CUSTOMER', 'NONE');
  expect(await fields()).toEqual(['sku']);
  const { resolveErpConflict } = await manager.data(
    'mutation ($id: ID!) { resolveErpConflict(input: { id: $id, resolution: OURS }) { userErrors { code } } }',
    { id },
  );
  expect(resolveErpConflict.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  await setRule('MANAGER', 'CATALOGUE', 'NONE');
  expect(await fields()).toEqual([]);
  expect(customerId).toMatch(/^customer_/);
});

test('what touched an opportunity does not tell what a buyer did whom one may not see', async () => {
  const identity = (handle: string, customer_id: string | null) =>
    put('social_identities', { network: 'BLOG', handle, handle_key: handle, customer_id, authored: true });
  const post = (author_id: string, more: object = {}) =>
    put('posts', {
      network: 'BLOG',
      external_id: newId(),
      revision: '1',
      kind: 'MENTION',
      author_id,
      text: 'said',
      sentiment_label: 'NEUTRAL',
      sentiment_score: 0,
      priority_score: 0,
      occurred_at: new Date(Date.now() - 86_400_000),
      ...more,
    });
  const other = await organization.member('Somebody else');
  const buyer = await put('customers', { kind: 'PERSON', display_name: 'Sol', owner_id: other });
  const sol = await identity('sol', buyer);
  const stranger = await identity('stranger', null);
  const praised = await post(stranger);
  const answer = await post(sol, { in_reply_to_id: praised });
  await put('interactions', {
    network: 'BLOG',
    kind: 'REPLY',
    from_identity_id: sol,
    to_identity_id: stranger,
    post_id: answer,
    occurred_at: new Date(Date.now() - 86_400_000),
  });
  const id = await opportunity('Oven', organization.publicId('customer', buyer));
  const touches = async (client: Client) =>
    (await client.data('query ($id: ID!) { opportunity(id: $id) { touches { kind } } }', { id })).opportunity.touches;
  expect(await touches(owner)).toHaveLength(2);
  // It sees the opportunity, which is nobody's, and the stranger, but not the buyer.
  const agent = await organization.as('AGENT');
  expect(await touches(agent)).toEqual([]);
});

test('an activity about what is no such record says so, whatever the id names', async () => {
  for (const regardingId of [
    organization.publicId('organization', organization.id),
    organization.publicId('organization', newId()),
    organization.publicId('lead', newId()),
    'nothing',
  ]) {
    const { createActivity } = await owner.data(
      'mutation ($input: CreateActivityInput!) { createActivity(input: $input) { userErrors { field code } } }',
      { input: { kind: 'TASK', subject: 'Call', regardingId } },
    );
    expect(createActivity.userErrors).toEqual([{ field: 'regardingId', code: 'NOT_FOUND' }]);
  }
});

test('no request changes what was once written down of who had a lead and what became of it', async () => {
  const { rows } = await product.app.database.system.query(
    `select table_name, privilege_type from information_schema.role_table_grants
      where grantee = 'vinculo_app' and table_name in ('lead_changes', 'ownership_changes') order by 1, 2`,
  );
  expect(rows).toEqual(
    ['lead_changes', 'ownership_changes'].flatMap(table_name =>
      ['INSERT', 'SELECT'].map(privilege_type => ({ table_name, privilege_type })),
    ),
  );
});

test('nobody makes a calendar that reads with the eyes of somebody above them', async () => {
  const admin = await organization.as('ADMIN');
  const makeFor = async (role: 'OWNER' | 'MANAGER') => {
    const memberId = organization.publicId('member', await organization.member(role, role));
    const { createCalendarFeed } = await admin.data(
      'mutation ($memberId: ID!) { createCalendarFeed(input: { name: "Theirs", memberId: $memberId }) { url userErrors { code } } }',
      { memberId },
    );
    return createCalendarFeed;
  };
  expect(await makeFor('OWNER')).toEqual({ url: null, userErrors: [{ code: 'NOT_ALLOWED' }] });
  expect((await makeFor('MANAGER')).userErrors).toEqual([]);
});

test('an address that is hidden is not told by whom else it belongs to', async () => {
  await keepCustomer(owner, 'Horno Luna', { contactPoints: [{ kind: 'EMAIL', value: 'luna@example.com' }] });
  const { createLead } = await owner.data(
    'mutation { createLead(input: { name: "Luna", source: FORM, email: "luna@example.com" }) { lead { id } } }',
  );
  const manager = await organization.as('MANAGER');
  const duplicates = async () =>
    (
      await manager.data('query ($id: ID!) { lead(id: $id) { email duplicates { reasons { code } } } }', {
        id: createLead.lead.id,
      })
    ).lead.duplicates;
  expect(await duplicates()).toEqual([{ reasons: [{ code: 'SAME_EMAIL' }] }]);
  await setRule('MANAGER', 'LEAD', 'ALL', ['email']);
  expect(await duplicates()).toEqual([]);
});

test('what is told of a customer has who looked after it, what became of its leads, and what ERPs know of it', async () => {
  const customerId = await keepCustomer(owner, 'Horno Luna');
  const storedId = await stored('customers', 'display_name', 'Horno Luna');
  const { createLead } = await owner.data(
    'mutation { createLead(input: { name: "Luna", source: FORM }) { lead { id } } }',
  );
  await owner.data(
    'mutation ($lead: ID!, $customer: ID!) { convertLead(input: { id: $lead, customerId: $customer, withOpportunity: false }) { userErrors { message } } }',
    { lead: createLead.lead.id, customer: customerId },
  );
  const colleague = organization.publicId('member', await organization.member('Colleague'));
  await owner.data(
    'mutation ($ids: [ID!]!, $to: ID!) { transferRecords(input: { ids: $ids, toOwnerId: $to, reason: "Nearer" }) { userErrors { message } } }',
    { ids: [customerId], to: colleague },
  );
  const connection = await put('erp_connections', { adapter: 'quiet', name: 'Books' });
  await product.app.database.system.query(
    `insert into erp_links (organization_id, connection_id, kind, external_id, record_id, base, hash)
     values ($1, $2, 'CUSTOMER', 'C-7', $3, '{"name": "Luna"}', 'x')`,
    [organization.id, connection, storedId],
  );
  const exported = async (client: Client) =>
    (await client.data('query ($id: ID!) { customerExport(id: $id) }', { id: customerId })).customerExport;
  expect(await exported(owner)).toMatchObject({
    ownershipChanges: [{ from: null, to: colleague, reason: 'Nearer' }],
    leads: [{ history: [{ kind: 'CREATED' }, { kind: 'CONVERTED' }] }],
    erp: [{ connection: 'Books', externalId: 'C-7', base: { name: 'Luna' } }],
  });
  await setRule('MANAGER', 'CUSTOMER', 'ALL', ['contactPoints', 'owner']);
  expect(await exported(await organization.as('MANAGER'))).toMatchObject({ ownershipChanges: [], erp: [] });
});

test('what products cost is told to who sees products', async () => {
  const id = await openShelf(product, organization).product('BREAD', '2.50');
  const prices = async (client: Client) =>
    (
      await client.data(
        'query ($id: ID!) { prices(items: [{ productId: $id, quantity: "1" }]) { unitPrice { amount } } }',
        { id },
      )
    ).prices;
  const agent = await organization.as('AGENT');
  expect(await prices(agent)).toEqual([{ unitPrice: { amount: '2.50' } }]);
  await setRule('AGENT', 'CATALOGUE', 'NONE');
  expect(await prices(agent)).toEqual([]);
});

test('a customer who signs in sees an invoice once it is more than a draft', async () => {
  const customerId = await stored(
    'customers',
    'id',
    await put('customers', { kind: 'COMPANY', display_name: 'Horno Luna' }),
  );
  const invoice = { customer_id: customerId, currency: 'EUR', net: '1', tax: '0', total: '1', amount_due: '1' };
  for (const status of ['DRAFT', 'POSTED']) await put('invoices', { ...invoice, number: status, status });
  const numbers = async (client: Client) =>
    (await client.data('{ invoices { totalCount edges { node { number } } } }')).invoices.edges
      .map(({ node }: any) => node.number)
      .sort();
  expect(await numbers(owner)).toEqual(['DRAFT', 'POSTED']);
  expect(await numbers(await organization.as('CUSTOMER', { customerId }))).toEqual(['POSTED']);
});
