import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
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

async function create(input: object): Promise<string> {
  const { createCustomer } = await admin.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { field message } } }',
    { input },
  );
  return createCustomer.customer.id;
}

const consent = (month: number, state: string) => ({
  purpose: 'MARKETING',
  channel: 'EMAIL',
  state,
  recordedAt: `2026-${String(month).padStart(2, '0')}-01T00:00:00Z`,
});

test('the timelines of several customers are paged side by side, each entry once and newest first, both ways', async () => {
  const ids = [];
  for (const name of ['Ana', 'Luis']) {
    const id = await create({
      displayName: name,
      consents: [1, 2, 3, 4, 5].map(month => consent(month, month % 2 ? 'GRANTED' : 'WITHDRAWN')),
      contactPoints: [{ kind: 'EMAIL', value: `${name}@example.com` }],
      preferences: [{ key: 'bread', value: 'well baked' }],
    });
    for (const text of ['first', 'second']) {
      await admin.data(
        'mutation ($id: ID!, $text: String!) { addNote(input: { customerId: $id, text: $text }) { userErrors { code } } }',
        { id, text },
      );
    }
    ids.push(id);
  }
  await admin.data(
    'mutation ($a: ID!, $b: ID!) { relateCustomers(input: { fromId: $a, toId: $b, kind: FAMILY }) { userErrors { code } } }',
    { a: ids[0], b: ids[1] },
  );

  const TIMELINE =
    'edges { cursor node { __typename ... on TimelineEntry { id occurredAt summary } } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
  const walk = async (id: string, size: number, backwards: boolean): Promise<Answer[]> => {
    const nodes: Answer[] = [];
    let cursor: string | null = null;
    for (;;) {
      const { customer }: Answer = await admin.data(
        `query ($id: ID!, $cursor: String) { customer(id: $id) { timeline(${backwards ? 'last' : 'first'}: ${size}, ${backwards ? 'before' : 'after'}: $cursor) { ${TIMELINE} } } }`,
        { id, cursor },
      );
      const { edges, pageInfo } = customer.timeline;
      const page = edges.map(({ node }: Answer) => node);
      backwards ? nodes.unshift(...page) : nodes.push(...page);
      if (backwards ? !pageInfo.hasPreviousPage : !pageInfo.hasNextPage) return nodes;
      cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
    }
  };
  const whole = await admin.data(
    `query ($ids: [ID!]!) { customers(filter: { id: { in: $ids } }, orderBy: { field: DISPLAY_NAME }) { edges { node { id timeline(first: 50) { totalCount ${TIMELINE} } } } } }`,
    { ids },
  );
  for (const { node } of whole.customers.edges) {
    const all = node.timeline.edges.map((edge: Answer) => edge.node);
    expect(node.timeline.totalCount).toBe(11);
    expect(all).toHaveLength(11);
    expect(new Set(all.map((entry: Answer) => `${entry.__typename}:${entry.id}`)).size).toBe(11);
    expect(all.map((entry: Answer) => Date.parse(entry.occurredAt))).toEqual(
      all.map((entry: Answer) => Date.parse(entry.occurredAt)).sort((a: number, b: number) => b - a),
    );
    for (const size of [1, 3, 4]) {
      expect(await walk(node.id, size, false)).toEqual(all);
      expect(await walk(node.id, size, true)).toEqual(all);
    }
  }
  const types = whole.customers.edges[0].node.timeline.edges.map((edge: Answer) => edge.node.__typename);
  expect(types.slice(0, 3)).toEqual(['CustomerRelated', 'NoteAdded', 'NoteAdded']);
  expect(types.filter((type: string) => type === 'ConsentRecorded')).toHaveLength(5);
});

test('entries speak the language of the reader and carry fields of their own', async () => {
  const id = await create({
    displayName: 'Ana',
    consents: [consent(1, 'WITHDRAWN')],
    preferences: [{ key: 'pan', value: 'bien cocido' }],
  });
  const read = async (language: string) => {
    const response = await product.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: admin.authorization, 'accept-language': language },
      payload: {
        query:
          'query ($id: ID!) { customer(id: $id) { timeline { edges { node { summary ... on ConsentRecorded { purpose state } ... on PreferenceSet { key } } } } } }',
        variables: { id },
      },
    });
    return response.json().data.customer.timeline.edges.map(({ node }: Answer) => node);
  };
  expect((await read('en')).at(-1)).toEqual({
    summary: 'Consent withdrawn: marketing, e-mail',
    purpose: 'MARKETING',
    state: 'WITHDRAWN',
  });
  expect((await read('es-AR')).map((node: Answer) => node.summary).sort()).toEqual([
    'Cliente añadido',
    'Consentimiento retirado: marketing, correo electrónico',
    'Prefiere pan: bien cocido',
  ]);
  expect((await read('pt-BR')).map((node: Answer) => node.summary)).toContain('Cliente adicionado');
});

test('a cursor of one timeline order belongs to no other list', async () => {
  const id = await create({ displayName: 'Ana' });
  const { customer } = await admin.data('query ($id: ID!) { customer(id: $id) { timeline { edges { cursor } } } }', {
    id,
  });
  const { errors } = await admin.send(
    'query ($id: ID!, $after: String!) { customer(id: $id) { notes(after: $after) { totalCount edges { cursor } } } }',
    { id, after: customer.timeline.edges[0].cursor },
  );
  expect(errors?.[0]?.extensions?.code).toBe('BAD_CURSOR');
});
