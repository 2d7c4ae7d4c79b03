import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FeedServer, fixture, openFeedServer, rss } from '../../integrations/feed/test.server.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { eventually } from '../support/subscriber.js';

const SOURCE = `id kind query state network connector intervalSeconds lastEventAt lastSuccessAt lagSeconds createdAt
  problem { class message retryAt } account { handle } gaps(first: 5) { totalCount edges { node { from to reason recordedAt } } }`;
const CREATE = `mutation ($input: CreateSourceInput!) {
  createSource(input: $input) { source { ${SOURCE} } userErrors { field code message } }
}`;
const act = (name: string) => `mutation ($id: ID!) {
  ${name}(input: { id: $id }) { source { id state } userErrors { field code message } }
}`;
const POSTS = `query ($source: ID!) {
  posts(first: 50, filter: { sourceId: { eq: $source } }, orderBy: [{ field: OCCURRED_AT }]) {
    edges { node { id text title kind editedAt author { displayName } inReplyTo { title text } conversation { id } } }
  }
}`;

let app: TestApp;
let server: FeedServer;
let organization: TestOrganization;
let manager: Client;

beforeAll(async () => {
  app = await openTestApp({ ALLOW_PRIVATE_ADDRESSES: 'true' });
  server = await openFeedServer();
  organization = await app.organization();
  manager = await organization.as('MANAGER');
});
afterAll(async () => {
  await app.close();
  await server.close();
});

async function follow(url: string, client = manager, input: object = {}) {
  const { createSource } = await client.data(CREATE, {
    input: { kind: 'FEED', network: 'BLOG', query: url, ...input },
  });
  expect(createSource.userErrors).toEqual([]);
  return createSource.source;
}
const look = async (id: string, client = manager) =>
  (await client.data(`query ($id: ID!) { source(id: $id) { ${SOURCE} } }`, { id })).source;
const posts = async (id: string, client = manager) =>
  (await client.data(POSTS, { source: id })).posts.edges.map((edge: { node: object }) => edge.node);
async function poll(id: string) {
  expect((await manager.data(act('pollSourceNow'), { id })).pollSourceNow.userErrors).toEqual([]);
}

describe('a feed that is followed', () => {
  test('brings its posts, and comments as the thread they are', async () => {
    const blog = await follow(server.serve('/feed', fixture('posts-rss2.xml')));
    expect(blog).toMatchObject({
      state: 'ACTIVE',
      connector: 'feed',
      network: 'BLOG',
      intervalSeconds: 300,
      lagSeconds: null,
    });
    const comments = await follow(server.serve('/comments', fixture('comments-rss2.xml')));
    await eventually(async () => (await posts(blog.id)).length === 2);
    await eventually(async () => (await posts(comments.id)).length === 2);
    await eventually(async () =>
      (await posts(comments.id)).every((post: { inReplyTo: object | null }) => post.inReplyTo),
    );
    const [complaint, answer] = await posts(comments.id);
    const [greeting] = await posts(blog.id);
    expect(complaint).toMatchObject({
      kind: 'COMMENT',
      text: 'El pan llegó quemado.\n¿Me lo cambian?',
      author: { displayName: 'Vecina' },
      inReplyTo: { title: '¡Hola!' },
    });
    expect(answer).toMatchObject({ text: 'Lo sentimos, la llamamos hoy.', inReplyTo: { text: complaint.text } });
    expect([greeting, complaint, answer].map(post => post.conversation.id)).toEqual(
      Array(3).fill(greeting.conversation.id),
    );
    expect(await look(blog.id)).toMatchObject({
      lagSeconds: 0,
      problem: null,
      lastEventAt: expect.any(String),
      gaps: { totalCount: 0 },
    });
  });

  test('shows an edit as an edit, and reads a feed that did not change for nothing', async () => {
    let notModified = 0;
    const feed = (text: string, tag: string) =>
      server.serve('/edited', (request, response) => {
        if (request.headers['if-none-match'] !== tag)
          return void response.setHeader('etag', tag).end(feedOf('edited', 1, text));
        notModified += 1;
        response.writeHead(304).end();
      });
    const { id } = await follow(feed('Abrimos el lunes', '"1"'));
    await eventually(async () => (await posts(id)).length === 1);
    feed('Abrimos el martes', '"2"');
    await poll(id);
    await eventually(async () => (await posts(id))[0].editedAt);
    const [edited] = await posts(id);
    expect(edited).toMatchObject({ title: 'Abrimos el martes', editedAt: expect.any(String) });
    const { lastEventAt, lastSuccessAt } = await look(id);
    await poll(id);
    await eventually(async () => notModified > 0 && (await look(id)).lastSuccessAt > lastSuccessAt);
    expect((await look(id)).lastEventAt).toBe(lastEventAt);
    expect(await posts(id)).toEqual([edited]);
  });

  test('records and shows what it may have missed', async () => {
    const { id } = await follow(server.serve('/gap', feedOf('gap', 1, 'Primero')));
    await eventually(async () => (await posts(id)).length === 1);
    server.serve('/gap', feedOf('gap', 40, 'Mucho después'));
    await poll(id);
    await eventually(async () => (await look(id)).gaps.totalCount > 0);
    const { gaps } = await look(id);
    expect(gaps.totalCount).toBe(1);
    expect(gaps.edges[0].node).toMatchObject({
      from: '2026-03-01T00:01:00Z',
      to: '2026-03-01T00:40:00Z',
      reason: expect.stringContaining('None of the entries'),
    });
  });

  test('is read again by itself when the server failed, as soon as it asked for', async () => {
    let answers = 0;
    const url = server.serve('/shaky', (_request, response) => {
      answers += 1;
      if (answers === 1) response.writeHead(503, { 'retry-after': '1' }).end();
      else response.end(feedOf('shaky', 1, 'Ya estamos'));
    });
    const { id } = await follow(url);
    await eventually(async () => (await look(id)).problem !== null);
    expect(await look(id)).toMatchObject({
      state: 'FAILING',
      problem: { class: 'TRANSIENT', retryAt: expect.any(String) },
    });
    await eventually(async () => (await posts(id)).length === 1);
    expect(await look(id)).toMatchObject({ state: 'ACTIVE', problem: null });
  });

  test('waits when the network says it asks too much', async () => {
    const url = server.serve(
      '/limited',
      (_request, response) => void response.writeHead(429, { 'retry-after': '600' }).end(),
    );
    const { id } = await follow(url);
    await eventually(async () => (await look(id)).state === 'RATE_LIMITED');
    const { problem } = await look(id);
    expect(problem.class).toBe('RATE');
    expect(Date.parse(problem.retryAt) - Date.now()).toBeGreaterThan(590_000);
  });

  test('is not read while it is paused, and goes on where it was', async () => {
    const { id } = await follow(server.serve('/paused', feedOf('paused', 1, 'Uno')));
    await eventually(async () => (await posts(id)).length === 1);
    expect((await manager.data(act('pauseSource'), { id })).pauseSource.source).toEqual({ id, state: 'PAUSED' });
    const refused = await manager.data(act('pollSourceNow'), { id });
    expect(refused.pollSourceNow.userErrors).toMatchObject([{ field: 'id', code: 'CONFLICT' }]);
    server.serve('/paused', feedOf('paused', 2, 'Dos', 'Uno'));
    expect((await manager.data(act('resumeSource'), { id })).resumeSource.source.state).toBe('ACTIVE');
    await eventually(async () => (await posts(id)).length === 2);
  });

  test('is forgotten when it is removed; what it brought stays', async () => {
    const { id } = await follow(server.serve('/removed', feedOf('removed', 7, 'Me quedo')));
    await eventually(async () => (await posts(id)).length === 1);
    const remove = `mutation ($id: ID!) { removeSource(input: { id: $id }) { removedSourceId userErrors { code } } }`;
    expect((await manager.data(remove, { id })).removeSource).toEqual({ removedSourceId: id, userErrors: [] });
    expect(await look(id)).toBeNull();
    expect(await posts(id)).toHaveLength(1);
    expect((await manager.data(remove, { id })).removeSource.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  test('is checked on demand, and says why it cannot be read', async () => {
    const { id } = await follow(server.serve('/checked', fixture('page.html')));
    const check = `mutation ($id: ID!) { checkSource(input: { id: $id }) { ok source { state problem { class message } } userErrors { code } } }`;
    const bad = (await manager.data(check, { id })).checkSource;
    expect(bad).toMatchObject({ ok: false, source: { state: 'FAILING', problem: { class: 'INVALID' } } });
    expect(bad.source.problem.message).toContain('is a web page');
    server.serve('/checked', feedOf('checked', 1, 'Ya es un feed'));
    expect((await manager.data(check, { id })).checkSource).toMatchObject({
      ok: true,
      source: { state: 'ACTIVE', problem: null },
    });
    await eventually(async () => (await posts(id)).length === 1);
  });
});

describe('what cannot be followed', () => {
  test.each([
    [{ kind: 'KEYWORD' }, 'query', 'INVALID'],
    [{ query: 'ftp://blog.example/feed' }, 'query', 'INVALID'],
    [{ query: '   ' }, 'query', 'REQUIRED'],
    [{ query: `https://blog.example/${'a'.repeat(2000)}` }, 'query', 'TOO_LONG'],
    [{ query: 'https://blog.example/\u0000' }, 'query', 'INVALID'],
    [{ query: 'https://user:secret@blog.example/feed' }, 'query', 'NOT_ALLOWED'],
    [{ intervalSeconds: 1 }, 'intervalSeconds', 'INVALID'],
    [{ network: 'FAX' }, 'query', 'INVALID'],
    [{ network: null }, 'network', 'REQUIRED'],
    [{ connector: 'carrier-pigeon' }, 'connector', 'NOT_FOUND'],
    [{ connector: 'bluesky' }, 'connector', 'INVALID'],
    [{ accountId: 'account_01h455vb4pex5vsknk084sn02q' }, 'accountId', 'NOT_FOUND'],
    [{ settings: { kind: 'NONSENSE' } }, 'query', 'INVALID'],
    [{ settings: [1] }, 'settings', 'INVALID'],
  ])('is refused in words: %p', async (given, field, code) => {
    const input = { kind: 'FEED', network: 'BLOG', query: 'https://blog.example/feed', ...given };
    const { createSource } = await manager.data(CREATE, { input });
    expect(createSource).toMatchObject({ source: null, userErrors: [{ field, code, message: expect.any(String) }] });
  });

  test('the same thing twice is taken, also when asked for at once', async () => {
    const input = { kind: 'FEED', network: 'BLOG', query: server.serve('/twice', feedOf('twice', 1, 'Uno')) };
    const answers = await Promise.all([1, 2, 3].map(() => manager.data(CREATE, { input })));
    const codes = answers.map(({ createSource }) => createSource.userErrors[0]?.code ?? 'done').sort();
    expect(codes).toEqual(['TAKEN', 'TAKEN', 'done']);
  });

  test('an agent sees sources and changes none; another organisation sees nothing of them', async () => {
    const { id } = await follow(server.serve('/border', feedOf('border', 1, 'Uno')));
    const agent = await organization.as('AGENT');
    expect(await look(id, agent)).toMatchObject({ id });
    const refused = await agent.send(act('pauseSource'), { id });
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const stranger = await (await app.organization()).as('OWNER');
    expect(await look(id, stranger)).toBeNull();
    const unknown = await stranger.data(act('pauseSource'), { id: 'source_01h455vb4pex5vsknk084sn02q' });
    expect(await stranger.data(act('pauseSource'), { id })).toEqual(unknown);
    expect(unknown.pauseSource.userErrors).toMatchObject([{ field: 'id', code: 'NOT_FOUND' }]);
  });

  test('a private address is not fetched unless it is allowed, and the source says so', async () => {
    const guarded = await openTestApp();
    const owner = await (await guarded.organization()).as('OWNER');
    const { id } = await follow(server.serve('/private', feedOf('secret', 1, 'Secreto')), owner);
    await eventually(async () => (await look(id, owner)).problem !== null);
    const source = await look(id, owner);
    expect(source).toMatchObject({ state: 'FAILING', lastSuccessAt: null, problem: { class: 'INVALID' } });
    expect(await posts(id, owner)).toEqual([]);
    await guarded.close();
  });
});

/** A blog's feed with its nth post, a minute after the one before, and older ones below. */
function feedOf(blog: string, n: number, ...titles: string[]): string {
  const items = titles.map((title, index) => {
    const date = new Date(Date.UTC(2026, 2, 1, 0, n - index)).toUTCString();
    return `<guid isPermaLink="false">https://blog.example/${blog}/?p=${n - index}</guid><title>${title}</title><pubDate>${date}</pubDate>`;
  });
  return rss(...items);
}
