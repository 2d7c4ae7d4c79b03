import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { BAKERY, CUSTOMER, NOW, openHome, read } from '../../test/support/bluesky-home.js';
import type { BlueskyServer } from '../../test/support/bluesky-server.js';
import { contextFor } from '../../test/support/connector-context.js';
import { blueskyConnector } from './connector.js';

const servers: BlueskyServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function home(options?: Parameters<typeof openHome>[0]) {
  const opened = await openHome(options);
  servers.push(opened.server);
  return opened;
}

/** As the network lists it. `minute` of the hour before `NOW`. */
function notification(id: string, minute: number, reason = 'mention', record: object = {}) {
  return {
    uri: `at://${CUSTOMER}/app.bsky.feed.post/${id}`,
    cid: `bafyrei${id}`,
    author: { did: CUSTOMER, handle: 'customer.example', displayName: 'A customer' },
    reason,
    record: { $type: 'app.bsky.feed.post', text: `Hola ${id}`, createdAt: '2026-11-18T11:00:00Z', ...record },
    isRead: true,
    indexedAt: new Date(Date.UTC(2026, 10, 18, 11, minute)).toISOString(),
  };
}

describe('notifications', () => {
  test('are read back to what was seen, oldest first, whatever the network calls read', async () => {
    const at = await home({ pageSize: 2 });
    at.server.notifications = [
      notification('3', 30, 'quote'),
      notification('like', 25, 'like'),
      notification('2', 20, 'reply', {
        reply: {
          root: { uri: `at://${BAKERY}/app.bsky.feed.post/root`, cid: 'bafyreiroot' },
          parent: { uri: `at://${CUSTOMER}/app.bsky.feed.post/1`, cid: 'bafyrei1' },
        },
      }),
      notification('1', 10),
    ];
    const first = await read(at, null);
    expect(first.events).toMatchObject([
      {
        kind: 'MENTION',
        text: 'Hola 1',
        author: { id: CUSTOMER, handle: 'customer.example', displayName: 'A customer' },
        replyTo: { cid: 'bafyrei1', rootCid: 'bafyrei1' },
      },
      {
        kind: 'COMMENT',
        text: 'Hola 2',
        revision: 'bafyrei2',
        replyTo: { cid: 'bafyrei2', rootUri: `at://${BAKERY}/app.bsky.feed.post/root`, rootCid: 'bafyreiroot' },
      },
      { kind: 'MENTION', text: 'Hola 3' },
    ]);
    at.server.notifications.unshift(notification('5', 41), notification('4', 40));
    // Told late, and by its author's clock older than what was seen.
    at.server.notifications.splice(3, 0, notification('late', 29));
    const before = at.server.requests.length;
    const second = await read(at, first.cursor);
    expect(second.events.map(event => event.ref.id.split('/').at(-1))).toEqual(['late', '4', '5']);
    expect(at.server.requests.slice(before)).toHaveLength(4);
    expect((await read(at, second.cursor)).events).toEqual([]);
    expect([...first.gaps, ...second.gaps]).toEqual([]);
  });

  test('that cannot be read are skipped, and the others arrive', async () => {
    const at = await home();
    at.server.notifications = [
      { uri: 7 },
      notification('2', 20),
      notification('broken', 15, 'mention', { text: null }),
      notification('1', 10),
    ];
    expect((await read(at, null)).events).toHaveLength(2);
  });

  test('are not asked for without the account’s own password, nor for somebody else’s account', async () => {
    const at = await home();
    const keyless = contextFor(at.connector, { kind: 'ACCOUNT', query: BAKERY });
    expect(await Array.fromAsync(at.connector.poll!(keyless, null))).toEqual([]);
    const other = contextFor(at.connector, { ...at.source, query: CUSTOMER });
    expect(await Array.fromAsync(at.connector.poll!(other, null))).toEqual([]);
    expect(at.server.requests).not.toContain('app.bsky.notification.listNotifications');
  });

  const recorded = new URL('../../../shared/fixtures/bluesky/rec-listNotifications.json', import.meta.url);
  const testRecorded = existsSync(recorded) ? test : test.skip;
  testRecorded('recorded from a real network are read (skipped where they are missing)', async () => {
    const { notifications } = JSON.parse(readFileSync(recorded, 'utf8'));
    const at = await home({ did: 'did:plc:53jzmt5v2cdysrhq5dvdwgwk' });
    at.server.notifications = notifications;
    const context = contextFor(at.connector, at.source, { now: () => new Date('2026-11-22T06:00:00Z') });
    const { events } = await read({ ...at, context }, null);
    expect(events).toMatchObject([
      {
        kind: 'MENTION',
        text: expect.stringContaining('my order is broken 😡'),
        language: 'en',
        mentions: [{ handle: 'brand.test' }],
      },
      { kind: 'COMMENT', text: 'and this reply too', parent: { author: { id: 'did:plc:53jzmt5v2cdysrhq5dvdwgwk' } } },
    ]);
  });
});

describe('a session', () => {
  test('is opened once for everything that is asked at the same time, and renewed once when it ends', async () => {
    const at = await home();
    await Promise.all([1, 2, 3, 4].map(() => read(at, null)));
    at.server.expire();
    await Promise.all([1, 2, 3, 4].map(() => read(at, null)));
    const count = (method: string) => at.server.requests.filter(name => name === `com.atproto.server.${method}`).length;
    expect([count('createSession'), count('refreshSession')]).toEqual([1, 1]);
    at.server.expire(true);
    await read(at, null);
    expect([count('createSession'), count('refreshSession')]).toEqual([2, 2]);
  });

  test('that is refused stops the account, without the password in any word of it', async () => {
    const at = await home();
    const context = contextFor(at.connector, { ...at.source, credentials: { appPassword: 'zyxw-zyxw-zyxw-zyxw' } });
    const check = await at.connector.check(context);
    expect(check).toMatchObject({
      ok: false,
      problem: { class: 'auth', scope: 'account', code: 'AuthenticationRequired' },
    });
    expect(JSON.stringify(check)).not.toContain('zyxw');
  });

  test('travels by https only, and to this machine', () => {
    const connector = blueskyConnector();
    const source = (service: string) => ({
      kind: 'ACCOUNT' as const,
      query: 'a.example',
      settings: { service },
      credentials: { appPassword: 'x' },
    });
    expect(connector.configure(source('pds.example'))).toMatchObject({ access: { service: 'https://pds.example' } });
    for (const service of ['http://pds.example', 'ftp://pds.example', 'https://user:word@pds.example']) {
      expect(() => connector.configure(source(service))).toThrow(expect.objectContaining({ name: 'ConnectorError' }));
    }
  });

  test('of a limit tells when it ends, in seconds since 1970', async () => {
    const at = await home();
    const headers = { 'ratelimit-limit': '3000', 'ratelimit-remaining': '12', 'ratelimit-reset': '1795003200' };
    expect(at.connector.limitsOf!({ status: 200, headers }, NOW)).toEqual({
      limit: 3000,
      remaining: 12,
      resetsAt: new Date(1795003200_000),
    });
    expect(at.connector.limitsOf!({ status: 200, headers: {} }, NOW)).toBeUndefined();
    at.server.misbehave('limited');
    await expect(read(at, null)).rejects.toMatchObject({ fault: { class: 'rate', retryAt: expect.any(Date) } });
  });
});
