import { existsSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import type { ParentPost, PostKind, RawRequest, SendCommand } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { startTwilio, type TwilioServer } from '../../test/support/twilio-server.js';
import { twilioConnector } from './connector.js';
import { isSigned, signatureOf } from './request.signature.js';

const SID = `AC${'0'.repeat(32)}`;
const source = {
  kind: 'ACCOUNT' as const,
  query: '+34 910 00 00 00',
  settings: { accountSid: SID },
  credentials: { authToken: 'secret' },
};
let server: TwilioServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open() {
  server = await startTwilio([]);
  const connector = twilioConnector({ origin: server.origin });
  return { connector, context: contextFor(connector, source) };
}

const posted = (fields: Record<string, string>, url = 'https://crm.example.com/hooks/k'): RawRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
  query: {},
  body: Buffer.from(new URLSearchParams(fields).toString()),
});
const parse = (fields: Record<string, string>) => {
  const connector = twilioConnector();
  return connector.parseWebhook!(contextFor(connector, source), posted(fields));
};
const received = { MessageSid: 'SM1', From: '+34600111222', To: '+34910000000', Body: 'Hola', SmsStatus: 'received' };

const command = (to: string, text = 'Sí'): SendCommand => ({
  key: '01939f5e-0000-7000-8000-000000000001',
  kind: 'reply',
  visibility: 'private',
  parent: { author: { id: to }, kind: 'DIRECT_MESSAGE' as PostKind, replyTo: { to } } as unknown as ParentPost,
  rendered: { text, length: text.length, payload: {} },
  media: [],
  firstTriedAt: new Date(),
});

const vector = '../shared/fixtures/twilio/inbound-sms.vector.json';
(existsSync(vector) ? test : test.skip)('signs as the official library does (skipped without its vector)', () => {
  const { authToken, url, params, signature } = JSON.parse(readFileSync(vector, 'utf8'));
  expect(signatureOf(authToken, url, new URLSearchParams(params))).toBe(signature);
  const request = posted(params, url);
  request.headers['x-twilio-signature'] = signature;
  expect(isSigned(request, authToken)).toBe(true);
  // A field nobody knows yet is signed as well.
  expect(isSigned({ ...request, body: Buffer.from(`${request.body}&New=1`) }, authToken)).toBe(false);
});

test('everything between two numbers is one conversation, and a number is proof of whose it is', () => {
  expect(parse(received).events).toMatchObject([
    {
      kind: 'DIRECT_MESSAGE',
      ref: { id: 'SM1' },
      root: { id: '+34910000000:+34600111222' },
      author: { id: '+34600111222', verifiedPhone: '+34600111222' },
    },
  ]);
});

test('what another of our numbers was told is not kept under this one', () => {
  const connector = twilioConnector();
  const context = { ...contextFor(connector, source), hookUrl: 'https://crm.example.com/hooks/other' };
  expect(connector.parseWebhook!(context, posted({ ...received, To: '+34920000000' })).events).toEqual([]);
  expect(connector.parseWebhook!(context, posted(received)).events).toHaveLength(1);
});

test('finds what a Messaging Service sent from a number of its choice, with what a trial account puts before it', async () => {
  server = await startTwilio([]);
  const connector = twilioConnector({ origin: server.origin });
  const settings = { accountSid: SID, messagingServiceSid: 'MG1' };
  const context = contextFor(connector, { ...source, settings });
  expect(await connector.send!(context, command('+34600111222'))).toMatchObject({ replyTo: { to: '+34600111222' } });
  Object.assign(server.messages[0]!, { from: '+34999000000', body: 'Sent from your Twilio trial account - Sí' });
  expect(await connector.findSent!(context, command('+34600111222'))).toMatchObject({
    ref: { id: expect.any(String) },
  });
});

test('a sender that is a word proves nothing', () => {
  const [event] = parse({ ...received, From: 'BANCO' }).events;
  expect(event).toMatchObject({ author: { id: 'BANCO' } });
  expect(event).not.toHaveProperty('author.verifiedPhone');
});

test('who writes STOP cannot be answered', () => {
  expect(parse({ ...received, Body: 'STOP', OptOutType: 'STOP' }).events).toMatchObject([
    { replyability: { private: false, reason: 'OPTED_OUT' } },
  ]);
});

test('pictures come with it, by https only', () => {
  const media = {
    NumMedia: '2',
    MediaUrl0: 'https://a.example/1',
    MediaContentType0: 'image/png',
    MediaUrl1: 'file:///x',
  };
  expect(parse({ ...received, ...media }).events).toMatchObject([
    { media: [{ url: 'https://a.example/1', kind: 'image' }] },
  ]);
});

test.each([
  ['delivered', 'delivered'],
  ['undelivered', 'failed'],
])('the status %s is a receipt of state %s', (MessageStatus, state) => {
  expect(parse({ MessageSid: 'SM9', MessageStatus, ErrorCode: '30003' })).toMatchObject({
    events: [],
    receipts: [{ ref: { id: 'SM9' }, state }],
  });
});

test('says where the receipts of a message go, when we can be reached', async () => {
  const { connector, context } = await open();
  await connector.send!({ ...context, hookUrl: 'https://crm.example.com/hooks/k' }, command('+34600111222'));
  expect(Object.fromEntries(server!.asked[0]!)).toEqual({
    To: '+34600111222',
    From: '+34910000000',
    Body: 'Sí',
    StatusCallback: 'https://crm.example.com/hooks/k',
  });
});

test('a number that does not want to hear from us is a refusal with its reason', async () => {
  const { connector, context } = await open();
  await expect(connector.send!(context, command('+34600000000'))).rejects.toMatchObject({
    fault: { class: 'forbidden', code: 'OPTED_OUT' },
  });
});

test('does not take yesterday’s same words for what it is looking for', async () => {
  const { connector, context } = await open();
  await connector.send!(context, command('+34600111222'));
  const yesterday = new Date(Date.now() - 86_400_000).toUTCString();
  Object.assign(server!.messages[0]!, { date_created: yesterday, date_sent: yesterday });
  expect(await connector.findSent!(context, command('+34600111222'))).toBeNull();
});

test('tells how many messages a text takes', () => {
  const connector = twilioConnector();
  const render = (text: string) =>
    connector.render!(contextFor(connector, source), { text, visibility: 'private' }, null);
  expect(render('a'.repeat(160))).not.toHaveProperty('notes');
  expect(render('a'.repeat(161))).toMatchObject({ notes: [{ code: 'SEGMENTS', parameters: { segments: 2 } }] });
  expect(render('🥖'.repeat(40))).toMatchObject({ notes: [{ code: 'UNICODE_SEGMENTS', parameters: { segments: 2 } }] });
  expect(render('a'.repeat(1601))).toMatchObject({ code: 'TEXT_TOO_LONG', parameters: { length: 1601, max: 1600 } });
});
