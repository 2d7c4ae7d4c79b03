import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RawRequest, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { webmentionConnector } from './connector.js';

const connector = webmentionConnector();
const pages = new Map<string, { status?: number; type?: string; body?: string | Buffer }>();
let server: http.Server;
let base: string;
beforeAll(async () => {
  server = http.createServer((request, response) => {
    const { status = 200, type = 'text/html; charset=utf-8', body = '' } = pages.get(request.url!) ?? { status: 404 };
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const context = (query = 'https://panaderia.example/blog/') => contextFor(connector, { kind: 'ACCOUNT', query });
const TARGET = 'https://panaderia.example/blog/horario';
function post(fields: Record<string, string>, given: Partial<RawRequest> = {}): RawRequest {
  return {
    method: 'POST',
    url: 'https://crm.example.com/hooks/abc',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    query: {},
    body: Buffer.from(new URLSearchParams(fields).toString()),
    ...given,
  };
}
async function look(body: string | Buffer, given: object = {}): Promise<UpsertEvent | 'gone'> {
  pages.set('/page', { body, ...given });
  return (await connector.refetch!(context(), { id: `${base}/page`, url: TARGET })) as UpsertEvent | 'gone';
}

describe('being told', () => {
  test('a page that says it links to one of ours is looked at later', () => {
    const request = post({ source: 'https://ana.example/nota', target: `${TARGET}#precios` });
    expect(connector.verifyWebhook!(context(), request)).toMatchObject({ kind: 'events', response: { status: 202 } });
    expect(connector.parseWebhook!(context(), request)).toEqual({
      events: [],
      notices: [{ id: 'https://ana.example/nota', url: `${TARGET}#precios` }],
    });
  });

  test.each([
    ['about another site', { source: 'https://ana.example/nota', target: 'https://otra.example/blog/' }],
    [
      'about a part of the site that is not ours',
      { source: 'https://ana.example/nota', target: 'https://panaderia.example/' },
    ],
    ['about itself', { source: TARGET, target: TARGET }],
    ['without a source', { target: TARGET }],
    ['with something else than a web address', { source: 'javascript:alert(1)', target: TARGET }],
    ['with a password in it', { source: 'https://a:b@ana.example/nota', target: TARGET }],
    ['that is endless', { source: `https://ana.example/${'a'.repeat(3000)}`, target: TARGET }],
  ])('one %s is refused', (_, fields) => {
    expect(connector.verifyWebhook!(context(), post(fields as Record<string, string>))).toMatchObject({
      kind: 'reject',
      status: 400,
    });
  });

  test('anything but a form is refused', () => {
    const fields = { source: 'https://ana.example/nota', target: TARGET };
    const json = post(fields, { headers: { 'content-type': 'application/json' } });
    expect(connector.verifyWebhook!(context(), json)).toMatchObject({ kind: 'reject', status: 400 });
    expect(connector.verifyWebhook!(context(), post(fields, { method: 'GET' }))).toMatchObject({ status: 405 });
    expect(() => connector.parseWebhook!(context(), json)).toThrow();
  });
});

describe('the page', () => {
  test('that answers one of ours is a comment in its thread, by whoever it says on its own site', async () => {
    const event = await look(`<title>Nota</title><article class="h-entry">
      <p class="p-author h-card"><img class="u-photo" src="/ana.png" alt=""><a class="u-url p-name" href="/ana">Ana</a></p>
      <a class="u-in-reply-to" href="${TARGET}">Horario</a>
      <time class="dt-published" datetime="2026-03-01T10:00:00Z"></time>
      <div class="e-content"><p>¿Y los <b>domingos</b>? 🥐</p></div></article>`);
    expect(event).toMatchObject({
      ref: { id: `${base}/page`, url: `${base}/page` },
      kind: 'COMMENT',
      own: false,
      text: '¿Y los domingos? 🥐',
      author: { displayName: 'Ana', url: `${base}/ana`, avatarUrl: `${base}/ana.png` },
      parent: { id: TARGET },
      root: { id: TARGET },
      occurredAt: new Date('2026-03-01T10:00:00Z'),
    });
    expect((event as UpsertEvent).author.id).toBe(`${base.replace('http://', '')}/ana`);
  });

  test('is not taken for somebody on another site, whatever it claims', async () => {
    const event = (await look(`<div class="h-entry"><a class="p-author h-card" href="https://famosa.example/">Famosa</a>
      <div class="e-content">El mejor pan: <a href="${TARGET}">aquí</a></div></div>`)) as UpsertEvent;
    expect(event).toMatchObject({ kind: 'MENTION', author: { displayName: 'Famosa' } });
    expect(event.author.id).toMatch(/^127\.0\.0\.1:\d+\/famosa$/);
    expect(event.author).not.toHaveProperty('url');
    expect(event).not.toHaveProperty('parent');
  });

  test.each([
    [
      'that is not marked up is known by its title',
      `<title>Pan &amp; vino</title><a href='${TARGET}'>x</a>`,
      { kind: 'MENTION', text: 'Pan & vino' },
    ],
    [
      'that passes ours on is a repost',
      `<div class="h-entry"><a class="u-repost-of" href="${TARGET}">x</a><p class="p-name">Mirad</p></div>`,
      { kind: 'REPOST', reposted: { id: TARGET } },
    ],
    [
      'of another charset is read',
      Buffer.from(`<title>Pan para el ni\xf1o</title><a href="${TARGET}">x</a>`, 'latin1'),
      { text: 'Pan para el niño' },
      { type: 'text/html; charset=iso-8859-1' },
    ],
  ])('%s', async (_, body, expected, given: object = {}) => {
    expect(await look(body as string, given)).toMatchObject(expected);
  });

  test('that was edited is another revision, and the same page again is not', async () => {
    const page = (text: string) =>
      `<div class="h-entry"><p class="e-content">${text} <a href="${TARGET}">x</a></p></div>`;
    const first = (await look(page('Hola'))) as UpsertEvent;
    expect(((await look(page('Hola'))) as UpsertEvent).revision).toBe(first.revision);
    expect(((await look(page('Adiós'))) as UpsertEvent).revision).not.toBe(first.revision);
  });

  test.each([
    ['without a link to us', '<a href="https://otra.example/">x</a>'],
    ['whose link is in a comment', `<!-- <a href="${TARGET}">x</a> -->`],
    ['that only writes our address', `<p>${TARGET}</p>`],
    ['whose link is to another part of the site', '<a href="https://panaderia.example/tienda">x</a>'],
    ['that is a picture', `<a href="${TARGET}">`, { type: 'image/png' }],
    ['that was deleted', '', { status: 410 }],
    ['that is not found', '', { status: 404 }],
  ])('%s is gone', async (_, body, given: object = {}) => {
    expect(await look(body, given)).toBe('gone');
  });

  test('of a broken server is looked at again later', async () => {
    await expect(look('', { status: 503 })).rejects.toMatchObject({ fault: { class: 'transient' } });
    await expect(look('a'.repeat(2_000_000))).rejects.toMatchObject({ name: 'ConnectorError' });
  });

  test('that was built to take long does not', async () => {
    const link = `<a href="${TARGET}">x</a>`;
    const began = performance.now();
    await look(`${'<a '.repeat(100_000)}${'<!--'.repeat(50_000)}${link}`);
    await look(link + '<title'.repeat(100_000));
    await look(link + '<div class="h-entry">'.repeat(2000));
    await look(link + '<p class="h-entry">a</p>'.repeat(10_000));
    const unclosed = (n: number) => Array.from({ length: n }, (_, index) => `<b n${index}>`).join('');
    for (const n of [6000, 60_000]) {
      await look(link + unclosed(n) + '<p>'.repeat(n));
      await look(`${link}<p>${unclosed(n / 2)}${'<p>a</p>'.repeat(n / 2)}`);
    }
    expect(performance.now() - began).toBeLessThan(8000);
  });
});

test('a site is checked by looking at it', async () => {
  pages.set('/', { body: 'Hola' });
  expect(await connector.check(context(base))).toMatchObject({ ok: true, account: { handle: `${base}/` } });
  expect(await connector.check(context(`${base}/none`))).toMatchObject({ ok: false, problem: { class: 'not_found' } });
});
