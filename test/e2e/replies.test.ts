import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { print } from 'graphql';
import { Network } from '../../src/modules/social/index.js';
import { answeringOn } from '../support/answering.js';
import { openTestApp, type TestApp } from '../support/app.js';
import { type EchoNetwork, openEchoNetwork } from '../support/echo-network.js';
import { CancelReplyDocument, ReplyChangedDocument } from '../support/operations.generated.js';
import { accept, listen, mention } from '../support/posts.js';
import { eventually, subscribe, toldSoFar } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let echo: EchoNetwork;
let ours: Awaited<ReturnType<typeof answeringOn>>;

beforeAll(async () => {
  echo = await openEchoNetwork();
  app = await openTestApp(
    { ALLOW_PRIVATE_ADDRESSES: 'true' },
    { adapters: [echo.connector], sending: { lookUpAfterMs: 20 } },
  );
  url = await listen(app);
});
afterAll(async () => {
  await app?.close();
  await echo?.close();
});
beforeEach(async () => {
  echo.messages.length = 0;
  echo.asked = 0;
  ours = await answeringOn(app, { network: Network.TELEGRAM });
});
afterEach(() => {
  echo.trouble = undefined;
  [echo.deafTo, echo.lagsFor] = [0, 0];
  echo.gate = undefined;
  echo.onStored = undefined;
});

const sql = (text: string, values: unknown[] = []) => app.app.database.system.query(text, values);
/** Runs the job of a reply once more, whatever it did before. */
const runAgain = (replyId: string) =>
  sql(
    `select graphile_worker.add_job('reply.send', json_build_object('organizationId', r.organization_id, 'replyId', r.id))
       from replies r where r.organization_id = $1 and r.id::text = $2`,
    [ours.organization.id, replyId],
  );
const storedIdOf = async (publicId: string): Promise<string> => {
  const { rows } = await sql('select id from replies where organization_id = $1 order by created_at, part', [
    ours.organization.id,
  ]);
  return rows.find(({ id }) => ours.organization.publicId('reply', id) === publicId)!.id;
};

describe('a reply', () => {
  test('is kept first, then sent, and is then a post of ours in the conversation', async () => {
    const postId = await ours.hear('q1', { text: '¿A qué hora abren?' });
    const { reply, userErrors } = await ours.reply(postId, 'A las ocho.');
    expect(userErrors).toEqual([]);
    expect(reply).toMatchObject({ text: 'A las ocho.', post: { id: postId }, failure: null });
    const sent = await ours.until(reply!.id, 'SENT');
    expect(echo.messages).toMatchObject([{ text: '@cliente A las ocho.', parent: 'q1', kind: 'reply' }]);
    expect(sent).toMatchObject({
      externalId: 'm1',
      url: `${echo.url}/messages/m1`,
      sentPost: { own: true, text: '@cliente A las ocho.', inReplyTo: { id: postId }, author: { handle: 'panaderia' } },
      conversation: { status: 'PENDING' },
      attempts: 1,
    });
    const { post } = await ours.client.data(
      `query ($id: ID!) { post(id: $id) { answerable { publicly privately reason } replies { totalCount edges { node { id } } } } }`,
      { id: postId },
    );
    expect(post).toMatchObject({ answerable: { publicly: true, privately: true, reason: null } });
    expect(post.replies.edges).toEqual([{ node: { id: sent.id } }]);
  });

  test('that somebody answers opens the conversation again', async () => {
    const postId = await ours.hear('q1');
    const { reply } = await ours.reply(postId, 'Sí.');
    await ours.until(reply!.id, 'SENT');
    await ours.hear('q2', { parent: { id: 'm1' }, occurredAt: new Date(Date.now() + 1000) });
    expect((await ours.shown(reply!.id)).conversation!.status).toBe('OPEN');
  });

  test('is sent once though its job runs twice at once', async () => {
    let open = () => {};
    echo.gate = new Promise(done => {
      open = done;
    });
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    await eventually(() => echo.asked === 1);
    await runAgain(await storedIdOf(reply!.id));
    await eventually(async () => {
      const { rows } = await sql(
        `select 1 from graphile_worker.jobs where task_identifier = 'reply.send' and key = 'reply:' || $1 and run_at > now() + interval '1 minute'`,
        [await storedIdOf(reply!.id)],
      );
      return rows.length === 1;
    });
    open();
    await ours.until(reply!.id, 'SENT');
    expect(echo.asked).toBe(1);
  });

  test('asked for twice with one idempotency key is one reply', async () => {
    const postId = await ours.hear('q1');
    const key = { idempotencyKey: 'once' };
    const [one, other] = await Promise.all([ours.reply(postId, 'Sí.', key), ours.reply(postId, 'Sí.', key)]);
    expect(one.reply!.id).toBe(other.reply!.id);
    await ours.until(one.reply!.id, 'SENT');
    expect(echo.messages).toHaveLength(1);
  });

  test('to a post that the writer may not see is answered like one that does not exist', async () => {
    const theirs = await answeringOn(app, { network: Network.TELEGRAM });
    const their = await theirs.hear('theirs');
    const forbidden = await ours.reply(their, 'Sí.');
    const unknown = await ours.reply(ours.organization.publicId('post', '01890000-0000-7000-8000-000000000000'), 'Sí.');
    expect(forbidden).toEqual(unknown);
    expect(forbidden.userErrors[0]!.code).toBe('NOT_FOUND');
    expect((await ours.preview(their, 'Sí.')).refusals[0]!.code).toBe('NOT_FOUND');
  });
});

describe('when sending goes wrong', () => {
  test('a process killed after sending leaves a reply that is found, not sent again', async () => {
    const postId = await ours.hear('q1');
    const { reply } = await ours.reply(postId, 'Sí.', { scheduledAt: new Date(Date.now() + 3_600_000).toISOString() });
    const id = await storedIdOf(reply!.id);
    // What a process leaves that had its answer and died before it could write it down.
    echo.messages.push({ id: 'm9', key: id, text: 'Sí.', kind: 'reply', parent: 'q1', media: [], hidden: false });
    await sql(
      `update replies set state = 'SENDING', attempts = 1, first_tried_at = now(), claimed_until = now() - interval '1 s' where id = $1`,
      [id],
    );
    await runAgain(id);
    expect(await ours.until(reply!.id, 'SENT')).toMatchObject({ externalId: 'm9', sentPost: { externalId: 'm9' } });
    expect(echo.asked).toBe(0);
  });

  test('an answer that was lost leaves it unknown until it is found there', async () => {
    echo.trouble = 'lost answer';
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    const sent = await ours.until(reply!.id, 'SENT');
    expect(sent).toMatchObject({ externalId: 'm1', failure: null });
    expect(echo.asked).toBe(1);
  });

  test('one that lost its turn is given another', async () => {
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.', {
      scheduledAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const id = await storedIdOf(reply!.id);
    await sql(`select graphile_worker.remove_job('reply:' || $1)`, [id]);
    await sql(`update replies set state = 'QUEUED', scheduled_at = null where id = $1`, [id]);
    await sql(`select graphile_worker.add_job('reply:forgotten')`);
    await ours.until(reply!.id, 'SENT');
  });

  test('of somebody who was erased meanwhile nothing is kept', async () => {
    let open = () => {};
    echo.gate = new Promise(done => {
      open = done;
    });
    const postId = await ours.hear('q1');
    const { reply } = await ours.reply(postId, 'Hola, Ana.');
    await eventually(() => echo.asked === 1);
    const { post } = await ours.client.data('query ($id: ID!) { post(id: $id) { author { id } } }', { id: postId });
    const { createCustomer } = await ours.client.data(
      'mutation { createCustomer(input: { displayName: "Ana" }) { customer { id } } }',
    );
    const { id } = createCustomer.customer;
    await ours.client.data(
      'mutation ($i: ID!, $c: ID!) { linkIdentity(input: { identityId: $i, customerId: $c }) { userErrors { code } } }',
      { i: post.author.id, c: id },
    );
    await ours.client.data('mutation ($id: ID!) { eraseCustomer(input: { id: $id }) { userErrors { code } } }', { id });
    open();
    const sent = await ours.until(reply!.id, 'SENT');
    expect(sent).toMatchObject({ text: '', sentPost: { text: '', revisions: [] } });
  });

  test('what nobody can explain is looked for before it is sent again', async () => {
    echo.trouble = 'unexplained';
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    const unknown = await ours.until(reply!.id, 'UNKNOWN');
    expect(unknown.failure!.code).toBe('OUTCOME_UNKNOWN');
    echo.trouble = undefined;
    await ours.until(reply!.id, 'SENT');
    expect(echo.messages).toHaveLength(1);
  });

  test('a network that asks us to wait is waited for', async () => {
    echo.trouble = 'busy';
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    const waiting = await ours.until(reply!.id, ({ failure }) => failure !== null);
    expect(waiting).toMatchObject({ state: 'QUEUED', failure: { code: 'RATE_LIMITED' } });
    echo.trouble = undefined;
    await ours.until(reply!.id, 'SENT');
    expect(echo.messages).toHaveLength(1);
  });

  test('a look-up that failed is none: it is sent again only after several that found nothing', async () => {
    echo.trouble = 'lost answer';
    [echo.deafTo, echo.lagsFor] = [2, 1];
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    await ours.until(reply!.id, 'SENT');
    expect(echo.asked).toBe(1);
  });

  test('a failure that passes is tried again, and one that does not is told in the language of the reader', async () => {
    echo.trouble = 'broken';
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    await ours.until(reply!.id, ({ failure }) => failure?.code === 'NETWORK_DOWN');
    echo.trouble = 'refused';
    const failed = await ours.until(reply!.id, 'FAILED');
    expect(failed.failure).toEqual({ code: 'FORBIDDEN', message: 'The network does not let this account do that.' });
    echo.trouble = undefined;
    const { retryReply } = await ours.client.data(
      'mutation ($id: ID!) { retryReply(input: { id: $id }) { userErrors { code } } }',
      { id: reply!.id },
    );
    expect(retryReply.userErrors).toEqual([]);
    await ours.until(reply!.id, 'SENT');
  });

  test('an access that ended stops the account, and the reply goes out once somebody signed in again', async () => {
    echo.trouble = 'signed out';
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    const waiting = await ours.until(reply!.id, ({ failure }) => failure !== null);
    expect(waiting).toMatchObject({
      state: 'QUEUED',
      failure: { code: 'NEEDS_REAUTHORIZATION' },
      account: { state: 'NEEDS_REAUTHORIZATION' },
    });
    echo.trouble = undefined;
    await ours.client.data(
      'mutation ($id: ID!) { updateAccount(input: { id: $id, state: ACTIVE }) { userErrors { code } } }',
      { id: ours.accountId },
    );
    await ours.until(reply!.id, 'SENT');
  });
});

describe('a reply that waited for days', () => {
  const waitedFor = (interval: string) =>
    sql(
      `update replies set first_tried_at = now() - $2::interval, failure = '{"code": "NEEDS_REAUTHORIZATION"}' where organization_id = $1`,
      [ours.organization.id, interval],
    );
  beforeEach(async () => {
    echo.trouble = 'signed out';
  });
  afterEach(() => sql(`update replies set state = 'CANCELLED' where organization_id = $1`, [ours.organization.id]));

  test('has its day to be tried once somebody signed in', async () => {
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    await ours.until(reply!.id, ({ failure }) => failure !== null);
    await waitedFor('3 days');
    echo.trouble = 'broken';
    await ours.client.data(
      'mutation ($id: ID!) { updateAccount(input: { id: $id, state: ACTIVE }) { userErrors { code } } }',
      { id: ours.accountId },
    );
    const tried = await ours.until(
      reply!.id,
      ({ failure }) => failure?.code !== 'NEEDS_REAUTHORIZATION' && failure !== null,
    );
    expect(tried).toMatchObject({ state: 'QUEUED', failure: { code: 'NETWORK_DOWN' } });
  });

  test('has its day to be tried from its new moment on', async () => {
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    await ours.until(reply!.id, ({ failure }) => failure !== null);
    await waitedFor('3 days');
    await sql(`update accounts set state = 'ACTIVE' where organization_id = $1`, [ours.organization.id]);
    echo.trouble = 'broken';
    await ours.client.data('mutation ($id: ID!) { rescheduleReply(input: { id: $id }) { userErrors { code } } }', {
      id: reply!.id,
    });
    await ours.until(reply!.id, ({ state, failure }) => state === 'QUEUED' && failure?.code === 'NETWORK_DOWN');
  });
});

describe('what the network tells of it later', () => {
  test('receipts in any order end as what is furthest', async () => {
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    await ours.until(reply!.id, 'SENT');
    await receive([{ state: 'read', at: '2026-11-01T10:00:03Z' }]);
    await receive([
      { state: 'delivered', at: '2026-11-01T10:00:02Z' },
      { state: 'failed', at: '2026-11-01T10:00:09Z' },
    ]);
    expect(await ours.shown(reply!.id)).toMatchObject({
      state: 'READ',
      deliveredAt: '2026-11-01T10:00:02Z',
      readAt: '2026-11-01T10:00:03Z',
      failure: null,
    });
  });

  test('a receipt before the answer is kept until the answer comes', async () => {
    echo.onStored = () => receive([{ state: 'delivered', at: '2026-11-01T10:00:02Z' }]);
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    expect(await ours.until(reply!.id, 'DELIVERED')).toMatchObject({ deliveredAt: '2026-11-01T10:00:02Z' });
  });

  test('its echo is the same post, before the answer and after it, and no edit', async () => {
    const echoOf = (text: string) =>
      accept(
        app,
        ours.organization,
        [mention('m1', { own: true, handle: 'panaderia', text, revision: 'r1', parent: { id: 'q1' } })],
        { network: Network.TELEGRAM },
      );
    echo.onStored = async () => void (await echoOf('@cliente Sí, claro.'));
    const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
    const early = await ours.until(reply!.id, 'SENT');
    expect(early.sentPost).toMatchObject({ text: '@cliente Sí, claro.', editedAt: null, revisions: [] });

    echo.onStored = undefined;
    const other = await ours.reply(await ours.hear('q2'), 'No.');
    await ours.until(other.reply!.id, 'SENT');
    const again = await accept(
      app,
      ours.organization,
      [mention('m2', { own: true, handle: 'panaderia', text: 'No, gracias.', revision: 'r1' })],
      { network: Network.TELEGRAM },
    );
    expect(again).toMatchObject({ created: 0, edited: 0 });
    const late = await ours.shown(other.reply!.id);
    expect(late.sentPost).toMatchObject({ text: 'No, gracias.', editedAt: null, revisions: [] });
    const { rows } = await sql('select 1 from posts where organization_id = $1 and own', [ours.organization.id]);
    expect(rows).toHaveLength(2);
  });

  async function receive(receipts: { state: string; at: string }[]): Promise<void> {
    const { applyReceipts } = await import('../../src/modules/social/index.js');
    const scope = { organizationId: ours.organization.id, actor: 'system:test', requestId: 'test' };
    await app.app.database.write(scope, tx =>
      applyReceipts(
        tx,
        Network.TELEGRAM,
        receipts.map(({ state, at }) => ({ ref: { id: 'm1' }, state: state as 'read', at: new Date(at) })),
      ),
    );
  }
});

describe('before it goes out', () => {
  test('it waits for its moment, and can be stopped in time', async () => {
    const postId = await ours.hear('q1');
    const soon = await ours.reply(postId, 'Pronto.', { scheduledAt: new Date(Date.now() + 700).toISOString() });
    const never = await ours.reply(postId, 'Nunca.', { scheduledAt: new Date(Date.now() + 900).toISOString() });
    expect([soon.reply!.state, never.reply!.state]).toEqual(['SCHEDULED', 'SCHEDULED']);
    const cancel = (id: string) => ours.client.data(CancelReplyDocument, { input: { id } });
    expect((await cancel(never.reply!.id)).cancelReply).toMatchObject({
      reply: { state: 'CANCELLED' },
      userErrors: [],
    });
    await ours.until(soon.reply!.id, 'SENT');
    expect((await cancel(soon.reply!.id)).cancelReply.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    await eventually(async () => {
      const { rows } = await sql(`select 1 from graphile_worker.jobs where key = 'reply:' || $1`, [
        await storedIdOf(never.reply!.id),
      ]);
      return rows.length === 0;
    });
    expect(echo.messages.map(({ text }) => text)).toEqual(['@cliente Pronto.']);
  });

  test('its preview says what would be read, and why it would be refused', async () => {
    const postId = await ours.hear('q1');
    expect(await ours.preview(postId, 'Abrimos a las ocho.')).toEqual({
      text: '@cliente Abrimos a las ocho.',
      length: 28,
      limit: 60,
      unit: 'characters',
      parts: [{ text: '@cliente Abrimos a las ocho.', length: 28 }],
      notes: ['The network wants the author named: the mention was added.'],
      refusals: [],
    });
    const long = 'Abrimos a las ocho de la mañana. Cerramos a las dos de la tarde. Los lunes no abrimos.';
    expect(await ours.preview(postId, long)).toMatchObject({
      text: null,
      length: 95,
      parts: [],
      refusals: [{ code: 'TEXT_TOO_LONG', message: 'It is longer than the network allows (95 of 60).' }],
    });
    expect((await ours.preview(postId, long, { splitIntoThread: true })).parts).toHaveLength(3);
    const { rows } = await sql('select 1 from replies where organization_id = $1', [ours.organization.id]);
    expect(rows).toHaveLength(0);
    expect((await ours.reply(postId, long)).userErrors).toMatchObject([{ field: 'text', code: 'TOO_LONG' }]);
  });

  test('a text that is far too long is refused without measuring it', async () => {
    const postId = await ours.hear('q1');
    const preview = await ours.preview(postId, 'a'.repeat(50_000));
    expect(preview).toMatchObject({ length: 50_000, parts: [], refusals: [{ code: 'TEXT_TOO_LONG' }] });
  });

  test('a text that is too long becomes a thread, in order, each part answering the one before', async () => {
    const postId = await ours.hear('q1');
    const long = 'Abrimos a las ocho de la mañana. Cerramos a las dos de la tarde. Los lunes no abrimos.';
    const { reply } = await ours.reply(postId, long, { splitIntoThread: true });
    expect(reply!.text).toBe('Abrimos a las ocho de la mañana.');
    await eventually(() => echo.messages.length === 3);
    expect(echo.messages.map(({ text, parent }) => [text, parent])).toEqual([
      ['@cliente Abrimos a las ocho de la mañana.', 'q1'],
      ['Cerramos a las dos de la tarde.', 'm1'],
      ['Los lunes no abrimos.', 'm2'],
    ]);
    const { replies } = await ours.client.data(
      '{ replies(orderBy: [{ field: CREATED_AT }]) { edges { node { id part parts post { id } continues { part } } } } }',
    );
    const parts = replies.edges.map(({ node }: any) => node).sort((a: any, b: any) => a.part - b.part);
    expect(parts).toMatchObject([
      { part: 1, parts: 3, post: { id: postId }, continues: null },
      { part: 2, continues: { part: 1 } },
      { part: 3, continues: { part: 2 } },
    ]);
    await ours.until(parts[2].id, 'SENT');
  });
});

test('a reply is followed live, and from a cursor on nothing is missed and nothing comes twice', async () => {
  const document = print(ReplyChangedDocument);
  await toldSoFar(app);
  const first = subscribe(url, ours.client.authorization, document);
  await eventually(() => app.app.hub.subscribers > 0);
  const { reply } = await ours.reply(await ours.hear('q1'), 'Sí.');
  await first.until(received => received.some(({ replyChanged }) => replyChanged.reply.state === 'SENT'));
  const [begun] = first.received;
  expect(begun.replyChanged.reply.id).toBe(reply!.id);
  await first.close();

  const second = subscribe(url, ours.client.authorization, document, { after: begun.replyChanged.cursor });
  const told = await second.until(received => received.length === first.received.length - 1);
  expect(told.map(({ replyChanged }) => replyChanged.cursor)).toEqual(
    first.received.slice(1).map(({ replyChanged }) => replyChanged.cursor),
  );
  await second.close();
});
