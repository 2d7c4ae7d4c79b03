import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readIntents, rescoreLeads } from '../../src/modules/sales/index.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';
import { statementsOf } from '../support/statements.js';

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

const LEAD = `lead { id status name companyName email phone website country language score version estimatedValue { amount currency }
  disqualifiedReason scoreReasons { code points explanation } qualification { budget { confirmed note } need { confirmed } } }`;

async function change(name: string, input: object, as = client) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data = await as.data(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${LEAD} userErrors { field code message } } }`,
    { input },
  );
  return data[name];
}

const codes = (answer: { userErrors: { field: string; code: string }[] }) =>
  answer.userErrors.map(({ field, code }) => `${field} ${code}`);

const make = async (input: object, as = client) => (await change('createLead', { name: 'Ana', ...input }, as)).lead;

const page = async (args: string, as = client) =>
  (await as.data(`{ leads(${args}) { totalCount edges { node { id name score } } } }`)).leads;

/** Hears a post and answers its public id. */
async function hear(id: string, given: Parameters<typeof mention>[1] = {}): Promise<string> {
  await accept(app, organization, [mention(id, given)]);
  const { posts } = await client.data(
    '{ posts(first: 1, orderBy: [{ field: RECEIVED_AT, direction: DESC }]) { edges { node { id } } } }',
  );
  return posts.edges[0].node.id;
}

describe('a lead', () => {
  test('is kept in its one normal spelling, and needs no more than a name', async () => {
    const lead = await make({
      name: '  Ana   Gil ',
      companyName: 'Panadería Gil',
      email: 'Ana@Example.COM',
      phone: '912 345 678',
      website: 'gil.example',
      country: 'es',
      language: 'ES-es',
      estimatedValue: { amount: '1200.5', currency: 'eur' },
    });
    expect(lead).toMatchObject({
      status: 'NEW',
      name: 'Ana Gil',
      email: 'ana@example.com',
      phone: '+34912345678',
      website: 'https://gil.example/',
      country: 'ES',
      language: 'es-ES',
      estimatedValue: { amount: '1200.50', currency: 'EUR' },
    });
    const bare = await change('createLead', { name: 'Luis' });
    expect(bare).toMatchObject({ lead: { status: 'NEW', score: 0 }, userErrors: [] });
  });

  test('is refused with everything that is wrong with it at once', async () => {
    const answer = await change('createLead', {
      name: ' ',
      email: 'nobody',
      phone: '12',
      website: 'http://',
      country: 'ZZ',
      language: '???',
      employees: -1,
      estimatedValue: { amount: '-5', currency: 'XXXX' },
      identityId: 'identity_01h455vb4pex5vsknk084sn02q',
      ownerId: 'member_01h455vb4pex5vsknk084sn02q',
      teamId: 'nonsense',
    });
    expect(answer.lead).toBeNull();
    expect(codes(answer).sort()).toEqual([
      'country INVALID',
      'email INVALID',
      'employees INVALID',
      'estimatedValue.amount INVALID',
      'estimatedValue.currency INVALID',
      'identityId NOT_FOUND',
      'language INVALID',
      'name REQUIRED',
      'ownerId NOT_FOUND',
      'phone INVALID',
      'teamId NOT_FOUND',
      'website INVALID',
    ]);
  });

  test('has an id of where it came from once', async () => {
    await make({ externalId: 'F-1' });
    expect(codes(await change('createLead', { name: 'Luis', externalId: 'F-1' }))).toEqual(['externalId TAKEN']);
    const other = await make({ externalId: 'F-2' });
    expect(codes(await change('updateLead', { id: other.id, externalId: 'F-1' }))).toEqual(['externalId TAKEN']);
  });

  test('is changed only as it was seen', async () => {
    const { id, version } = await make({});
    const changed = await change('updateLead', { id, version, companyName: 'Gil', status: 'WORKING' });
    expect(changed).toMatchObject({ lead: { status: 'WORKING', companyName: 'Gil', version: version + 1 } });
    const stale = await change('updateLead', { id, version, companyName: 'Other' });
    expect(stale.userErrors).toEqual([
      { field: 'version', code: 'CONFLICT', message: expect.stringContaining(`version ${version + 1}`) },
    ]);
    const [one, two] = await Promise.all([
      change('updateLead', { id, version: version + 1, companyName: 'One' }),
      change('updateLead', { id, version: version + 1, companyName: 'Two' }),
    ]);
    expect([...codes(one), ...codes(two)]).toEqual(['version CONFLICT']);
  });

  test('of another organisation is one that does not exist', async () => {
    const { id } = await make({});
    const stranger = await (await app.organization()).as('OWNER');
    for (const [name, more] of [
      ['updateLead', {}],
      ['qualifyLead', {}],
      ['disqualifyLead', { reason: 'x' }],
    ] as const)
      expect(codes(await change(name, { id, ...more }, stranger))).toEqual(['id NOT_FOUND']);
    expect(await stranger.data('query ($id: ID!) { lead(id: $id) { id } node(id: $id) { id } }', { id })).toEqual({
      lead: null,
      node: null,
    });
  });

  test('is qualified by what is confirmed, or disqualified for a reason, and taken up again', async () => {
    const { id } = await make({});
    expect(codes(await change('qualifyLead', { id }))).toEqual(['qualification REQUIRED']);
    const qualified = await change('qualifyLead', {
      id,
      qualification: { budget: { confirmed: true, note: '5,000 a year' }, need: { confirmed: false } },
    });
    expect(qualified.lead).toMatchObject({
      status: 'QUALIFIED',
      qualification: { budget: { confirmed: true, note: '5,000 a year' }, need: { confirmed: false } },
    });
    expect(codes(await change('disqualifyLead', { id, reason: ' ' }))).toEqual(['reason REQUIRED']);
    const gone = await change('disqualifyLead', { id, reason: 'They bake themselves' });
    expect(gone.lead).toMatchObject({ status: 'DISQUALIFIED', disqualifiedReason: 'They bake themselves' });
    expect(codes(await change('disqualifyLead', { id, reason: 'again' }))).toEqual(['id CONFLICT']);
    expect(codes(await change('updateLead', { id, status: 'QUALIFIED' }))).toEqual(['status NOT_ALLOWED']);
    const again = await change('updateLead', { id, status: 'WORKING' });
    expect(again.lead).toMatchObject({ status: 'WORKING', disqualifiedReason: null });
    const { lead } = await client.data(
      'query ($id: ID!) { lead(id: $id) { history { totalCount edges { node { kind fields changedBy } } } } }',
      { id },
    );
    expect(lead.history.edges.map(({ node }: { node: { kind: string } }) => node.kind)).toEqual([
      'UPDATED',
      'REOPENED',
      'DISQUALIFIED',
      'QUALIFIED',
      'CREATED',
    ]);
    expect(lead.history.edges[0].node).toMatchObject({
      fields: ['status'],
      changedBy: expect.stringMatching(/^api_key_/),
    });
  });
});

describe('leads in batches', () => {
  const batch = async (name: string, items: object[]) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    return (
      await client.data(
        `mutation ($input: ${type}!) { ${name}(input: $input) { results { index lead { id name } userErrors { field code } } userErrors { field code } } }`,
        { input: { items } },
      )
    )[name];
  };

  test('are each kept or refused by themselves', async () => {
    const { results } = await batch('createLeads', [{ name: 'Ana' }, { name: '', email: 'x' }, { name: 'Luis' }]);
    expect(results.map((one: { lead: object | null }) => one.lead !== null)).toEqual([true, false, true]);
    expect(codes(results[1])).toEqual(['email INVALID', 'name REQUIRED']);
    const changed = await batch('updateLeads', [
      { id: results[0].lead.id, name: 'Ana Gil' },
      { id: 'lead_01h455vb4pex5vsknk084sn02q', name: 'Nobody' },
      { id: results[2].lead.id, version: 99, name: 'Stale' },
    ]);
    expect(changed.results.map(codes)).toEqual([[], ['id NOT_FOUND'], ['version CONFLICT']]);
    expect((await page('orderBy: [{ field: NAME }]')).edges.map((edge: any) => edge.node.name)).toEqual([
      'Ana Gil',
      'Luis',
    ]);
  });

  test('are no more than 200', async () => {
    const items = Array.from({ length: 201 }, (_, at) => ({ name: `Lead ${at}` }));
    expect(codes(await batch('createLeads', items))).toEqual(['items TOO_LONG']);
    expect((await page('first: 1')).totalCount).toBe(0);
    expect((await batch('createLeads', items.slice(1))).results).toHaveLength(200);
  });
});

describe('a lead made of a post', () => {
  test('keeps the post and its author, and is made once however often it is asked for', async () => {
    const postId = await hear('p1', {
      handle: 'ana',
      author: { handle: 'ana', displayName: 'Ana Gil' } as never,
      text: '¿Me recomiendan una panadería?',
    });
    const answers = await Promise.all([1, 2, 3].map(() => change('createLeadFromPost', { postId })));
    expect(new Set(answers.map(({ lead }) => lead.id)).size).toBe(1);
    const again = await change('createLeadFromPost', { postId, name: 'Other' });
    expect(again).toMatchObject({ lead: { id: answers[0].lead.id, name: 'Ana Gil', status: 'NEW' }, userErrors: [] });
    const { lead } = await client.data(
      'query ($id: ID!) { lead(id: $id) { source language post { id lead { id } } identity { handle leads { totalCount } } scoreReasons { code } } }',
      { id: again.lead.id },
    );
    expect(lead).toMatchObject({
      source: 'SOCIAL',
      language: 'es',
      post: { id: postId, lead: { id: again.lead.id } },
      identity: { handle: 'ana', leads: { totalCount: 1 } },
    });
    expect(lead.scoreReasons.map((reason: { code: string }) => reason.code)).toContain('INTENT');
  });

  test('is not made of our own, of a deleted or of an unseen one', async () => {
    const own = await hear('o1', { own: true });
    expect(codes(await change('createLeadFromPost', { postId: own }))).toEqual(['postId NOT_ALLOWED']);
    const gone = await hear('d1');
    await app.app.database.system.query('update posts set deleted_at = now() where organization_id = $1 and not own', [
      organization.id,
    ]);
    expect(codes(await change('createLeadFromPost', { postId: gone }))).toEqual(['postId NOT_ALLOWED']);
    const stranger = await (await app.organization()).as('OWNER');
    expect(codes(await change('createLeadFromPost', { postId: own }, stranger))).toEqual(['postId NOT_FOUND']);
  });
});

test('what was decided and planned about somebody stays when they turn out to be somebody else', async () => {
  await hear('h1', { handle: 'star', text: 'Where can I buy your bread?' });
  await readIntents(app.app.database, organization.id);
  const { leadSuggestions, socialIdentities } = await client.data(
    '{ leadSuggestions { edges { node { id } } } socialIdentities { edges { node { id } } } }',
  );
  await client.data(
    'mutation ($id: ID!) { dismissLeadSuggestion(input: { id: $id, reason: "A competitor" }) { userErrors { code } } }',
    { id: leadSuggestions.edges[0].node.id },
  );
  await client.data(
    'mutation ($id: ID!) { createActivity(input: { kind: CALL, subject: "Call", regardingId: $id }) { userErrors { code } } }',
    { id: socialIdentities.edges[0].node.id },
  );
  await hear('h2', { author: { id: '77' } as never });
  await hear('h3', { author: { id: '77', handle: 'star' } as never });
  const data = await client.data(
    '{ leadSuggestions { edges { node { state reason identity { id } } } } activities { edges { node { regarding { id } } } } socialIdentities { edges { node { id } } } }',
  );
  const [{ node: identity }] = data.socialIdentities.edges;
  expect(data.socialIdentities.edges).toHaveLength(1);
  expect(data.leadSuggestions.edges).toEqual([{ node: { state: 'DISMISSED', reason: 'A competitor', identity } }]);
  expect(data.activities.edges).toEqual([{ node: { regarding: identity } }]);
});

test('a lead follows its identity when that turns out to be another one', async () => {
  const { lead } = await change('createLeadFromPost', { postId: await hear('h1', { handle: 'star' }) });
  await hear('h2', { author: { id: '77' } as never });
  await hear('h3', { author: { id: '77', handle: 'star' } as never });
  const data = await client.data(
    '{ socialIdentities { edges { node { handle leads { edges { node { id } } } posts { totalCount } } } } }',
  );
  expect(data.socialIdentities.edges.map(({ node }: any) => node)).toEqual([
    { handle: 'star', leads: { edges: [{ node: { id: lead.id } }] }, posts: { totalCount: 3 } },
  ]);
});

test('a lead names the products it is about', async () => {
  const made = await client.data(
    `mutation { flour: createProduct(input: { sku: "FLOUR", name: "Flour", kind: GOOD }) { product { id } }
                oven: createProduct(input: { sku: "OVEN", name: "Oven", kind: GOOD }) { product { id } } }`,
  );
  const [flour, oven] = [made.flour.product.id, made.oven.product.id];
  const { id } = await make({ productIds: [oven, flour, oven] });
  const products = async () =>
    (await client.data('query ($id: ID!) { lead(id: $id) { products { sku } } }', { id })).lead.products.map(
      ({ sku }: any) => sku,
    );
  expect(await products()).toEqual(['OVEN', 'FLOUR']);
  await change('updateLead', { id, interest: 'Bread' });
  expect(await products()).toEqual(['OVEN', 'FLOUR']);
  expect(codes(await change('updateLead', { id, productIds: [flour, id] }))).toEqual(['productIds.1 NOT_FOUND']);
  await change('updateLead', { id, productIds: [] });
  expect(await products()).toEqual([]);
});

test('who does not see how to reach customers does not see how to reach leads either', async () => {
  const { id } = await make({ email: 'ana@gil.example', phone: '+34912345678' });
  await make({ name: 'Luis', email: 'ana@gil.example' });
  const analyst = await organization.as('ANALYST');
  const seen = await analyst.data(
    'query ($id: ID!) { lead(id: $id) { name email phone duplicates { reasons { code } } } }',
    { id },
  );
  expect(seen.lead).toEqual({ name: 'Ana', email: null, phone: null, duplicates: [] });
  const filtered = await analyst.send('{ leads(filter: { email: { contains: "ana" } }) { totalCount } }');
  expect((filtered.errors as any)[0].extensions.code).toBe('FORBIDDEN');
});

describe('the score of a lead', () => {
  test('is explained in the language of the reader, and follows what changes', async () => {
    const lead = await make({
      jobTitle: 'Directora',
      employees: 300,
      country: 'ES',
      companyName: 'Gil',
      email: 'a@gil.example',
    });
    const points = lead.scoreReasons.reduce((sum: number, reason: { points: number }) => sum + reason.points, 0);
    expect(lead.score).toBe(points);
    expect(lead.scoreReasons.map((reason: { code: string }) => reason.code)).toEqual([
      'COMPANY_SIZE',
      'JOB_TITLE',
      'COMPLETENESS',
    ]);
    const ask = async (language: string) => {
      const response = await app.app.server.fastify.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: client.authorization, 'accept-language': language },
        payload: {
          query: 'query ($id: ID!) { lead(id: $id) { scoreReasons { explanation } } }',
          variables: { id: lead.id },
        },
      });
      return response.json().data.lead.scoreReasons[0].explanation;
    };
    expect([await ask('en'), await ask('es'), await ask('pt')]).toEqual([
      'The company has 300 people',
      'La empresa tiene 300 personas',
      'A empresa tem 300 pessoas',
    ]);
    const { lead: after } = await change('qualifyLead', {
      id: lead.id,
      qualification: { authority: { confirmed: true } },
    });
    expect(after.score).toBe(lead.score + 5);
  });
});

describe('a lead is scored anew', () => {
  const scoreOf = async (id: string) =>
    (await client.data('query ($id: ID!) { lead(id: $id) { score territory { name } } }', { id })).lead;
  const rescore = () => rescoreLeads(app.app.database, new AbortController().signal);
  const age = (interval: string) =>
    app.app.database.system.query(`update leads set scored_at = scored_at - $2::interval where organization_id = $1`, [
      organization.id,
      interval,
    ]);

  test('once they speak, also under another identity of the same customer', async () => {
    const { id, score } = (await change('createLeadFromPost', { postId: await hear('p1', { handle: 'ana' }) })).lead;
    await age('2 minutes');
    const recent = { occurredAt: new Date() };
    for (const post of ['p2', 'p3', 'p4']) await hear(post, { handle: 'ana', ...recent });
    await rescore();
    expect((await scoreOf(id)).score).toBeGreaterThan(score);
    const before = (await scoreOf(id)).score;
    await hear('p5', { handle: 'anita', ...recent });
    const { createCustomer } = await client.data(
      'mutation { createCustomer(input: { displayName: "Ana" }) { customer { id } } }',
    );
    const { socialIdentities } = await client.data('{ socialIdentities { edges { node { id handle } } } }');
    for (const { node } of socialIdentities.edges)
      if (node.handle.startsWith('ani') || node.handle === 'ana')
        await client.data(
          'mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { userErrors { code } } }',
          {
            input: { identityId: node.id, customerId: createCustomer.customer.id },
          },
        );
    for (const post of ['p6', 'p7', 'p8', 'p9']) await hear(post, { handle: 'anita', ...recent });
    await age('2 minutes');
    await rescore();
    expect((await scoreOf(id)).score).toBeGreaterThan(before);
  });

  test('when a territory is drawn around it, and as time passes', async () => {
    const { id } = await make({ country: 'ES' });
    await client.data(
      'mutation { createTerritory(input: { name: "España", countries: ["ES"] }) { userErrors { code } } }',
    );
    await rescore();
    expect(await scoreOf(id)).toMatchObject({ territory: { name: 'España' } });
    await app.app.database.system.query(`update leads set score = 99 where organization_id = $1`, [organization.id]);
    await rescore();
    expect((await scoreOf(id)).score).toBe(99);
    await age('25 hours');
    await rescore();
    expect((await scoreOf(id)).score).toBeLessThan(99);
  });
});

test('leads with all they point to cost as many statements however many there are', async () => {
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f'])
    await change('createLeadFromPost', { postId: await hear(id, { handle: id }) });
  const ask = (first: number) =>
    statementsOf(() =>
      client.data(
        `query ($first: Int) { leads(first: $first) { edges { node { name post { text } identity { handle } owner { name } team { name }
           territory { name } customer { id } scoreReasons { explanation } history(first: 3) { edges { node { kind } } } } } } }`,
        { first },
      ),
    );
  await ask(1);
  expect((await ask(6)).length).toBe((await ask(2)).length);
});
