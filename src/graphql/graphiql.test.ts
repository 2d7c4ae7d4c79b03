import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerGraphiql } from './graphiql.js';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const key = JSON.stringify({ Authorization: 'Bearer example' });

describe('GraphiQL', () => {
  let app: FastifyInstance;
  let plain: FastifyInstance;
  beforeAll(() => {
    app = Fastify();
    registerGraphiql(app, { tabs: [{ query: 'query Who { me } # </script>' }], headers: key });
    plain = Fastify();
    registerGraphiql(plain);
  });
  afterAll(async () => {
    await app.close();
    await plain.close();
  });

  const settingsOf = (html: string) =>
    JSON.parse(/<script type="application\/json" id="settings">(.*?)<\/script>/s.exec(html)![1]!);

  test('a browser gets the page with the documents and headers it was given', async () => {
    const page = await app.inject({ url: '/graphql', headers: browser });
    expect(page.statusCode).toBe(200);
    expect(settingsOf(page.body).tabs).toEqual([{ query: 'query Who { me } # </script>', headers: key }]);
  });

  test('without tabs and headers the page is there and carries no key', async () => {
    const page = await plain.inject({ url: '/graphql', headers: browser });
    const settings = settingsOf(page.body);
    expect(settings.tabs).toEqual([]);
    expect(settings.headers).toBeUndefined();
  });

  test('every file the page names is served from this server, and nothing else is named', async () => {
    const page = await plain.inject({ url: '/graphql', headers: browser });
    const named = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1]!);
    expect(named.length).toBeGreaterThanOrEqual(5);
    const workers = ['editor', 'graphql', 'json'].map(name => `/graphiql/${name}.worker.js`);
    for (const url of [...named, ...workers]) {
      const file = await plain.inject({ url, headers: { 'accept-encoding': 'gzip' } });
      expect([url, file.statusCode, file.headers['content-encoding']]).toEqual([url, 200, 'gzip']);
    }
    expect(page.body).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });

  test('a file that the browser has already is not sent again', async () => {
    const once = await plain.inject({ url: '/graphiql/client.js' });
    const again = await plain.inject({
      url: '/graphiql/client.js',
      headers: { 'if-none-match': String(once.headers['etag']) },
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test('an operation in a GET is refused, and a file that is none is unknown', async () => {
    const get = await app.inject({ url: '/graphql?query=%7Bme%7D', headers: { accept: 'application/json' } });
    expect(get.statusCode).toBe(405);
    expect(get.json().errors[0].extensions.code).toBe('METHOD_NOT_ALLOWED');
    const unknown = await app.inject({ url: '/graphiql/..%2fpackage.json' });
    expect(unknown.statusCode).toBe(404);
  });
});
