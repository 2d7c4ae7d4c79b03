import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { InboundEvent } from '../../src/ingest/connector.js';
import { ACCOUNT, openReading, SEARCH } from '../../test/support/x-reading.js';
import { xConnector } from './connector.js';
import { idAt, toUpsert } from './post.event.js';
import { includesShape, postShape } from './post.shapes.js';
import { fixture, OUR_ID } from './test.server.js';

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function opened(source = ACCOUNT) {
  const reading = await openReading(source);
  servers.push(reading.server);
  return reading;
}

const upserts = (events: InboundEvent[]) => events.filter(event => event.op === 'upsert');

describe('mentions', () => {
  test('are read oldest first, with who wrote them, what they answer and what they show', async () => {
    const { read } = await opened();
    const [batch] = await read();
    expect(batch!.cursor).toEqual({ userId: OUR_ID, sinceId: '1990412345678901240' });
    expect(batch!.events).toMatchObject([
      {
        ref: { id: '1990412345678901210', url: 'https://x.com/clienta/status/1990412345678901210' },
        kind: 'MENTION',
        author: { id: '9001', handle: 'clienta', bio: 'Pan & café', followersCount: 321 },
        language: 'es',
        auto: false,
        replyability: { public: true },
      },
      {
        kind: 'COMMENT',
        // The version that is answered is a later one of this post.
        parent: { id: '1990000000000000001', author: { id: OUR_ID, handle: 'panaderia' } },
        root: { id: '1990000000000000001' },
      },
      {
        kind: 'MENTION',
        text: expect.stringMatching(/^Look at this <3 https:/),
        quoted: { author: { handle: 'panaderia' } },
      },
      {
        text: 'Mi amiga dice que @panaderia tiene las mejores medialunas 🥐👩‍🍳',
        media: [{ kind: 'image', url: 'https://pbs.example/medialunas.jpg', description: 'Six croissants' }],
        auto: true,
      },
    ]);
  });

  test('are read from where reading stopped, page by page, and again from a page on after a crash', async () => {
    const { server, read } = await opened();
    server.posts.length = 0;
    for (let at = 0; at < 120; at += 1) server.posts.push(posted(1_990_000_000_000_000_000n + BigInt(at)));
    const batches = await read();
    expect(batches.map(({ events, more }) => [events.length, more])).toEqual([
      [50, true],
      [50, true],
      [20, false],
    ]);
    expect(batches.at(-1)!.cursor).toEqual({ userId: OUR_ID, sinceId: '1990000000000000119' });
    const resumed = await read(batches[0]!.cursor);
    expect(resumed.flatMap(({ events }) => events)).toHaveLength(70);
    expect(resumed.at(-1)!.cursor).toEqual(batches.at(-1)!.cursor);
    await expect(read(batches.at(-1)!.cursor)).resolves.toMatchObject([{ events: [], more: false }]);
  });

  test('beyond the last 800 are a gap that is told of', async () => {
    const { server, read } = await opened();
    server.posts.length = 0;
    for (let at = 0; at < 800; at += 1) server.posts.push(posted(1_990_000_000_000_000_000n + BigInt(at)));
    const batches = await read({ userId: OUR_ID, sinceId: '1980000000000000000' });
    expect(batches).toHaveLength(16);
    expect(batches.at(-1)).toMatchObject({ gap: { reason: 'X keeps the last 800 mentions only' } });
    expect(batches.slice(0, -1).every(({ gap }) => gap === undefined)).toBe(true);
  });

  test('are asked for in the names that X takes: the new ones, else the old ones, and then at once', async () => {
    const { server, read } = await opened();
    const path = `/2/users/${OUR_ID}/mentions`;
    server.answer(path, ({ query }) =>
      query['post.fields']
        ? {
            status: 400,
            body: {
              title: 'Invalid Request',
              errors: [{ message: 'The query parameter [post.fields] is not one of [id,tweet.fields]' }],
            },
          }
        : { body: { data: [fixture('edited')], meta: {} } },
    );
    const [batch] = await read();
    expect(upserts(batch!.events)[0]).toMatchObject({
      ref: { id: '1990412345678901210' },
      revision: '1990412545678901250',
      editedAt: new Date('2026-11-18T11:20:00Z'),
    });
    await read();
    expect(server.asked(path).map(({ query }) => ('post.fields' in query ? 'post' : 'tweet'))).toEqual([
      'post',
      'tweet',
      'tweet',
    ]);
  });

  test('that cannot be read are skipped, told of, and stop none of the others', async () => {
    const { server, read, seen } = await opened();
    const [first] = fixture('mentions').data;
    server.answer(`/2/users/${OUR_ID}/mentions`, () => ({
      body: { data: [null, { id: 'x' }, { ...first, author_id: 5 }, first], meta: {} },
    }));
    const [batch] = await read();
    expect(batch!.events).toHaveLength(1);
    expect(seen.warnings).toEqual([{ count: 3 }]);
  });

  test("of somebody else's account are no more ours than he is", async () => {
    const { read, seen } = await opened({ ...ACCOUNT, settings: { userId: '7000' } });
    const [batch] = await read();
    expect(upserts(batch!.events).map(({ kind, own, replyability }) => [kind, own, replyability!.public])).toEqual([
      ['MENTION', false, false],
      ['COMMENT', false, false],
      ['MENTION', false, false],
      ['MENTION', false, false],
    ]);
    expect(seen.reserved.map(({ unit }) => unit)).toContain('post');
  });

  test('of an account known by handle only cost one look-up, then its id is kept with the cursor', async () => {
    const { server, read } = await opened({ ...ACCOUNT, settings: {} });
    const [batch] = await read();
    await read(batch!.cursor);
    expect(server.asked(/by\/username/)).toHaveLength(1);
    expect(batch!.cursor.userId).toBe(OUR_ID);
  });
});

describe('a search', () => {
  test('begins with one page, whatever there is, and goes on from there', async () => {
    const { server, read } = await opened(SEARCH);
    server.posts.length = 0;
    const now = BigInt(idAt(new Date(Date.now() - 60_000)));
    for (let at = 0; at < 80; at += 1) server.posts.push(posted(now + BigInt(at)));
    const batches = await read();
    expect(batches.map(({ events }) => events.length)).toEqual([50]);
    server.posts.push(posted(now + 100n));
    const next = await read(batches[0]!.cursor);
    expect(next.flatMap(({ events }) => events)).toHaveLength(1);
    expect(server.asked('/2/tweets/search/recent')[1]!.query).toMatchObject({
      query: 'medialunas',
      since_id: String(now + 79n),
    });
  });

  test('after more than seven days reaches back seven, and tells of the gap', async () => {
    const { server, read } = await opened(SEARCH);
    const [batch] = await read({ sinceId: '1500000000000000000' });
    expect(batch).toMatchObject({ gap: { reason: expect.stringContaining('seven days') } });
    const { query } = server.asked('/2/tweets/search/recent')[0]!;
    expect(query).not.toHaveProperty('since_id');
    expect(Date.now() - Date.parse(query['start_time']!)).toBeLessThan(7 * 86_400_000);
  });

  test.each([
    ['KEYWORD', `${'pan '.repeat(129)}y`, {}],
    ['KEYWORD', '  ', {}],
    ['KEYWORD', `${'pan '.repeat(1025)}y`, { access: 'enterprise' }],
    ['ACCOUNT', 'not a handle', {}],
    ['ACCOUNT', '@sixteen_letters_', {}],
    ['FEED', 'https://x.com/panaderia', {}],
  ] as const)('or an account that X would not take is refused before it is asked: %s %j', (kind, query, settings) => {
    expect(() => xConnector().configure({ kind, query, settings })).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ class: 'invalid' }) }),
    );
  });

  test.each([
    ['https://x.com/Panaderia/status/12', { kind: 'ACCOUNT', handle: 'panaderia' }],
    ['@Panaderia', { kind: 'ACCOUNT', handle: 'panaderia' }],
    ['9000', { kind: 'ACCOUNT', id: '9000' }],
  ])('as people write it is understood: %s', (query, follows) => {
    expect(xConnector().configure({ kind: 'ACCOUNT', query })).toMatchObject({ follows });
  });
});

describe('a post read again', () => {
  test('is shown in its latest version, and is gone when X says so beside HTTP 200', async () => {
    const { server, connector, contextOf } = await opened();
    const edited = { ...fixture('edited') };
    server.posts.push(edited);
    Object.assign(
      server.posts.find(({ id }) => id === '1990412345678901210'),
      {
        edit_history_post_ids: edited.edit_history_tweet_ids,
      },
    );
    await expect(connector.refetch!(contextOf(), { id: '1990412345678901210' })).resolves.toMatchObject({
      ref: { id: '1990412345678901210' },
      revision: '1990412545678901250',
    });
    await expect(connector.refetch!(contextOf(), { id: '1990412345678900000' })).resolves.toBe('gone');
    await expect(connector.refetch!(contextOf(), { id: 'dm:1990412345678900000' })).resolves.toBe('gone');
    await expect(connector.refetch!(contextOf(), { id: 'elsewhere' })).rejects.toMatchObject({
      fault: { class: 'invalid' },
    });
  });

  test('is not taken for gone when X only cannot show it now', async () => {
    const { server, connector, contextOf } = await opened();
    server.answer('/2/tweets', () => ({
      body: { errors: [{ type: 'https://api.x.com/2/problems/resource-unavailable' }] },
    }));
    await expect(connector.refetch!(contextOf(), { id: '1' })).rejects.toMatchObject({ fault: { class: 'transient' } });
  });
});

const RECORDED = new URL('../../../shared/fixtures/x/playground-examples/', import.meta.url);
if (!existsSync(RECORDED)) console.warn("X's examples are not here: not replayed.");

(existsSync(RECORDED) ? test : test.skip).each([
  'users_id_mentions',
  'tweets_search_recent',
  'tweets',
  'tweets_search_stream',
  'tweets_id',
])('the example that X gives of %s is read', name => {
  const all = JSON.parse(readFileSync(new URL(`${name}.json`, RECORDED), 'utf8'));
  const { response } = all.find((each: any) => each.method === 'GET');
  const posts = [response.data].flat();
  const events = posts.map(each =>
    toUpsert(postShape.parse(each), includesShape.parse(response.includes ?? {}), { isEnterprise: false }),
  );
  expect(events.length).toBeGreaterThan(0);
  for (const event of events)
    expect(event).toMatchObject({ author: { id: '2244994945' }, text: expect.stringMatching(/\w/) });
});

function posted(id: bigint) {
  return { id: String(id), text: `@panaderia ${id}`, author_id: '9001', created_at: '2026-11-18T11:06:00.000Z' };
}
