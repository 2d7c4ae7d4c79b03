import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';

let app: TestApp;
let organization: TestOrganization;
let client: Client;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterAll(() => app?.close());
beforeEach(async () => {
  organization = await app.organization();
  client = await organization.as('OWNER');
});

const sql = (text: string, values: unknown[] = []) => app.app.database.system.query(text, values);

async function make(input: object, as = client): Promise<string> {
  const { createLead } = await as.data(
    'mutation ($input: CreateLeadInput!) { createLead(input: $input) { lead { id } userErrors { field code } } }',
    { input: { name: 'Ana Gil', ...input } },
  );
  expect(createLead.userErrors).toEqual([]);
  return createLead.lead.id;
}

const CONVERT = `mutation ($input: ConvertLeadInput!) { convertLead(input: $input) {
  lead { id status convertedAt } customer { id displayName } opportunity { id name } userErrors { field code message } } }`;
const convert = async (input: object, as = client) => (await as.data(CONVERT, { input })).convertLead;
const codes = (answer: { userErrors: { field: string; code: string }[] }) =>
  answer.userErrors.map(({ field, code }) => `${field} ${code}`);

async function customer(displayName: string, email?: string): Promise<string> {
  const { createCustomer } = await client.data(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { displayName, ...(email && { contactPoints: [{ kind: 'EMAIL', value: email }] }) } },
  );
  return createCustomer.customer.id;
}

const count = async (table: string): Promise<number> =>
  Number((await sql(`select count(*) from ${table} where organization_id = $1`, [organization.id])).rows[0].count);

async function hear(id: string, handle: string): Promise<string> {
  await accept(app, organization, [mention(id, { handle, author: { handle, displayName: 'Ana Gil' } as never })]);
  const { posts } = await client.data(
    '{ posts(first: 1, orderBy: [{ field: RECEIVED_AT, direction: DESC }]) { edges { node { id author { id } } } } }',
  );
  return posts.edges[0].node.id;
}

const fromPost = async (postId: string): Promise<string> =>
  (
    await client.data('mutation ($id: ID!) { createLeadFromPost(input: { postId: $id }) { lead { id } } }', {
      id: postId,
    })
  ).createLeadFromPost.lead.id;

describe('a lead that is converted', () => {
  test('becomes a customer with its addresses and an opportunity with its worth', async () => {
    const id = await make({
      email: 'ana@gil.example',
      phone: '+34912345678',
      jobTitle: 'Jefa de compras',
      estimatedValue: { amount: '900', currency: 'EUR' },
    });
    const answer = await convert({ id });
    expect(answer).toMatchObject({
      lead: { id, status: 'CONVERTED', convertedAt: expect.any(String) },
      customer: { displayName: 'Ana Gil' },
      opportunity: { name: 'Ana Gil' },
      userErrors: [],
    });
    const data = await client.data(
      `query ($id: ID!, $o: ID!) { customer(id: $id) { kind jobTitle contactPoints { kind value } leads { totalCount edges { node { id } } }
         timeline { edges { node { __typename ... on TimelineEntry { summary } } } } }
       opportunity(id: $o) { amount { amount currency } source } }`,
      { id: answer.customer.id, o: answer.opportunity.id },
    );
    expect(data.customer).toMatchObject({
      kind: 'PERSON',
      jobTitle: 'Jefa de compras',
      contactPoints: expect.arrayContaining([
        { kind: 'EMAIL', value: 'ana@gil.example' },
        { kind: 'PHONE', value: '+34912345678' },
      ]),
      leads: { totalCount: 1, edges: [{ node: { id } }] },
    });
    expect(data.opportunity).toMatchObject({
      amount: { amount: '900.00', currency: 'EUR' },
      source: 'OTHER',
    });
    const summaries = data.customer.timeline.edges.map(({ node }: any) => node.summary);
    expect(summaries).toEqual(expect.arrayContaining(['New lead: Ana Gil', 'The lead Ana Gil became a customer']));
  });

  test('twice answers the same, also at the same moment', async () => {
    const id = await make({ email: 'ana@gil.example' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => convert({ id })));
    for (const answer of answers) expect(answer).toMatchObject({ userErrors: [], customer: answers[0].customer });
    expect(new Set(answers.map(answer => answer.opportunity.id)).size).toBe(1);
    expect([await count('customers'), await count('opportunities')]).toEqual([1, 1]);
    const other = await customer('Luis');
    expect(codes(await convert({ id, customerId: other }))).toEqual(['customerId CONFLICT']);
    const { updateLead } = await client.data(
      'mutation ($id: ID!) { updateLead(input: { id: $id, name: "Other" }) { userErrors { field code } } }',
      { id },
    );
    expect(codes(updateLead)).toEqual(['id NOT_ALLOWED']);
  });

  test('at the same moment as another one with the same address makes one customer', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => make({ email: 'ana@gil.example' })));
    const answers = await Promise.all(ids.map(id => convert({ id })));
    expect(new Set(answers.map(answer => answer.customer.id)).size).toBe(1);
    expect([await count('customers'), await count('opportunities')]).toEqual([1, 3]);
  });

  test('is the customer whose primary address it has, who gets what else the lead brought', async () => {
    const known = await customer('Ana', 'Ana@Gil.example');
    const id = await make({ email: 'ana@gil.example', website: 'https://gil.example' });
    const answer = await convert({ id, withOpportunity: false });
    expect(answer).toMatchObject({ customer: { id: known }, opportunity: null, userErrors: [] });
    const data = await client.data('query ($id: ID!) { customer(id: $id) { contactPoints { kind value } } }', {
      id: known,
    });
    expect(data.customer.contactPoints).toHaveLength(2);
  });

  test('is not taken for anybody where that is not certain, until somebody says who it is', async () => {
    const known = await customer('Ana');
    await sql(
      `insert into contact_points (organization_id, id, customer_id, kind, value)
       select organization_id, gen_random_uuid(), id, 'PHONE', '+34912345678' from customers where organization_id = $1`,
      [organization.id],
    );
    const id = await make({ phone: '+34912345678' });
    const { lead } = await client.data(
      'query ($id: ID!) { lead(id: $id) { duplicates { isCertain customer { id } lead { id } reasons { code explanation } } } }',
      { id },
    );
    expect(lead.duplicates).toEqual([
      {
        isCertain: false,
        customer: { id: known },
        lead: null,
        reasons: [{ code: 'SAME_PHONE', explanation: 'The same telephone number' }],
      },
    ]);
    const refused = await convert({ id });
    expect(refused.userErrors).toEqual([
      { field: 'customerId', code: 'CONFLICT', message: expect.stringContaining(known) },
    ]);
    expect(await convert({ id, createAnyway: true })).toMatchObject({ userErrors: [] });
    expect(await count('customers')).toBe(2);
    const second = await make({ phone: '+34912345678' });
    expect(await convert({ id: second, customerId: known })).toMatchObject({ customer: { id: known }, userErrors: [] });
  });

  test('of a post is linked to its author, and the opportunity keeps the post', async () => {
    const postId = await hear('p1', 'ana');
    const id = await fromPost(postId);
    const answer = await convert({ id });
    const data = await client.data(
      `query ($id: ID!, $o: ID!) { customer(id: $id) { identities { handle link { status } } } opportunity(id: $o) { post { id } } }`,
      { id: answer.customer.id, o: answer.opportunity.id },
    );
    expect(data).toEqual({
      customer: { identities: [{ handle: 'ana', link: { status: 'CONFIRMED' } }] },
      opportunity: { post: { id: postId } },
    });
    // What the same person says later leads to the same customer.
    const again = await convert({ id: await fromPost(await hear('p2', 'ana')) });
    expect(again).toMatchObject({ customer: { id: answer.customer.id }, userErrors: [] });
    const third = await fromPost(await hear('p3', 'ana'));
    expect(codes(await convert({ id: third, customerId: await customer('Luis') }))).toEqual(['customerId CONFLICT']);
  });

  test('is refused when it was disqualified, is stale, unknown or of another organisation', async () => {
    const id = await make({});
    expect(codes(await convert({ id, version: 99 }))).toEqual(['version CONFLICT']);
    expect(codes(await convert({ id: 'lead_01h455vb4pex5vsknk084sn02q' }))).toEqual(['id NOT_FOUND']);
    const stranger = await (await app.organization()).as('OWNER');
    expect(codes(await convert({ id }, stranger))).toEqual(['id NOT_FOUND']);
    expect(codes(await convert({ id, customerId: 'customer_01h455vb4pex5vsknk084sn02q' }))).toEqual([
      'customerId NOT_FOUND',
    ]);
    expect(codes(await convert({ id, stageId: 'stage_01h455vb4pex5vsknk084sn02q' }))).toEqual(['stageId NOT_FOUND']);
    await client.data('mutation ($id: ID!) { disqualifyLead(input: { id: $id, reason: "no" }) { lead { id } } }', {
      id,
    });
    expect(codes(await convert({ id }))).toEqual(['id CONFLICT']);
    // What failed left nothing behind.
    expect([await count('customers'), await count('opportunities')]).toEqual([0, 0]);
  });

  test('goes to the owner of the lead also when a colleague above converts it', async () => {
    const [boss, seller] = [await organization.member('Jefa'), await organization.member('Vendedora')];
    const { rows } = await sql(
      `insert into teams (organization_id, id, name) values ($1, gen_random_uuid(), 'Ventas') returning id`,
      [organization.id],
    );
    const team = rows[0].id as string;
    await sql('insert into team_members (organization_id, team_id, member_id) values ($1, $2, $3)', [
      organization.id,
      team,
      seller,
    ]);
    const id = await make({ ownerId: organization.publicId('member', seller) });
    const chief = await organization.as('AGENT', { memberId: boss, teamIds: [team] });
    expect(await convert({ id }, chief)).toMatchObject({ userErrors: [], lead: { status: 'CONVERTED' } });
    const { leads } = await client.data(
      '{ leads { edges { node { customer { owner { name } } } } } opportunities { edges { node { owner { name } } } } }',
    );
    expect(leads.edges[0].node.customer.owner.name).toBe('Vendedora');
  });
});

test('the same person is hinted at before and after a lead is kept, and never across organisations', async () => {
  const first = await make({ email: 'ana@gil.example' });
  await make({ email: 'other@gil.example' });
  const ask = async (as: Client) =>
    (
      await as.data(
        '{ leadDuplicates(input: { email: " ANA@gil.example", phone: "12", identityId: "nonsense" }) { lead { id } isCertain reasons { code } } }',
      )
    ).leadDuplicates;
  expect(await ask(client)).toEqual([{ lead: { id: first }, isCertain: false, reasons: [{ code: 'SAME_EMAIL' }] }]);
  expect(await ask(await (await app.organization()).as('OWNER'))).toEqual([]);
});

test('erasing a customer empties its leads, and its export shows them before', async () => {
  const postId = await hear('p1', 'ana');
  const open = await fromPost(postId);
  const id = await make({ email: 'ana@gil.example', interest: 'secretbread' });
  const { customer: became } = await convert({ id });
  const { posts } = await client.data('{ posts(first: 1) { edges { node { author { id } } } } }');
  await client.data('mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { userErrors { code } } }', {
    input: { identityId: posts.edges[0].node.author.id, customerId: became.id },
  });
  const same = await make({ name: 'A. Gil', email: 'ana@gil.example' });
  const { customerExport } = await client.data('query ($id: ID!) { customerExport(id: $id) }', { id: became.id });
  expect(customerExport.leads.map((lead: { id: string }) => lead.id).sort()).toEqual([id, open].sort());
  await client.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code } } }', {
    id: became.id,
  });
  const { leads } = await client.data('{ leads { edges { node { id name email interest status } } } }');
  const byId = new Map(leads.edges.map(({ node }: any) => [node.id, node]));
  for (const one of [id, open, same])
    expect(byId.get(one)).toMatchObject({ name: 'erased', email: null, interest: null });
  const { rows } = await sql(
    `select 1 from audit_entries where organization_id = $1 and (coalesce(before::text, '') || coalesce(after::text, '')) ~ 'secretbread|ana@gil'`,
    [organization.id],
  );
  expect(rows).toEqual([]);
});

test('merging customers takes their leads along, and undoing it brings them back', async () => {
  const id = await make({ email: 'ana@gil.example' });
  const { customer: became } = await convert({ id });
  const survivorId = await customer('Ana María');
  const { mergeCustomers } = await client.data(
    'mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { mergeId userErrors { code } } }',
    { input: { survivorId, mergedIds: [became.id] } },
  );
  const ask = async () =>
    (await client.data('query ($id: ID!) { lead(id: $id) { customer { id } } }', { id })).lead.customer.id;
  expect(await ask()).toBe(survivorId);
  await client.data('mutation ($id: ID!) { undoMerge(input: { mergeId: $id }) { userErrors { code } } }', {
    id: mergeCustomers.mergeId,
  });
  expect(await ask()).toBe(became.id);
});
