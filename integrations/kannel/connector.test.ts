import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RawRequest, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { startJson } from '../../test/support/json-server.js';
import { isKannelInstalled, type Kannel, startKannel } from '../../test/support/kannel.js';
import { eventually } from '../../test/support/subscriber.js';
import { kannelConnector } from './connector.js';
import { bytesOf, textOf } from './query.bytes.js';

const TOKEN = 'a-long-word-of-our-choice';
const connector = kannelConnector();
const sourceOf = (sendUrl: string) => ({
  kind: 'ACCOUNT' as const,
  query: '13013',
  settings: { sendUrl, username: 'crm' },
  credentials: { password: 'crm-password', token: TOKEN },
});
const called = (url: string): RawRequest => ({ method: 'GET', url, headers: {}, query: {}, body: Buffer.alloc(0) });
const context = contextFor(connector, sourceOf('http://127.0.0.1:1/cgi-bin/sendsms'));
const parse = (query: string) => connector.parseWebhook!(context, called(`https://crm.example.com/hooks/k?${query}`));

test('reads a message in the charset Kannel names, also where it is no text to a browser', () => {
  const euro = 'kind=mo&id=7&from=%2B393331112222&text=%00o%00k%00++%AC&coding=2&charset=UTF-16BE';
  expect(parse(euro).events).toMatchObject([{ text: 'ok €', author: { id: '+393331112222' } }]);
  expect(parse('kind=mo&id=8&from=39333&text=perch%C3%A9%21&charset=UTF-8').events).toMatchObject([
    { text: 'perché!' },
  ]);
  expect(parse('kind=mo&id=9&from=39333&text=100%&charset=').events).toMatchObject([{ text: '100%' }]);
  expect(textOf(Buffer.from('año'), 'x-nobody-knows')).toBe('año');
});

test('what the gateway told another number is not kept under this one', () => {
  const other = { ...context, hookUrl: 'https://crm.example.com/hooks/other' };
  const request = called('https://crm.example.com/hooks/k?kind=mo&id=7&from=39333&text=a');
  expect(connector.parseWebhook!(other, request)).toEqual({ events: [] });
});

test.each([
  ['Number(s) has/have been denied by white- and/or black-lists.', 'forbidden'],
  ['Authorization failed for sendsms', 'auth'],
])('a refusal that says “%s” is of class %s', async (body, expected) => {
  const server = await startJson(() => ({ status: 403, body }));
  const asked = contextFor(connector, sourceOf(server.origin));
  const rendered = { text: 'Hola', length: 4, payload: {} };
  const command = { key: 'k', kind: 'message', visibility: 'private', parent: null, recipient: { id: '+1' } } as const;
  await expect(
    connector.send!(asked, { ...command, rendered, media: [], firstTriedAt: new Date() }),
  ).rejects.toMatchObject({ fault: { class: expected } });
  await server.close();
});

test.each([
  ['1', 'delivered'],
  ['2', 'failed'],
  ['8', 'sent'],
  ['16', 'failed'],
])('a report of type %s is a receipt of state %s', (type, state) => {
  expect(parse(`kind=dlr&key=K&type=${type}&answer=ACK%2F`).receipts).toMatchObject([{ ref: { id: 'K' }, state }]);
});

test('what lacks the agreed word is refused, and what has no sender is no message', () => {
  const verdict = (query: string) =>
    connector.verifyWebhook!(context, called(`https://crm.example.com/hooks/k?${query}`));
  expect(verdict(`kind=mo&token=${TOKEN}`)).toMatchObject({ kind: 'events' });
  expect(verdict('kind=mo&token=another')).toMatchObject({ kind: 'reject', status: 403 });
  expect(verdict('kind=mo')).toMatchObject({ kind: 'reject' });
  expect(() => parse('kind=mo&id=1&text=a')).toThrow('no sender');
});

const log = '../shared/fixtures/kannel/kannel-1.4.5-mo-dlr-mt.log';
(existsSync(log) ? test : test.skip)('reads what a Kannel was recorded to call (skipped without the recording)', () => {
  const calls = [...readFileSync(log, 'utf8').matchAll(/^HTTP GET (\S+)/gm)].map(([, url]) => url!);
  const [message] = calls;
  const fields = bytesOf(message!);
  expect(textOf(fields.get('text')!, fields.get('charset')!.toString())).toBe('ordine rotto €');
  expect(parse(`kind=mo&${message!.split('?')[1]}`).events).toMatchObject([{ text: 'ordine rotto €' }]);
});

(isKannelInstalled ? describe : describe.skip)('a real Kannel (skipped where it is not installed)', () => {
  let kannel: Kannel;
  beforeAll(async () => {
    kannel = await startKannel(TOKEN);
  }, 30_000);
  afterAll(() => kannel?.close());

  const text = 'Mañana a las 8, sí 🥖';

  test('brings a text from a telephone to us', async () => {
    const { verifyWebhook, parseWebhook } = connector;
    kannel.deliver('34600111222', '13013', text);
    await eventually(() => kannel.calls.length > 0);
    const request = called(`http://crm.example.com${kannel.calls.at(-1)!}`);
    const told = contextFor(connector, sourceOf(kannel.sendUrl));
    expect(verifyWebhook!(told, request)).toMatchObject({ kind: 'events' });
    const [event] = parseWebhook!(told, request).events as UpsertEvent[];
    expect(event).toMatchObject({
      text,
      kind: 'DIRECT_MESSAGE',
      author: { id: '+34600111222', verifiedPhone: '+34600111222' },
    });
    expect(Math.abs(event!.occurredAt.getTime() - Date.now())).toBeLessThan(60_000);
  });

  test('brings our answer to the telephone, and its delivery back to us', async () => {
    const told = { ...contextFor(connector, sourceOf(kannel.sendUrl)), hookUrl: kannel.hookUrl };
    expect(await connector.check(told)).toMatchObject({ ok: true });
    const key = '01939f5e-0000-7000-8000-000000000001';
    const rendered = connector.render!(told, { text, visibility: 'private' }, null) as {
      text: string;
      length: number;
      payload: unknown;
    };
    const command = {
      key,
      kind: 'message' as const,
      visibility: 'private' as const,
      parent: null,
      recipient: { id: '+34600111222' },
      rendered,
      media: [],
      firstTriedAt: new Date(),
    };
    const before = kannel.calls.length;
    expect(await connector.send!(told, command)).toMatchObject({ state: 'queued', ref: { id: key } });
    await eventually(() => kannel.submitted.length > 0);
    expect(kannel.submitted[0]).toEqual({ to: '34600111222', text, coding: 8 });
    const receipts = () =>
      kannel.calls
        .slice(before)
        .flatMap(url => connector.parseWebhook!(told, called(new URL(url, kannel.hookUrl).href)).receipts ?? []);
    await eventually(() => receipts().some(({ ref, state }) => ref.id === key && state === 'delivered'));
  });

  test('says so when Kannel does not know us', async () => {
    const source = { ...sourceOf(kannel.sendUrl), credentials: { password: 'wrong', token: TOKEN } };
    expect(await connector.check(contextFor(connector, source))).toMatchObject({
      ok: false,
      problem: { class: 'auth' },
    });
  });
});
