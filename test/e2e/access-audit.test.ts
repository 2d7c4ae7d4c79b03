import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Client, openTestApp, type TestApp } from '../support/app.js';
import { CreateCustomerDocument } from '../support/operations.generated.js';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());

const ENTRIES = `query ($filter: AuditEntryFilter, $first: Int, $after: String) {
  auditEntries(filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo { endCursor hasNextPage }
    edges { cursor node { id at actor actorName requestId action tableName subjectId before after } }
  }
}`;

interface Entry {
  id: string;
  actor: string;
  actorName: string;
  action: string;
  tableName: string;
  subjectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

async function entries(client: Client, filter?: object): Promise<Entry[]> {
  const { auditEntries } = await client.data(ENTRIES, { filter });
  expect(auditEntries.totalCount).toBe(auditEntries.edges.length);
  return auditEntries.edges.map(({ node }: { node: Entry }) => node);
}

async function createCustomer(client: Client, input: object): Promise<string> {
  const made = await client.data(CreateCustomerDocument, { input: { kind: 'PERSON', ...input } });
  return made.createCustomer.customer!.id;
}

describe('the audit log', () => {
  test('says who changed a customer, what it was before and what it became', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const memberId = await organization.member('Marta Ruiz', 'MANAGER');
    const marta = await organization.as('MANAGER', { memberId });
    const id = await createCustomer(marta, { displayName: 'Old name' });
    const update =
      'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { message } } }';
    await marta.data(update, { input: { id, displayName: 'New name' } });

    const [changed, made, ...rest] = await entries(owner, { subjectId: id });
    expect(rest).toEqual([]);
    const who = { actor: organization.publicId('member', memberId), tableName: 'customers', subjectId: id };
    expect(changed).toMatchObject({
      ...who,
      action: 'UPDATE',
      before: { display_name: 'Old name' },
      after: { display_name: 'New name' },
    });
    expect(changed!.before).not.toHaveProperty('kind');
    expect(made).toMatchObject({ ...who, action: 'INSERT', before: null, after: { display_name: 'Old name' } });
    expect(await entries(owner, { actor: who.actor, table: { eq: 'customers' }, action: { eq: 'UPDATE' } })).toEqual([
      changed,
    ]);
    expect(await entries(owner, { subjectId: id, at: { lt: '2020-01-01T00:00:00Z' } })).toEqual([]);
    expect(await entries(await (await app.organization()).as('OWNER'), { subjectId: id })).toEqual([]);
  });

  test('pages through entries of one moment without losing or repeating any', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    for (let at = 0; at < 3; at++)
      await owner.data(
        `mutation { a: createTeam(input: { name: "A${at}" }) { team { id } } b: createTeam(input: { name: "B${at}" }) { team { id } } }`,
      );
    const all = await entries(owner);
    const paged: Entry[] = [];
    for (let after: string | null = null; ; ) {
      const { auditEntries }: any = await owner.data(ENTRIES, { first: 2, after });
      paged.push(...auditEntries.edges.map(({ node }: { node: Entry }) => node));
      after = auditEntries.pageInfo.endCursor;
      if (!auditEntries.pageInfo.hasNextPage) break;
    }
    expect(paged).toEqual(all);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(await entries(owner, { id: all[0]!.id })).toEqual([all[0]]);
  });

  test('cannot be written, altered or emptied by the role that answers requests', async () => {
    const organization = await app.organization();
    await createCustomer(await organization.as('OWNER'), { displayName: 'Marta' });
    const { url } = app.app.database.dataSource.options as { url: string };
    const asApp = new pg.Client({ connectionString: url });
    await asApp.connect();
    await asApp.query("select set_config('app.organization_id', $1, false)", [organization.id]);
    expect((await asApp.query('select 1 from audit_entries')).rowCount).toBeGreaterThan(0);
    for (const sql of [
      "update audit_entries set actor = 'nobody'",
      'delete from audit_entries',
      'truncate audit_entries',
      `insert into audit_entries (organization_id, actor, action, table_name) values ('${organization.id}', 'x', 'INSERT', 'x')`,
      'alter table customers disable trigger audit',
    ])
      await expect(asApp.query(sql)).rejects.toMatchObject({ code: '42501' });
    await asApp.end();
  });

  test('tells no secret, and nothing that is hidden from its reader', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const admin = await organization.as('ADMIN');
    const id = await createCustomer(owner, { displayName: 'Marta', birthDate: '1980-02-03' });
    const create = 'mutation { createApiKey(input: { name: "K", role: AGENT }) { key } }';
    const { key } = (await owner.data(create)).createApiKey;
    const seen = JSON.stringify(await entries(owner));
    expect(seen).not.toContain(key);
    expect(seen).not.toContain('auth_key_id');
    expect((await entries(admin, { subjectId: id }))[0]!.after).toMatchObject({ birth_date: '1980-02-03' });

    const set = 'mutation ($input: SetAccessRuleInput!) { setAccessRule(input: $input) { userErrors { message } } }';
    const rule = { role: 'ADMIN', kind: 'CUSTOMER' };
    await owner.data(set, { input: { ...rule, scope: 'ALL', hiddenFields: ['birthDate'] } });
    expect((await entries(admin, { subjectId: id }))[0]!.after).not.toHaveProperty('birth_date');
    await owner.data(set, { input: { ...rule, scope: 'OWN' } });
    expect(await entries(admin, { subjectId: id })).toEqual([]);
    await owner.data(set, { input: { role: 'ADMIN', kind: 'AUDIT', scope: 'NONE' } });
    expect(await entries(admin)).toEqual([]);
    expect(await entries(owner, { subjectId: id })).toHaveLength(1);
  });
});
