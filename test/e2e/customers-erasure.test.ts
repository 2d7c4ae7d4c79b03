import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;
/** A word that is in nothing else, so that whatever remembers it remembers the person. */
let mark: string;

beforeAll(async () => {
  product = await openTestApp();
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
  mark = `zxq${randomBytes(6).toString('hex')}`;
});

async function act(name: string, type: string, answer: string, input: object): Promise<Answer> {
  const result = await admin.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { field code message } } }`,
    { input },
  );
  expect(result[name].userErrors).toEqual([]);
  return result[name];
}

/** A customer of whom something is kept in every table of this module, with things changed and removed on the way. */
async function keepEverything(): Promise<string> {
  const { customer } = await act('createCustomer', 'CreateCustomerInput', 'customer { id }', {
    givenName: `Ana ${mark}`,
    familyName: 'Pérez',
    birthDate: '1980-01-01',
    tags: [mark],
    externalId: `${mark}-1`,
    contactPoints: [
      { kind: 'EMAIL', value: `${mark}@example.com` },
      { kind: 'ADDRESS', address: { street: `Calle ${mark}`, city: 'Madrid', country: 'ES' } },
    ],
    preferences: [{ key: 'bread', value: mark }],
    consents: [{ purpose: 'SERVICE', channel: 'EMAIL', state: 'GRANTED', evidence: mark }],
  });
  const customerId = customer.id;
  await act('updateCustomer', 'UpdateCustomerInput', 'customer { id }', { id: customerId, jobTitle: mark });
  const { note } = await act('addNote', 'AddNoteInput', 'note { id }', { customerId, text: `gone ${mark}` });
  await act('removeNote', 'RemoveNoteInput', '', { id: note.id });
  await act('addNote', 'AddNoteInput', '', { customerId, text: `kept ${mark}` });
  const { contactPoint } = await act('addContactPoint', 'AddContactPointInput', 'contactPoint { id }', {
    customerId,
    contactPoint: { kind: 'EMAIL', value: `old-${mark}@example.com` },
  });
  await act('updateContactPoint', 'UpdateContactPointInput', '', {
    id: contactPoint.id,
    value: `new-${mark}@example.com`,
  });
  await act('removeContactPoint', 'RemoveContactPointInput', '', { id: contactPoint.id });
  const other = await act('createCustomer', 'CreateCustomerInput', 'customer { id }', { displayName: 'Bystander' });
  for (const [fromId, toId] of [
    [customerId, other.customer.id],
    [other.customer.id, customerId],
  ]) {
    await act('relateCustomers', 'RelateCustomersInput', '', { fromId, toId, kind: 'EMPLOYEE_OF', detail: mark });
  }
  const { customer: seen } = await admin.data(
    'query ($id: ID!) { customer(id: $id) { relations(last: 1) { edges { node { id } } } } }',
    { id: customerId },
  );
  await act('unrelateCustomers', 'UnrelateCustomersInput', '', { id: seen.relations.edges[0].node.id });
  return customerId;
}

/** Rows of every table, in every schema of ours, that have the word in them. */
async function remembered(word: string): Promise<string[]> {
  const { system } = product.app.database;
  const { rows: tables } = await system.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth', 'graphile_worker')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await system.query<{ row: string }>(
      `select t::text as row from ${name} t where t::text ilike $1`,
      [`%${word}%`],
    );
    found.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

test('the export has everything that is kept about a person', async () => {
  const id = await keepEverything();
  const { customerExport } = await admin.data('query ($id: ID!) { customerExport(id: $id) }', { id });
  expect(customerExport).toMatchObject({
    customer: {
      id,
      displayName: `Ana ${mark} Pérez`,
      birthDate: '1980-01-01',
      externalId: `${mark}-1`,
      jobTitle: mark,
    },
    preferences: [{ key: 'bread', value: mark }],
    consents: [{ purpose: 'SERVICE', evidence: mark }],
    notes: [{ text: `kept ${mark}` }],
    relations: [{ kind: 'EMPLOYEE_OF', detail: mark }],
  });
  expect(customerExport.contactPoints.map((point: Answer) => point.kind)).toEqual(['EMAIL', 'ADDRESS']);
  expect(customerExport.changes[0]).toMatchObject({ action: 'INSERT', table: 'customers' });
});

test('an erasure leaves nothing of a person in any table, and nothing of it is undone', async () => {
  const id = await keepEverything();
  await act('deleteCustomer', 'CustomerIdInput', '', { id });
  expect((await remembered(mark)).length).toBeGreaterThan(20);
  expect((await act('eraseCustomer', 'CustomerIdInput', 'erasedCustomerId', { id })).erasedCustomerId).toBe(id);
  expect(await remembered(mark)).toEqual([]);

  const after = await admin.data(
    `query ($id: ID!) { customer(id: $id) { id } customerExport(id: $id) customers { edges { node { displayName relations { totalCount } } } } }`,
    { id },
  );
  expect(after).toEqual({
    customer: null,
    customerExport: null,
    customers: { edges: [{ node: { displayName: 'Bystander', relations: { totalCount: 0 } } }] },
  });
  for (const name of ['restoreCustomer', 'eraseCustomer', 'deleteCustomer']) {
    const again = await admin.data(
      `mutation ($id: ID!) { ${name}(input: { id: $id }) { userErrors { field code } } }`,
      { id },
    );
    expect(again[name].userErrors).toEqual([{ field: 'id', code: 'NOT_FOUND' }]);
  }
  const { rows } = await product.app.database.system.query(
    'select type from events where organization_id = $1 order by tx, id',
    [organization.id],
  );
  expect(rows.at(-1).type).toBe('customer.erased');
  // What it was called by elsewhere is free again.
  await act('createCustomer', 'CreateCustomerInput', '', { displayName: 'New', externalId: `${mark}-1` });
});

test('only owners and admins erase, and a customer who signs in loses the login', async () => {
  const id = await keepEverything();
  const { rows } = await product.app.database.system.query(
    'select id from customers where external_id = $1 and organization_id = $2',
    [`${mark}-1`, organization.id],
  );
  const memberId = await organization.member(`Ana ${mark}`, 'CUSTOMER');
  await product.app.database.system.query('update members set customer_id = $1, email = $2 where id = $3', [
    rows[0].id,
    `${mark}@login.example`,
    memberId,
  ]);
  const agent = await organization.as('AGENT');
  const { errors } = await agent.send(
    'mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { erasedCustomerId } }',
    { id },
  );
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  await act('eraseCustomer', 'CustomerIdInput', '', { id });
  const left = await product.app.database.system.query(
    'select name, customer_id, deactivated_at is not null as off from members where id = $1',
    [memberId],
  );
  expect(left.rows).toEqual([{ name: '', customer_id: null, off: true }]);
  expect(await remembered(mark)).toEqual([]);
});
