import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());

const codes = (result: { errors?: readonly { extensions?: { code?: unknown } }[] }) =>
  result.errors?.map(error => error.extensions?.code);

const MEMBERS = '{ members { totalCount edges { node { id name role status teams { name } } } } }';
const CREATE_TEAM =
  'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id name parent { name } } userErrors { field code } } }';
const UPDATE_TEAM =
  'mutation ($input: UpdateTeamInput!) { updateTeam(input: $input) { team { name parent { name } } userErrors { field code } } }';
const ADD_MEMBER =
  'mutation ($input: TeamMemberInput!) { addTeamMember(input: $input) { team { members { edges { node { id } } } } userErrors { field code } } }';
const UPDATE_MEMBER =
  'mutation ($input: UpdateMemberInput!) { updateMember(input: $input) { member { role name } userErrors { field code } } }';
const DEACTIVATE =
  'mutation ($input: ByIdInput!) { deactivateMember(input: $input) { member { status } userErrors { field code } } }';
const CREATE_KEY =
  'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id role start revokedAt team { name } } key userErrors { field code } } }';

describe('a caller', () => {
  test('learns who it is and what it may do', async () => {
    const organization = await app.organization();
    const agent = await organization.as('AGENT');
    const asked = await agent.data(`{
      viewer { actor role permissions organization { slug } member { id } }
      me { id }
      organization { slug }
    }`);
    expect(asked).toMatchObject({
      viewer: { role: 'AGENT', organization: { slug: organization.slug }, member: null },
      organization: { slug: organization.slug },
      me: null,
    });
    expect(asked.viewer.actor).toMatch(/^api_key_/);
    expect(asked.viewer.permissions).toContain('customers:write');
    expect(asked.viewer.permissions).not.toContain('access:manage');
    const memberId = await organization.member('Marta Ruiz', 'MANAGER');
    const manager = await organization.as('MANAGER', { memberId });
    const own = await manager.data('{ me { id role status } viewer { actor } }');
    expect(own).toMatchObject({ viewer: { actor: own.me.id }, me: { role: 'MANAGER', status: 'ACTIVE' } });
  });

  test('is asked for a credential, and told when it is not valid', async () => {
    expect(codes(await app.anonymous.send('{ organization { id } }'))).toEqual(['UNAUTHENTICATED']);
    const wrong = await app.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: 'Bearer vnc_wrong' },
      payload: { query: '{ organization { id } }' },
    });
    expect(wrong.statusCode).toBe(401);
    expect(codes(wrong.json())).toEqual(['UNAUTHENTICATED']);
  });

  test('who is known costs no statement to recognise', async () => {
    const organization = await app.organization();
    const agent = await organization.as('AGENT');
    await agent.data('{ viewer { role } }');
    const { system } = app.app.database;
    const query = system.query.bind(system);
    let statements = 0;
    system.query = ((...args: Parameters<typeof query>) => {
      statements += 1;
      return query(...args);
    }) as typeof system.query;
    await agent.data('{ viewer { role } }');
    system.query = query;
    expect(statements).toBe(0);
  });
});

describe('roles', () => {
  test('only those who manage access see or change it', async () => {
    const organization = await app.organization();
    for (const role of ['MANAGER', 'AGENT', 'ANALYST', 'PARTNER', 'CUSTOMER'] as const) {
      const client = await organization.as(role);
      for (const document of [
        '{ apiKeys { totalCount } }',
        '{ oauthClients { totalCount } }',
        '{ accessRules { role } }',
        '{ auditEntries { totalCount } }',
      ])
        expect(codes(await client.send(document))).toEqual(['FORBIDDEN']);
      expect(codes(await client.send(CREATE_KEY, { input: { name: 'Mine', role: 'CUSTOMER' } }))).toEqual([
        'FORBIDDEN',
      ]);
    }
    for (const role of ['PARTNER', 'CUSTOMER'] as const) {
      const client = await organization.as(role);
      expect(codes(await client.send(MEMBERS))).toEqual(['FORBIDDEN']);
      expect(codes(await client.send('{ teams { totalCount } }'))).toEqual(['FORBIDDEN']);
    }
    expect((await (await organization.as('AGENT')).data('{ members { totalCount } }')).members.totalCount).toBe(0);
  });

  test('nobody gives out a role above their own', async () => {
    const organization = await app.organization();
    const admin = await organization.as('ADMIN');
    const refused = await admin.data(CREATE_KEY, { input: { name: 'Too much', role: 'OWNER' } });
    expect(refused.createApiKey).toEqual({
      apiKey: null,
      key: null,
      userErrors: [{ field: 'role', code: 'NOT_ALLOWED' }],
    });
    const id = organization.publicId('member', await organization.member('Marta Ruiz', 'OWNER'));
    await organization.member('Other Owner', 'OWNER');
    const demoted = await admin.data(UPDATE_MEMBER, { input: { id, role: 'AGENT' } });
    expect(demoted.updateMember.userErrors).toEqual([{ field: 'role', code: 'NOT_ALLOWED' }]);
    const owner = await organization.as('OWNER');
    const done = await owner.data(UPDATE_MEMBER, { input: { id, role: 'AGENT', name: ' Marta  R. ' } });
    expect(done.updateMember).toEqual({ member: { role: 'AGENT', name: 'Marta R.' }, userErrors: [] });
  });

  test('the last owner can be neither demoted nor deactivated', async () => {
    const organization = await app.organization();
    const memberId = await organization.member('Marta Ruiz', 'OWNER');
    const owner = await organization.as('OWNER', { memberId });
    const id = organization.publicId('member', memberId);
    // One who never accepted the invitation does not stand in for one who signs in.
    await organization.member('Invited', 'OWNER');
    expect((await owner.data(UPDATE_MEMBER, { input: { id, role: 'ADMIN' } })).updateMember.userErrors).toEqual([
      { field: 'role', code: 'NOT_ALLOWED' },
    ]);
    expect((await owner.data(DEACTIVATE, { input: { id } })).deactivateMember.userErrors).toEqual([
      { field: 'id', code: 'NOT_ALLOWED' },
    ]);
  });

  test('of two owners who are demoted at the same time one stays', async () => {
    const organization = await app.organization();
    const ids = [await organization.member('One', 'OWNER'), await organization.member('Two', 'OWNER')];
    const keys = [await organization.as('OWNER'), await organization.as('OWNER')];
    const { system } = app.app.database;
    for (let round = 0; round < 10; round++) {
      await system.query("update members set role = 'OWNER', user_id = id::text where organization_id = $1", [
        organization.id,
      ]);
      await Promise.all(
        keys.map((key, at) =>
          key.data(UPDATE_MEMBER, { input: { id: organization.publicId('member', ids[at]!), role: 'AGENT' } }),
        ),
      );
      const { rows } = await system.query("select 1 from members where organization_id = $1 and role = 'OWNER'", [
        organization.id,
      ]);
      expect(rows).toHaveLength(1);
    }
  });
});

describe('teams', () => {
  test('are made, moved, filled and removed', async () => {
    const organization = await app.organization();
    const admin = await organization.as('ADMIN');
    const { team: north } = (await admin.data(CREATE_TEAM, { input: { name: 'North' } })).createTeam;
    const { team: shop } = (await admin.data(CREATE_TEAM, { input: { name: 'Shop', parentId: north.id } })).createTeam;
    expect(shop.parent).toEqual({ name: 'North' });
    expect((await admin.data(CREATE_TEAM, { input: { name: 'Shop' } })).createTeam.userErrors).toEqual([
      { field: 'name', code: 'TAKEN' },
    ]);
    expect(
      (await admin.data(UPDATE_TEAM, { input: { id: north.id, parentId: shop.id } })).updateTeam.userErrors,
    ).toEqual([{ field: 'parentId', code: 'CONFLICT' }]);
    const memberId = organization.publicId('member', await organization.member('Marta Ruiz'));
    const filled = await admin.data(ADD_MEMBER, { input: { teamId: shop.id, memberId } });
    expect(filled.addTeamMember.team.members.edges).toEqual([{ node: { id: memberId } }]);
    expect((await admin.data(MEMBERS)).members.edges[0].node.teams).toEqual([{ name: 'Shop' }]);
    const remove =
      'mutation ($input: ByIdInput!) { removeTeam(input: $input) { removedId userErrors { field code } } }';
    expect((await admin.data(remove, { input: { id: north.id } })).removeTeam.userErrors).toEqual([
      { field: 'id', code: 'CONFLICT' },
    ]);
    expect((await admin.data(remove, { input: { id: shop.id } })).removeTeam).toEqual({
      removedId: shop.id,
      userErrors: [],
    });
  });

  test('a member of a team is also one of the teams below it', async () => {
    const organization = await app.organization();
    const owner = await organization.as('OWNER');
    const { team: north } = (await owner.data(CREATE_TEAM, { input: { name: 'North' } })).createTeam;
    const { team: shop } = (await owner.data(CREATE_TEAM, { input: { name: 'Shop', parentId: north.id } })).createTeam;
    const create =
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { field message } } }';
    const made = await owner.data(create, { input: { kind: 'PERSON', displayName: 'Shopper', teamId: shop.id } });
    const id = made.createCustomer.customer.id;
    const memberId = await organization.member('Agent');
    const agent = await organization.as('AGENT', { memberId });
    const see = async () => (await agent.data('query ($id: ID!) { customer(id: $id) { id } }', { id })).customer;
    expect(await see()).toBeNull();
    await owner.data(ADD_MEMBER, { input: { teamId: north.id, memberId: organization.publicId('member', memberId) } });
    expect(await see()).toEqual({ id });
    const moved = await owner.data(UPDATE_TEAM, { input: { id: shop.id, parentId: null } });
    expect(moved.updateTeam.team.parent).toBeNull();
    expect(await see()).toBeNull();
  });
});

test("another organisation's ids answer as unknown ones do, and its records are out of reach", async () => {
  const ours = await (await app.organization()).as('OWNER');
  const other = await app.organization();
  const theirs = await other.as('OWNER');
  const member = other.publicId('member', await other.member('Theirs'));
  const { team } = (await theirs.data(CREATE_TEAM, { input: { name: 'Theirs' } })).createTeam;
  const { apiKey } = (await theirs.data(CREATE_KEY, { input: { name: 'Theirs', role: 'AGENT' } })).createApiKey;
  const unknown = {
    member: other.publicId('member', '01912345-0000-7000-8000-000000000000'),
    team: other.publicId('team', '01912345-0000-7000-8000-000000000000'),
    key: other.publicId('api_key', '01912345-0000-7000-8000-000000000000'),
  };
  const ask = async (ids: { member: string; team: string; key: string }) =>
    ours.send(
      `mutation ($member: ID!, $team: ID!, $key: ID!) {
        updateMember(input: { id: $member, name: "X" }) { userErrors { field code message } }
        deactivateMember(input: { id: $member }) { userErrors { field code message } }
        updateTeam(input: { id: $team, name: "X" }) { userErrors { field code message } }
        removeTeam(input: { id: $team }) { userErrors { field code message } }
        addTeamMember(input: { teamId: $team, memberId: $member }) { userErrors { field code message } }
        createApiKey(input: { name: "X", role: AGENT, teamId: $team }) { userErrors { field code message } }
        revokeApiKey(input: { id: $key }) { userErrors { field code message } }
      }`,
      ids,
    );
  const [known, none] = [await ask({ member, team: team.id, key: apiKey.id }), await ask(unknown)];
  expect(known.errors).toBeUndefined();
  expect(known.data).toEqual(none.data);
  const malformed = await ask({ member: 'x', team: apiKey.id, key: team.id });
  expect(malformed.data).toEqual(none.data);
  const nodes = await ours.data('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [member, team.id, apiKey.id],
  });
  expect(nodes.nodes).toEqual([null, null, null]);
});
