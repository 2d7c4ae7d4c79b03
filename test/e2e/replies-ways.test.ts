import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Network, PostKind } from '../../src/modules/social/index.js';
import { answeringOn } from '../support/answering.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { SendDirectMessageDocument } from '../support/operations.generated.js';
import { eventually } from '../support/subscriber.js';

let app: TestApp;
let echo: EchoNetwork;
/** A network that neither lets us look nor sees to it that a message is there once. */
let blind: EchoNetwork;
let files: Server;
let filesUrl: string;
let ours: Awaited<ReturnType<typeof answeringOn>>;

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  echo = await openEchoNetwork();
  blind = await openEchoNetwork({ kind: 'blind', network: Network.SMS, idempotency: 'none' });
  const { findSent: _none, delete: _never, hide: _neither, ...deaf } = blind.connector;
  files = createServer((request, response) => {
    if (request.url === '/pixel') response.end(PIXEL);
    else if (request.url === '/text.png') response.end('no picture at all');
    else response.writeHead(404).end();
  });
  await new Promise<void>(done => files.listen(0, '127.0.0.1', done));
  filesUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [echo.connector, deaf], sending: { lookUpAfterMs: 20 } },
  );
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
  await blind?.close();
  await new Promise(done => files.close(done));
});
beforeEach(async () => {
  for (const network of [echo, blind]) network.messages.length = 0;
  ours = await answeringOn(app, { network: Network.TELEGRAM });
});
afterEach(() => {
  for (const network of [echo, blind]) network.trouble = undefined;
});

const sql = (text: string, values: unknown[] = []) => app.app.database.system.query(text, values);
const act = async (name: string, type: string, input: object, answer = 'reply { id state }') =>
  (
    await ours.client.data(
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { field code message } } }`,
      { input },
    )
  )[name];

test('what was said to us alone is answered to its author alone', async () => {
  const postId = await ours.hear('q1', { kind: PostKind.DIRECT_MESSAGE });
  expect((await ours.preview(postId, 'Sí.', { visibility: 'PUBLIC' })).refusals).toMatchObject([
    { code: 'NOT_POSSIBLE' },
  ]);
  expect((await ours.preview(postId, 'Sí.')).refusals).toEqual([]);
  const { post } = await ours.client.data('query ($id: ID!) { post(id: $id) { answerable { publicly privately } } }', {
    id: postId,
  });
  expect(post.answerable).toEqual({ publicly: false, privately: true });
});

describe('a network that tells nothing', () => {
  beforeEach(async () => {
    ours = await answeringOn(app, { network: Network.SMS, connector: 'blind' });
    blind.trouble = 'lost answer';
  });

  test('a person says that it was sent', async () => {
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    const unknown = await ours.until(reply!.id, 'UNKNOWN');
    expect(unknown.failure!.code).toBe('NEEDS_PERSON');
    expect(blind.messages).toHaveLength(1);
    expect(await act('resolveReply', 'ResolveReplyInput', { id: reply!.id, sent: true })).toMatchObject({
      reply: { state: 'SENT' },
    });
    const again = await act('resolveReply', 'ResolveReplyInput', { id: reply!.id, sent: false });
    expect(again.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  test('nobody says what became of it while a process is at it, and may send it again', async () => {
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    await ours.until(reply!.id, 'UNKNOWN');
    const claimed = (until: string) =>
      sql(`update replies set claimed_until = now() + $2::interval where organization_id = $1`, [
        ours.organization.id,
        until,
      ]);
    await claimed('1 minute');
    const tooEarly = await act('resolveReply', 'ResolveReplyInput', { id: reply!.id, sent: false });
    expect(tooEarly.userErrors).toMatchObject([{ field: 'id', code: 'CONFLICT' }]);
    await claimed('-1 second');
    expect((await act('resolveReply', 'ResolveReplyInput', { id: reply!.id, sent: false })).userErrors).toEqual([]);
  });

  test('a person says that it was not sent, and then it can be sent again', async () => {
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    await ours.until(reply!.id, 'UNKNOWN');
    blind.trouble = undefined;
    blind.messages.length = 0;
    await act('resolveReply', 'ResolveReplyInput', { id: reply!.id, sent: false });
    expect(await ours.shown(reply!.id)).toMatchObject({ state: 'FAILED', failure: { code: 'SAID_NOT_SENT' } });
    await act('retryReply', 'ReplyInput', { id: reply!.id });
    await ours.until(reply!.id, 'SENT');
    expect(blind.messages).toHaveLength(1);
  });

  test('what it cannot delete or hide is refused before anything is tried', async () => {
    blind.trouble = undefined;
    const postId = await ours.hear('q1');
    const { reply } = await ours.reply(postId, 'Sí.');
    await ours.until(reply!.id, 'SENT');
    const answers = [
      await act('deleteReply', 'ReplyInput', { id: reply!.id }),
      await act('hidePost', 'HidePostInput', { postId, hidden: true }, 'post { id }'),
    ];
    for (const { userErrors } of answers) expect(userErrors).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  });
});

test('what was sent is deleted on its network, and the post with it', async () => {
  const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
  await ours.until(reply!.id, 'SENT');
  await act('deleteReply', 'ReplyInput', { id: reply!.id });
  await ours.until(reply!.id, 'DELETED');
  expect(echo.messages).toEqual([]);
  const { rows } = await sql(`select deleted_at from posts where organization_id = $1 and own`, [ours.organization.id]);
  expect(rows[0].deleted_at).not.toBeNull();
});

test('what somebody said under something of ours is hidden, and shown again', async () => {
  const postId = await ours.hear('q1');
  const hiddenAt = async () =>
    (await ours.client.data('query ($id: ID!) { post(id: $id) { hiddenAt } }', { id: postId })).post.hiddenAt;
  await act('hidePost', 'HidePostInput', { postId, hidden: true }, 'post { id }');
  await eventually(hiddenAt);
  expect(echo.hidden.has('q1')).toBe(true);
  await act('hidePost', 'HidePostInput', { postId, hidden: false }, 'post { id }');
  await eventually(async () => (await hiddenAt()) === null);
  expect(echo.hidden.has('q1')).toBe(false);
});

test('a picture goes along as what its bytes say it is; what is none, or is not there, is refused with words', async () => {
  const postId = await ours.hear('q1');
  const withMedia = (path: string) =>
    ours.reply(postId, `Mira ${path.length}.`, { media: [{ url: `${filesUrl}${path}`, description: 'Pan.' }] });
  const { reply } = await withMedia('/pixel');
  await ours.until(reply!.id, 'SENT');
  expect(echo.messages[0]!.media).toEqual([{ type: 'image/png', bytes: PIXEL.length, description: 'Pan.' }]);
  const wrong = await withMedia('/text.png');
  expect((await ours.until(wrong.reply!.id, 'FAILED')).failure!.code).toBe('MEDIA_UNKNOWN_TYPE');
  const missing = await withMedia('/missing');
  expect((await ours.until(missing.reply!.id, 'FAILED')).failure!.code).toBe('MEDIA_UNREACHABLE');
  expect(echo.messages).toHaveLength(1);
});

test('somebody is written to alone, going on from what they said last; a customer under its one identity', async () => {
  const postId = await ours.hear('dm1', { kind: 'DIRECT_MESSAGE' as never, root: { id: 'chat-7' } });
  const { post } = await ours.client.data('query ($id: ID!) { post(id: $id) { author { id } conversation { id } } }', {
    id: postId,
  });
  const say = async (input: object) =>
    (await ours.client.data(SendDirectMessageDocument, { input: { accountId: ours.accountId, ...input } as never }))
      .sendDirectMessage;
  const { reply, userErrors } = await say({ identityId: post.author.id, text: 'Hola.' });
  expect(userErrors).toEqual([]);
  expect(reply).toMatchObject({ kind: 'DIRECT_MESSAGE', visibility: 'PRIVATE', post: { id: postId } });
  const sent = await ours.until(reply!.id, 'SENT');
  expect(sent.conversation).toEqual({ id: post.conversation.id, status: 'PENDING' });
  expect(echo.messages).toMatchObject([{ kind: 'message', parent: 'dm1' }]);

  const { createCustomer } = await ours.client.data(
    'mutation { createCustomer(input: { displayName: "Ana" }) { customer { id } } }',
  );
  const customerId = createCustomer.customer.id;
  expect((await say({ customerId, text: 'Hola.' })).userErrors).toMatchObject([{ code: 'REQUIRED' }]);
  await ours.client.data(
    'mutation ($i: ID!, $c: ID!) { linkIdentity(input: { identityId: $i, customerId: $c }) { userErrors { code } } }',
    { i: post.author.id, c: customerId },
  );
  const second = await say({ customerId, text: 'Hola, Ana.' });
  await ours.until(second.reply!.id, 'SENT');

  const { eraseCustomer } = await ours.client.data(
    'mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { message } } }',
    { id: customerId },
  );
  expect(eraseCustomer.userErrors).toEqual([]);
  expect(await ours.shown(second.reply!.id)).toMatchObject({ text: '', renderedText: null, sentPost: { text: '' } });
  const { rows } = await sql(
    `select 1 from audit_entries where organization_id = $1 and (before::text || after::text) like '%Hola, Ana%'`,
    [ours.organization.id],
  );
  expect(rows).toEqual([]);
});

test('a number is called through an account that can, and is then a call of ours', async () => {
  const input = { accountId: ours.accountId, number: '+34 910 000 000', agent: '101' };
  const { reply, userErrors } = await act('placeCall', 'PlaceCallInput', input);
  expect(userErrors).toEqual([]);
  await ours.until(reply.id, 'SENT');
  const { reply: shown } = await ours.client.data(
    'query ($id: ID!) { reply(id: $id) { kind agent recipient { handle } sentPost { kind call { direction agent } } } }',
    { id: reply.id },
  );
  expect(shown).toEqual({
    kind: 'CALL',
    agent: '101',
    recipient: { handle: '+34910000000' },
    sentPost: { kind: 'CALL', call: { direction: 'OUTBOUND', agent: '101' } },
  });
  const none = await act('placeCall', 'PlaceCallInput', { ...input, number: 'pan' });
  expect(none.userErrors).toMatchObject([{ field: 'number', code: 'INVALID' }]);
});

test('a post that its network lets nobody answer says so, and is not answered', async () => {
  const postId = await ours.hear('q1', {
    replyability: { public: false, private: true, reason: 'COMMENTS_CLOSED', until: new Date(Date.now() + 60_000) },
  });
  const gone = await ours.hear('q2', {
    replyability: { public: true, private: true, until: new Date(Date.now() - 60_000) },
  });
  const { one, two } = await ours.client.data(
    `query ($one: ID!, $two: ID!) { one: post(id: $one) { answerable { publicly privately until reason } }
       two: post(id: $two) { answerable { publicly privately reason } } }`,
    { one: postId, two: gone },
  );
  expect(one.answerable).toMatchObject({ publicly: false, privately: true, until: expect.any(String), reason: null });
  expect(two.answerable).toEqual({
    publicly: false,
    privately: false,
    reason: 'The time in which the network lets this be answered is over.',
  });
  expect((await ours.reply(postId, 'Sí.')).userErrors).toEqual([
    { field: null, code: 'NOT_ALLOWED', message: 'Comments are closed there.' },
  ]);
  expect((await ours.preview(gone, 'Sí.')).refusals[0]!.code).toBe('WINDOW_CLOSED');
  const { reply } = await ours.reply(postId, 'Sí.', { visibility: 'PRIVATE' });
  await ours.until(reply!.id, 'SENT');
});
