import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { catchUp } from '../../src/modules/matching/catch-up.service.js';
import { openLogger } from '../../src/platform/logger.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { DuplicateHintsDocument, LinkSuggestionsDocument } from '../support/operations.generated.js';
import { type Social, socialOf } from '../support/social.js';

let app: TestApp;
let organization: TestOrganization;
let client: Client;
let social: Social;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  client = await organization.as('OWNER');
  social = socialOf(app, organization, client);
});

const sql = async (text: string, values: unknown[] = []) =>
  (await app.app.database.system.query(text, [organization.id, ...values])).rows;
const scope = () => ({ organizationId: organization.id, actor: 'system:matching', requestId: 'test' });
const match = () => catchUp(app.app.database, scope(), openLogger('silent'));
const hints = async (as: Client, input: object) =>
  (await as.data(DuplicateHintsDocument, { input: input as never })).duplicateHints;
const suggestions = async (as: Client) =>
  (await as.data(LinkSuggestionsDocument, { first: 50 })).linkSuggestions.edges.map(edge => edge.node);

async function identity(handle: string, displayName: string): Promise<string> {
  const [row] = await sql(
    `insert into social_identities (organization_id, id, network, handle, handle_key, display_name)
     values ($1, gen_random_uuid(), 'TWITTER', $2, lower($2), $3) returning id`,
    [handle, displayName],
  );
  return organization.publicId('identity', row.id);
}

async function rule(role: string, kind: string, given: object): Promise<void> {
  const set = 'mutation ($input: SetAccessRuleInput!) { setAccessRule(input: $input) { userErrors { message } } }';
  const { setAccessRule } = await client.data(set, { input: { role, kind, ...given } });
  expect(setAccessRule.userErrors).toEqual([]);
}

/** As many more customers like those there are, of a team nobody is in. */
async function hidden(count: number): Promise<void> {
  const [team] = await sql(
    `insert into teams (organization_id, id, name) values ($1, gen_random_uuid(), 'North') returning id`,
  );
  await sql(
    `insert into customers
     select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'team_id', $2::text))).*
       from customers c cross join generate_series(1, $3::integer) where c.organization_id = $1`,
    [team.id, count],
  );
}

describe('hints of duplicates', () => {
  test('are not displaced by customers the viewer does not see', async () => {
    const known = await social.customer('Nerea Iparraguirre');
    // Before the others come, so that the name is not learnt to be everybody's.
    await match();
    await hidden(130);
    await match();
    const agent = await organization.as('AGENT', { teamIds: [] });
    const found = await hints(agent, { displayName: 'Nerea Iparraguirre' });
    expect(found.map(one => one.customer!.id)).toEqual([known]);
    const { customer } = await agent.data(
      'query ($id: ID!) { customer(id: $id) { possibleDuplicates { customer { id } } } }',
      { id: known },
    );
    expect(customer.possibleDuplicates).toEqual([]);
  });

  test('rest on the identities the viewer sees only', async () => {
    const known = await social.customer('Nerea Iparraguirre');
    await social.link(await identity('zorionekoa77', 'Nerea'), known);
    await match();
    const typed = {
      displayName: 'Nerea Iparraguirre',
      contactPoints: [{ kind: 'EMAIL', value: 'zorionekoa77@example.com' }],
    };
    const kinds = async (as: Client) => (await hints(as, typed)).flatMap(one => one.evidence.map(({ kind }) => kind));
    expect(await kinds(client)).toContain('HANDLE');
    await rule('AGENT', 'IDENTITY', { scope: 'NONE' });
    const shown = await kinds(await organization.as('AGENT', { teamIds: [] }));
    expect(shown).toContain('NAME');
    expect(shown).not.toContain('HANDLE');
  });
});

describe('the grounds of a suggestion', () => {
  const grounds = async (as: Client) => (await suggestions(as)).flatMap(one => one.evidence);
  beforeEach(async () => {
    const leave = 'mutation { setMatchingRules(input: { autoLink: null, review: 0.01 }) { userErrors { code } } }';
    expect((await client.data(leave)).setMatchingRules.userErrors).toEqual([]);
  });

  test('do not tell a hidden mail box by a handle that is the same', async () => {
    await social.customer('Nerea Iparraguirre', [{ kind: 'EMAIL', value: 'zorionekoa77@example.com' }]);
    await identity('zorionekoa77', 'Nerea Iparraguirre');
    await match();
    expect((await grounds(client)).map(({ kind }) => kind)).toContain('HANDLE');
    const seen = (await grounds(await organization.as('ANALYST'))).map(({ kind }) => kind);
    expect(seen).toContain('NAME');
    expect(seen).not.toContain('HANDLE');
  });

  test('do not count customers the reader does not see', async () => {
    await social.customer('Nerea Iparraguirre', [
      { kind: 'ADDRESS', address: { city: 'Mérida', country: 'VE' } },
      { kind: 'EMAIL', value: 'zorionekoa77@example.com' },
    ]);
    await match();
    await hidden(1);
    await identity('zorionekoa77', 'Nerea Iparraguirre');
    await match();
    const rivals = async (as: Client) =>
      (await grounds(as)).filter(({ kind }) => kind === 'RIVALS').map(({ detail }) => detail);
    expect(new Set(await rivals(client))).toEqual(new Set(['Other customers fit as well (1).']));
    expect(await rivals(await organization.as('AGENT', { teamIds: [] }))).toEqual(['Other customers fit as well.']);
  });
});
