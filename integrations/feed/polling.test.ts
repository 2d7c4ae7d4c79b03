import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { UpsertEvent } from '../../src/ingest/connector.js';
import { MAX_ENTRIES } from './feed.cursor.js';
import { collect, type FeedServer, fixture, NOW, openFeedServer, rss } from './test.server.js';

let server: FeedServer;
beforeAll(async () => {
  server = await openFeedServer();
});
afterAll(() => server.close());

/** The nth post of a blog, a minute after the one before. */
function item(n: number, text = `Entrada ${n}`): string {
  const date = new Date(Date.UTC(2026, 2, 1, 0, n)).toUTCString();
  return `<guid isPermaLink="false">https://blog.example/?p=${n}</guid><title>${text}</title><pubDate>${date}</pubDate>`;
}

function items(from: number, to: number): string {
  return rss(...Array.from({ length: to - from + 1 }, (_, index) => item(to - index)));
}

describe('reading again', () => {
  test('asks with what the server gave, and a 304 is nothing new', async () => {
    const url = server.serve('/conditional', (request, response) => {
      const isKnown =
        request.headers['if-none-match'] === '"v1"' &&
        request.headers['if-modified-since'] === 'Sun, 01 Mar 2026 00:00:00 GMT';
      response.setHeader('etag', '"v1"').setHeader('last-modified', 'Sun, 01 Mar 2026 00:00:00 GMT');
      if (isKnown) response.writeHead(304).end();
      else response.end(items(1, 2));
    });
    const [batch] = await server.poll(url);
    expect(batch).toMatchObject({ more: false, cursor: { etag: '"v1"' } });
    expect(batch!.events).toHaveLength(2);
    expect(await server.poll(url, batch!.cursor)).toEqual([]);
    const elsewhere = server.serve('/elsewhere', items(1, 1));
    await server.poll(elsewhere, batch!.cursor);
    expect(server.requests.at(-1)!.headers['if-none-match']).toBeUndefined();
  });

  test('gives what is new and what was changed, and nothing else', async () => {
    const url = server.serve('/news', rss(item(2), item(1)));
    const [first] = await server.poll(url);
    server.serve('/news', rss(item(3), item(2, 'Corregida'), item(1)));
    const [second] = await server.poll(url, first!.cursor);
    expect(second!.events).toMatchObject([{ title: 'Corregida', editedAt: NOW }, { title: 'Entrada 3' }]);
    expect(second!.events[1]).not.toHaveProperty('editedAt');
    expect((second!.events[0] as UpsertEvent).revision).not.toBe((first!.events[1] as UpsertEvent).revision);
    const [third] = await server.poll(url, second!.cursor);
    expect(third!.events).toEqual([]);
    expect(third!.gap).toBeUndefined();
  });

  test('does not take a new date, address or count of comments for an edit', async () => {
    const xml = fixture('posts-rss2.xml');
    const url = server.serve('/same', xml);
    const [first] = await server.poll(url);
    const touched = xml
      .replace('18:30:00', '18:45:00')
      .replace('comments>2<', 'comments>3<')
      .replace('/horario/<', '/h/<');
    server.serve('/same', touched);
    const [second] = await server.poll(url, first!.cursor);
    expect(second!.events).toEqual([]);
  });

  test('a cursor survives being stored as JSON, and stays small over years', async () => {
    let cursor = null;
    for (let n = 1; n <= 60; n += 1) {
      const url = server.serve('/years', items(n * 10, n * 10 + 19));
      const batches = await server.poll(url, cursor);
      expect(batches.flatMap(batch => batch.events)).toHaveLength(n === 1 ? 20 : 10);
      cursor = JSON.parse(JSON.stringify(batches.at(-1)!.cursor));
    }
    expect(cursor.seen).toHaveLength(220);
    expect(JSON.stringify(cursor).length).toBeLessThan(12_000);
  });

  test('broken off between two batches goes on where it was, and asks for the whole feed', async () => {
    const url = server.serve('/long', (_, response) => response.setHeader('etag', '"long"').end(items(1, 250)));
    const whole = await server.poll(url);
    expect(whole.map(batch => [batch.events.length, batch.more, batch.cursor.etag])).toEqual([
      [100, true, undefined],
      [100, true, undefined],
      [50, false, '"long"'],
    ]);
    const rest = await server.poll(url, whole[0]!.cursor);
    expect(server.requests.at(-1)!.headers['if-none-match']).toBeUndefined();
    expect(rest.flatMap(batch => batch.events)).toEqual(whole.slice(1).flatMap(batch => batch.events));
    expect(rest[0]!.gap).toBeUndefined();
  });

  test('stops quietly when it is told to', async () => {
    const controller = new AbortController();
    const url = server.serve('/stopped', () => controller.abort());
    const context = server.context(url, { signal: controller.signal });
    expect(await collect(server.connector.poll!(context, null))).toEqual([]);
  });
});

describe('what is known to be lost', () => {
  test('is told when no entry seen before is left in the feed', async () => {
    const url = server.serve('/busy', items(1, 10));
    const [first] = await server.poll(url);
    server.serve('/busy', items(21, 30));
    const [second] = await server.poll(url, first!.cursor);
    expect(second!.gap).toMatchObject({
      from: new Date(Date.UTC(2026, 2, 1, 0, 10)),
      to: new Date(Date.UTC(2026, 2, 1, 0, 21)),
      reason: expect.stringContaining('None of the entries'),
    });
    const [third] = await server.poll(url, second!.cursor);
    expect(third!.gap).toBeUndefined();
  });

  test('is told when a feed is longer than what is read of it', async () => {
    const batches = await server.poll(server.serve('/archive', items(1, MAX_ENTRIES + 5)));
    const events = batches.flatMap(batch => batch.events as UpsertEvent[]);
    expect(events).toHaveLength(MAX_ENTRIES);
    expect(events[0]!.title).toBe('Entrada 6');
    expect(batches[0]!.gap!.from).toEqual(new Date(Date.UTC(2026, 2, 1, 0, 1)));
    expect(batches[1]!.gap).toBeUndefined();
  });
});
