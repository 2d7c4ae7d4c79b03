import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';

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

const sql = (text: string, values: unknown[]) => product.app.database.system.query(text, values);

async function create(input: object): Promise<string> {
  const { createCustomer } = await owner.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { field code } } }',
    { input },
  );
  expect(createCustomer.userErrors).toEqual([]);
  return createCustomer.customer.id;
}

async function team(name: string): Promise<string> {
  const id = newId();
  await sql('insert into teams (organization_id, id, name) values ($1, $2, $3)', [organization.id, id, name]);
  return id;
}

async function rule(input: object): Promise<void> {
  const { setAccessRule } = await owner.data(
    'mutation ($input: SetAccessRuleInput!) { setAccessRule(input: $input) { userErrors { message } } }',
    { input },
  );
  expect(setAccessRule.userErrors).toEqual([]);
}

const update = async (client: Client, input: object) =>
  (
    await client.data(
      'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { field code } } }',
      { input },
    )
  ).updateCustomer.userErrors;

describe('what is hidden from a role', () => {
  test('is not in the changes of its exports either, and neither are customers it does not see', async () => {
    const hidden = await create({ displayName: 'Other' });
    const id = await create({ displayName: 'Luis', birthDate: '1980-01-02' });
    await update(owner, { id, birthDate: '1980-01-03', ownerId: null });
    await owner.data(
      'mutation ($input: RelateCustomersInput!) { relateCustomers(input: $input) { userErrors { code } } }',
      { input: { fromId: id, toId: hidden, kind: 'FRIEND' } },
    );
    const teamId = await team('North');
    const admin = await organization.as('ADMIN', { teamIds: [teamId] });
    const exported = async () =>
      (await admin.data('query ($id: ID!) { customerExport(id: $id) }', { id })).customerExport;
    expect(JSON.stringify(await exported())).toContain('1980-01-02');
    expect((await exported()).changes[0].actor).toMatch(/^api_key_/);
    expect((await exported()).relations).toHaveLength(1);

    await update(owner, { id: hidden, teamId: organization.publicId('team', await team('South')) });
    await rule({ role: 'ADMIN', kind: 'CUSTOMER', scope: 'TEAM', hiddenFields: ['birthDate'] });
    const { relations, changes } = await exported();
    expect(relations).toEqual([]);
    expect(changes.length).toBeGreaterThan(1);
    expect(JSON.stringify(changes)).not.toContain('1980');
    await rule({ role: 'ADMIN', kind: 'AUDIT', scope: 'NONE' });
    expect((await exported()).changes ?? []).toEqual([]);
  });

  test('is not cleared by it', async () => {
    const id = await create({ displayName: 'Luis', birthDate: '1980-01-02', tags: ['vip'] });
    await rule({ role: 'AGENT', kind: 'CUSTOMER', scope: 'ALL', hiddenFields: ['birthDate', 'tags', 'contactPoints'] });
    const agent = await organization.as('AGENT');
    expect(await update(agent, { id, birthDate: null, tags: null })).toEqual([
      { field: 'birthDate', code: 'NOT_ALLOWED' },
      { field: 'tags', code: 'NOT_ALLOWED' },
    ]);
    expect(await update(agent, { id, jobTitle: 'Baker', contactPoints: null })).toEqual([]);
    const { customer } = await owner.data('query ($id: ID!) { customer(id: $id) { birthDate tags jobTitle } }', { id });
    expect(customer).toEqual({ birthDate: '1980-01-02', tags: ['vip'], jobTitle: 'Baker' });
  });

  test('is not told by what fields there are', async () => {
    const define =
      'mutation { defineCustomField(input: { key: "churnRisk", label: "May leave us", type: BOOLEAN }) { userErrors { code } } }';
    await owner.data(define);
    const id = await create({ displayName: 'Luis' });
    const customer = await organization.as('CUSTOMER', { customerId: await stored(id) });
    const { customFieldDefinitions } = await customer.data('{ customFieldDefinitions { label } }');
    expect(customFieldDefinitions).toEqual([]);
    expect((await owner.data('{ customFieldDefinitions { label } }')).customFieldDefinitions).toHaveLength(1);
  });

  test('is not asked of it', async () => {
    await owner.data(
      'mutation { defineCustomField(input: { key: "branch", label: "Branch", type: TEXT, required: true }) { userErrors { code } } }',
    );
    const keep = async (client: Client) =>
      (await client.data('mutation { createCustomer(input: { displayName: "Luis" }) { userErrors { field code } } }'))
        .createCustomer.userErrors;
    const agent = await organization.as('AGENT');
    expect(await keep(agent)).toEqual([{ field: 'customFields.branch', code: 'REQUIRED' }]);
    await rule({ role: 'AGENT', kind: 'CUSTOMER', scope: 'ALL', hiddenFields: ['customFields'] });
    expect(await keep(await organization.as('AGENT'))).toEqual([]);
  });

  test('is not in an answer that is repeated after it was hidden', async () => {
    const id = await create({ displayName: 'Luis' });
    const agent = await organization.as('AGENT', { teamIds: [await team('North')] });
    const add = async () =>
      (
        await agent.data(
          'mutation ($id: ID!) { addNote(input: { customerId: $id, text: "Called.", idempotencyKey: "once" }) { customer { id } note { text } userErrors { code } } }',
          { id },
        )
      ).addNote;
    expect(await add()).toEqual({ customer: { id }, note: { text: 'Called.' }, userErrors: [] });
    expect((await add()).note).toEqual({ text: 'Called.' });
    await update(owner, { id, teamId: organization.publicId('team', await team('South')) });
    expect(await add()).toEqual({ customer: null, note: null, userErrors: [] });
  });
});

describe('staff that a role does not see', () => {
  test('is not found by giving customers to it, nor through those it sees', async () => {
    const [north, south] = [await team('North'), await team('South')];
    const id = await create({ displayName: 'Luis' });
    const both = await organization.member('Both');
    for (const at of [north, south])
      await sql('insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3)', [
        organization.id,
        at,
        both,
      ]);
    await rule({ role: 'AGENT', kind: 'STAFF', scope: 'TEAM' });
    const agent = await organization.as('AGENT', { teamIds: [north] });
    expect(await update(agent, { id, teamId: organization.publicId('team', south) })).toEqual([
      { field: 'teamId', code: 'NOT_FOUND' },
    ]);
    expect(await update(agent, { id, teamId: organization.publicId('team', north) })).toEqual([]);
    const teamsOf = async (client: Client) =>
      (
        await client.data('query ($id: ID!) { member(id: $id) { teams { name } } }', {
          id: organization.publicId('member', both),
        })
      ).member.teams;
    expect(await teamsOf(agent)).toEqual([{ name: 'North' }]);
    expect(await teamsOf(owner)).toEqual([{ name: 'North' }, { name: 'South' }]);
    const self = await organization.as('AGENT', { memberId: both });
    await sql('delete from access_rules where organization_id = $1', [organization.id]);
    await rule({ role: 'AGENT', kind: 'STAFF', scope: 'NONE' });
    expect((await self.data('{ me { teams { name } } }')).me.teams).toHaveLength(2);
  });

  test('is not changed by those below it', async () => {
    const id = organization.publicId('member', await organization.member('Ana', 'OWNER'));
    const rename = async (client: Client, name: string) =>
      (
        await client.data(
          'mutation ($input: UpdateMemberInput!) { updateMember(input: $input) { member { name } userErrors { field code } } }',
          { input: { id, name } },
        )
      ).updateMember;
    expect((await rename(await organization.as('ADMIN'), 'Eve')).userErrors).toEqual([
      { field: 'id', code: 'NOT_ALLOWED' },
    ]);
    expect((await rename(owner, 'Anna')).member).toEqual({ name: 'Anna' });
  });
});

describe('what is too much', () => {
  test('is said of languages, teams and the end of a key, and nothing is kept', async () => {
    const language = `es-x-${Array(40).fill('abcdefgh').join('-')}`;
    const { updateOrganization } = await owner.data(
      'mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { userErrors { field code } } }',
      { input: { defaultLanguage: language } },
    );
    expect(updateOrganization.userErrors).toEqual([{ field: 'defaultLanguage', code: 'INVALID' }]);
    const teamId = organization.publicId('team', await team('North'));
    const { inviteMember } = await owner.data(
      'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { userErrors { field code } } }',
      { input: { email: 'a@example.com', name: 'A', role: 'AGENT', teamIds: Array(51).fill(teamId) } },
    );
    expect(inviteMember.userErrors).toEqual([{ field: 'teamIds', code: 'TOO_LONG' }]);
    const { createApiKey } = await owner.data(
      'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { userErrors { field code } } }',
      { input: { name: 'For ever', role: 'AGENT', expiresAt: '9999-12-31T00:00:00Z' } },
    );
    expect(createApiKey.userErrors).toEqual([{ field: 'expiresAt', code: 'INVALID' }]);
  });
});

describe('the login of a customer', () => {
  test('goes with the customer that is erased, and no other does', async () => {
    const id = await create({ displayName: 'Luis' });
    const memberId = newId();
    await organization.as('CUSTOMER', { memberId, customerId: await stored(id) });
    const kept = newId();
    await organization.as('AGENT', { memberId: kept });
    await owner.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code } } }', { id });
    const logins = async () =>
      (await sql('select email from auth."user" where email = any ($1)', [[memberId, kept].map(emailOf)])).rows;
    await product.app.access.sweep();
    expect(await logins()).toHaveLength(2);
    await sql(`update auth."user" set "createdAt" = now() - interval '2 hours' where email = any ($1)`, [
      [memberId, kept].map(emailOf),
    ]);
    await sql(`update auth.account set "updatedAt" = now() - interval '2 hours' where "userId" is not null`, []);
    await product.app.access.sweep();
    expect(await logins()).toEqual([{ email: emailOf(kept) }]);
  });
});

const emailOf = (memberId: string): string => `${memberId}@example.com`;

async function stored(id: string): Promise<string> {
  const { rows } = await sql('select id from customers where organization_id = $1', [organization.id]);
  return rows.map(row => row.id as string).find(uuid => organization.publicId('customer', uuid) === id)!;
}
