import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Batch, InboundEvent, SourceDescription } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type Instance, mastodonInstances } from '../../test/support/mastodon-instance.js';
import { CUSTOMER, frameOf, notificationOf, OWN, statusOf } from '../../test/support/mastodon-server.js';
import { type MastodonCursor, mastodonConnector } from './connector.js';

const instances = mastodonInstances();
const instance = instances.open;
afterEach(instances.close);

async function poll({ connector }: Instance, source: SourceDescription, cursor: MastodonCursor | null) {
  const batches = (await Array.fromAsync(
    connector.poll!(contextFor(connector, source), cursor),
  )) as Batch<MastodonCursor>[];
  return { batches, events: batches.flatMap(batch => batch.events), cursor: batches.at(-1)!.cursor };
}

/** Listens until `enough` came, or to the stream's end. */
async function listen(
  { connector }: Instance,
  source: SourceDescription,
  cursor: MastodonCursor | null,
  enough: (events: InboundEvent[]) => boolean,
  onOpen = () => {},
) {
  const abort = new AbortController();
  const warnings: object[] = [];
  const log = { info: onOpen, warn: (details: object) => void warnings.push(details) };
  const events: InboundEvent[] = [];
  let last: MastodonCursor | null = cursor;
  for await (const batch of connector.listen!(contextFor(connector, source, { signal: abort.signal, log }), cursor)) {
    events.push(...batch.events);
    last = batch.cursor;
    if (enough(events)) abort.abort();
  }
  return { events, cursor: last, warnings };
}

describe('a status', () => {
  test('is read with whole names, plain text, warning, language, media and what answering it takes', async () => {
    const at = await instance();
    const html =
      '<span class="h-card"><a href="https://mastodon.example/@panaderia" class="u-url mention">@<span>panaderia</span></a></span> ¿pan?<br>Sí</p>' +
      '<p><a href="https://pan.example/largo"><span class="invisible">https://</span><span class="ellipsis">pan.example</span><span class="invisible">/largo</span></a>';
    const status = statusOf('101', html, {
      visibility: 'unlisted',
      spoiler_text: 'Comida',
      edited_at: '2026-11-18T11:05:00.000Z',
      in_reply_to_id: '90',
      in_reply_to_account_id: OWN.id,
      media_attachments: [
        { id: '1', type: 'image', url: 'https://files.example/1.png', description: 'Una hogaza' },
        { id: '2', type: 'gifv', url: null, remote_url: 'https://otra.example/2.mp4', description: null },
        { id: '3', type: 'unknown', url: null, remote_url: null },
      ],
    });
    at.server.notifications = [notificationOf('501', status)];
    const { events } = await poll(at, at.account, null);
    expect(events).toEqual([
      {
        op: 'upsert',
        ref: { id: 'mastodon.example/101', url: 'https://otra.example/@clienta/101' },
        revision: '2026-11-18T11:05:00.000Z',
        kind: 'COMMENT',
        author: {
          id: 'clienta@otra.example',
          handle: 'clienta@otra.example',
          displayName: 'Clienta',
          url: 'https://otra.example/@clienta',
          followersCount: 37,
        },
        own: false,
        parent: {
          id: 'mastodon.example/90',
          author: { id: 'panaderia@mastodon.example', handle: 'panaderia@mastodon.example' },
        },
        mentions: [
          {
            id: 'panaderia@mastodon.example',
            handle: 'panaderia@mastodon.example',
            url: 'https://mastodon.example/@panaderia',
          },
        ],
        occurredAt: new Date('2026-11-18T11:01:00.123Z'),
        editedAt: new Date('2026-11-18T11:05:00.000Z'),
        text: '@panaderia@mastodon.example ¿pan?\nSí\n\nhttps://pan.example/largo',
        html: expect.stringContaining('h-card'),
        title: 'Comida',
        language: 'es',
        media: [
          { url: 'https://files.example/1.png', kind: 'image', description: 'Una hogaza' },
          { url: 'https://otra.example/2.mp4', kind: 'video' },
        ],
        auto: false,
        replyability: { public: true, private: true },
        replyTo: {
          id: '101',
          visibility: 'unlisted',
          spoilerText: 'Comida',
          acct: 'clienta@otra.example',
          instance: 'mastodon.example',
        },
      },
    ]);
  });

  test('for the account alone is a direct message, and one by a bot is marked', async () => {
    const at = await instance();
    at.server.notifications = [
      notificationOf('501', statusOf('101', 'Hola', { visibility: 'direct' })),
      notificationOf('502', statusOf('102', 'Bip', { account: { ...CUSTOMER, bot: true } })),
      notificationOf('503', statusOf('103', 'Mira', { mentions: [] }), 'quote'),
    ];
    expect((await poll(at, at.account, null)).events).toMatchObject([
      { kind: 'DIRECT_MESSAGE', replyability: { public: false, private: true } },
      { kind: 'MENTION', auto: true },
      { kind: 'MENTION', text: 'Mira' },
    ]);
  });
});

describe('polling', () => {
  test('begins with the newest page, then reads forward without losing the middle', async () => {
    const at = await instance();
    const add = (from: number, to: number) => {
      for (let id = from; id <= to; id += 1)
        at.server.notifications.push(
          notificationOf(String(1000 + id), statusOf(String(id), `n${id}`, { created_at: '2026-11-18T11:00:00Z' })),
        );
    };
    add(1, 100);
    const first = await poll(at, at.account, null);
    expect(first.events.map(event => event.ref.id).at(-1)).toBe('mastodon.example/100');
    expect(first.events).toHaveLength(80);
    add(101, 300);
    const second = await poll(at, at.account, first.cursor);
    expect(second.events.map(event => (event as { text: string }).text)).toEqual(
      Array.from({ length: 200 }, (_, n) => `n${n + 101}`),
    );
    const asked = at.server.requests.filter(({ path }) => path === '/api/v1/notifications');
    expect(asked.every(({ query }) => query.get('include_filtered') === 'true' && !query.has('since_id'))).toBe(true);
    expect(asked[0]!.query.getAll('types[]')).toEqual(['mention', 'quote']);
    expect((await poll(at, at.account, second.cursor)).events).toEqual([]);
  });

  test('skips what cannot be read, and goes on behind it', async () => {
    const at = await instance();
    at.server.notifications = [
      notificationOf('501', statusOf('101', 'a')),
      { id: '502', type: 'mention', status: { id: 7 } },
    ];
    const { events, cursor } = await poll(at, at.account, { minId: '0' });
    expect(events).toHaveLength(1);
    expect(cursor).toEqual({ minId: '502' });
  });

  test('of hashtags needs no account, and asks for all of them at once', async () => {
    const at = await instance();
    at.server.tagged = [statusOf('101', '#pan', { mentions: [] })];
    const { events } = await poll(at, at.source('KEYWORD', '#Pan OR #bread #artesano -#anuncio', null), null);
    expect(events).toMatchObject([{ kind: 'MENTION', own: false }]);
    const asked = at.server.requests.at(-1)!;
    expect(asked.path).toBe('/api/v1/timelines/tag/pan');
    expect(['any[]', 'all[]', 'none[]'].map(name => asked.query.getAll(name))).toEqual([
      ['bread'],
      ['artesano'],
      ['anuncio'],
    ]);
    expect(asked.headers.authorization).toBeUndefined();
  });

  test('of words searches where the instance can', async () => {
    const at = await instance();
    at.server.tagged = [statusOf('101', 'pan de centeno')];
    expect((await poll(at, at.source('KEYWORD', 'pan de centeno'), null)).events).toHaveLength(1);
    expect(at.server.requests.at(-1)).toMatchObject({ path: '/api/v2/search' });
  });
});

describe('the stream', () => {
  test('brings mentions, edits, deletions and echoes, and nothing else of the account’s home', async () => {
    const at = await instance();
    const known = statusOf('101', 'Hola');
    at.server.live = [
      ':thump',
      frameOf('update', statusOf('102', 'Nada con nosotros', { mentions: [] })),
      frameOf('notification', notificationOf('501', known)),
      frameOf('notification', { id: '502', type: 'favourite', account: CUSTOMER, status: known }),
      frameOf('status.update', { ...known, edited_at: '2026-11-18T11:09:00.000Z' }),
      frameOf('status.update', statusOf('102', 'Nada con nosotros', { mentions: [] })),
      frameOf('conversation', { id: '1', unread: true }),
      frameOf(
        'update',
        statusOf('103', 'Respondido', { account: OWN, in_reply_to_id: '101', in_reply_to_account_id: CUSTOMER.id }),
      ),
      'no json',
      frameOf('delete', '101'),
    ];
    const { events, cursor, warnings } = await listen(at, at.account, null, found => found.length === 4);
    expect(at.server.subscriptions).toEqual([{ type: 'subscribe', stream: 'user' }]);
    expect(events).toMatchObject([
      { op: 'upsert', kind: 'MENTION', ref: { id: 'mastodon.example/101' } },
      { op: 'upsert', ref: { id: 'mastodon.example/101' }, editedAt: expect.any(Date) },
      { op: 'upsert', kind: 'COMMENT', own: true, parent: { id: 'mastodon.example/101' } },
      { op: 'delete', ref: { id: 'mastodon.example/101' }, tombstone: true },
    ]);
    expect(cursor).toEqual({ minId: '502' });
    expect(warnings).toEqual([{ unreadable: 1 }]);
  });

  test('that was lost is made up for by pages as soon as it is open again', async () => {
    const at = await instance();
    at.server.notifications = [notificationOf('501', statusOf('101', 'antes'))];
    const lost = listen(
      at,
      at.account,
      null,
      () => false,
      () => setTimeout(() => at.server.drop(), 50),
    );
    await expect(lost).rejects.toMatchObject({ name: 'ConnectorError', fault: { class: 'transient' } });
    at.server.notifications.push(notificationOf('502', statusOf('102', 'mientras')));
    const { events } = await listen(at, at.account, { minId: '501' }, found => found.length === 1);
    expect(events).toMatchObject([{ text: 'mientras' }]);
  });

  test('of hashtags gives what has one of them, all that must and none that must not', async () => {
    const at = await instance();
    const tagged = (id: string, ...names: string[]) =>
      frameOf('update', statusOf(id, id, { tags: names.map(name => ({ name })) }));
    at.server.live = [
      tagged('101', 'Pan', 'artesano'),
      tagged('102', 'pan'),
      tagged('103', 'bread', 'artesano', 'anuncio'),
      tagged('104', 'bread', 'artesano'),
    ];
    const { events } = await listen(
      at,
      at.source('KEYWORD', '#pan OR #bread #artesano -#anuncio'),
      null,
      found => found.length === 2,
    );
    expect(events.map(event => event.ref.id)).toEqual(['mastodon.example/101', 'mastodon.example/104']);
    expect(at.server.subscriptions).toEqual(
      ['pan', 'bread'].map(tag => ({ type: 'subscribe', stream: 'hashtag', tag })),
    );
  });

  test('is refused for good when the token is, and never opened at a private address', async () => {
    const at = await instance();
    at.server.live = [JSON.stringify({ error: 'Missing access token', status: 401 })];
    await expect(listen(at, at.account, null, () => false)).rejects.toMatchObject({
      fault: { class: 'auth', scope: 'account' },
    });
    for (const streaming of [at.server.url, 'https://127.0.0.1:9', 'https://localhost:9']) {
      at.server.streaming = streaming;
      const connector = mastodonConnector({ originOf: () => at.server.url });
      await expect(listen({ ...at, connector }, at.account, null, () => false)).rejects.toMatchObject({
        fault: { class: 'invalid' },
      });
    }
  });

  const recorded = new URL('../../../shared/fixtures/mastodon/streaming.sse', import.meta.url);
  const testRecorded = existsSync(recorded) ? test : test.skip;
  testRecorded('as the documentation shows it is read (skipped where it is missing)', async () => {
    const at = await instance();
    // The example's account is on another instance; what it names is what matters here.
    at.server.own = { ...OWN, id: '14715', acct: 'trwnh' };
    const blocks = readFileSync(recorded, 'utf8').matchAll(/^event: (.+)\ndata: (.+)$/gm);
    at.server.live = [...blocks].map(([, event, data]) => frameOf(event!, data!));
    const updates = at.server.live.filter(frame => frame.includes('"event":"delete"')).length;
    const { events, warnings } = await listen(
      at,
      at.source('ACCOUNT', 'trwnh'),
      null,
      found => found.filter(({ op }) => op === 'delete').length === updates,
    );
    expect(events.filter(({ op }) => op === 'upsert')).toContainEqual(
      expect.objectContaining({
        text: expect.stringMatching(/^@trwnh\S* test$/),
        auto: true,
        author: expect.objectContaining({ handle: 'a@pl.nulled.red' }),
      }),
    );
    expect(warnings).toEqual([]);
  });
});
