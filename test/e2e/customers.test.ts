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
  customer { id kind displayName givenName familyName language timeZone birthDate tags customFields version
    contactPoints { id kind value label isPrimary verified address { street city postalCode country } }
    preferences { key value } consents { purpose channel state } }
  userErrors { field code message } } }`;
const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) {
  customer { id displayName version tags customFields birthDate } userErrors { field code message } } }`;
const READ =
  'query ($id: ID!) { customer(id: $id) { id displayName version contactPoints { value } notes { edges { node { text } } } } }';

async function create(input: object) {
  const { createCustomer } = await admin.data(CREATE, { input });
  return createCustomer;
}

const eventsOf = async (subject: string): Promise<string[]> =>
  (
    await product.app.database.system.query(
      'select type, subject_id from events where organization_id = $1 order by tx, id',
      [organization.id],
    )
  ).rows
    .filter(row => organization.publicId('customer', row.subject_id) === subject)
    .map(row => row.type as string);

describe('keeping a customer', () => {
  test('a customer is kept with everything that came with it, each thing in its one normal form', async () => {
    const { customer, userErrors } = await create({
      givenName: ' Ana\u0000  María ',
      familyName: 'Pe\u0301rez\u202e',
      language: 'ES-ar',
      timeZone: 'europe/madrid',
      birthDate: '1990-02-28',
      tags: ['vip', ' vip ', ''],
      contactPoints: [
        { kind: 'EMAIL', value: ' Ana.Perez@EXAMPLE.com', label: 'home' },
        { kind: 'PHONE', value: '912 34 56 78' },
        { kind: 'PHONE', value: '+1 (415) 555-2671', isPrimary: true },
        { kind: 'ADDRESS', address: { street: 'Calle Mayor 1', postalCode: '28013', city: 'Madrid', country: 'es' } },
        { kind: 'WEBSITE', value: 'Example.org/ana' },
      ],
      preferences: [{ key: 'bread', value: 'well baked' }],
      consents: [{ purpose: 'MARKETING', channel: 'EMAIL', state: 'GRANTED' }],
    });
    expect(userErrors).toEqual([]);
    expect(customer).toMatchObject({
      kind: 'PERSON',
      displayName: 'Ana María Pérez',
      givenName: 'Ana María',
      familyName: 'Pérez',
      language: 'es-AR',
      timeZone: 'Europe/Madrid',
      birthDate: '1990-02-28',
      tags: ['vip'],
      version: 1,
      preferences: [{ key: 'bread', value: 'well baked' }],
      consents: [{ purpose: 'MARKETING', channel: 'EMAIL', state: 'GRANTED' }],
    });
    expect(
      customer.contactPoints.map((point: Answer) => [point.kind, point.value, point.isPrimary, point.verified]),
    ).toEqual([
      ['EMAIL', 'ana.perez@example.com', true, false],
      ['PHONE', '+14155552671', true, false],
      ['ADDRESS', 'Calle Mayor 1, 28013 Madrid, ES', true, false],
      ['WEBSITE', 'https://example.org/ana', true, false],
      ['PHONE', '+34912345678', false, false],
    ]);
    expect(await eventsOf(customer.id)).toEqual(['customer.created']);
  });

  test('everything that is wrong is said at once, by field, and nothing is kept', async () => {
    const { customer, userErrors } = await create({
      displayName: 'x'.repeat(201),
      language: 'not a language',
      timeZone: 'Mars/Olympus',
      birthDate: '2999-01-01',
      customFields: { size: 3 },
      ownerId: 'member_00000000000000000000000000',
      contactPoints: [
        { kind: 'EMAIL', value: 'nobody@' },
        { kind: 'PHONE', value: '12' },
        { kind: 'PHONE', value: '+34 912 345 678 ext. 9' },
        { kind: 'ADDRESS', address: { city: 'Oz', country: 'ZZ' } },
        { kind: 'ADDRESS' },
        { kind: 'WEBSITE', value: 'javascript:alert(1)' },
      ],
      consents: [{ purpose: 'SERVICE', channel: 'SMS', state: 'GRANTED', recordedAt: '2999-01-01T00:00:00Z' }],
    });
    expect(customer).toBeNull();
    expect(userErrors.map((error: Answer) => [error.field, error.code])).toEqual([
      ['displayName', 'TOO_LONG'],
      ['birthDate', 'INVALID'],
      ['language', 'INVALID'],
      ['timeZone', 'INVALID'],
      ['customFields.size', 'NOT_FOUND'],
      ['contactPoints.0.value', 'INVALID'],
      ['contactPoints.1.value', 'INVALID'],
      ['contactPoints.2.value', 'INVALID'],
      ['contactPoints.3.address.country', 'INVALID'],
      ['contactPoints.4.address', 'REQUIRED'],
      ['contactPoints.5.value', 'INVALID'],
      ['consents.0.recordedAt', 'INVALID'],
      ['ownerId', 'NOT_FOUND'],
    ]);
    expect((await admin.data('{ customers { totalCount } }')).customers.totalCount).toBe(0);
  });

  test('a name that is only invisible characters is no name, and a date that is none is refused', async () => {
    expect((await create({ displayName: ' \u0007\u202e ' })).userErrors).toMatchObject([
      { field: 'displayName', code: 'REQUIRED' },
    ]);
    const { errors } = await admin.send(CREATE, { input: { displayName: 'x', birthDate: '2026-02-30' } });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('a company is shown by its legal name, and one external id belongs to one customer', async () => {
    const { customer } = await create({ kind: 'COMPANY', legalName: 'Panadería Sol S.L.', externalId: 'erp-1' });
    expect(customer.displayName).toBe('Panadería Sol S.L.');
    expect((await create({ displayName: 'Other', externalId: 'erp-1' })).userErrors).toMatchObject([
      { field: 'externalId', code: 'TAKEN' },
    ]);
  });

  test('the same idempotency key ten times at once keeps one customer and answers the same', async () => {
    const input = {
      displayName: 'Once',
      idempotencyKey: 'k-1',
      contactPoints: [{ kind: 'EMAIL', value: 'o@example.com' }],
    };
    const answers = await Promise.all(Array.from({ length: 10 }, () => create(input)));
    expect(new Set(answers.map(answer => answer.customer.id)).size).toBe(1);
    expect((await admin.data('{ customers { totalCount } }')).customers.totalCount).toBe(1);
    const { errors } = await admin.send(CREATE, { input: { ...input, displayName: 'Twice' } });
    expect(errors?.[0]?.extensions?.code).toBe('IDEMPOTENCY_MISMATCH');
  });
});

describe('changing a customer', () => {
  test('a change from an old version is refused and says which version there is', async () => {
    const { customer } = await create({ givenName: 'Ana', familyName: 'Pérez', tags: ['a'] });
    const { updateCustomer } = await admin.data(UPDATE, {
      input: { id: customer.id, version: 1, familyName: 'Gómez' },
    });
    expect(updateCustomer.customer).toMatchObject({ displayName: 'Ana Gómez', version: 2, tags: ['a'] });
    const late = await admin.data(UPDATE, { input: { id: customer.id, version: 1, tags: null } });
    expect(late.updateCustomer).toMatchObject({ customer: null, userErrors: [{ field: 'version', code: 'CONFLICT' }] });
    expect(late.updateCustomer.userErrors[0].message).toContain('version 2');
  });

  test('of ten changes from the same version one is done', async () => {
    const { customer } = await create({ displayName: 'Contended' });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        admin.data(UPDATE, { input: { id: customer.id, version: 1, displayName: `Name ${at}` } }),
      ),
    );
    expect(answers.filter(answer => answer.updateCustomer.customer).length).toBe(1);
  });

  test('a given display name stays when other names change, and clearing it makes it of them again', async () => {
    const { customer } = await create({ givenName: 'Ana', familyName: 'Pérez', displayName: 'Anita' });
    await admin.data(UPDATE, { input: { id: customer.id, givenName: 'Anna' } });
    expect((await admin.data(READ, { id: customer.id })).customer.displayName).toBe('Anita');
    const { updateCustomer } = await admin.data(UPDATE, { input: { id: customer.id, displayName: null } });
    expect(updateCustomer.customer.displayName).toBe('Anna Pérez');
  });

  test('a deleted customer is gone until it is restored, once', async () => {
    const { customer } = await create({ displayName: 'Back soon' });
    const act = (name: string) =>
      admin.data(
        `mutation ($input: CustomerIdInput!) { ${name}(input: $input) { customer { id } userErrors { field code } } }`,
        { input: { id: customer.id } },
      );
    expect((await act('deleteCustomer')).deleteCustomer).toEqual({ customer: null, userErrors: [] });
    expect((await admin.data(READ, { id: customer.id })).customer).toBeNull();
    expect((await act('deleteCustomer')).deleteCustomer.userErrors).toEqual([{ field: 'id', code: 'NOT_FOUND' }]);
    expect((await act('restoreCustomer')).restoreCustomer.customer).toEqual({ id: customer.id });
    expect((await act('restoreCustomer')).restoreCustomer.userErrors).toEqual([{ field: 'id', code: 'NOT_FOUND' }]);
    expect(await eventsOf(customer.id)).toEqual(['customer.created', 'customer.deleted', 'customer.updated']);
  });
});
