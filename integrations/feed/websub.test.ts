import { createHmac } from 'node:crypto';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RawRequest } from '../../src/ingest/connector.js';
import { type FeedServer, NOW, openFeedServer, rss } from './test.server.js';

let server: FeedServer;
const asked: URLSearchParams[] = [];
beforeAll(async () => {
  server = await openFeedServer();
  server.serve('/hub', take(202));
  server.serve('/broken-hub', take(500));
});
afterAll(() => server.close());

function take(status: number): http.RequestListener {
  return async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
    response.writeHead(status).end();
  };
}

const hook = { url: 'https://crm.example.com/hooks/abc', secret: 'agreed-secret' };
const hubsIn = (links: string) =>
  rss().replace('<channel>', `<channel xmlns:atom="http://www.w3.org/2005/Atom">${links}`);
const subscribe = (url: string) => server.connector.subscribe!(server.context(url), hook);
const context = (hookSecret?: string) => ({
  ...server.context(`${server.base}/feed`),
  ...(hookSecret && { hookSecret }),
});

function request(given: Partial<RawRequest> & { address?: string }): RawRequest {
  const url = given.address ?? hook.url;
  const query = Object.fromEntries(new URL(url).searchParams);
  return { method: 'POST', url, headers: {}, query, body: Buffer.alloc(0), ...given };
}

describe('a feed with a hub', () => {
  test.each([
    [
      'in an RSS feed',
      () =>
        hubsIn(
          `<atom:link rel="hub" href="${server.base}/hub"/><atom:link rel="self" href="https://blog.example/feed"/>`,
        ),
    ],
    [
      'in an Atom feed',
      () =>
        `<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>Blog</title><link rel="hub" href="/hub"/><link rel="self" href="https://blog.example/feed"/></feed>`,
    ],
    [
      'in a JSON feed',
      () =>
        JSON.stringify({
          version: 'https://jsonfeed.org/version/1.1',
          feed_url: 'https://blog.example/feed',
          hubs: [{ type: 'WebSub', url: `${server.base}/hub` }],
          items: [],
        }),
    ],
    [
      'in its headers',
      () => (_: http.IncomingMessage, response: http.ServerResponse) =>
        response
          .setHeader('link', [`<${server.base}/hub>; rel="hub"`, '<https://blog.example/feed>; rel=self'])
          .end(rss()),
    ],
  ])('is subscribed to where it says so %s', async (_, document) => {
    asked.length = 0;
    expect(await subscribe(server.serve('/feed', document()))).toEqual({
      renewAt: new Date(NOW.getTime() + 86_400_000),
    });
    expect(Object.fromEntries(asked[0]!)).toMatchObject({
      'hub.mode': 'subscribe',
      'hub.topic': 'https://blog.example/feed',
      'hub.callback': expect.stringContaining(`${hook.url}?topic_key=`),
      'hub.secret': hook.secret,
    });
  });

  test('is confirmed for the feed we asked for, and for no other', async () => {
    asked.length = 0;
    await subscribe(server.serve('/feed', hubsIn(`<atom:link rel="hub" href="${server.base}/hub"/>`)));
    const confirm = (change: (query: URLSearchParams) => void, secret: string | undefined = hook.secret) => {
      const address = new URL(asked[0]!.get('hub.callback')!);
      const query = {
        'hub.mode': 'subscribe',
        'hub.topic': asked[0]!.get('hub.topic')!,
        'hub.challenge': 'abc',
        'hub.lease_seconds': '432000',
      };
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
      change(address.searchParams);
      return server.connector.verifyWebhook!(context(secret), request({ method: 'GET', address: address.href }));
    };
    expect(confirm(() => {})).toEqual({ kind: 'challenge', status: 200, body: 'abc', type: 'text/plain' });
    const refused = { kind: 'reject', status: 404 };
    expect(confirm(query => query.set('hub.topic', 'https://other.example/feed'))).toMatchObject(refused);
    expect(confirm(query => query.set('hub.mode', 'unsubscribe'))).toMatchObject(refused);
    expect(confirm(query => query.delete('topic_key'))).toMatchObject(refused);
    expect(confirm(() => {}, 'another-secret')).toMatchObject(refused);
  });

  test('is read when the hub calls, whatever it brings along', () => {
    const body = Buffer.from('<rss/>');
    for (const method of ['sha1', 'sha256', 'sha384', 'sha512']) {
      const headers = { 'x-hub-signature': `${method}=${createHmac(method, hook.secret).update(body).digest('hex')}` };
      expect(server.connector.verifyWebhook!(context(hook.secret), request({ headers, body })).kind).toBe('events');
    }
    expect(server.connector.parseWebhook!(context(), request({ body }))).toEqual({ events: [], poll: true });
  });

  test('is not read for strangers, who are not told so', () => {
    const body = Buffer.from('<rss/>');
    const sign = (method: string, secret: string) =>
      `${method}=${createHmac(method, secret).update(body).digest('hex')}`;
    const refused = { kind: 'reject', status: 202 };
    for (const signature of [undefined, '', 'sha256=', sign('sha256', 'a-strangers'), sign('md5', hook.secret)]) {
      const forged = request({ headers: { 'x-hub-signature': signature }, body });
      expect(server.connector.verifyWebhook!(context(hook.secret), forged)).toMatchObject(refused);
    }
    const changed = request({
      headers: { 'x-hub-signature': sign('sha256', hook.secret) },
      body: Buffer.from('<rss></rss>'),
    });
    expect(server.connector.verifyWebhook!(context(hook.secret), changed)).toMatchObject(refused);
    const good = request({ headers: { 'x-hub-signature': sign('sha256', hook.secret) }, body });
    expect(server.connector.verifyWebhook!(context(), good)).toMatchObject(refused);
  });

  test('turns to its second hub when the first is broken', async () => {
    const links = `<atom:link rel="hub" href="${server.base}/broken-hub"/><atom:link rel="hub" href="${server.base}/hub"/>`;
    expect(await subscribe(server.serve('/feed', hubsIn(links)))).toHaveProperty('renewAt');
    const broken = hubsIn(`<atom:link rel="hub" href="${server.base}/broken-hub"/>`);
    await expect(subscribe(server.serve('/feed', broken))).rejects.toMatchObject({ fault: { class: 'transient' } });
  });
});

test('a feed without a hub is polled as ever', async () => {
  expect(await subscribe(server.serve('/feed', rss()))).toEqual({});
});

test('a feed that is an account is known by its address', async () => {
  const url = server.serve('/feed', rss());
  const config = server.connector.configure({ kind: 'ACCOUNT', query: url });
  const result = await server.connector.check({ ...server.context(url), config });
  expect(result).toMatchObject({ ok: true, account: { id: url, handle: url, displayName: 'Blog' } });
});
