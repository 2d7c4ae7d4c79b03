import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;

beforeAll(async () => {
  product = await openTestApp();
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
});

const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) {
  customer { id } userErrors { field code } } }`;
const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) {
  customer { customFields } userErrors { field code } } }`;

async function create(input: object) {
  const { createCustomer } = await admin.data(CREATE, { input });
  return createCustomer;
}

const eventsOf = async (): Promise<string[]> =>
  (
    await product.app.database.system.query('select type from events where organization_id = $1', [organization.id])
  ).rows.map(row => row.type);

describe('many at once', () => {
  const BATCH = (name: string, type: string) => `mutation ($input: ${type}!) { ${name}(input: $input) {
    results { index created customer { id displayName } userErrors { field code } } userErrors { field code } } }`;

  test('one bad item does not stop the others', async () => {
    const { createCustomers } = await admin.data(BATCH('createCustomers', 'CreateCustomersInput'), {
      input: {
        items: [
          { displayName: 'A', externalId: '1' },
          { displayName: '' },
          { displayName: 'B', externalId: '1' },
          { displayName: 'C' },
        ],
      },
    });
    expect(
      createCustomers.results.map((result: Answer) => [
        result.index,
        result.customer?.displayName,
        result.userErrors[0]?.field,
      ]),
    ).toEqual([
      [0, 'A', undefined],
      [1, undefined, 'displayName'],
      [2, undefined, 'externalId'],
      [3, 'C', undefined],
    ]);
    const [a, , , c] = createCustomers.results;
    const { updateCustomers } = await admin.data(BATCH('updateCustomers', 'UpdateCustomersInput'), {
      input: {
        items: [
          { id: a.customer.id, displayName: 'A2' },
          { id: 'customer_00000000000000000000000000', displayName: 'X' },
          { id: c.customer.id, externalId: '1' },
        ],
      },
    });
    expect(
      updateCustomers.results.map((result: Answer) => result.userErrors[0]?.code ?? result.customer.displayName),
    ).toEqual(['A2', 'NOT_FOUND', 'TAKEN']);
  });

  test('more than 200 items are refused as a whole', async () => {
    const { createCustomers } = await admin.data(BATCH('createCustomers', 'CreateCustomersInput'), {
      input: { items: Array.from({ length: 201 }, () => ({ displayName: 'x' })) },
    });
    expect(createCustomers).toMatchObject({ results: null, userErrors: [{ field: 'items', code: 'TOO_LONG' }] });
  });

  test('an upsert run by ten writers at once keeps each customer once and tells one event a transaction', async () => {
    const items = Array.from({ length: 5 }, (_, at) => ({ externalId: `e-${at}`, displayName: `Customer ${at}` }));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        admin.data(BATCH('upsertCustomers', 'UpsertCustomersInput'), { input: { items: [...items, items[0]] } }),
      ),
    );
    const results = answers.flatMap(answer => answer.upsertCustomers.results);
    expect(results.every((result: Answer) => result.userErrors.length === 0)).toBe(true);
    expect(results.filter((result: Answer) => result.created).length).toBe(5);
    expect((await admin.data('{ customers { totalCount } }')).customers.totalCount).toBe(5);
    expect((await eventsOf()).filter(type => type === 'customer.created').length).toBe(5);
    expect((await eventsOf()).length).toBe(50);
  });

  test('an upsert by e-mail finds who has it as the primary or a verified one, and no one else', async () => {
    const mail = (value: string) => ({ kind: 'EMAIL', value });
    const { customer } = await create({
      displayName: 'Known',
      contactPoints: [mail('first@example.com'), mail('second@example.com')],
    });
    const upsert = async (item: object) =>
      (
        await admin.data(BATCH('upsertCustomers', 'UpsertCustomersInput'), {
          input: { matchBy: 'EMAIL', items: [item] },
        })
      ).upsertCustomers.results[0];
    expect(await upsert({ displayName: 'Renamed', contactPoints: [mail('FIRST@example.com')] })).toMatchObject({
      created: false,
      customer: { id: customer.id, displayName: 'Renamed' },
    });
    expect(await upsert({ displayName: 'Somebody', contactPoints: [mail('second@example.com')] })).toMatchObject({
      created: true,
    });
    expect((await upsert({ displayName: 'No address' })).userErrors).toEqual([
      { field: 'contactPoints', code: 'REQUIRED' },
    ]);
    await create({ displayName: 'Twin', contactPoints: [mail('first@example.com')] });
    expect((await upsert({ displayName: 'Which', contactPoints: [mail('first@example.com')] })).userErrors).toEqual([
      { field: 'contactPoints.0.value', code: 'CONFLICT' },
    ]);
  });
});

describe('custom fields', () => {
  const DEFINE = `mutation ($input: DefineCustomFieldInput!) { defineCustomField(input: $input) { customField { id key type options required } userErrors { field code } } }`;

  test('values are held to their definitions, filtered by, and go with the definition', async () => {
    const define = async (input: object) => (await admin.data(DEFINE, { input })).defineCustomField;
    for (const input of [
      { key: 'nickname', label: 'Nickname', type: 'TEXT' },
      { key: 'size', label: 'Size', type: 'NUMBER' },
      { key: 'vegan', label: 'Vegan', type: 'BOOLEAN' },
      { key: 'since', label: 'Since', type: 'DATE' },
      { key: 'plan', label: 'Plan', type: 'SELECT', options: ['S', 'M'], required: true },
    ]) {
      expect((await define(input)).userErrors).toEqual([]);
    }
    expect(
      (await define({ key: '1x', label: '', type: 'SELECT' })).userErrors.map((error: Answer) => error.field),
    ).toEqual(['key', 'label', 'options']);
    expect((await define({ key: 'size', label: 'Size', type: 'TEXT' })).userErrors).toEqual([
      { field: 'type', code: 'NOT_ALLOWED' },
    ]);

    expect((await create({ displayName: 'No plan' })).userErrors).toMatchObject([
      { field: 'customFields.plan', code: 'REQUIRED' },
    ]);
    const bad = await create({
      displayName: 'Bad',
      customFields: { nickname: 1, size: 'x', vegan: 'yes', since: '2026-13-01', plan: 'XL', other: 1 },
    });
    expect(bad.userErrors.map((error: Answer) => error.field)).toEqual(
      ['nickname', 'size', 'vegan', 'since', 'plan', 'other'].map(key => `customFields.${key}`),
    );
    const { customer } = await create({
      displayName: 'Good',
      customFields: { nickname: 'Gus', size: 3.5, vegan: true, since: '2026-01-01', plan: 'S' },
    });
    await create({ displayName: 'Medium', customFields: { plan: 'M' } });
    const { updateCustomer } = await admin.data(UPDATE, {
      input: { id: customer.id, customFields: { nickname: null, size: 4 } },
    });
    expect(updateCustomer.customer.customFields).toEqual({ size: 4, vegan: true, since: '2026-01-01', plan: 'S' });

    const found = await admin.data(
      '{ customers(filter: { customFields: [{ key: "plan", eq: "S" }, { key: "size", eq: 4 }] }) { edges { node { displayName } } } }',
    );
    expect(found.customers.edges).toEqual([{ node: { displayName: 'Good' } }]);

    await admin.data('mutation { removeCustomField(input: { key: "size" }) { userErrors { code } } }');
    const after = await admin.data(
      'query ($id: ID!) { customer(id: $id) { customFields version } customFieldDefinitions { key } }',
      { id: customer.id },
    );
    expect(after.customer).toEqual({ customFields: { vegan: true, since: '2026-01-01', plan: 'S' }, version: 3 });
    expect(after.customFieldDefinitions.map((field: Answer) => field.key)).toEqual([
      'nickname',
      'vegan',
      'since',
      'plan',
    ]);
  });
});
