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
