import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import {
  ArticleScreenDocument,
  FindArticlesDocument,
  PublicHelpDocument,
  PublishArticleDocument,
  SayWhetherItHelpedDocument,
  SuggestWhileTypingDocument,
  WhatIsMissingDocument,
  WriteFirstVersionDocument,
} from '../support/operations.generated.js';
import { statementsOf } from '../support/statements.js';
import { errorsOf, ticketingOf, uuid } from '../support/ticketing.js';
import { type Writing, writingOf } from '../support/writing.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let analyst: Client;
let customer: Client;
let partner: Client;
let writing: Writing;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  organization = await app.organization();
  owner = await organization.as('OWNER');
  analyst = await organization.as('ANALYST');
  partner = await organization.as('PARTNER');
  writing = writingOf(owner);
  const customerId = newId();
  await sql(`insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Rosa')`, [
    customerId,
  ]);
  customer = await organization.as('CUSTOMER', { customerId });
});
afterAll(() => app?.close());

const sql = async <Row extends object = any>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await app.app.database.system.query<Row>(text, [organization.id, ...values])).rows;

const text = (title: string, body = 'Words.') => ({ title, body });
const read = async (id: string, fields: string, by = owner) =>
  (await by.data(`query ($id: ID!) { article(id: $id) { ${fields} } }`, { id })).article;

describe('an article', () => {
  test('is written while what is published stays as it is, and an older version can be had again', async () => {
    const { act, done } = writing;
    const first = { language: 'es', ...text('Horario', 'Abrimos a las **ocho**.'), keywords: ['abierto'] };
    const { article, number } = await done('createArticle', { audience: 'PUBLIC', text: first });
    expect([number, article.state, article.slug]).toEqual([1, 'DRAFT', 'horario']);
    const articleId = article.id;
    expect(await read(articleId, 'text { title }')).toEqual({ text: null });
    expect(await read(articleId, 'id', customer)).toBeNull();

    await done('publishArticle', { articleId, language: 'es' });
    const shown = 'state text { title number bodyHtml bodyText isOtherLanguage }';
    expect(await read(articleId, shown, customer)).toEqual({
      state: 'PUBLISHED',
      text: {
        title: 'Horario',
        number: 1,
        bodyHtml: '<p>Abrimos a las <strong>ocho</strong>.</p>\n',
        bodyText: 'Abrimos a las ocho.',
        isOtherLanguage: true,
      },
    });

    const second = { language: 'es', ...text('Horario nuevo', 'Abrimos a las nueve.') };
    expect((await done('writeArticle', { articleId, basedOn: 1, text: second })).number).toBe(2);
    const stale = await act('writeArticle', { articleId, basedOn: 1, text: second });
    expect(errorsOf(stale)).toEqual(['version CONFLICT']);
    expect((await read(articleId, shown, customer)).text).toMatchObject({ title: 'Horario', number: 1 });

    await done('publishArticle', { articleId, language: 'es' });
    expect((await read(articleId, shown, customer)).text).toMatchObject({ title: 'Horario nuevo', number: 2 });
    const restored = await done('restoreArticleVersion', { articleId, language: 'es', number: 1, basedOn: 2 });
    expect(restored.number).toBe(3);
    await done('publishArticle', { articleId, language: 'es' });
    const versions =
      'translations { language latestNumber publishedNumber published { title } versions { number title restoredFrom author } }';
    expect((await read(articleId, versions)).translations).toMatchObject([
      {
        language: 'es',
        latestNumber: 3,
        publishedNumber: 3,
        published: { title: 'Horario' },
        versions: [
          { number: 3, title: 'Horario', restoredFrom: 1 },
          { number: 2, title: 'Horario nuevo', restoredFrom: null },
          { number: 1, title: 'Horario', restoredFrom: null },
        ],
      },
    ]);
    expect(await read(articleId, 'translations { language }', customer)).toEqual({ translations: [] });
    const missing = await act('publishArticle', { articleId, language: 'pt' });
    expect(errorsOf(missing)).toEqual(['language NOT_FOUND']);

    await done('withdrawArticle', { articleId });
    expect(await read(articleId, 'id', customer)).toBeNull();
    expect(await read(articleId, 'state text { title }')).toEqual({ state: 'DRAFT', text: null });
    await done('publishArticle', { articleId, language: 'es', number: 2 });
    await act('archiveArticle', { articleId }, 'article { state }', owner, 'Article');
    const archived = await act('writeArticle', { articleId, text: second });
    expect(errorsOf(archived)).toEqual(['articleId NOT_ALLOWED']);
    expect(await read(articleId, 'id', analyst)).toBeNull();
    const reopened = await act('reopenArticle', { articleId }, 'article { state }', owner, 'Article');
    expect(reopened.article.state).toBe('DRAFT');
  });

  test('is written by two at once, and neither overwrites the other', async () => {
    const { act, done } = writing;
    const { article } = await done('createArticle', { audience: 'STAFF', text: { language: 'en', ...text('Both') } });
    const both = await Promise.all(
      ['one', 'two'].map(title =>
        act('writeArticle', { articleId: article.id, basedOn: 1, text: { language: 'en', ...text(title) } }),
      ),
    );
    expect(both.flatMap(payload => errorsOf(payload))).toEqual(['version CONFLICT']);
    expect(
      await sql('select number from article_versions where organization_id = $1 and article_id = $2', [
        uuid(article.id),
      ]),
    ).toHaveLength(2);
  });

  test('says everything that is wrong at once', async () => {
    const wrong = { language: 'de', title: ' ', body: '', keywords: ['x'.repeat(61)] };
    const refused = await writing.act('createArticle', { audience: 'STAFF', slug: 'Not So', text: wrong });
    expect(errorsOf(refused)).toEqual([
      'slug INVALID',
      'text.body REQUIRED',
      'text.keywords TOO_LONG',
      'text.language INVALID',
      'text.title REQUIRED',
    ]);
    await writing.done('createArticle', { audience: 'STAFF', slug: 'taken', text: { language: 'en', ...text('A') } });
    const taken = await writing.act('createArticle', {
      audience: 'STAFF',
      slug: 'taken',
      text: { language: 'en', ...text('B') },
    });
    expect(errorsOf(taken)).toEqual(['slug TAKEN']);
  });

  test('runs nothing in whoever reads it', async () => {
    const body = '<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](https://example.com/y.png) **bold**';
    const id = await writing.publish('PUBLIC', { en: { title: '<b>Title</b>', body } });
    const { text: shown } = await read(id, 'text(language: "en") { title bodyHtml }', customer);
    expect(shown.bodyHtml).not.toMatch(/<script|javascript:"|<img/);
    expect(shown.bodyHtml).toContain('&lt;script&gt;');
    expect(shown.bodyHtml).toContain('<strong>bold</strong>');
    expect(shown.title).toBe('<b>Title</b>');
  });

  test('is told in the language of its reader, or else in another one that says so', async () => {
    const id = await writing.publish('PUBLIC', { en: text('Returns'), pt: text('Devoluções') });
    const told = async (language: string) =>
      (await read(id, `text(language: "${language}") { language title isOtherLanguage } languages`, customer)) as any;
    expect(await told('pt-BR')).toEqual({
      text: { language: 'pt', title: 'Devoluções', isOtherLanguage: false },
      languages: ['en', 'pt'],
    });
    expect((await told('es')).text).toEqual({ language: 'en', title: 'Returns', isOtherLanguage: true });
  });
});

describe('each audience', () => {
  test('reads what is for it and nothing else, and another one holds at once', async () => {
    const ids: Record<string, string> = {};
    for (const audience of ['PUBLIC', 'CUSTOMERS', 'PARTNERS', 'STAFF'])
      ids[audience] = await writing.publish(audience, { en: text(`Quokka for ${audience}`) });
    const seenBy = async (by: Client): Promise<string[]> => {
      const { articles, searchArticles } = await by.data(
        `{ articles(first: 200) { edges { node { id audience } } } searchArticles(query: "quokka", language: "en") { nodes { article { id } } } }`,
      );
      const listed = articles.edges.map((edge: any) => edge.node.id);
      const found = searchArticles.nodes.map((node: any) => node.article?.id);
      const names = Object.keys(ids).filter(name => listed.includes(ids[name]));
      expect(found.sort()).toEqual(names.map(name => ids[name]).sort());
      return names;
    };
    expect(await seenBy(customer)).toEqual(['PUBLIC', 'CUSTOMERS']);
    expect(await seenBy(partner)).toEqual(['PUBLIC', 'PARTNERS']);
    expect(await seenBy(analyst)).toEqual(['PUBLIC', 'CUSTOMERS', 'PARTNERS', 'STAFF']);
    expect(await seenBy(owner)).toEqual(['PUBLIC', 'CUSTOMERS', 'PARTNERS', 'STAFF']);
    for (const audience of ['PARTNERS', 'STAFF']) expect(await read(ids[audience]!, 'id', customer)).toBeNull();

    await writing.done('updateArticle', { id: ids['PUBLIC'], audience: 'STAFF' });
    expect(await seenBy(customer)).toEqual(['CUSTOMERS']);
    const other = await (await app.organization()).as('OWNER');
    const { articles, searchArticles } = await other.data(
      `{ articles { totalCount } searchArticles(query: "quokka", language: "en") { nodes { title } } }`,
    );
    expect([articles.totalCount, searchArticles.nodes]).toEqual([0, []]);
    expect(await read(ids['STAFF']!, 'id', other)).toBeNull();
  });

  test('who did not sign in reads what is public, by the organisation, and nothing of drafts', async () => {
    const names = { es: text('Zarigüeya pública', 'El *texto*.'), en: text('Public opossum') };
    await writing.publish('PUBLIC', names, { slug: 'opossum' });
    await writing.publish('CUSTOMERS', { es: text('Zarigüeya privada') }, { slug: 'private-opossum' });
    await writing.done('createArticle', {
      audience: 'PUBLIC',
      slug: 'draft-opossum',
      text: { language: 'es', ...text('Zarigüeya en borrador') },
    });
    const { slug } = organization;
    const ARTICLE = `query ($organization: String!, $slug: String!) { publicArticle(organization: $organization, slug: $slug, language: "es") {
      title bodyHtml languages } }`;
    const one = async (name: string, where = slug) =>
      (await app.anonymous.data(ARTICLE, { organization: where, slug: name })).publicArticle;
    expect(await one('opossum')).toEqual({
      title: 'Zarigüeya pública',
      bodyHtml: '<p>El <em>texto</em>.</p>\n',
      languages: ['en', 'es'],
    });
    expect(await one('opossum', organization.publicId('organization', organization.id))).not.toBeNull();
    for (const name of ['private-opossum', 'draft-opossum', 'nothing']) expect(await one(name)).toBeNull();
    expect(await one('opossum', (await app.organization()).slug)).toBeNull();
    expect(await one('opossum', 'nowhere')).toBeNull();
    const { searchPublicArticles, publicArticles } = await app.anonymous.data(
      `query ($organization: String!) {
         searchPublicArticles(organization: $organization, query: "zarigueya", language: "es") { nodes { slug } }
         publicArticles(organization: $organization, language: "es") { slug title } }`,
      { organization: slug },
    );
    expect(searchPublicArticles.nodes).toEqual([{ slug: 'opossum' }]);
    const listed = publicArticles.map((article: any) => article.slug);
    expect(listed).toContain('opossum');
    expect(listed).not.toContain('private-opossum');
    const refused = await app.anonymous.send('{ articles { totalCount } }');
    expect(refused.errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  });
});

describe('categories', () => {
  const CATEGORY = 'category { id name version }';
  test('form a tree without circles, and are told to those they are for', async () => {
    const make = (input: object) => writing.act('createArticleCategory', input, CATEGORY);
    const wide = (await make({ name: 'Orders', names: { es: 'Pedidos' }, position: 2 })).category;
    const narrow = (await make({ name: 'Returns', parentId: wide.id, position: 1 })).category;
    await make({ name: 'How we decide', audience: 'STAFF' });
    const circle = await writing.act('updateArticleCategory', { id: wide.id, parentId: narrow.id }, CATEGORY);
    expect(errorsOf(circle)).toEqual(['parentId NOT_ALLOWED']);
    expect(errorsOf(await make({ name: 'Orders' }))).toEqual(['name TAKEN']);
    const list = async (by: Client) =>
      (await by.data('{ articleCategories { name parent { name } } }')).articleCategories.map((one: any) => one.name);
    expect(await list(owner)).toEqual(['How we decide', 'Returns', 'Orders']);
    expect(await list(customer)).toEqual(['Returns', 'Orders']);
    const inIt = await writing.publish('PUBLIC', { en: text('In it') }, { articleCategoryId: narrow.id });
    expect(await read(inIt, 'category { name parent { name } }', customer)).toEqual({
      category: { name: 'Returns', parent: { name: 'Orders' } },
    });
    const remove = (id: string) => writing.act('deleteArticleCategory', { id }, 'deleted');
    for (const { id } of [wide, narrow]) expect(errorsOf(await remove(id))).toEqual(['id NOT_ALLOWED']);
    await writing.done('updateArticle', { id: inIt, articleCategoryId: null });
    expect((await remove(narrow.id)).deleted).toBe(true);
    expect((await remove(wide.id)).deleted).toBe(true);
  });
});

test('a list of articles with all there is to know of them costs as many statements whatever its length', async () => {
  const FULL = `{ edges { node { slug text { title bodyHtml } languages category { name parent { name } } owner { name }
    translations { language latest { title } published { title } versions { number } } statistics { views helpful uses } } } }`;
  const count = (first: number) => statementsOf(() => owner.data(`{ articles(first: ${first}) ${FULL} }`));
  await count(2);
  const [few, many] = [await count(2), await count(10)];
  expect(many.length).toBe(few.length);
  expect(many.length).toBeLessThanOrEqual(9);
});

test('articles that come from elsewhere are kept once, each by itself, and go out again as CSV', async () => {
  const items = [
    { slug: 'imported', audience: 'PUBLIC', text: { language: 'en', ...text('Imported') }, publish: true },
    { slug: 'imported', text: { language: 'es', ...text('Importado') }, publish: true },
    { slug: 'Not A Name', text: { language: 'en', ...text('No') } },
    { slug: 'elsewhere', category: 'Nowhere', text: { language: 'en', ...text('No') } },
  ];
  const take = () =>
    writing.done(
      'importArticles',
      { items },
      'results { index article { slug state languages } userErrors { field code } }',
    );
  for (const { results } of [await take(), await take()])
    expect(results).toEqual([
      { index: 0, article: { slug: 'imported', state: 'PUBLISHED', languages: ['en', 'es'] }, userErrors: [] },
      { index: 1, article: { slug: 'imported', state: 'PUBLISHED', languages: ['en', 'es'] }, userErrors: [] },
      { index: 2, article: null, userErrors: [{ field: 'slug', code: 'INVALID' }] },
      { index: 3, article: null, userErrors: [{ field: 'category', code: 'NOT_FOUND' }] },
    ]);
  const versions = await sql(
    `select v.number from article_versions v join articles a using (organization_id)
      where organization_id = $1 and a.slug = 'imported' and v.article_id = a.id`,
  );
  expect(versions).toEqual([{ number: 1 }, { number: 1 }]);
  const exported = await app.app.server.fastify.inject({
    url: '/export/articles.csv',
    headers: { authorization: owner.authorization },
  });
  expect(exported.statusCode).toBe(200);
  expect(exported.body).toContain('imported,es,PUBLIC,PUBLISHED,,Importado');
});

test('the documents of schema/operations take an article from its first version to who looks for it', async () => {
  const there = await app.organization();
  const client = await there.as('OWNER');
  const { createArticle } = await client.data(WriteFirstVersionDocument, {
    input: { audience: 'PUBLIC', text: { language: 'en', title: 'Baking bread', body: 'Slowly.' } },
  });
  const id = createArticle.article!.id;
  const { publishArticle } = await client.data(PublishArticleDocument, { input: { articleId: id, language: 'en' } });
  expect(publishArticle.article).toEqual({ id, state: 'PUBLISHED', languages: ['en'] });
  const { searchArticles } = await client.data(FindArticlesDocument, { query: 'bak', language: 'en' });
  expect(searchArticles.nodes[0]!.excerpt.map(part => part.text).join('')).toBe('Slowly.');
  await client.data(SayWhetherItHelpedDocument, { input: { articleId: id, language: 'en', helpful: true } });
  const { article } = await client.data(ArticleScreenDocument, { id, language: 'es' });
  expect(article).toMatchObject({ text: { isOtherLanguage: true }, statistics: { helpful: 1 } });
  await client.data(FindArticlesDocument, { query: 'butter', language: 'en' });
  const { missedSearches } = await client.data(WhatIsMissingDocument, { first: 5 });
  expect(missedSearches.edges.map(edge => edge.node.query)).toEqual(['butter']);
  const customerId = newId();
  await app.app.database.system.query(
    `insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Ana')`,
    [there.id, customerId],
  );
  const ticketing = ticketingOf(app, there, client, there.publicId('customer', customerId));
  const ticket = await ticketing.open({ subject: 'Bread' });
  const { suggestArticles } = await client.data(SuggestWhileTypingDocument, { ticketId: ticket.id, text: 'baking' });
  expect(suggestArticles).toMatchObject([{ title: 'Baking bread', isShareable: true }]);
  const { publicArticle } = await app.anonymous.data(PublicHelpDocument, {
    organization: there.slug,
    slug: 'baking-bread',
    language: 'en',
  });
  expect(publicArticle).toMatchObject({ title: 'Baking bread', category: null });
});
