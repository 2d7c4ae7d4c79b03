import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { CreateCustomerDocument } from '../support/operations.generated.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  owner = await organization.as('OWNER');
});

const SET_RULE = `mutation ($input: SetAccessRuleInput!) {
  setAccessRule(input: $input) { rule { role kind scope hiddenFields isDefault } userErrors { field code } }
}`;
const RESET_RULE = `mutation ($input: ResetAccessRuleInput!) {
  resetAccessRule(input: $input) { rule { scope hiddenFields isDefault } userErrors { field code } }
}`;
const LIST =
  '{ customers(orderBy: [{ field: DISPLAY_NAME }]) { totalCount edges { node { displayName birthDate tags } } } }';

const setRule = async (input: object) => (await owner.data(SET_RULE, { input })).setAccessRule;
const names = async (client: Client) => {
  const { customers } = await client.data(LIST);
  expect(customers.totalCount).toBe(customers.edges.length);
  return customers.edges.map(({ node }: { node: { displayName: string } }) => node.displayName);
};

async function createCustomer(displayName: string, more: object = {}): Promise<string> {
  const { createCustomer: made } = await owner.data(CreateCustomerDocument, {
    input: { kind: 'PERSON', displayName, ...more },
  });
  expect(made.userErrors).toEqual([]);
  return made.customer!.id;
}

describe('what a role sees', () => {
  test('follows the rule from the next request on: ALL, TEAM, OWN, NONE, and back to the default', async () => {
    const memberId = await organization.member('Agent');
    const { createTeam } = await owner.data('mutation { createTeam(input: { name: "Shop" }) { team { id } } }');
    const teamId = createTeam.team.id;
    const ownerId = organization.publicId('member', memberId);
    const other = organization.publicId('member', await organization.member('Other'));
    const { createTeam: away } = await owner.data('mutation { createTeam(input: { name: "Away" }) { team { id } } }');
    await createCustomer('1 mine', { ownerId });
    await createCustomer('2 of my team', { teamId });
    await createCustomer('3 nobody has taken');
    const theirs = await createCustomer('4 theirs', { ownerId: other, teamId: away.team.id });
    await owner.data('mutation ($input: TeamMemberInput!) { addTeamMember(input: $input) { userErrors { code } } }', {
      input: { teamId, memberId: ownerId },
    });
    const agent = await organization.as('AGENT', { memberId });
    const rule = { role: 'AGENT', kind: 'CUSTOMER' };

    expect(await names(agent)).toEqual(['1 mine', '2 of my team', '3 nobody has taken']);
    expect(await setRule({ ...rule, scope: 'ALL' })).toEqual({
      rule: { ...rule, scope: 'ALL', hiddenFields: [], isDefault: false },
      userErrors: [],
    });
    expect(await names(agent)).toHaveLength(4);
    await setRule({ ...rule, scope: 'OWN' });
    expect(await names(agent)).toEqual(['1 mine']);
    await setRule({ ...rule, scope: 'NONE' });
    expect(await names(agent)).toEqual([]);
    const { resetAccessRule } = await owner.data(RESET_RULE, { input: rule });
    expect(resetAccessRule.rule).toEqual({ scope: 'TEAM', hiddenFields: [], isDefault: true });
    expect(await names(agent)).toHaveLength(3);
    expect(
      await agent.data('query ($id: ID!) { customer(id: $id) { id } node(id: $id) { id } }', { id: theirs }),
    ).toEqual({
      customer: null,
      node: null,
    });
  });

  test('leaves out hidden fields, and refuses to filter or order by them', async () => {
    await createCustomer('Marta Ruiz', { birthDate: '1980-02-03', tags: ['vip'] });
    const manager = await organization.as('MANAGER');
    const first = async () => (await manager.data(LIST)).customers.edges[0].node;
    expect(await first()).toMatchObject({ birthDate: '1980-02-03', tags: ['vip'] });
    await setRule({ role: 'MANAGER', kind: 'CUSTOMER', scope: 'ALL', hiddenFields: ['tags', 'birthDate', 'tags'] });
    expect(await first()).toEqual({ displayName: 'Marta Ruiz', birthDate: null, tags: [] });
    for (const filter of ['{ tags: { contains: "vip" } }', '{ not: { birthDate: { eq: "1980-02-03" } } }']) {
      const result = await manager.send(`{ customers(filter: ${filter}) { totalCount } }`);
      expect(result.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    await owner.data(RESET_RULE, { input: { role: 'MANAGER', kind: 'CUSTOMER' } });
    expect(await first()).toMatchObject({ tags: ['vip'] });
  });

  test('is its own for a customer and what is its team’s for a partner', async () => {
    const id = await createCustomer('Marta Ruiz');
    await createCustomer('Somebody else');
    const create = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key userErrors { code } } }';
    const { key } = (await owner.data(create, { input: { name: 'Portal', role: 'CUSTOMER', customerId: id } }))
      .createApiKey;
    const response = await app.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${key}` },
      payload: { query: '{ customers { edges { node { id tags } } } }' },
    });
    expect(response.json().data.customers.edges).toEqual([{ node: { id, tags: [] } }]);

    const partner = await organization.as('PARTNER');
    expect((await partner.data('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
    await setRule({ role: 'PARTNER', kind: 'CUSTOMER', scope: 'TEAM' });
    expect((await partner.data('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
  });
});

describe('a rule', () => {
  test('names fields that can be hidden, and scopes that the role may have', async () => {
    const refused = async (input: object) => (await setRule(input)).userErrors;
    expect(await refused({ role: 'AGENT', kind: 'CUSTOMER', scope: 'ALL', hiddenFields: ['displayName'] })).toEqual([
      { field: 'hiddenFields', code: 'INVALID' },
    ]);
    expect(await refused({ role: 'AGENT', kind: 'AUDIT', scope: 'ALL' })).toEqual([
      { field: 'scope', code: 'NOT_ALLOWED' },
    ]);
    expect(await refused({ role: 'ADMIN', kind: 'AUDIT', scope: 'TEAM' })).toEqual([
      { field: 'scope', code: 'INVALID' },
    ]);
    expect(await refused({ role: 'CUSTOMER', kind: 'POST', scope: 'ALL' })).toEqual([
      { field: 'scope', code: 'NOT_ALLOWED' },
    ]);
    expect(await refused({ role: 'PARTNER', kind: 'POST', scope: 'ALL' })).toEqual([
      { field: 'scope', code: 'NOT_ALLOWED' },
    ]);
    expect(await refused({ role: 'OWNER', kind: 'POST', scope: 'NONE' })).toEqual([
      { field: 'role', code: 'NOT_ALLOWED' },
    ]);
    const admin = await organization.as('ADMIN');
    const own = await admin.data(SET_RULE, { input: { role: 'ADMIN', kind: 'CUSTOMER', scope: 'ALL' } });
    expect(own.setAccessRule.userErrors).toEqual([{ field: 'role', code: 'NOT_ALLOWED' }]);
  });

  test('is shown for every role and kind, and holds in its own organisation only', async () => {
    await setRule({ role: 'ANALYST', kind: 'POST', scope: 'NONE' });
    const rules = async (client: Client) =>
      (await client.data('{ accessRules { role kind scope isDefault } }')).accessRules as { isDefault: boolean }[];
    const ours = await rules(owner);
    expect(ours).toHaveLength(7 * 14);
    expect(ours.filter(({ isDefault }) => !isDefault)).toEqual([
      { role: 'ANALYST', kind: 'POST', scope: 'NONE', isDefault: false },
    ]);
    const theirs = await rules(await (await app.organization()).as('OWNER'));
    expect(theirs.every(({ isDefault }) => isDefault)).toBe(true);
  });
});

test('a team sees its colleagues and itself where staff is narrowed to teams', async () => {
  const [one, two] = [await organization.member('One'), await organization.member('Two')];
  await organization.member('Stranger');
  const { createTeam } = await owner.data('mutation { createTeam(input: { name: "Shop" }) { team { id } } }');
  for (const id of [one, two])
    await owner.data('mutation ($input: TeamMemberInput!) { addTeamMember(input: $input) { userErrors { code } } }', {
      input: { teamId: createTeam.team.id, memberId: organization.publicId('member', id) },
    });
  await owner.data('mutation { createTeam(input: { name: "Other" }) { team { id } } }');
  const agent = await organization.as('AGENT', { memberId: one });
  const see = async () => {
    const { members, teams } = await agent.data(
      '{ members { edges { node { name } } } teams { edges { node { name } } } }',
    );
    const list = (page: { edges: { node: { name: string } }[] }) => page.edges.map(({ node }) => node.name);
    return [list(members), list(teams)];
  };
  expect(await see()).toEqual([
    ['One', 'Stranger', 'Two'],
    ['Other', 'Shop'],
  ]);
  await setRule({ role: 'AGENT', kind: 'STAFF', scope: 'TEAM' });
  expect(await see()).toEqual([['One', 'Two'], ['Shop']]);
  await setRule({ role: 'AGENT', kind: 'STAFF', scope: 'OWN' });
  expect(await see()).toEqual([['One'], []]);
});
