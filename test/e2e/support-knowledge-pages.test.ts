import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { someAddress } from '../support/portal.js';
import { writingOf } from '../support/writing.js';

let app: TestApp;
let organization: TestOrganization;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  organization = await app.organization();
  const writing = writingOf(await organization.as('OWNER'));
  const category = await writing.done(
    'createArticleCategory',
    { name: 'Orders', names: { es: 'Pedidos <1>' } },
    'category { id }',
  );
  await writing.publish(
    'PUBLIC',
    {
      es: {
        title: 'Cómo devolver <un> pedido',
        body: 'Escriba a [nosotros](https://example.com).',
        summary: 'Treinta días.',
      },
      en: { title: 'Returning', body: 'Write to us.' },
    },
    { slug: 'returns', articleCategoryId: category.category.id },
  );
  await writing.publish('CUSTOMERS', { es: { title: 'Secreto', body: 'Para clientes.' } }, { slug: 'secret' });
});
afterAll(() => app?.close());

const get = (path: string, from = someAddress()) =>
  app.app.server.fastify.inject({ url: `/help/${organization.slug}${path}`, remoteAddress: from });

test('everybody reads what is public on a page of its own, in their language, with nothing that runs', async () => {
  const listed = await get('?lang=es');
  expect(listed.statusCode).toBe(200);
  expect(listed.body).toContain('<h2>Pedidos &lt;1&gt;</h2>');
  expect(listed.body).toContain('Cómo devolver &lt;un&gt; pedido');
  expect(listed.body).not.toContain('Secreto');
  const shown = await get('/returns?lang=es');
  expect(shown.body).toContain('<a href="https://example.com" rel="nofollow ugc noopener noreferrer">nosotros</a>');
  expect(shown.headers['content-security-policy']).toContain("default-src 'none'");
  expect(shown.headers['x-robots-tag']).toBeUndefined();
  const other = await get('/returns?lang=pt');
  expect(other.body).toContain('Este artigo ainda não existe em português.');
  for (const path of ['/secret', '/nothing', '/%00']) expect((await get(path)).statusCode).toBe(404);
  const elsewhere = await app.app.server.fastify.inject({ url: '/help/nowhere/returns' });
  expect(elsewhere.statusCode).toBe(404);
});

test('what is looked for on the page is found, and quoted as text', async () => {
  const found = await get(`?lang=es&q=${encodeURIComponent('devoluciones "><script>')}`);
  expect(found.body).not.toContain('<script>');
  expect((await get('?lang=es&q=devolviendo')).body).toContain('/returns?lang=es&amp;q=devolviendo');
  expect((await get('?lang=es&q=secreto')).body).not.toContain('Para clientes');
});

test('an address that asks too much is asked to wait', async () => {
  const from = someAddress();
  let status = 0;
  for (let times = 0; times < 100 && status !== 429; times++) status = (await get('?q=pedido', from)).statusCode;
  expect(status).toBe(429);
});

test('a network asks no more for having many addresses', async () => {
  let status = 0;
  for (let times = 1; times < 100 && status !== 429; times++)
    status = (await get('?q=pedido', `2001:db8:0:7::${times}`)).statusCode;
  expect(status).toBe(429);
});

test('what does not fit on one page is on the next, each article once, in the language of the reader', async () => {
  const large = await app.organization();
  const writing = writingOf(await large.as('OWNER'));
  const shelf = await writing.done('createArticleCategory', { name: 'Shelf' }, 'category { id }');
  await writing.publish(
    'PUBLIC',
    { en: { title: 'Guide', body: 'Guides.' } },
    { slug: 'guide', articleCategoryId: shelf.category.id },
  );
  // More of the same, as they are kept.
  await app.app.database.system.query(
    `with made as (
       insert into articles (organization_id, id, slug, audience, state, category_id, created_by)
       select $1, gen_random_uuid(), 'guide-' || n, 'PUBLIC', 'PUBLISHED', case when n % 2 = 0 then category_id end, created_by
         from articles, generate_series(1, 230) n where organization_id = $1 and slug = 'guide' returning id, slug)
     insert into article_texts (organization_id, id, article_id, language, number, audience, title, body_html, body_text)
     select $1, gen_random_uuid(), id, case when slug like '%7' then 'pt' else 'es' end, 1, 'PUBLIC', 'Guía de pan ' || right(slug, 1), '', 'pan' from made`,
    [large.id],
  );
  const page = async (path: string) =>
    (await app.app.server.fastify.inject({ url: `/help/${large.slug}${path}`, remoteAddress: someAddress() })).body;
  const linked = (body: string) => [...body.matchAll(/href="[^"]*\/(guide[^"?]*)\?/g)].map(([, slug]) => slug);
  const nextOf = (body: string) =>
    body.match(/rel="next" href="[^"?]*(\?[^"]*)">Más artículos</)?.[1]?.replaceAll('&amp;', '&');
  const one = await page('?lang=es');
  const two = await page(nextOf(one)!);
  expect([linked(one).length, linked(two).length]).toEqual([200, 31]);
  expect(new Set([...linked(one), ...linked(two)]).size).toBe(231);
  expect(nextOf(two)).toBeUndefined();
  const found = await page('?lang=es&q=pan');
  const more = await page(nextOf(found)!);
  expect(new Set([...linked(found), ...linked(more)]).size).toBe(40);
  const made = await app.app.server.fastify.inject({ url: `/help/${large.slug}?lang=es&after=x.y` });
  expect(made.statusCode).toBe(404);

  const LIST = `query ($organization: String!, $first: Int, $after: String) {
    publicArticles(organization: $organization, language: "es", first: $first, after: $after) { slug cursor } }`;
  const read: string[] = [];
  for (let after: string | null = null; ; ) {
    const asked = { organization: large.slug, first: 100, after };
    const { publicArticles }: any = await app.anonymous.data(LIST, asked);
    read.push(...publicArticles.map(({ slug }: { slug: string }) => slug));
    if (publicArticles.length < 100) break;
    after = publicArticles.at(-1).cursor;
  }
  expect(read).toEqual([...linked(one), ...linked(two)]);
  const refused = await app.anonymous.send(LIST, { organization: large.slug, after: 'x.y' });
  expect(refused.errors?.[0]?.extensions?.['code']).toBe('BAD_CURSOR');
});
