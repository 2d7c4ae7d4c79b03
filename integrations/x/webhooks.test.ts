import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contextFor } from '../../test/support/connector-context.js';
import { configure } from './account.config.js';
import { xConnector } from './connector.js';
import { CREDENTIALS, fixture, OUR_ID, openXServer, type XServer } from './test.server.js';
import { parseWebhook } from './webhook.events.js';
import { signatureOf, verifyWebhook } from './webhook.signature.js';

const RECORDED = new URL('../../../shared/fixtures/x/', import.meta.url);
const hasRecorded = existsSync(RECORDED);
if (!hasRecorded) console.warn('The recorded payloads of X are not here: tests that replay them are skipped.');
const whenRecorded = hasRecorded ? test : test.skip;

const SOURCE = {
  kind: 'ACCOUNT' as const,
  query: '@panaderia',
  credentials: CREDENTIALS,
  settings: { userId: OUR_ID },
};
const NOW = new Date('2026-11-18T12:00:00Z');
const context = { config: configure(SOURCE), now: () => NOW };

const recorded = (path: string) => readFileSync(new URL(path, RECORDED));
const request = (body: Buffer | string | object, headers: Record<string, string> = {}) => ({
  method: 'POST',
  url: '/hooks/x',
  headers,
  query: {},
  body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

const servers: XServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('what X tells by webhook', () => {
  const events = () => (fixture('activity') as object[]).map(each => parseWebhook(context, request(each)).events);

  test('mentions, answers, quotes and our own posts are told apart', () => {
    expect(events().map(each => each.map(event => (event.op === 'upsert' ? event.kind : event.op)))).toEqual([
      ['MENTION'],
      ['COMMENT'],
      ['MENTION'],
      ['POST'],
      ['MENTION'],
      ['delete'],
      ['DIRECT_MESSAGE'],
      ['DIRECT_MESSAGE'],
      [],
    ]);
  });

  test('what X tells another of our accounts is not kept under this one', () => {
    const [mention] = fixture('activity') as object[];
    const called = { ...request(mention!), url: 'https://crm.example.com/hooks/other' };
    const hookUrl = 'https://crm.example.com/hooks/x';
    const settings = { userId: '77' };
    expect(parseWebhook({ ...context, hookUrl, config: configure({ ...SOURCE, settings }) }, called).events).toEqual(
      [],
    );
    expect(parseWebhook({ ...context, hookUrl }, called).events).toHaveLength(1);
  });

  test('a post of the older kind with a date that is none does not take the others with it', () => {
    const body = {
      for_user_id: OUR_ID,
      tweet_create_events: [{ id_str: '1', created_at: 'soon', text: 'a', user: { id_str: '2', screen_name: 'b' } }],
    };
    expect(parseWebhook(context, request(body))).toEqual({ events: [] });
  });

  test('an edit is the same post in a new revision, written when its first version was', () => {
    const [mention, , , , edit] = events().flat();
    expect(mention).toMatchObject({ ref: { id: '1990412345678901210' }, revision: '1990412345678901210' });
    expect(mention).not.toHaveProperty('editedAt');
    expect(edit).toMatchObject({
      ref: { id: '1990412345678901210' },
      revision: '1990412545678901250',
      editedAt: new Date('2026-11-18T11:20:00Z'),
      replyTo: { postId: '1990412545678901250' },
    });
  });

  test('an answer knows what it answers, and a quote whom it quotes, also when nothing is told beside it', () => {
    const [, answer, quote] = events().flat();
    expect(answer).toMatchObject({
      parent: { id: '1990000000000000001', author: { id: '9000', handle: 'panaderia' } },
      root: { id: '1990000000000000001' },
      replyability: { public: true },
    });
    expect(quote).toMatchObject({
      quoted: { id: '1990000000000000001', author: { handle: 'panaderia' } },
      text: 'Look at this https://twitter.com/panaderia/status/1990000000000000001',
      replyability: { public: true },
    });
  });

  test('direct messages are private, joined by conversation, and ours are ours', () => {
    const [received, sent] = events().slice(6, 8).flat();
    expect(received).toMatchObject({
      ref: { id: 'dm:1990412745678901270' },
      own: false,
      root: { id: 'dm:9000-9001' },
      text: '¿Me guardan una docena? https://example.com/pedido',
      author: { id: '9001', handle: 'clienta' },
      replyability: { public: false, private: true },
      replyTo: { participantId: '9001' },
    });
    expect(sent).toMatchObject({ own: true, root: { id: 'dm:9000-9001' }, replyTo: { participantId: '9001' } });
  });

  test('a deletion takes the text with it, under the first id when all versions are named', () => {
    const body = { id: '1990412545678901250', edit_history_tweet_ids: ['1990412345678901210', '1990412545678901250'] };
    const gone = { data: { event_type: 'post.delete', filter: { user_id: OUR_ID }, payload: body } };
    expect(parseWebhook(context, request(gone)).events).toEqual([
      { op: 'delete', ref: { id: '1990412345678901210' }, occurredAt: NOW, tombstone: true },
    ]);
  });

  test('a post in the shape of version 1.1 is read as any other', () => {
    const former = {
      for_user_id: OUR_ID,
      tweet_create_events: [
        {
          id_str: '1990412345678901210',
          created_at: 'Wed Nov 18 11:06:00 +0000 2026',
          text: 'short…',
          extended_tweet: {
            full_text: '@panaderia qué pan &amp; qué facturas',
            entities: { user_mentions: [{ id_str: OUR_ID, screen_name: 'panaderia' }], urls: [] },
          },
          user: { id_str: '9001', screen_name: 'clienta', name: 'Una clienta', followers_count: 3 },
          in_reply_to_status_id_str: '1990000000000000001',
          in_reply_to_user_id_str: OUR_ID,
          lang: 'es',
        },
        { id_str: 5 },
      ],
    };
    expect(parseWebhook(context, request(former)).events).toMatchObject([
      {
        kind: 'COMMENT',
        text: '@panaderia qué pan & qué facturas',
        author: { id: '9001', handle: 'clienta', followersCount: 3 },
        parent: { id: '1990000000000000001', author: { id: OUR_ID } },
        occurredAt: new Date('2026-11-18T11:06:00Z'),
      },
    ]);
  });

  test('whatever is sent is read, or refused as invalid', () => {
    fc.assert(
      fc.property(fc.json(), body => {
        try {
          expect(parseWebhook(context, request(body)).events).toEqual([]);
        } catch (error) {
          expect(error).toMatchObject({ fault: { class: 'invalid' } });
        }
      }),
      { numRuns: 200 },
    );
  });

  whenRecorded('every event X documents is read without accident', () => {
    const told = readdirSync(new URL('activity-events/', RECORDED)).map(name => {
      const { events: found } = parseWebhook(context, request(recorded(`activity-events/${name}`)));
      return [name.replace('.json', ''), found.map(event => (event.op === 'upsert' ? event.kind : event.op)).join()];
    });
    expect(told).toHaveLength(26);
    expect(told.filter(([, kinds]) => kinds)).toEqual([
      ['dm.received', 'DIRECT_MESSAGE'],
      ['dm.sent', 'DIRECT_MESSAGE'],
      ['post.create', 'POST'],
      ['post.delete', 'delete'],
      ['post.mention.create', 'MENTION'],
      ['post.quote.create', 'MENTION'],
      ['post.reply.create', 'COMMENT'],
      ['post.repost.create', 'REPOST'],
    ]);
  });

  whenRecorded('events of Account Activity are read as well', () => {
    const read = (name: string) => parseWebhook(context, request(recorded(`account-activity/${name}.json`)));
    expect(read('11-direct_message_events').events).toMatchObject([
      { text: 'Hello World!', author: { id: '3001969357', handle: 'furiouscamper', followersCount: 22 }, own: false },
    ]);
    expect(read('14-tweet_delete_events').events).toMatchObject([
      { op: 'delete', ref: { id: '1045405559317569537' }, occurredAt: new Date(1_432_228_155_593) },
    ]);
    expect(read('10-user_event')).toEqual({ events: [], poll: true });
    expect(read('12-direct_message_indicate_typing_events').events).toEqual([]);
    expect(read('13-direct_message_mark_read_events').events).toEqual([]);
  });
});

describe('the signature of a webhook', () => {
  const body = Buffer.from(JSON.stringify(fixture('activity')[0]));
  const verify = (signature: string | undefined, given = body) =>
    verifyWebhook(context, request(given, signature ? { 'x-twitter-webhooks-signature': signature } : {}));

  test('is that of the raw body and no other', () => {
    const right = signatureOf(CREDENTIALS.consumerSecret, body);
    expect(verify(right)).toEqual({ kind: 'events', deliveryId: '-6850472171600526401' });
    expect(verify(right, Buffer.concat([body, Buffer.from('\n')]))).toMatchObject({ kind: 'reject', status: 401 });
    for (const wrong of [undefined, '', 'sha256=', right.slice(7), signatureOf('another', body)])
      expect(verify(wrong)).toMatchObject({ kind: 'reject', status: 401 });
  });

  test('cannot be right while the secret of the app is not known', () => {
    const config = configure({ ...SOURCE, credentials: {} });
    expect(verifyWebhook({ ...context, config }, request(body))).toMatchObject({ kind: 'reject', status: 503 });
  });

  whenRecorded('and the answer to the challenge are those of the recorded vector', () => {
    const vector = JSON.parse(recorded('webhook-crc.vector.json').toString());
    const config = configure({ ...SOURCE, credentials: { consumerSecret: vector.consumerSecret } });
    const asked = { ...request(''), method: 'GET', query: { crc_token: vector.crc_token } };
    expect(verifyWebhook({ ...context, config }, asked)).toEqual({
      kind: 'challenge',
      status: 200,
      type: 'application/json',
      body: JSON.stringify({ response_token: vector.response_token }),
    });
    const signed = request(vector.body, { [vector.signatureHeader]: vector.signature });
    expect(verifyWebhook({ ...context, config }, signed)).toEqual({ kind: 'events' });
  });
});

describe('subscribing', () => {
  async function subscribing(prepare: (server: XServer) => void = () => {}) {
    const server = await openXServer();
    servers.push(server);
    server.includes = fixture('mentions').includes;
    prepare(server);
    const connector = xConnector({ origin: server.origin });
    const warnings: object[] = [];
    const log = { info() {}, warn: (details: object) => void warnings.push(details) };
    const run = () =>
      connector.subscribe!(contextFor(connector, SOURCE, { log, now: () => NOW }), {
        url: 'https://crm.example.com/hooks/x/abc',
        secret: 'ours',
      });
    return { server, run, warnings };
  }

  test('registers the address once and each kind of event once, however often it is done', async () => {
    const { server, run } = await subscribing();
    await expect(run()).resolves.toEqual({ renewAt: new Date('2026-11-19T12:00:00Z') });
    await run();
    expect(server.webhooks).toHaveLength(1);
    expect(server.subscriptions.map(each => each.event_type).sort()).toEqual([
      'dm.received',
      'dm.sent',
      'post.create',
      'post.delete',
      'post.mention.create',
      'post.quote.create',
      'post.reply.create',
    ]);
    expect(server.subscriptions[0]).toMatchObject({ filter: { user_id: OUR_ID }, webhook_id: server.webhooks[0]!.id });
    expect(server.asked('/2/webhooks', 'POST')[0]!.authorization).toBe('Bearer app-token');
    expect(server.asked('/2/activity/subscriptions', 'POST')[0]!.authorization).toBe('Bearer account-token');
  });

  test('has an address checked again that X found invalid', async () => {
    const { server, run } = await subscribing(({ webhooks }) =>
      webhooks.push({ id: '12345', url: 'https://crm.example.com/hooks/x/abc', valid: false }),
    );
    await run();
    expect(server.asked('/2/webhooks/12345', 'PUT')).toHaveLength(1);
    expect(server.asked('/2/webhooks', 'POST')).toHaveLength(0);
  });

  test('goes on without what the keys do not allow, and says so', async () => {
    const { server, run, warnings } = await subscribing(x =>
      x.answer('/2/activity/subscriptions', ({ method, body }) => {
        if (method === 'GET') return { body: {} };
        if (body.event_type.startsWith('dm.')) return { status: 403, body: { detail: 'dm.read is missing' } };
        return { body: { data: {} } };
      }),
    );
    await run();
    expect(server.asked('/2/activity/subscriptions', 'POST')).toHaveLength(7);
    expect(warnings).toMatchObject([{ event: 'dm.received' }, { event: 'dm.sent' }]);
  });

  test('fails when nothing at all is allowed', async () => {
    const { run } = await subscribing(x =>
      x.answer('/2/activity/subscriptions', ({ method }) => (method === 'GET' ? {} : { status: 403, body: {} })),
    );
    await expect(run()).rejects.toMatchObject({ fault: { class: 'forbidden' } });
  });
});
