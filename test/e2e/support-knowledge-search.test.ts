import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { forgetSearches } from '../../src/modules/support/knowledge/search.queries.js';
import { newId } from '../../src/platform/ids.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { ask, someAddress } from '../support/portal.js';
import { statementsOf } from '../support/statements.js';
import { errorsOf, type Ticketing, ticketingOf } from '../support/ticketing.js';
import { type Writing, writingOf } from '../support/writing.js';

let app: TestApp;
let organization: TestOrganization;
let owner: Client;
let customer: Client;
let writing: Writing;
let ticketing: Ticketing;
const customerId = newId();

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  organization = await app.organization();
  owner = await organization.as('OWNER');
  writing = writingOf(owner);
  await sql(`insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Rosa')`, [
    customerId,
  ]);
  customer = await organization.as('CUSTOMER', { customerId });
  ticketing = ticketingOf(app, organization, owner, organization.publicId('customer', customerId));
  await writing.publish(
    'PUBLIC',
    {
      en: { title: 'How to return an order', body: 'You have thirty days. We collect **parcels** at your door.' },
      es: {
        title: 'Cómo devolver un pedido',
        body: 'Tienes treinta días. Recogemos los paquetes en tu casa: ¡la devolución es gratis!',
        keywords: ['reembolso'],
      },
      pt: { title: 'Como devolver uma encomenda', body: 'Tem trinta dias. A devolução é grátis.' },
    },
    { slug: 'returns' },
  );
  await writing.publish(
    'PUBLIC',
    { es: { title: 'Horario de la tienda', body: 'Abrimos a las ocho. Los pedidos se recogen hasta las diez.' } },
    { slug: 'hours' },
  );
  await writing.publish(
    'STAFF',
    { es: { title: 'Reembolso sin devolución', body: 'Solo si el paquete vale menos de diez euros.' } },
    { slug: 'refunds' },
  );
  await writing.publish('PUBLIC', { en: { title: 'Gluten', body: 'Our sourdough has gluten.' } }, { slug: 'gluten' });
});
afterAll(() => app?.close());

const sql = async <Row extends object = any>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await app.app.database.system.query<Row>(text, [organization.id, ...values])).rows;

const SEARCH = `query ($query: String!, $language: String, $first: Int, $after: String, $typing: Boolean) {
  searchArticles(query: $query, language: $language, first: $first, after: $after, whileTyping: $typing) {
    nodes { slug title language isOtherLanguage match excerpt { text isMatch } } endCursor hasNextPage } }`;
const search = async (query: string, language: string, by = customer, more: object = {}) =>
  (await by.data(SEARCH, { query, language, first: 10, ...more })).searchArticles;
describe('a search', () => {
  test.each([
    ['es', 'devoluciones', 'returns'],
    ['es', 'DEVOLUCION', 'returns'],
    ['es', 'devolviendo', 'returns'],
    ['es', 'reembolsos', 'returns'],
    ['es', 'cómo devolv', 'returns'],
    ['en', 'returning orders', 'returns'],
    ['en', 'parcel', 'returns'],
    ['en', 'retu', 'returns'],
    ['pt', 'devolucao', 'returns'],
    ['pt', 'encomendas', 'returns'],
  ])('in %s finds "%s" whatever its form, accents and capitals', async (language, query, slug) => {
    const { nodes } = await search(query, language);
    expect(nodes[0]).toMatchObject({ slug, language, isOtherLanguage: false, match: 'ALL_WORDS' });
  });

  test('has what stands in titles before what stands in texts, and quotes where it stands', async () => {
    const { nodes } = await search('pedido', 'es');
    expect(nodes.map((node: any) => node.slug)).toEqual(['returns', 'hours']);
    const marked = nodes[1].excerpt.filter((part: any) => part.isMatch).map((part: any) => part.text);
    expect(marked).toEqual(['pedidos']);
    const quoted = (await search('devolución', 'es')).nodes[0].excerpt;
    expect(quoted.filter((part: any) => part.isMatch)).toEqual([{ text: 'devolución', isMatch: true }]);
  });

  test('forgives a slip of the finger where nothing else is found', async () => {
    const { nodes } = await search('devolber un pedodo', 'es');
    expect(nodes[0]).toMatchObject({ slug: 'returns', match: 'SIMILAR_TITLE' });
    const question = await search('quiero saber si abrimos los domingos xyzzy', 'es');
    expect(question.nodes).toMatchObject([{ slug: 'hours', match: 'SOME_WORDS' }]);
    expect((await search('xyzzy plugh', 'es')).nodes).toEqual([]);
  });

  test('falls back to other languages, and says so', async () => {
    expect((await search('gluten', 'es')).nodes).toMatchObject([
      { slug: 'gluten', language: 'en', isOtherLanguage: true },
    ]);
    // What is there in both is told in the one that is asked for.
    expect((await search('parcels', 'es')).nodes).toMatchObject([
      { slug: 'returns', language: 'es', title: 'Cómo devolver un pedido', isOtherLanguage: false },
    ]);
  });

  test('may be anything at all', async () => {
    for (const query of [
      '',
      '   ',
      "'",
      "a' | b:*",
      '\\',
      '(((',
      'ß½',
      '\u0000x',
      '🦔',
      'the',
      'de la',
      'é'.repeat(3000),
    ])
      expect(Array.isArray((await search(query, 'es')).nodes)).toBe(true);
    const bad = await customer.send(SEARCH, { query: 'pedido', first: 51 });
    expect(bad.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    const forged = await customer.send(SEARCH, { query: 'pedido', first: 5, after: 'x.y' });
    expect(forged.errors?.[0]?.extensions?.['code']).toBe('BAD_CURSOR');
  });

  test('is read page by page, each article once, in the same order', async () => {
    const there = await app.organization();
    const client = await there.as('OWNER');
    const items = Array.from({ length: 23 }, (_, n) => ({
      slug: `page-${n}`,
      audience: 'PUBLIC',
      text: { language: 'en', title: `Wombat ${n % 3}`, body: 'A wombat digs.' },
      publish: true,
    }));
    await writingOf(client).done('importArticles', { items }, 'results { index }');
    const whole = (await search('wombat', 'en', client, { first: 50 })).nodes.map((node: any) => node.slug);
    expect(new Set(whole).size).toBe(23);
    const walked: string[] = [];
    for (let after: string | null = null; ; ) {
      const { nodes, endCursor, hasNextPage }: any = await search('wombat', 'en', client, { first: 5, after });
      walked.push(...nodes.map((node: any) => node.slug));
      if (!hasNextPage) break;
      after = endCursor;
    }
    expect(walked).toEqual(whole);
  });

  test('with its articles costs as many statements whatever is found', async () => {
    const document = `query ($first: Int) { searchArticles(query: "pedido", language: "es", first: $first) { nodes { article { slug text { title } category { name } } } } }`;
    await owner.data(document, { first: 1 });
    const count = async (first: number) => (await statementsOf(() => owner.data(document, { first }))).length;
    expect(await count(2)).toBe(await count(1));
  });
});

describe('a suggestion', () => {
  const SUGGEST = `query ($ticketId: ID!, $text: String, $language: String) { suggestArticles(ticketId: $ticketId, text: $text, language: $language, first: 5) {
    title isShareable language article { id slug } score } }`;

  test('comes of what the customer said and what is typed, those first that the customer may read', async () => {
    const { id } = await ticketing.open({ subject: 'Un problema' });
    await ticketing.say(id, { note: 'El paquete llegó roto y quiero la devolución' });
    const { suggestArticles } = await owner.data(SUGGEST, { ticketId: id, language: 'es' });
    expect(suggestArticles.map((one: any) => [one.article.slug, one.isShareable])).toEqual([
      ['returns', true],
      ['refunds', false],
    ]);
    const typed = await owner.data(SUGGEST, {
      ticketId: id,
      text: 'La tienda abre a las ocho según el horario',
      language: 'es',
    });
    expect(typed.suggestArticles.map((one: any) => one.article.slug)).toContain('hours');
    const refused = await customer.send(SUGGEST, { ticketId: id });
    expect(refused.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    const elsewhere = await (await app.organization()).as('OWNER');
    expect((await elsewhere.data(SUGGEST, { ticketId: id })).suggestArticles).toEqual([]);
  });

  test('comes in the language of what was said where nobody names one, and in another one that has it', async () => {
    const { id } = await ticketing.open({ subject: 'El paquete llegó roto y quiero la devolución' });
    expect(await ticketing.see(id, 'language')).toMatchObject({ language: 'es' });
    const slugs = async (language?: string) =>
      (await owner.data(SUGGEST, { ticketId: id, language })).suggestArticles.map((one: any) => one.article.slug);
    expect(await slugs()).toContain('returns');
    expect(await slugs('pt')).toContain('returns');
  });

  test('that is used is noted once in the ticket, for staff', async () => {
    const { id } = await ticketing.open({ subject: 'Devolución' });
    const { suggestArticles } = await owner.data(SUGGEST, { ticketId: id, language: 'es' });
    const [first] = suggestArticles;
    const use = () =>
      writing.done(
        'useArticle',
        { ticketId: id, articleId: first.article.id, language: 'es' },
        'ticket { articleUses { language article { slug } } } article { statistics { uses } }',
      );
    for (const payload of [await use(), await use()])
      expect(payload).toMatchObject({
        ticket: { articleUses: [{ language: 'es', article: { slug: 'returns' } }] },
        article: { statistics: { uses: 1 } },
      });
    const seen = await ticketing.see(id, 'articleUses { language }', customer);
    expect(seen.articleUses).toEqual([]);
  });

  test('counts in how many texts a word stands, whatever is published, changed and withdrawn', async () => {
    const there = await app.organization();
    const theirs = writingOf(await there.as('OWNER'));
    const id = await theirs.publish('PUBLIC', { en: { title: 'Narwhal', body: 'Narwhal narwhal ice.' } });
    const second = await theirs.publish('PUBLIC', { en: { title: 'Ice', body: 'Cold.' } });
    const counts = async () =>
      Object.fromEntries(
        (
          await app.app.database.system.query(
            'select lexeme, documents from article_lexemes where organization_id = $1 order by 1',
            [there.id],
          )
        ).rows.map(({ lexeme, documents }: any) => [lexeme, documents]),
      );
    expect(await counts()).toEqual({ cold: 1, ice: 2, narwhal: 1 });
    await theirs.done('writeArticle', { articleId: id, text: { language: 'en', title: 'Beluga', body: 'Ice.' } });
    await theirs.done('publishArticle', { articleId: id, language: 'en' });
    expect(await counts()).toEqual({ beluga: 1, cold: 1, ice: 2 });
    await theirs.done('updateArticle', { id, audience: 'STAFF' });
    await theirs.done('withdrawArticle', { articleId: second });
    expect(await counts()).toEqual({ beluga: 1, ice: 1 });
  });
});

describe('feedback', () => {
  const RATE = `mutation ($input: RatePublicArticleInput!) { ratePublicArticle(input: $input) { rated userErrors { field code } } }`;

  test('is one a reader and version, who may change their mind; comments are for those who write', async () => {
    const articleId = await writing.publish('PUBLIC', { en: { title: 'Rated', body: 'One.' } }, { slug: 'rated' });
    const rate = (by: Client, helpful: boolean, comment?: string) =>
      writing.act('rateArticle', { articleId, language: 'en', helpful, comment }, 'rated', by);
    await rate(customer, true);
    await rate(customer, false, 'It says nothing of bread.');
    await rate(owner, true);
    const from = someAddress();
    const input = { organization: organization.slug, slug: 'rated', language: 'en', helpful: true };
    for (const address of [from, from, someAddress()]) {
      const { body } = await ask(app, RATE, { input }, { from: address });
      expect(body.data.ratePublicArticle).toEqual({ rated: true, userErrors: [] });
    }
    const statistics = async () =>
      (
        await owner.data('query ($id: ID!) { article(id: $id) { statistics { helpful unhelpful } } }', {
          id: articleId,
        })
      ).article.statistics;
    expect(await statistics()).toEqual({ helpful: 3, unhelpful: 1 });
    const FEEDBACK = `query ($id: ID) { articleFeedback(filter: { articleId: { eq: $id }, hasComment: true }) { edges { node { comment helpful readerKind } } } }`;
    const { articleFeedback } = await owner.data(FEEDBACK, { id: articleId });
    expect(articleFeedback.edges).toEqual([
      { node: { comment: 'It says nothing of bread.', helpful: false, readerKind: 'CUSTOMER' } },
    ]);
    expect((await customer.send(FEEDBACK, { id: articleId })).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    // Of another version one may say something else.
    await writing.done('writeArticle', { articleId, text: { language: 'en', title: 'Rated', body: 'Two.' } });
    await writing.done('publishArticle', { articleId, language: 'en' });
    await rate(customer, true);
    expect(await statistics()).toEqual({ helpful: 4, unhelpful: 1 });
    const kept = await sql('select reader from article_feedback where organization_id = $1');
    expect(JSON.stringify(kept)).not.toContain(from);
  });

  test('from one address comes to an end, and of what is not public there is none', async () => {
    const from = someAddress();
    const rate = async (slug: string) =>
      ask(app, RATE, { input: { organization: organization.slug, slug, helpful: true } }, { from });
    const { body } = await rate('refunds');
    expect(body.data.ratePublicArticle.userErrors).toEqual([{ field: 'slug', code: 'NOT_FOUND' }]);
    let answer = await rate('hours');
    for (let times = 0; times < 40 && !answer.body.errors; times++) answer = await rate('hours');
    expect(answer.body.errors[0].extensions.code).toBe('RATE_LIMITED');
  });

  test('of a customer goes with them', async () => {
    const gone = newId();
    await sql(`insert into customers (organization_id, id, kind, display_name) values ($1, $2, 'PERSON', 'Gone')`, [
      gone,
    ]);
    const articleId = await writing.publish('PUBLIC', { en: { title: 'Forgotten', body: 'One.' } });
    const them = await organization.as('CUSTOMER', { customerId: gone });
    await writing.act(
      'rateArticle',
      { articleId, language: 'en', helpful: false, comment: 'I am Gone' },
      'rated',
      them,
    );
    const count = async () =>
      (await sql(`select 1 from article_feedback where organization_id = $1 and comment = 'I am Gone'`)).length;
    expect(await count()).toBe(1);
    const { eraseCustomer } = await owner.data(
      'mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code } } }',
      { id: organization.publicId('customer', gone) },
    );
    expect(eraseCustomer.userErrors).toEqual([]);
    expect(await count()).toBe(0);
  });
});

describe('what is looked for and not found', () => {
  const MISSED = `{ missedSearches(first: 50) { edges { node { query language readerKind searches foundNothing opened } } } }`;
  const missed = async (client: Client, query: string) =>
    (await client.data(MISSED)).missedSearches.edges
      .map((edge: any) => edge.node)
      .find((node: any) => node.query === query);

  test('is counted, also what is found and not opened; not what tells who it was', async () => {
    for (const query of ['Envío a Canarias', 'envio a canarias']) await search(query, 'es');
    expect(await missed(owner, 'envio a canarias')).toEqual({
      query: 'envio a canarias',
      language: 'es',
      readerKind: 'CUSTOMER',
      searches: 2,
      foundNothing: 2,
      opened: 0,
    });
    await search('horario tienda', 'es');
    expect(await missed(owner, 'horario tienda')).toMatchObject({ searches: 1, foundNothing: 0, opened: 0 });
    const { articleBySlug } = await customer.data('{ articleBySlug(slug: "hours") { id } }');
    const view = { articleId: articleBySlug.id, query: 'Horario tienda', language: 'es' };
    expect(errorsOf(await writing.act('viewArticle', view, 'article { id }', customer))).toEqual([]);
    expect(await missed(owner, 'horario tienda')).toBeUndefined();
    for (const query of ['rosa@example.com', 'pedido de 600 123 456', 'no']) await search(query, 'es');
    await search('still being typ', 'es', customer, { typing: true });
    const kept = (await sql('select query from article_searches where organization_id = $1')).map(row => row.query);
    for (const part of ['rosa', '600', 'still']) expect(kept.join('\n')).not.toContain(part);
    expect((await customer.send(MISSED)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  test('by a visitor is told apart, and opening what was found counts', async () => {
    const find = (query: string) =>
      app.anonymous.data(
        `query ($organization: String!, $query: String!) { searchPublicArticles(organization: $organization, query: $query, language: "es") { nodes { slug } } }`,
        { organization: organization.slug, query },
      );
    await find('zanahoria');
    await find('recogemos paquetes');
    expect(await missed(owner, 'zanahoria')).toMatchObject({ readerKind: 'VISITOR', foundNothing: 1 });
    await app.anonymous.data(
      `query ($organization: String!) { publicArticle(organization: $organization, slug: "returns", language: "es", query: "recogemos paquetes") { slug } }`,
      { organization: organization.slug },
    );
    expect(await missed(owner, 'recogemos paquetes')).toBeUndefined();
    const { articleReport } = await owner.data(
      `{ articleReport(from: "2020-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z") { article { slug } views uses helpfulPercent } }`,
    );
    expect(articleReport.find((row: any) => row.article.slug === 'returns')).toMatchObject({ views: 1, uses: 1 });
  });

  test('is forgotten when nobody looked for it any more for four hundred days', async () => {
    await search('mermelada', 'es');
    await search('confitura', 'es');
    await sql(
      `update article_searches set last_at = now() - interval '401 days' where organization_id = $1 and query = 'mermelada'`,
    );
    await forgetSearches(app.app.database.system);
    expect(await missed(owner, 'mermelada')).toBeUndefined();
    expect(await missed(owner, 'confitura')).toBeDefined();
  });
});
