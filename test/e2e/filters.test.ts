import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  organization = await app.organization();
  owner = await organization.as('OWNER');
  const texts = ['Łódź', 'straße', '한국', '100%_sure\\', 'ação'];
  await accept(
    app,
    organization,
    texts.map((text, at) => mention(String(at), { text, handle: `u${at}` })),
  );
});
afterAll(() => app?.close());

const found = async (filter: object): Promise<string[]> =>
  (
    await owner.data('query ($filter: PostFilter) { posts(filter: $filter) { edges { node { text } } } }', { filter })
  ).posts.edges.map((edge: { node: { text: string } }) => edge.node.text);

test.each(['Łódź', 'lodz', 'STRASSE', 'straße', '한국', '%_s', '\\', 'acao'])(
  'contains: %s finds what it should, whatever the accents',
  async part => {
    expect(await found({ text: { contains: part } })).toHaveLength(1);
  },
);

test('a moment is compared as it was written, to the microsecond', async () => {
  const { posts } = await owner.data('{ posts(first: 1) { edges { node { id receivedAt } } } }');
  const { id, receivedAt } = posts.edges[0].node;
  const only = (receivedAtFilter: object) => found({ id: { eq: id }, receivedAt: receivedAtFilter });
  expect(await only({ eq: receivedAt })).toHaveLength(1);
  expect(await only({ gt: receivedAt })).toHaveLength(0);
  expect(await only({ lte: receivedAt })).toHaveLength(1);
});

test('a filter of thousands of conditions is refused with a reason', async () => {
  const or = Array.from({ length: 5000 }, () => ({ own: true }));
  const { errors } = await owner.send('query ($filter: PostFilter) { posts(filter: $filter) { totalCount } }', {
    filter: { or },
  });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringContaining('200') }]);
});

test('who does not see the priority of posts cannot order by it', async () => {
  await owner.data(
    'mutation ($input: SetAccessRuleInput!) { setAccessRule(input: $input) { userErrors { message } } }',
    {
      input: { role: 'ANALYST', kind: 'POST', scope: 'ALL', hiddenFields: ['priority'] },
    },
  );
  const analyst = await organization.as('ANALYST');
  const { errors } = await analyst.send('{ posts(orderBy: [{ field: PRIORITY }]) { edges { cursor } } }');
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('a default in the document costs as much as a value beside it', async () => {
  const select = 'customers(first: $n) { edges { node { posts(first: $n) { edges { node { id } } } } } }';
  const { extensions } = await owner.send(`query ($n: Int = 50) { ${select} }`);
  const literal = await owner.send(`{ ${select.replaceAll('$n', '50')} }`);
  expect((extensions as { cost: { requested: number } }).cost.requested).toBe(
    (literal.extensions as typeof extensions as never as { cost: { requested: number } }).cost.requested,
  );
});

test('the schema cannot be asked for many times over in one operation', async () => {
  const deep = 'types { fields { type { fields { name } } } }';
  const { errors } = await app.anonymous.send(
    `{ __schema { ${Array.from({ length: 30 }, (_, at) => `a${at}: ${deep}`).join(' ')} } }`,
  );
  expect(errors).toMatchObject([{ extensions: { code: 'TOO_COSTLY' } }]);
});

test('posts of authors the viewer may not see are left out, and the rest of the page stands', async () => {
  const others = await app.organization();
  const boss = await others.as('OWNER');
  await accept(app, others, [mention('1', { handle: 'stranger' }), mention('2', { handle: 'known' })]);
  const { createCustomer } = await boss.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { message } } }',
    { input: { displayName: 'Suya' } },
  );
  const { socialIdentities } = await boss.data(
    '{ socialIdentities(filter: { handle: { eq: "known" } }) { edges { node { id } } } }',
  );
  const team = (await boss.data('mutation { createTeam(input: { name: "Norte" }) { team { id } } }')).createTeam.team
    .id;
  await boss.data(
    'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { message } } }',
    {
      input: { id: createCustomer.customer.id, teamId: team },
    },
  );
  await boss.data('mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { userErrors { message } } }', {
    input: { identityId: socialIdentities.edges[0].node.id, customerId: createCustomer.customer.id },
  });
  await boss.data(
    'mutation ($input: SetAccessRuleInput!) { setAccessRule(input: $input) { userErrors { message } } }',
    {
      input: { role: 'AGENT', kind: 'POST', scope: 'ALL', hiddenFields: [] },
    },
  );
  const agent = await others.as('AGENT');
  const { posts } = await agent.data('{ posts { totalCount edges { node { author { handle } } } } }');
  expect(posts).toEqual({ totalCount: 1, edges: [{ node: { author: { handle: 'stranger' } } }] });
});
