import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectorError, SourceDescription } from '../../src/ingest/connector.js';
import { openOutbound } from '../../src/platform/outbound.js';
import { feedConnector } from './connector.js';
import { type FeedServer, fixture, openFeedServer, rss } from './test.server.js';

let server: FeedServer;
/** For what must be refused for its size, however slowly this machine unpacks it. */
let patient: FeedServer;
beforeAll(async () => {
  server = await openFeedServer({ maxBytes: 200_000, timeoutMs: 300 });
  patient = await openFeedServer({ maxBytes: 200_000, timeoutMs: 20_000 });
});
afterAll(() => Promise.all([server.close(), patient.close()]));

describe('what is no feed is refused in words', () => {
  test('a web page, naming the feeds it points to', async () => {
    const fault = await server.fault(fixture('page.html'));
    expect(fault).toMatchObject({ class: 'invalid', scope: 'endpoint' });
    expect(fault.message).toBe(
      'The address is a web page, not a feed. ' +
        `It points to its feed at ${server.base}/feed/?a=1&b=2 and at https://panaderia.example/feed.json`,
    );
  });

  test.each([
    ['a page without a feed', '<html><body>Hola</body></html>', 'The address is a web page, not a feed.'],
    ['billion laughs', fixture('entities-billion-laughs.xml'), 'DOCTYPE'],
    ['an external entity', fixture('entities-external.xml'), 'DOCTYPE'],
    ['entities in UTF-16', Buffer.from(`\ufeff${fixture('entities-external.xml')}`, 'utf16le'), 'DOCTYPE'],
    ['deep nesting', rss('<a>'.repeat(40_000)), 'nested too deeply'],
    ['another XML', '<?xml version="1.0"?><opml version="2.0"><body/></opml>', 'neither RSS nor Atom'],
    ['another JSON', '{"version": "https://example.org/1", "items": []}', 'not a JSON Feed'],
    ['broken JSON', '{"version": ', 'cannot be read'],
    ['text', 'Hola', 'not a feed'],
    ['nothing', '', 'empty'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), 'not text'],
    ['a zip bomb', gzipSync(Buffer.alloc(50_000_000)), 'not text'],
  ])('%s', async (_, answer, words) => {
    expect(await server.fault(answer)).toMatchObject({ class: 'invalid', message: expect.stringContaining(words) });
  });

  test('a feed that unpacks to more than is read', async () => {
    const bomb = gzipSync(rss(`<title>${'ja'.repeat(10_000_000)}</title>`));
    const fault = await patient.fault((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    expect(fault).toMatchObject({ class: 'invalid', code: 'too_large' });
  });

  test('a feed that never ends, by its size or its time', async () => {
    const never = (from: FeedServer, text: string) =>
      from.fault((_, response) => {
        response.write(rss().replace('</channel></rss>', ''));
        const timer = setInterval(() => response.write(text), 5);
        response.on('close', () => clearInterval(timer));
      });
    expect(await never(patient, `<item><title>${'ja'.repeat(50_000)}</title></item>`)).toMatchObject({
      code: 'too_large',
    });
    expect(await never(server, '<item/>')).toMatchObject({ class: 'transient', code: 'timeout' });
  });

  test('a feed cut off in the middle is tried again, not read by half', async () => {
    const fault = await server.fault((_, response) => {
      response.setHeader('content-length', '10000').write(rss('<title>Hola</title>'));
      setTimeout(() => response.destroy(), 20);
    });
    expect(fault).toMatchObject({ class: 'transient', code: expect.any(String) });
  });
});

describe('what the server refuses is told by its kind', () => {
  test.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [410, 'not_found'],
    [400, 'invalid'],
    [408, 'transient'],
    [500, 'transient'],
    [503, 'transient'],
  ])('status %i is %s', async (status, faultClass) => {
    const fault = await server.fault((_, response) => response.writeHead(status).end());
    expect(fault).toMatchObject({ class: faultClass, code: String(status) });
  });

  test('too many requests says when to come back, in seconds or as a date', async () => {
    const seconds = await server.fault((_, response) => response.writeHead(429, { 'retry-after': '600' }).end());
    expect(seconds.class).toBe('rate');
    expect(Math.abs(seconds.retryAt!.getTime() - Date.now() - 600_000)).toBeLessThan(5000);
    const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
    const dated = await server.fault((_, response) =>
      response.writeHead(429, { 'retry-after': date.toUTCString() }).end(),
    );
    expect(dated.retryAt).toEqual(date);
  });

  test('a host nobody answers at is tried again', async () => {
    const problem = await server.connector.check(server.context('http://127.0.0.1:1/feed'));
    expect(problem).toMatchObject({ ok: false, problem: { class: 'transient', code: 'ECONNREFUSED' } });
  });
});

describe('private addresses', () => {
  test('are not read when the installation does not allow it', async () => {
    const outbound = openOutbound({ allowPrivateAddresses: false, userAgent: 'Vinculo/test' });
    const url = server.serve('/private', rss());
    const before = server.requests.length;
    const result = await feedConnector({ outbound }).check(server.context(url));
    expect(result).toMatchObject({ ok: false, problem: { class: 'invalid', code: 'blocked_address' } });
    expect(server.requests).toHaveLength(before);
    await outbound.close();
  });

  test('are not reached by a redirect either', async () => {
    const outbound = openOutbound({
      allowPrivateAddresses: false,
      userAgent: 'Vinculo/test',
      isAllowed: address => address === '127.0.0.1',
    });
    const url = server.serve('/moved', (_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.2/' }).end(),
    );
    const result = await feedConnector({ outbound }).check(server.context(url));
    expect(result).toMatchObject({ ok: false, problem: { class: 'invalid', code: 'blocked_address' } });
    await outbound.close();
  });
});

describe('a source', () => {
  const configure = (source: Partial<SourceDescription>) =>
    server.connector.configure({ kind: 'FEED', query: 'https://blog.example/feed', ...source });
  const refusal = (source: Partial<SourceDescription>) => {
    try {
      configure(source);
    } catch (error) {
      return (error as ConnectorError).fault;
    }
    return undefined;
  };

  test.each([
    ['https://blog.example/feed/#top', 'https://blog.example/feed/'],
    ['blog.example/feed', 'https://blog.example/feed'],
    ['feed://blog.example/feed', 'http://blog.example/feed'],
    ['feed:https://blog.example/feed', 'https://blog.example/feed'],
    [' HTTP://Blog.Example ', 'http://blog.example/'],
  ])('"%s" is read at %s', (query, url) => {
    expect(configure({ query })).toEqual({ url });
  });

  test.each(['', 'file:///etc/passwd', 'ftp://blog.example/', 'two words', 'javascript:alert(1)'])(
    '"%s" is refused',
    query => {
      expect(refusal({ query })).toMatchObject({ class: 'invalid' });
    },
  );

  test('is an address, and takes a kind it knows', () => {
    expect(refusal({ kind: 'KEYWORD' })).toMatchObject({ class: 'invalid' });
    expect(refusal({ settings: { kind: 'LIKE' } })).toMatchObject({ class: 'invalid' });
    expect(configure({ settings: { kind: 'MENTION' } })).toMatchObject({ kind: 'MENTION' });
  });

  test('keeps its password out of its address, and sends it', async () => {
    const url = server.serve('/closed', rss());
    const query = url.replace('http://', 'http://reader:secreto@');
    const config = server.connector.configure({ kind: 'FEED', query });
    expect(config.url).toBe(url);
    await server.connector.check(server.context(query));
    const expected = `Basic ${Buffer.from('reader:secreto').toString('base64')}`;
    expect(server.requests.at(-1)!.headers.authorization).toBe(expected);
    expect(configure({ credentials: { username: 'reader', password: 'secreto' } }).authorization).toBe(expected);
  });

  test('that can be read says whose feed it is', async () => {
    const url = server.serve('/checked', fixture('posts-rss2.xml'));
    expect(await server.connector.check(server.context(url))).toEqual({
      ok: true,
      account: {
        id: 'panaderia.example',
        handle: 'panaderia.example',
        displayName: 'El blog de la panadería',
        url: 'https://panaderia.example/',
      },
    });
  });
});
