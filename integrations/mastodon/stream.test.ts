import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { InboundEvent, SourceDescription } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type Instance, mastodonInstances } from '../../test/support/mastodon-instance.js';
import { CUSTOMER, frameOf, notificationOf, OWN, statusOf } from '../../test/support/mastodon-server.js';
import { type MastodonCursor, mastodonConnector } from './connector.js';

const instances = mastodonInstances();
const instance = instances.open;
afterEach(instances.close);

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
