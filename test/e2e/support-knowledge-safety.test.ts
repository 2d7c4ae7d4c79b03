import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { forgetSearches } from '../../src/modules/support/knowledge/search.queries.js';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { ask, someAddress } from '../support/portal.js';
import { listen } from '../support/posts.js';
import { statementsOf } from '../support/statements.js';
import { eventually, subscribe } from '../support/subscriber.js';
import { errorsOf, type Ticketing, ticketingOf, uuid } from '../support/ticketing.js';
import { type Writing, writingOf } from '../support/writing.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let customer: Client;
let writing: Writing;
let ticketing: Ticketing;
const customerId = newId();

beforeAll(async () => {
  app = await openTestApp();
  organization = await app.organization();
  owner = await organization.as('OWNER');
  writing = writingOf(owner);
  await keepCustomer(customerId, 'Rosa');
  customer = await organization.as('CUSTOMER', { customerId });
  ticketing = ticketingOf(app, organization, owner, organization.publicId('customer', customerId));
});
afterAll(() => app?.close());

const sql = async <Row extends object = any>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await app.app.database.system.query<Row>(text, [organization.id, ...values])).rows;
const keepCustomer = (id: string, name: string) =>
  sql(`insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', $3)`, [id, name]);

test('articles that were part of the answer go with a ticket into another one, and come back with it', async () => {
  const both = await writing.publish('PUBLIC', { en: { title: 'Used in both', body: 'Words.' } });
  const one = await writing.publish('PUBLIC', { en: { title: 'Used in one', body: 'Words.' } });
  const [kept, gone] = [await ticketing.open(), await ticketing.open()];
  for (const [ticketId, articleId] of [
    [kept.id, both],
    [gone.id, both],
    [gone.id, one],
  ])
    await writing.done('useArticle', { ticketId, articleId }, 'ticket { id }');
  const used = async (id: string): Promise<string[]> =>
    (await ticketing.see(id, 'articleUses { article { slug } }')).articleUses.map((use: any) => use.article.slug);
  await ticketing.act('mergeTickets', { survivorId: kept.id, mergedId: gone.id });
  expect(await used(kept.id)).toEqual(['used-in-both', 'used-in-one']);
  expect(await used(gone.id)).toEqual(['used-in-both']);
  const late = await writing.act('useArticle', { ticketId: gone.id, articleId: one }, 'ticket { id }');
  expect(errorsOf(late)).toEqual(['ticketId NOT_ALLOWED']);
  await ticketing.act('unmergeTicket', { id: gone.id });
  expect(await used(kept.id)).toEqual(['used-in-both']);
  expect(await used(gone.id)).toEqual(['used-in-both', 'used-in-one']);
});

test('a subscriber is told of articles it may read: of drafts only who writes, and after a time away what was missed', async () => {
  const STREAM = `subscription ($after: String) { articleChanged(after: $after) { cursor change language articleId article { slug state } } }`;
  const url = await listen(app);
  const mine = subscribe<any>(url, owner.authorization, STREAM);
  const theirs = subscribe<any>(url, customer.authorization, STREAM);
  const told = (events: any[]) => events.map(({ articleChanged: { change, article } }) => `${change} ${article?.slug}`);
  let tries = 0;
  await eventually(async () => {
    await writing.publish('PUBLIC', { en: { title: 'x', body: 'x' } }, { slug: `ready-${++tries}` });
    return mine.received.length > 0 && theirs.received.length > 0;
  });
  const articleId = await writing.publish('CUSTOMERS', { en: { title: 'Told', body: 'One.' } }, { slug: 'told' });
  await writing.publish('STAFF', { en: { title: 'Ours', body: 'One.' } }, { slug: 'ours' });
  await writing.done('writeArticle', { articleId, text: { language: 'en', title: 'Told', body: 'Draft.' } });
  await writing.done('updateArticle', { id: articleId, slug: 'told-again' });
  const last = (name: string) => (events: any[]) => told(events).includes(name);
  await theirs.until(last('CHANGED told-again'));
  await mine.until(last('CHANGED told-again'));
  expect(told(theirs.received).some(one => one.startsWith('WRITTEN') || one.includes('ours'))).toBe(false);
  expect(told(mine.received).some(one => one.startsWith('WRITTEN'))).toBe(true);
  expect(told(mine.received)).toContain('PUBLISHED ours');
  expect(theirs.errors).toEqual([]);
  const { cursor } = theirs.received.at(-1).articleChanged;
  await theirs.close();
  await writing.done('publishArticle', { articleId, language: 'en' });
  const back = subscribe<any>(url, customer.authorization, STREAM, { after: cursor });
  await back.until(last('PUBLISHED told-again'));
  expect(back.received[0].articleChanged).toMatchObject({ change: 'PUBLISHED', language: 'en', articleId });
  const elsewhere = await (await app.organization()).as('OWNER');
  const stranger = subscribe<any>(url, elsewhere.authorization, STREAM);
  let heard = 0;
  await eventually(async () => {
    await writingOf(elsewhere).publish('STAFF', { en: { title: 'x', body: 'x' } }, { slug: `theirs-${++heard}` });
    return stranger.received.length > 0;
  });
  await writing.done('withdrawArticle', { articleId });
  await mine.until(events => told(events).some(one => one.startsWith('WITHDRAWN')));
  await writingOf(elsewhere).publish('STAFF', { en: { title: 'x', body: 'x' } }, { slug: 'theirs-last' });
  await stranger.until(last('PUBLISHED theirs-last'));
  expect(told(stranger.received).every(one => one.includes(' theirs-'))).toBe(true);
  for (const stream of [mine, back, stranger]) await stream.close();
});

test('two articles of one title that are written at once both get a name in addresses', async () => {
  const text = { language: 'en', title: 'Twins', body: 'Words.' };
  const written = await Promise.all(
    Array.from({ length: 4 }, () => writing.act('createArticle', { audience: 'STAFF', text })),
  );
  expect(written.flatMap(payload => errorsOf(payload))).toEqual([]);
  expect(written.map(payload => payload.article.slug).sort()).toEqual(['twins', 'twins-2', 'twins-3', 'twins-4']);
});

test('an organisation that lets nobody read anything is not told from one there is not', async () => {
  const silent = await app.organization();
  await writingOf(await silent.as('OWNER')).publish('STAFF', { en: { title: 'Inside', body: 'Words.' } });
  const page = (slug: string) => app.app.server.fastify.inject({ url: `/help/${slug}`, remoteAddress: someAddress() });
  const [known, unknown] = [await page(silent.slug), await page('nowhere')];
  expect([known.statusCode, known.body]).toEqual([404, unknown.body]);
  const RATE = `mutation ($input: RatePublicArticleInput!) { ratePublicArticle(input: $input) { rated userErrors { field code message } } }`;
  const rate = async (name: string) =>
    (await ask(app, RATE, { input: { organization: name, slug: 'inside', helpful: true } })).body.data
      .ratePublicArticle;
  expect(await rate(silent.slug)).toEqual(await rate('nowhere'));
});

test('who answers for an article, and by when, is not found out by filters', async () => {
  const ask = (filter: string, by: Client) =>
    by.send(`{ articles(filter: { ${filter} }) { edges { node { slug } } } }`);
  for (const filter of [
    'reviewDueAt: { gt: "2020-01-01T00:00:00Z" }',
    `ownerId: { eq: "${organization.publicId('member', newId())}" }`,
  ]) {
    expect((await ask(filter, customer)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    expect((await ask(filter, owner)).errors).toBeUndefined();
  }
});

test('what somebody thought of an article is exported with who they turned out to be, and goes with them', async () => {
  const [survivorId, mergedId] = [newId(), newId()];
  for (const id of [survivorId, mergedId]) await keepCustomer(id, 'Ana');
  const articleId = await writing.publish('PUBLIC', { en: { title: 'Thought of', body: 'Words.' } });
  const them = await organization.as('CUSTOMER', { customerId: mergedId });
  const said = { articleId, language: 'en', helpful: false, comment: 'I am Ana' };
  await writing.act('rateArticle', said, 'rated', them);
  const id = (stored: string) => organization.publicId('customer', stored);
  const { mergeCustomers } = await owner.data(
    `mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { userErrors { code } } }`,
    { input: { survivorId: id(survivorId), mergedIds: [id(mergedId)] } },
  );
  expect(mergeCustomers.userErrors).toEqual([]);
  const { customerExport } = await owner.data('query ($id: ID!) { customerExport(id: $id) }', { id: id(survivorId) });
  expect(customerExport.articleFeedback).toMatchObject([{ slug: 'thought-of', comment: 'I am Ana' }]);
  await owner.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code } } }', {
    id: id(survivorId),
  });
  expect(
    await sql('select 1 from article_feedback where organization_id = $1 and article_id = $2', [uuid(articleId)]),
  ).toEqual([]);
});

test('a text that would hold up whoever renders it is refused before it is kept', async () => {
  for (const body of ['>'.repeat(5000), '_a'.repeat(50_000)]) {
    const refused = await writing.act('createArticle', {
      audience: 'STAFF',
      text: { language: 'en', title: 'T', body },
    });
    expect(errorsOf(refused)).toEqual(['text.body INVALID']);
  }
});

test('articles that are imported and published at once wait for each other in one order, and their words are counted', async () => {
  const item = (n: number, body: string) => ({
    slug: `ordered-${n}`,
    audience: 'PUBLIC',
    text: { language: 'en', title: `Ordered ${n}`, body },
    publish: true,
  });
  const items = (body: string) => Array.from({ length: 30 }, (_, n) => item(n, body));
  const take = (given: object[]) => writing.done('importArticles', { items: given }, 'results { article { id } }');
  const { results } = await take(items('One.'));
  const ids: string[] = results.map((one: any) => one.article.id);
  const sent = await statementsOf(() =>
    Promise.all([
      take(items('Two.')),
      take(items('Three.').reverse()),
      ...ids.map(articleId => writing.done('publishArticle', { articleId, language: 'en' })),
    ]),
  );
  expect(sent.filter(text => /^rollback$/i.test(text))).toEqual([]);
  const wrong = await sql(
    `with told as (
       select t.language, w.lexeme, count(*)::integer as documents from article_texts t cross join lateral unnest(t.search) w
        where t.organization_id = $1 group by 1, 2)
     select * from told full join (select * from article_lexemes where organization_id = $1) l using (language, lexeme)
      where told.documents is distinct from l.documents`,
  );
  expect(wrong).toEqual([]);
});

test('an address reads so often a minute and no more, whatever it costs', async () => {
  await writing.publish('PUBLIC', { en: { title: 'Read often', body: 'Words.' } });
  const fields = Array.from(
    { length: 20 },
    (_, n) => `f${n}: publicArticles(organization: "${organization.slug}", first: 1) { slug }`,
  );
  const [from, other] = [someAddress(), someAddress()];
  const read = (address: string) => ask(app, `{ ${fields.join(' ')} }`, {}, { from: address });
  let answer = await read(from);
  expect(answer.body.errors).toBeUndefined();
  for (let times = 0; times < 70 && !answer.body.errors; times++) answer = await read(from);
  expect(answer.body.errors?.[0].extensions.code).toBe('RATE_LIMITED');
  expect((await read(other)).body.errors).toBeUndefined();
});

test('what strangers type does not fill the memory of searches', async () => {
  const there = await app.organization();
  const client = await there.as('OWNER');
  const run = (text: string) => app.app.database.system.query(text, [there.id]);
  await run(
    `insert into article_searches (organization_id, id, query, language, reader_kind, searches)
     select $1, gen_random_uuid(), 'query ' || n, 'en', 'STAFF', case when n = 1 then 5 else 1 end from generate_series(1, 10000) n`,
  );
  const search = (query: string) =>
    client.data('query ($query: String!) { searchArticles(query: $query, language: "en") { nodes { slug } } }', {
      query,
    });
  await search('one more');
  await search('query 2');
  const others = await run(`select 1 from article_searches where organization_id = $1 and query = 'one more'`);
  expect(others.rows).toEqual([]);
  const kept = async () =>
    (
      await run(
        'select query, searches from article_searches where organization_id = $1 order by searches desc, query limit 2',
      )
    ).rows;
  expect(await kept()).toEqual([
    { query: 'query 1', searches: 5 },
    { query: 'query 2', searches: 2 },
  ]);
  await run(`update article_searches set last_at = now() - interval '2 days' where organization_id = $1`);
  await search('one more');
  await run(
    `insert into article_searches (organization_id, id, query, language, reader_kind, searches)
     select $1, gen_random_uuid(), 'old ' || n, 'en', 'STAFF', 1 from generate_series(1, 10000) n`,
  );
  await forgetSearches(app.app.database.system);
  const { rows } = await run('select count(*)::integer as count from article_searches where organization_id = $1');
  expect(rows).toEqual([{ count: 20_000 }]);
  expect((await kept())[0]).toEqual({ query: 'query 1', searches: 5 });
});
