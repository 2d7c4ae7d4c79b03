import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MediaRef } from '../../src/ingest/connector.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { accept, mention } from '../support/posts.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let app: TestApp;
let organization: TestOrganization;
let owner: Client;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
  organization = await app.organization();
  owner = await organization.as('OWNER');
});
afterAll(() => app.close());

const file = (bytes: Buffer | string, name: string, type = 'image/png'): MediaRef => ({
  url: '',
  kind: 'file',
  content: { bytes: Buffer.from(bytes), type, name },
});

const keep = (id: string, media: MediaRef[], given: object = {}) =>
  accept(app, organization, [mention(id, { media, ...given })]);

async function postOf(id: string, client = owner) {
  const { posts } = await client.data(
    `query { posts(first: 200) { edges { node { id externalId html media { url kind description name type size } } } } }`,
  );
  return posts.edges.map((edge: any) => edge.node).find((node: any) => node.externalId === id);
}
const get = (url: string, client: Client = owner, headers: Record<string, string> = {}) =>
  app.app.server.fastify.inject({
    method: 'GET',
    url,
    headers: { ...(client.authorization ? { authorization: client.authorization } : {}), ...headers },
  });
const files = async (): Promise<number> => {
  const { rows } = await app.app.database.system.query(
    'select count(*)::integer as count from media_files where organization_id = $1',
    [organization.id],
  );
  return rows[0].count;
};

test('what comes along with a post is kept, told by its bytes, and shown to who may see the post', async () => {
  await keep('uno', [file(PNG, 'pan ñ "1".txt', 'text/html')]);
  const { media } = await postOf('uno');
  expect(media).toEqual([
    {
      url: expect.stringMatching(/^\/media\/media_[0-9a-z]{26}$/),
      kind: 'file',
      description: null,
      name: 'pan ñ "1".txt',
      type: 'image/png',
      size: PNG.length,
    },
  ]);
  const [{ url }] = media;
  const response = await get(url);
  expect(response.rawPayload).toEqual(PNG);
  expect(response.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': `inline; filename="pan _ _1_.txt"; filename*=UTF-8''pan%20%C3%B1%20%221%22.txt`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect((await get(url, owner, { 'if-none-match': response.headers.etag as string })).statusCode).toBe(304);

  expect((await get(url, app.anonymous)).statusCode).toBe(401);
  const stranger = await (await app.organization()).as('OWNER');
  const blind = await organization.as('ANALYST');
  await owner.data(
    `mutation { setAccessRule(input: { role: ANALYST, kind: POST, scope: NONE }) { userErrors { message } } }`,
  );
  const missing = await get(`${url.slice(0, -4)}0000`);
  for (const client of [stranger, blind]) {
    const { statusCode, payload } = await get(url, client);
    expect({ statusCode, payload }).toEqual({ statusCode: 404, payload: missing.payload });
  }
  for (const odd of ['x', 'media_', `post_${url.slice(13)}`, encodeURIComponent("';--")])
    expect((await get(`/media/${odd}`)).statusCode).toBe(404);
});

test('what a browser could run is only saved, never shown', async () => {
  const page = '<html><script>alert(1)</script></html>';
  const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  await keep('dos', [file(page, 'a.png'), file(svg, 'b.svg', 'image/svg+xml'), file(Buffer.from([0, 1, 2]), 'c.pdf')]);
  for (const { url } of (await postOf('dos')).media) {
    const { headers } = await get(url);
    expect(headers['content-disposition']).toMatch(/^attachment/);
    expect(headers['content-type']).not.toMatch(/html|svg|pdf/);
  }
});

test('what is too large is told with the post in the reader’s language, and not kept', async () => {
  const before = await files();
  await keep('tres', [file(Buffer.alloc(25 * 1024 * 1024 + 1), 'enorme.bin')]);
  expect((await postOf('tres')).media).toEqual([
    {
      url: '',
      kind: 'file',
      description: '“enorme.bin” was not kept: it is larger than 25 MiB.',
      name: 'enorme.bin',
      type: null,
      size: 25 * 1024 * 1024 + 1,
    },
  ]);
  expect(await files()).toBe(before);
});

test('the same bytes are kept once, and go with the last post that has them', async () => {
  const before = await files();
  await Promise.all([keep('a', [file('igual', 'a.txt')]), keep('b', [file('igual', 'b.txt')])]);
  expect(await files()).toBe(before + 1);
  const [{ url }] = (await postOf('a')).media;
  expect((await postOf('b')).media[0].url).toBe(url);

  const remove = (id: string) =>
    accept(app, organization, [{ op: 'delete', ref: { id }, occurredAt: new Date(), tombstone: true }]);
  await remove('a');
  expect((await postOf('a')).media).toEqual([]);
  expect((await get(url)).payload).toBe('igual');
  await remove('b');
  expect((await get(url)).statusCode).toBe(404);
  expect(await files()).toBe(before);
});

test('an edit brings its own files and takes the former ones away; the same again changes nothing', async () => {
  const before = await files();
  await keep('edit', [file('antes', 'a.txt')], { revision: '1' });
  const [{ url }] = (await postOf('edit')).media;
  await keep('edit', [file('antes', 'a.txt')], { revision: '1' });
  expect((await postOf('edit')).media[0].url).toBe(url);
  await keep('edit', [file('después', 'b.txt')], { revision: '2' });
  expect(await files()).toBe(before + 1);
  expect((await get(url)).statusCode).toBe(404);
  expect((await get((await postOf('edit')).media[0].url)).payload).toBe('después');
  // A former text that comes late leaves nothing behind.
  await keep('edit', [file('tarde', 'c.txt')], { revision: '1' });
  expect(await files()).toBe(before + 1);
});

test('erasing a customer erases the files of what it said', async () => {
  const before = await files();
  await keep('borrar', [file('personal', 'dni.txt')], { handle: 'clienta', author: { handle: 'clienta' } });
  const [{ url }] = (await postOf('borrar')).media;
  const { createCustomer } = await owner.data(
    `mutation { createCustomer(input: { displayName: "Clienta" }) { customer { id } } }`,
  );
  const { socialIdentities } = await owner.data(
    `query { socialIdentities(filter: { handle: { eq: "clienta" } }) { edges { node { id } } } }`,
  );
  await owner.data(`mutation ($input: LinkIdentityInput!) { linkIdentity(input: $input) { userErrors { message } } }`, {
    input: { identityId: socialIdentities.edges[0].node.id, customerId: createCustomer.customer.id },
  });
  await owner.data(`mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { message } } }`, {
    id: createCustomer.customer.id,
  });
  expect((await get(url)).statusCode).toBe(404);
  expect(await files()).toBe(before);
});

test('a post’s own markup is shown without what runs, loads or hides', async () => {
  await keep('html', [], {
    html: '<p style="display:none">Hola</p><img src="https://spy.example/p.gif"><script>alert(1)</script><a href="https://example.com">aquí</a>',
  });
  await app.app.database.system.query(
    `update posts set html = html || '<img src="https://spy.example/late.gif">' where organization_id = $1 and external_id = 'html'`,
    [organization.id],
  );
  expect((await postOf('html')).html).toBe(
    '<p>Hola</p><a href="https://example.com" rel="nofollow ugc noopener noreferrer">aquí</a>',
  );
  expect((await postOf('uno')).html).toBeNull();
});
