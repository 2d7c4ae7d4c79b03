import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
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

async function create(input: object, client = admin): Promise<{ id: string; contactPoints: { id: string }[] }> {
  const { createCustomer } = await client.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id contactPoints { id } } userErrors { field code message } } }',
    { input },
  );
  expect(createCustomer.userErrors).toEqual([]);
  return createCustomer.customer;
}

async function team(name: string): Promise<string> {
  const id = newId();
  await product.app.database.system.query('insert into teams (organization_id, id, name) values ($1, $2, $3)', [
    organization.id,
    id,
    name,
  ]);
  return id;
}

const names = async (client: Client, args: string): Promise<string[]> =>
  (await client.data(`{ customers(${args}) { edges { node { displayName } } } }`)).customers.edges.map(
    ({ node }: Answer) => node.displayName,
  );

describe('search', () => {
  test('accents, case and small mistakes do not matter, and the best fit comes first', async () => {
    for (const displayName of ['Ana Pérez Gómez', 'Peregrín Castro', 'Núria Vilaseca', 'João Conceição'])
      await create({ displayName });
    await create({ kind: 'COMPANY', displayName: 'La Tahona', legalName: 'Panadería González S.L.' });
    expect(await names(admin, 'search: "Peres"')).toEqual(['Ana Pérez Gómez', 'Peregrín Castro']);
    expect(await names(admin, 'search: "ANA PEREZ"')).toEqual(['Ana Pérez Gómez']);
    expect(await names(admin, 'search: "perez, ana"')).toEqual(['Ana Pérez Gómez']);
    expect(await names(admin, 'search: "nuria vilasega"')).toEqual(['Núria Vilaseca']);
    expect(await names(admin, 'search: "conceicao"')).toEqual(['João Conceição']);
    expect(await names(admin, 'search: "panaderia gonzales"')).toEqual(['La Tahona']);
    expect(await names(admin, 'search: "zzzz"')).toEqual([]);
    expect((await names(admin, 'search: " "')).length).toBe(5);
  });

  test('results are paged by rank, and take another order and a filter', async () => {
    for (const at of [1, 2, 3, 4, 5])
      await create({ displayName: `Marta Ruiz ${'x'.repeat(at)}`, tags: at > 2 ? ['late'] : [] });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { customers }: Answer = await admin.data(
        'query ($after: String) { customers(search: "marta ruiz", first: 2, after: $after) { totalCount edges { node { displayName } } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      expect(customers.totalCount).toBe(5);
      seen.push(...customers.edges.map(({ node }: Answer) => node.displayName));
      after = customers.pageInfo.hasNextPage ? customers.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(5);
    expect(
      await names(
        admin,
        'search: "marta", orderBy: { field: DISPLAY_NAME, direction: DESC }, filter: { tags: { contains: "late" } }, first: 1',
      ),
    ).toEqual(['Marta Ruiz xxxxx']);
    const { errors } = await admin.send('{ customers(orderBy: { field: RELEVANCE }) { edges { cursor } } }');
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('a whole address or number finds who has it, however it is written', async () => {
    await create({
      displayName: 'Luis',
      contactPoints: [
        { kind: 'EMAIL', value: 'luis@example.com' },
        { kind: 'PHONE', value: '612345678' },
      ],
    });
    await create({ displayName: 'Somebody' });
    expect(await names(admin, 'search: "LUIS@example.com"')).toEqual(['Luis']);
    expect(await names(admin, 'search: "+34 612-345-678"')).toEqual(['Luis']);
    expect(await names(admin, 'search: "612 345 678"')).toEqual(['Luis']);
    const { customerByContactPoint } = await admin.data(
      '{ customerByContactPoint(kind: PHONE, value: "612 34 56 78") { displayName } }',
    );
    expect(customerByContactPoint).toEqual({ displayName: 'Luis' });
  });
});

describe('what a role sees', () => {
  test('an analyst neither sees contact points, notes and dates of birth nor finds or orders by them', async () => {
    const { id } = await create({
      displayName: 'Luis',
      birthDate: '1980-01-01',
      contactPoints: [
        { kind: 'EMAIL', value: 'x9@example.com' },
        { kind: 'PHONE', value: '612345678' },
      ],
    });
    await admin.data(
      'mutation ($id: ID!) { addNote(input: { customerId: $id, text: "secret" }) { userErrors { code } } }',
      { id },
    );
    const analyst = await organization.as('ANALYST');
    const { customer } = await analyst.data(
      'query ($id: ID!) { customer(id: $id) { displayName birthDate contactPoints { value } notes { totalCount } timeline { edges { node { __typename } } } } }',
      { id },
    );
    expect(customer).toEqual({
      displayName: 'Luis',
      birthDate: null,
      contactPoints: [],
      notes: null,
      timeline: { edges: [{ node: { __typename: 'CustomerCreated' } }] },
    });
    expect(await names(analyst, 'search: "x9@example.com"')).toEqual([]);
    expect(await names(analyst, 'search: "612345678"')).toEqual([]);
    for (const query of [
      '{ customerByContactPoint(kind: EMAIL, value: "x9@example.com") { id } }',
      '{ customers(filter: { birthDate: { isNull: false } }) { totalCount } }',
      'mutation { createCustomer(input: { displayName: "x" }) { userErrors { code } } }',
    ]) {
      const { errors } = await analyst.send(query);
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });

  test('an agent works on what is its own, its teams’ and nobody’s, and the rest does not exist for it', async () => {
    const [mine, others] = [await team('Mine'), await team('Others')];
    const memberId = await organization.member('Agent');
    const agent = await organization.as('AGENT', { memberId, teamIds: [mine] });
    const of = (teamId: string | null, displayName: string) =>
      create({ displayName, ...(teamId ? { teamId: organization.publicId('team', teamId) } : {}) });
    const seen = await of(mine, 'Mine');
    const free = await of(null, 'Free');
    const hidden = await create({
      displayName: 'Hidden',
      externalId: 'h-1',
      teamId: organization.publicId('team', others),
      contactPoints: [{ kind: 'EMAIL', value: 'hidden@example.com' }],
    });
    expect(await names(agent, 'orderBy: { field: DISPLAY_NAME }')).toEqual(['Free', 'Mine']);
    expect(await names(agent, 'search: "hidden"')).toEqual([]);
    expect(await names(agent, 'search: "hidden@example.com"')).toEqual([]);
    expect(
      (await agent.data('{ customerByContactPoint(kind: EMAIL, value: "hidden@example.com") { id } }'))
        .customerByContactPoint,
    ).toBeNull();
    await admin.data(
      'mutation ($a: ID!, $b: ID!) { relateCustomers(input: { fromId: $a, toId: $b, kind: FRIEND }) { userErrors { code } } }',
      { a: seen.id, b: hidden.id },
    );
    const { customer } = await agent.data(
      'query ($id: ID!) { customer(id: $id) { relations { totalCount } timeline { edges { node { __typename } } } } }',
      { id: seen.id },
    );
    expect(customer).toEqual({
      relations: { totalCount: 0 },
      timeline: { edges: [{ node: { __typename: 'CustomerCreated' } }] },
    });

    const refused = await agent.data(
      `mutation ($hidden: ID!, $point: ID!, $free: ID!) {
        updateCustomer(input: { id: $hidden, displayName: "x" }) { userErrors { field code } }
        deleteCustomer(input: { id: $hidden }) { userErrors { field code } }
        addNote(input: { customerId: $hidden, text: "x" }) { userErrors { field code } }
        removeContactPoint(input: { id: $point }) { userErrors { field code } }
        relateCustomers(input: { fromId: $free, toId: $hidden, kind: FRIEND }) { userErrors { field code } }
        upsertCustomers(input: { items: [{ externalId: "h-1", displayName: "x" }] }) { results { userErrors { field code } } } }`,
      { hidden: hidden.id, point: hidden.contactPoints[0]!.id, free: free.id },
    );
    expect(refused).toEqual({
      updateCustomer: { userErrors: [{ field: 'id', code: 'NOT_FOUND' }] },
      deleteCustomer: { userErrors: [{ field: 'id', code: 'NOT_FOUND' }] },
      addNote: { userErrors: [{ field: 'customerId', code: 'NOT_FOUND' }] },
      removeContactPoint: { userErrors: [{ field: 'id', code: 'NOT_FOUND' }] },
      relateCustomers: { userErrors: [{ field: 'toId', code: 'NOT_FOUND' }] },
      upsertCustomers: { results: [{ userErrors: [{ field: 'externalId', code: 'TAKEN' }] }] },
    });
  });

  test('ids of another organisation answer exactly as unknown ones do', async () => {
    const other = await product.organization();
    const stranger = await create(
      { displayName: 'Theirs', contactPoints: [{ kind: 'EMAIL', value: 'theirs@example.com' }] },
      await other.as('ADMIN'),
    );
    const mine = await create({ displayName: 'Mine' });
    const unknown = {
      id: 'customer_00000000000000000000000000',
      contactPoints: [{ id: 'contact_00000000000000000000000000' }],
    };
    const document = `mutation ($id: ID!, $point: ID!, $mine: ID!) {
      updateCustomer(input: { id: $id, displayName: "x" }) { customer { id } userErrors { field code message } }
      eraseCustomer(input: { id: $id }) { erasedCustomerId userErrors { field code message } }
      restoreCustomer(input: { id: $id }) { userErrors { field code message } }
      setPreference(input: { customerId: $id, key: "a", value: "b" }) { userErrors { field code message } }
      recordConsent(input: { customerId: $id, consent: { purpose: SERVICE, channel: SMS, state: GRANTED } }) { userErrors { field code message } }
      relateCustomers(input: { fromId: $mine, toId: $id, kind: FRIEND }) { userErrors { field code message } }
      verifyContactPoint(input: { id: $point }) { userErrors { field code message } } }`;
    const ask = ({ id, contactPoints }: typeof unknown) =>
      admin.data(document, { id, point: contactPoints[0]!.id, mine: mine.id });
    expect(await ask(stranger)).toEqual(await ask(unknown));
    const read = 'query ($id: ID!) { customer(id: $id) { id } customerExport(id: $id) }';
    expect(await admin.data(read, { id: stranger.id })).toEqual({ customer: null, customerExport: null });
    expect(await names(admin, 'search: "theirs@example.com"')).toEqual([]);
    expect((await admin.send('query { customer(id: "nonsense") { id } }')).data).toEqual({ customer: null });
  });
});
