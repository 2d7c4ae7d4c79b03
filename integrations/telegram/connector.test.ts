import { existsSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import type { ParentPost, PostKind, SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { startTelegram, type TelegramServer } from '../../test/support/telegram-server.js';
import { telegramConnector } from './connector.js';
import { readUpdate } from './update.event.js';

const updates = JSON.parse(readFileSync('integrations/telegram/fixtures/updates.json', 'utf8'));
const source = { kind: 'ACCOUNT' as const, query: 'olivar_bot', credentials: { token: `123456:${'a'.repeat(35)}` } };
const NOW = new Date('2026-11-27T12:00:00Z');
let server: TelegramServer;
afterEach(() => server?.close());

async function open() {
  server = await startTelegram(updates);
  const connector = telegramConnector({ origin: server.origin });
  return { connector, context: contextFor(connector, source) };
}

const events = updates.flatMap((update: unknown) => readUpdate(update, '123456', NOW)!.events) as UpsertEvent[];
const byId = (id: string) => events.filter(event => event.ref.id === id);

const parent = (chatId: string): ParentPost => ({
  ref: { id: `${chatId}:11` },
  kind: 'DIRECT_MESSAGE' as PostKind,
  author: { id: '5001' },
  own: false,
  text: 'Hola',
  occurredAt: NOW,
  replyTo: { chatId, messageId: 11, businessConnectionId: 'bc-7' },
});
const command = (given: Partial<SendCommand>): SendCommand => ({
  key: '01939f5e-0000-7000-8000-000000000001',
  kind: 'reply',
  visibility: 'private',
  parent: parent('5001'),
  rendered: { text: 'Sí, a las seis.', length: 15, payload: {} },
  media: [],
  firstTriedAt: NOW,
  ...given,
});

test('a private chat is one conversation, a group’s answers hang on what they answer', () => {
  expect(byId('123456/5001:11')[0]).toMatchObject({ kind: 'DIRECT_MESSAGE', root: { id: '123456/5001' }, own: false });
  expect(byId('-100200300:78')[0]).toMatchObject({
    own: true,
    parent: { id: '-100200300:77', author: { id: '5002' } },
  });
  expect(byId('-100200300:77')[0]).toMatchObject({
    kind: 'MENTION',
    mentions: [{ handle: 'olivar_bot' }],
    ref: { url: 'https://t.me/barrio_abierto/77' },
  });
});

test('a shared contact proves a number only when it is the sender’s own', () => {
  expect(byId('123456/5001:12')[0]!.author.verifiedPhone).toBe('+34600111222');
  const strangers = structuredClone(updates[6]);
  strangers.message.contact.user_id = 5999;
  const [event] = readUpdate(strangers, '123456', NOW)!.events as UpsertEvent[];
  expect(event!.author.verifiedPhone).toBeUndefined();
});

test('what a business deletes is deleted here, and who joins a group says nothing', () => {
  expect(byId('bc-7/5003:31')).toMatchObject([{ op: 'upsert' }, { op: 'delete', tombstone: true }]);
  expect(byId('-100200300:79')).toEqual([]);
});

test('a message of the business owner in a business chat is ours', () => {
  const update = structuredClone(updates[4]);
  update.business_message.from.id = 42;
  expect(readUpdate(update, '123456', NOW)!.events[0]).toMatchObject({ own: true });
});

test('asks again only from the last update on, and for nothing while Telegram calls us', async () => {
  const { connector, context } = await open();
  const batches = await Array.fromAsync(connector.poll!(context, null));
  expect(batches.at(-1)!.cursor).toEqual({ offset: 9008 });
  expect(await Array.fromAsync(connector.poll!(context, { offset: 9008 }))).toEqual([]);
  await connector.subscribe!(context, { url: 'https://crm.example.com/hooks/k', secret: 's' });
  expect(server.hook).toMatchObject({ url: 'https://crm.example.com/hooks/k', secret_token: 's' });
  expect(await Array.fromAsync(connector.poll!(context, null))).toEqual([]);
});

test('answers in the chat, under the message, for the business it came by', async () => {
  const { connector, context } = await open();
  const result = await connector.send!(context, command({}));
  expect(result).toMatchObject({
    state: 'sent',
    ref: { id: 'bc-7/5001:100' },
    replyTo: { businessConnectionId: 'bc-7' },
  });
  expect(server.sent[0]!.parameters).toMatchObject({
    chat_id: '5001',
    business_connection_id: 'bc-7',
    reply_parameters: { message_id: 11, allow_sending_without_reply: true },
  });
});

test('follows a group that became a supergroup', async () => {
  const { connector, context } = await open();
  await connector.send!(context, command({ parent: parent('-4004') }));
  expect(server.sent[0]!.id).toBe('-1004004:100');
});

test('sends a picture with its words', async () => {
  const { connector, context } = await open();
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);
  await connector.send!(context, command({ media: [{ bytes, type: 'image/png', name: 'pan.png', kind: 'image' }] }));
  expect(server.sent[0]!.parameters).toMatchObject({ caption: 'Sí, a las seis.', chat_id: '5001' });
});

test('deleting twice is as good as once', async () => {
  const { connector, context } = await open();
  await connector.send!(context, command({}));
  await connector.delete!(context, { id: 'bc-7/5001:100' });
  await connector.delete!(context, { id: 'bc-7/5001:100' });
  expect(server.sent).toEqual([]);
});

test('what one person writes to two of our bots is two conversations', () => {
  const [first, second] = ['123456', '654321'].map(botId => readUpdate(updates[0], botId, NOW)!.events[0]);
  expect(first!.ref.id).not.toBe(second!.ref.id);
  const [here, there] = ['123456', '654321'].map(botId => readUpdate(updates[1], botId, NOW)!.events[0]);
  expect(here!.ref.id).toBe(there!.ref.id);
});

test('an answer that cannot be read may be that of a message that was sent', async () => {
  const { connector, context } = await open();
  server.misbehave('garbled' as 'broken');
  await expect(connector.send!(context, command({}))).rejects.toMatchObject({
    fault: { class: 'transient', mayHaveHappened: true },
  });
});

test('follows the numbers of updates down when Telegram begins anew, and confirms them', async () => {
  const { connector, context } = await open();
  const asked: number[] = [];
  const updatesFrom = async ({ json }: { json?: unknown }) => {
    asked.push((json as { offset: number }).offset);
    const body = Buffer.from(JSON.stringify({ ok: true, result: asked.length === 1 ? updates.slice(0, 2) : [] }));
    return { status: 200, headers: {}, body, text: () => '', json: () => undefined };
  };
  const aside = { ...context, http: { request: updatesFrom } };
  const [batch] = await Array.fromAsync(connector.poll!(aside, { offset: 5_000_000 }));
  expect(asked).toEqual([5_000_000]);
  expect(batch!.cursor).toEqual({ offset: 9002 });
});

const spec = '../shared/fixtures/telegram/bot-api-10.1.min.json';
(existsSync(spec) ? test : test.skip)(
  'uses only methods, parameters and updates that the Bot API has (skipped without its description)',
  async () => {
    const api = JSON.parse(readFileSync(spec, 'utf8')) as {
      methods: Record<string, { fields?: { name: string }[] }>;
      types: Record<string, { fields: { name: string }[] }>;
    };
    const { connector, context } = await open();
    await connector.send!(context, command({}));
    const known = api.methods['sendMessage']!.fields!.map(field => field.name);
    expect(known).toEqual(expect.arrayContaining(Object.keys(server.sent[0]!.parameters)));
    const kinds = api.types['Update']!.fields.map(field => field.name);
    expect(kinds).toEqual(expect.arrayContaining(updates.flatMap((update: object) => Object.keys(update))));
    for (const method of [
      'getMe',
      'getUpdates',
      'setWebhook',
      'deleteMessage',
      'deleteBusinessMessages',
      'sendPhoto',
      'sendVideo',
      'sendAudio',
      'sendDocument',
    ])
      expect(api.methods).toHaveProperty(method);
  },
);
