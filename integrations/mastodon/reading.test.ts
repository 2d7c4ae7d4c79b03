import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Batch, SourceDescription } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type Instance, mastodonInstances } from '../../test/support/mastodon-instance.js';
import { CUSTOMER, notificationOf, OWN, statusOf } from '../../test/support/mastodon-server.js';
import { type MastodonCursor } from './connector.js';

const instances = mastodonInstances();
const instance = instances.open;
afterEach(instances.close);

async function poll({ connector }: Instance, source: SourceDescription, cursor: MastodonCursor | null) {
  const batches = (await Array.fromAsync(
    connector.poll!(contextFor(connector, source), cursor),
  )) as Batch<MastodonCursor>[];
  return { batches, events: batches.flatMap(batch => batch.events), cursor: batches.at(-1)!.cursor };
}

const NOON = '2026-11-18T12:00:00Z';

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

  const recorded = new URL('../../../shared/fixtures/mastodon/', import.meta.url);
  const testRecorded = existsSync(recorded) ? test : test.skip;
  testRecorded('as the documentation shows it is read (skipped where it is missing)', async () => {
    const at = await instance();
    const examples = ['status-1.json', 'statuses-method-4.json', 'statuses-method-7.json'].flatMap(file =>
      JSON.parse(readFileSync(new URL(file, recorded), 'utf8')),
    );
    at.server.tagged = examples;
    const { events } = await poll(at, at.source('KEYWORD', '#any', null), null);
    expect(events.toReversed()).toMatchObject([
      { text: 'Hello world', language: 'en', author: { id: 'gargron@mastodon.example' } },
      { text: 'Hello world' },
      {
        text: expect.stringMatching(
          /sort code"\n\nhttps:\/\/www\.theguardian\.com\/money\/2019\/dec\/07\/i-lost[a-z0-9-]+$/,
        ),
        author: { displayName: 'Eugen', followersCount: 322930, bio: expect.stringContaining('Developer of Mastodon') },
      },
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

  test('of hashtags finds what another instance was late to bring', async () => {
    const at = await instance();
    const source = at.source('KEYWORD', '#pan', null);
    const idAt = (minute: number) => String(BigInt(Date.UTC(2026, 10, 18, 11, minute)) << 16n);
    at.server.tagged = [10, 20, 21].map(minute => statusOf(idAt(minute), String(minute), { created_at: NOON }));
    const { cursor } = await poll(at, source, null);
    at.server.tagged.splice(2, 0, statusOf(idAt(19), 'late', { created_at: NOON }));
    const { events } = await poll(at, source, cursor);
    expect(events.map(event => (event as { text: string }).text)).toEqual(['20', 'late', '21']);
  });

  test('of words searches where the instance can', async () => {
    const at = await instance();
    at.server.tagged = [statusOf('101', 'pan de centeno')];
    expect((await poll(at, at.source('KEYWORD', 'pan de centeno'), null)).events).toHaveLength(1);
    expect(at.server.requests.at(-1)).toMatchObject({ path: '/api/v2/search' });
  });
});
