import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readIntents } from '../../src/modules/sales/index.js';
import type { Answer } from '../support/answer.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';

let product: TestApp;
let organization: TestOrganization;
let admin: Client;

beforeAll(async () => {
  product = await openTestApp({ WORKER: 'off' });
});
afterAll(() => product.close());
beforeEach(async () => {
  organization = await product.organization();
  admin = await organization.as('ADMIN');
});

const read = () => readIntents(product.app.database, organization.id);
const say = (...events: Parameters<typeof accept>[2]) => accept(product, organization, events);

async function suggestions(filter: object = {}, client = admin): Promise<Answer[]> {
  const { leadSuggestions }: Answer = await client.data(
    'query ($filter: LeadSuggestionFilter) { leadSuggestions(filter: $filter, orderBy: { field: STRENGTH, direction: DESC }) { totalCount edges { node { id language strength state reason decidedBy words { code phrase weight } post { id text buyingIntent { strength words { phrase weight } } } identity { handle } lead { id name } } } } }',
    { filter },
  );
  return leadSuggestions.edges.map(({ node }: Answer) => node);
}

async function decide(name: string, input: object, client = admin): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const data: Answer = await client.data(
    `mutation ($input: ${type}!) { payload: ${name}(input: $input) { suggestion { id state reason } lead { id name source post { text } } userErrors { field code message } } }`,
    { input },
  );
  return data.payload;
}

describe('a suggested lead', () => {
  test('comes of a post whose author seems to want to buy, in three languages, with the words that decided', async () => {
    await say(
      mention('1', { text: 'Where can I buy your rye bread?', language: 'en', handle: 'rye' }),
      mention('2', {
        text: '¿Alguien me recomienda una panadería? ¿Cuánto sale el pan?',
        language: 'es',
        handle: 'pan',
      }),
      mention('3', { text: 'Alguém indica uma padaria boa?', language: 'pt', handle: 'pao' }),
      mention('4', { text: 'Your bread is the best', language: 'en', handle: 'fan' }),
      mention('5', { text: 'Where can I buy our bread? In every shop.', language: 'en', own: true, handle: 'we' }),
      mention('6', { text: 'I would not recommend a cake from here', language: 'en', handle: 'cross' }),
    );
    await read();
    const found = await suggestions();
    expect(found.map(({ identity, language, strength }) => [identity.handle, language, strength])).toEqual([
      ['pan', 'es', 1],
      ['pao', 'pt', 0.75],
      ['rye', 'en', 0.7],
    ]);
    expect(found[0].words).toEqual([
      { code: 'RECOMMENDATION', phrase: 'Alguien me recomienda', weight: 0.75 },
      { code: 'PRICE', phrase: 'Cuánto sale', weight: 0.6 },
    ]);
    expect(found[2].post.buyingIntent).toEqual({
      strength: 0.7,
      words: [{ phrase: 'Where can I buy', weight: 0.7 }],
    });
    expect(await suggestions({ language: { eq: 'pt' }, state: { eq: 'OPEN' }, strength: { gte: 0.7 } })).toHaveLength(
      1,
    );
  });

  test('is one a post, however often the same is read and by however many', async () => {
    const post = mention('1', { text: 'Where can I buy your rye bread?', language: 'en' });
    await say(post);
    await Promise.all([read(), read()]);
    await product.app.database.system.query(
      'insert into intent_queue (organization_id, post_id) select organization_id, id from posts where organization_id = $1',
      [organization.id],
    );
    const [before] = await suggestions();
    await read();
    expect((await suggestions()).map(({ id }) => id)).toEqual([before.id]);
    const { rows } = await product.app.database.system.query('select 1 from intent_queue where organization_id = $1', [
      organization.id,
    ]);
    expect(rows).toEqual([]);
  });

  test('goes with its post, and changes with it, until somebody has decided', async () => {
    const text = 'Where can I buy your rye bread?';
    const say2 = (id: string, over: object) => say(mention(id, { language: 'en', text, ...over }));
    for (const id of ['gone', 'changed', 'stronger', 'kept']) await say2(id, { handle: id });
    await read();
    const kept = (await suggestions()).find(({ identity }) => identity.handle === 'kept');
    await decide('dismissLeadSuggestion', { id: kept.id });
    await say({ op: 'delete', ref: { id: 'gone' }, occurredAt: new Date() } as never);
    await say2('changed', { handle: 'changed', revision: '2', text: 'Found it, thank you.' });
    await say2('stronger', { handle: 'stronger', revision: '2', text: `${text} How much is it?` });
    await say2('kept', { handle: 'kept', revision: '2', text: 'Never mind.' });
    await read();
    expect((await suggestions()).map(({ identity, strength, state }) => [identity.handle, strength, state])).toEqual([
      ['stronger', 1, 'OPEN'],
      ['kept', 0.7, 'DISMISSED'],
    ]);
  });

  test('becomes a lead that keeps the post, once, also for two who accept it together', async () => {
    await say(mention('1', { text: 'Where can I buy your rye bread?', language: 'en', handle: 'rye' }));
    await read();
    const [open] = await suggestions();
    const both = await Promise.all([1, 2].map(() => decide('acceptLeadSuggestion', { id: open.id, interest: 'Rye' })));
    expect(both.map(({ userErrors }) => userErrors[0]?.code).sort()).toEqual(['CONFLICT', undefined]);
    const { lead } = both.find(({ userErrors }) => userErrors.length === 0)!;
    expect(lead).toMatchObject({ source: 'SOCIAL', post: { text: 'Where can I buy your rye bread?' } });
    expect(await suggestions()).toMatchObject([{ state: 'ACCEPTED', lead: { id: lead.id } }]);
    expect((await decide('dismissLeadSuggestion', { id: open.id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  test('is not made of a post that a lead came of already', async () => {
    await say(mention('1', { text: 'Where can I buy your rye bread?', language: 'en' }));
    const { posts }: Answer = await admin.data('{ posts(first: 1) { edges { node { id } } } }');
    await admin.data('mutation ($id: ID!) { createLeadFromPost(input: { postId: $id }) { userErrors { code } } }', {
      id: posts.edges[0].node.id,
    });
    await read();
    expect(await suggestions()).toEqual([]);
  });

  test('is dismissed with a reason, also many at once, and does not come again', async () => {
    for (const id of ['1', '2', '3'])
      await say(mention(id, { text: 'Where can I buy your rye bread?', language: 'en', handle: `rye${id}` }));
    await read();
    const [first, second, third] = await suggestions();
    const { suggestion } = await decide('dismissLeadSuggestion', { id: first.id, reason: 'A competitor' });
    expect(suggestion).toEqual({ id: first.id, state: 'DISMISSED', reason: 'A competitor' });
    const { dismissLeadSuggestions }: Answer = await admin.data(
      'mutation ($items: [DismissLeadSuggestionItem!]!) { dismissLeadSuggestions(input: { items: $items }) { results { index suggestion { state } userErrors { code } } } }',
      { items: [first, second, third].map(({ id }) => ({ id })) },
    );
    expect(
      dismissLeadSuggestions.results.map((result: Answer) => result.userErrors[0]?.code ?? result.suggestion.state),
    ).toEqual(['CONFLICT', 'DISMISSED', 'DISMISSED']);
    await say(
      mention('1', { text: 'Where can I buy your rye bread today?', revision: '2', language: 'en', handle: 'rye1' }),
    );
    await read();
    expect(await suggestions({ state: { eq: 'OPEN' } })).toEqual([]);
  });

  test('is seen only by who sees leads and the post', async () => {
    const [mine, theirs] = [await organization.member('Mine'), await organization.member('Theirs')];
    await say(mention('1', { text: 'Where can I buy your rye bread?', language: 'en', handle: 'rye' }));
    await read();
    const agent = await organization.as('AGENT', { memberId: mine });
    const [seen] = await suggestions({}, agent);
    expect(seen).toBeDefined();
    const { createCustomer }: Answer = await admin.data(
      'mutation ($owner: ID) { createCustomer(input: { displayName: "Rye", ownerId: $owner }) { customer { id } } }',
      { owner: organization.publicId('member', theirs) },
    );
    const { socialIdentities }: Answer = await admin.data('{ socialIdentities(first: 1) { edges { node { id } } } }');
    await admin.data('mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { userErrors { code } } }', {
      input: { identityId: socialIdentities.edges[0].node.id, customerId: createCustomer.customer.id },
    });
    expect(await suggestions({}, agent)).toEqual([]);
    expect((await decide('acceptLeadSuggestion', { id: seen.id }, agent)).userErrors).toMatchObject([
      { field: 'id', code: 'NOT_FOUND' },
    ]);
    const analyst = await organization.as('ANALYST');
    expect(await suggestions({}, analyst)).toHaveLength(1);
  });

  test('is forgotten with the customer who said it', async () => {
    await say(mention('1', { text: 'Where can I buy your rye bread?', language: 'en', handle: 'rye' }));
    await read();
    const { createCustomer }: Answer = await admin.data(
      'mutation { createCustomer(input: { displayName: "Rye" }) { customer { id } } }',
    );
    const { socialIdentities }: Answer = await admin.data('{ socialIdentities(first: 1) { edges { node { id } } } }');
    const customerId = createCustomer.customer.id;
    await admin.data('mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { userErrors { code } } }', {
      input: { identityId: socialIdentities.edges[0].node.id, customerId },
    });
    await admin.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code message } } }', {
      id: customerId,
    });
    expect(await suggestions()).toEqual([]);
  });
});
