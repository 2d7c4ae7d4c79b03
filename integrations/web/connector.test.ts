import { describe, expect, test } from '@jest/globals';
import type { HookContext, RawRequest } from '../../src/ingest/connector.js';
import { webConnector } from './connector.js';
import { isSignedForm, newVisitor, signForm, visitorOf } from './embed.signature.js';
import type { WebConfig } from './site.config.js';

const SECRET = 'un secreto del horno';
const ORIGIN = 'https://www.horno.example';
const NOW = new Date('2025-11-27T18:40:00Z');
const connector = webConnector();
const configure = (settings: object, secret = SECRET) =>
  connector.configure({ kind: 'ACCOUNT', query: 'horno', credentials: { secret }, settings: settings as never });
const context: HookContext<WebConfig> = {
  config: configure({ origins: ORIGIN }),
  hookSecret: 'hook',
  now: () => NOW,
};
const request = (type: string, body: string): RawRequest => ({
  method: 'POST',
  url: 'https://crm.example.com/hooks/key',
  headers: { 'content-type': type, origin: ORIGIN },
  query: {},
  body: Buffer.from(body),
});
const form = (fields: Record<string, string> | [string, string][]) =>
  request('application/x-www-form-urlencoded; charset=utf-8', new URLSearchParams(fields).toString());
const read = (given: RawRequest) => {
  const [event] = connector.parseWebhook!(context, given).events;
  if (event?.op !== 'upsert') throw new Error('It is not a message.');
  return event;
};

describe('a form', () => {
  test('is signed as any server can sign it', () => {
    // printf 'https://www.horno.example\n1764268800' | openssl dgst -sha256 -hmac 'un secreto del horno'
    const signature = 'b8ce0cc636010ee0fee513533c7227f91760af51efeee188f4bae650ac9e6a5d';
    expect(signForm(SECRET, ORIGIN, new Date(1_764_268_800_000))).toBe(`1764268800.${signature}`);
  });

  test('may lie open for twelve hours, on the page it was signed for', () => {
    const token = signForm(SECRET, ORIGIN, NOW);
    const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
    expect(isSignedForm(SECRET, ORIGIN, token, later(11.9))).toBe(true);
    expect(isSignedForm(SECRET, ORIGIN, token, later(12.1))).toBe(false);
    expect(isSignedForm(SECRET, ORIGIN, token, later(-0.2))).toBe(false);
    expect(isSignedForm(SECRET, 'https://elsewhere.example', token, NOW)).toBe(false);
  });

  test('of any fields is read, ticked boxes of one name together', () => {
    const event = read(
      form([
        ['message', ' Hola '],
        ['pan', 'centeno'],
        ['pan', 'trigo'],
        ['__proto__', 'x'],
        ['language', 'es-ES'],
        ['empty', ''],
      ]),
    );
    expect(event).toMatchObject({
      text: 'Hola\n\npan: centeno, trigo\n__proto__: x',
      language: 'es-ES',
    });
    expect(event.replyability).toEqual({ public: false, private: false, reason: 'NOT_POSSIBLE' });
  });

  test('as JSON says the same', () => {
    const fields = { message: 'Hola', email: 'clara@example.com', id: '7' };
    const json = read(request('application/json', JSON.stringify({ ...fields, nested: { no: 1 } })));
    expect(json).toEqual(read(form(fields)));
  });

  test('of the same address, however it is written, has the same author, who is not proven', () => {
    const [one, other] = ['Clara@Example.com', 'clara@example.com'].map(email => read(form({ email, message: email })));
    expect(one!.author.id).toBe(other!.author.id);
    expect(one!.ref.id).not.toBe(other!.ref.id);
    expect(one!.author).not.toHaveProperty('verifiedEmail');
    expect(JSON.stringify(one!.author.id)).not.toContain('clara');
  });

  test('of somebody who also chats belongs to that chat', () => {
    const token = newVisitor('hook');
    const visitor = visitorOf('hook', token);
    expect(read(form({ visitor: token, message: 'Hola' }))).toMatchObject({
      author: { id: visitor },
      root: { id: visitor },
      replyability: { private: true },
    });
    expect(read(form({ visitor: newVisitor('another'), message: 'Hola' })).root).toBeUndefined();
  });

  test.each([
    ['too many fields', form(Array.from({ length: 41 }, (_, n) => [`f${n}`, 'x']))],
    ['too long a field', form({ message: 'Hola', name: 'x'.repeat(2001) })],
    ['nothing in it', form({ token: 'x', name: 'Clara' })],
    ['another type', request('text/plain', 'message=Hola')],
    ['no object', request('application/json', '[1]')],
  ])('with %s is refused, and read as nothing', (_what, given) => {
    expect(connector.verifyWebhook!(context, given)).toMatchObject({ kind: 'reject' });
    expect(() => connector.parseWebhook!(context, given)).toThrow(expect.objectContaining({ name: 'ConnectorError' }));
  });
});

describe('a site', () => {
  test('names its origins in any way people write them', () => {
    expect(configure({ origins: 'https://a.example/, http://localhost:8080/x' }).origins).toEqual([
      'https://a.example',
      'http://localhost:8080',
    ]);
    expect(configure({ origins: ['https://A.example'] }).origins).toEqual(['https://a.example']);
  });

  test.each([
    ['no origin', {}, SECRET],
    ['an origin that is none', { origins: 'javascript:alert(1)' }, SECRET],
    ['every origin', { origins: '*' }, SECRET],
    ['a short secret', { origins: ORIGIN }, 'short'],
  ])('with %s cannot be connected', (_what, settings, secret) => {
    expect(() => configure(settings, secret)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ class: 'invalid' }) }),
    );
  });

  test('refuses an answer to somebody without a chat before it is sent', () => {
    const draft = { text: 'Hola', visibility: 'private' as const };
    const parent = { ...read(form({ message: 'Hola' })), replyTo: undefined };
    expect(connector.render!(context, draft, parent)).toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(connector.render!(context, { ...draft, text: 'x'.repeat(4001) }, null)).toMatchObject({
      code: 'TEXT_TOO_LONG',
    });
  });
});
