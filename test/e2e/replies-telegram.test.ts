import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { telegramConnector } from '../../integrations/telegram/connector.js';
import { Network, PostKind } from '../../src/modules/social/index.js';
import { answeringOn } from '../support/answering.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { vault } from '../support/connector-context.js';
import { startTelegram, type TelegramServer } from '../support/telegram-server.js';

/** One of the product's own adapters, as an account with sealed credentials uses it. */
const KIND = 'telegram-here';
let telegram: TelegramServer;
let app: TestApp;
let ours: Awaited<ReturnType<typeof answeringOn>>;

beforeAll(async () => {
  telegram = await startTelegram([]);
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true', CREDENTIALS_KEY: Buffer.alloc(32, 7).toString('base64') },
    { adapters: [{ ...telegramConnector({ origin: telegram.origin }), kind: KIND }], sending: { lookUpAfterMs: 20 } },
  );
});
afterAll(async () => {
  await app?.close();
  await telegram?.close();
});
beforeEach(async () => {
  ours = await answeringOn(app, { network: Network.TELEGRAM, connector: KIND });
  await app.app.database.system.query(
    'insert into account_secrets (organization_id, account_id, sealed) values ($1, $2, $3)',
    [ours.organization.id, ours.account, await vault.seal({ token: `123456:${'a'.repeat(35)}` }, ours.account)],
  );
});
afterEach(() => {
  telegram.sent.length = 0;
  telegram.misbehave('no');
});

const hear = (id: string) =>
  ours.hear(`77:${id}`, {
    kind: PostKind.DIRECT_MESSAGE,
    root: { id: '77' },
    replyTo: { chatId: '77', messageId: Number(id) },
  });

test('what was written to us alone is answered in its chat, with the account’s own credentials', async () => {
  const postId = await hear('5');
  const { reply, userErrors } = await ours.reply(postId, 'A las ocho.');
  expect(userErrors).toEqual([]);
  const sent = await ours.until(reply!.id, 'SENT');
  expect(sent).toMatchObject({ visibility: 'PRIVATE', sentPost: { text: 'A las ocho.', inReplyTo: { id: postId } } });
  expect(telegram.sent).toMatchObject([{ id: sent.externalId, parameters: { chat_id: '77' } }]);
});

test('an answer that was lost where nothing can be looked for is asked of a person, and not sent again', async () => {
  telegram.misbehave('lostAnswer');
  const { reply } = await ours.reply(await hear('6'), 'Sí.');
  expect((await ours.until(reply!.id, 'UNKNOWN')).failure!.code).toBe('NEEDS_PERSON');
  expect(telegram.sent).toHaveLength(1);
});

test('a token that was taken back asks for somebody to sign in, and the reply goes out once the account is back', async () => {
  telegram.misbehave('expired');
  const { reply } = await ours.reply(await hear('7'), 'Sí.');
  const waiting = await ours.until(reply!.id, ({ failure }) => failure !== null);
  expect(waiting).toMatchObject({ state: 'QUEUED', account: { state: 'NEEDS_REAUTHORIZATION' } });
  expect(JSON.stringify(waiting)).not.toContain('aaaaa');

  telegram.misbehave('no');
  const { system } = app.app.database;
  // Whoever brings the account back need not know of replies: those that wait are found every minute.
  await system.query(`update accounts set state = 'ACTIVE' where organization_id = $1`, [ours.organization.id]);
  await system.query(`select graphile_worker.add_job('reply:forgotten')`);
  await ours.until(reply!.id, 'SENT');
});
