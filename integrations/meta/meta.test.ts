import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ParentPost, PostKind, RawRequest, SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type GraphAnswer, type GraphServer, startGraph } from '../../test/support/graph-server.js';
import { startJson } from '../../test/support/json-server.js';
import { facebookConnector } from './facebook.connector.js';
import { limitsOfMeta } from './graph.client.js';
import { instagramConnector } from './instagram.connector.js';
import { whatsappConnector } from './whatsapp.connector.js';

const NOW = new Date('2026-11-27T12:00:00Z');
let server: GraphServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const source = (settings: Record<string, string>) => ({
  kind: 'ACCOUNT' as const,
  query: 'olivar',
  settings: { appId: '600', ...settings },
  credentials: { token: 'EAAB', appSecret: 'secret' },
});
const told = (given: object): RawRequest => ({
  method: 'POST',
  url: 'https://crm.example.com/hooks/k',
  headers: {},
  query: {},
  body: Buffer.from(JSON.stringify(given)),
});
const parent = (given: Partial<ParentPost>): ParentPost => ({
  ref: { id: 'c1' },
  kind: 'COMMENT' as PostKind,
  author: { id: '7001' },
  own: false,
  text: 'Hola',
  occurredAt: NOW,
  ...given,
});
const command = (given: Partial<SendCommand>): SendCommand => ({
  key: '01939f5e-0000-7000-8000-000000000001',
  kind: 'reply',
  visibility: 'public',
  parent: parent({ replyTo: { commentId: '1_2' } }),
  rendered: { text: 'Sí', length: 2, payload: {} },
  media: [],
  firstTriedAt: new Date(),
  ...given,
});

async function open<Made>(make: (options: { origin: string }) => Made, answer: GraphAnswer = () => undefined) {
  server = await startGraph(answer);
  return make({ origin: server.origin });
}

describe('Facebook', () => {
  const facebook = source({ pageId: '137542570280222' });

  const folder = '../shared/fixtures/meta';
  (existsSync(folder) ? test : test.skip)(
    'reads what pages were recorded to tell (skipped without the recordings)',
    () => {
      const connector = facebookConnector();
      const read = (name: string) => {
        const request = told(JSON.parse(readFileSync(`${folder}/page-feed.${name}.json`, 'utf8')));
        return connector.parseWebhook!(contextFor(connector, facebook), request).events;
      };
      expect(read('comment-add')).toMatchObject([
        { op: 'upsert', kind: 'COMMENT', text: 'Good', author: { id: '139560936744123' }, own: false },
      ]);
      expect(read('comment-add-on-video')).toMatchObject([
        { parent: { id: '137542570280222_139560936744456', author: { id: '137542570280222' } } },
      ]);
      expect(read('comment-by-page-itself')).toMatchObject([{ own: true, text: 'Public reply!' }]);
      expect(read('comment-edited')).toMatchObject([{ text: 'Great', editedAt: expect.any(Date) }]);
      expect(read('comment-remove')).toMatchObject([{ op: 'delete', tombstone: true }]);
      expect(read('post-remove')).toMatchObject([{ op: 'delete' }]);
      expect(read('reaction-add')).toEqual([]);
    },
  );

  test('is called by the app in its own name, and told of the page', async () => {
    const connector = await open(facebookConnector);
    await connector.subscribe!(contextFor(connector, facebook), {
      url: 'https://crm.example.com/hooks/k',
      secret: 's',
    });
    expect(server!.requests.map(({ path }) => path)).toEqual(['600/subscriptions', '137542570280222/subscribed_apps']);
    expect(server!.requests[0]!.body).toMatchObject({ object: 'page', verify_token: 's' });
    const proof = createHmac('sha256', 'secret').update('EAAB').digest('hex');
    expect(server!.requests[1]!.query.get('appsecret_proof')).toBe(proof);
  });

  test('answers a comment in private by the comment, and a message by the person', async () => {
    const connector = await open(facebookConnector);
    const context = contextFor(connector, facebook);
    const recipient = { id: '7001' };
    await connector.send!(context, command({ visibility: 'private', recipient }));
    await connector.send!(
      context,
      command({
        visibility: 'private',
        parent: parent({ kind: 'DIRECT_MESSAGE' as PostKind, replyTo: { to: 'p-7' } }),
      }),
    );
    expect(server!.requests.map(({ body }) => (body as { recipient: object }).recipient)).toEqual([
      { comment_id: '1_2' },
      { id: 'p-7' },
    ]);
  });

  test('a comment can be answered in public for ever, in private for a week', () => {
    const connector = facebookConnector();
    const context = { ...contextFor(connector, facebook), now: () => NOW };
    const old = parent({ replyTo: { commentId: '1_2' }, occurredAt: new Date(NOW.getTime() - 8 * 86_400_000) });
    const render = (visibility: 'public' | 'private') => connector.render!(context, { text: 'Sí', visibility }, old);
    expect(render('public')).toMatchObject({ text: 'Sí' });
    expect(render('private')).toMatchObject({ code: 'WINDOW_CLOSED' });
    expect(connector.capabilities.reply).not.toHaveProperty('windowHours');
  });

  test('reads answers among the comments too, and tells when a post has more than are listed', async () => {
    const given = Array.from({ length: 50 }, (_, index) => ({
      id: `1_${index}`,
      message: 'Hola',
      created_time: new Date(NOW.getTime() - index * 1000).toISOString(),
    }));
    const connector = await open(facebookConnector, () => ({
      data: [{ id: '1', created_time: NOW.toISOString(), comments: { data: given } }],
    }));
    const context = { ...contextFor(connector, facebook), now: () => NOW };
    const since = { until: new Date(NOW.getTime() - 3_600_000).toISOString() };
    const [batch] = await Array.fromAsync(connector.poll!(context, since));
    expect(server!.requests[0]!.query.get('fields')).toContain('comments.filter(stream)');
    expect(batch!.gap).toMatchObject({ to: new Date(NOW.getTime() - 49_000) });
  });

  test('reads what visitors wrote on the page again, and is not stopped by a post that cannot be read', async () => {
    const created_time = new Date(NOW.getTime() - 60_000).toISOString();
    const post = { id: '1_5', message: 'Qué rico todo', from: { id: '7001', name: 'Aitor' }, created_time };
    const connector = await open(facebookConnector, () => ({ data: [{ nothing: true }, post] }));
    const context = { ...contextFor(connector, facebook), now: () => NOW };
    const since = { until: new Date(NOW.getTime() - 3_600_000).toISOString() };
    const [batch] = await Array.fromAsync(connector.poll!(context, since));
    expect(batch!.events).toMatchObject([{ kind: 'MENTION', ref: { id: '1_5' }, own: false }]);
    const value = { item: 'status', verb: 'add', post_id: '1_5', message: 'Qué rico todo', from: post.from };
    const entry = [{ id: '137542570280222', time: 1, changes: [{ field: 'feed', value }] }];
    const [heard] = connector.parseWebhook!(context, told({ object: 'page', entry })).events as UpsertEvent[];
    expect(heard).toMatchObject({ ref: { id: '1_5' }, revision: (batch!.events[0] as UpsertEvent).revision });
  });

  test('an error that Meta does not know itself may have come after the comment was made', async () => {
    const body = { error: { code: 1, message: 'An unknown error occurred' } };
    const graph = await startJson(() => ({ status: 400, body }));
    const connector = facebookConnector({ origin: graph.origin });
    await expect(connector.send!(contextFor(connector, facebook), command({}))).rejects.toMatchObject({
      fault: { class: 'transient', mayHaveHappened: true },
    });
    await graph.close();
  });

  test('reads a mention, which is told by its id only', async () => {
    const connector = await open(facebookConnector, ({ path }) =>
      path === '5_6'
        ? {
            id: '5_6',
            message: 'Fui a Olivar',
            from: { id: '7002', name: 'João' },
            created_time: '2026-11-27T10:00:00+0000',
          }
        : undefined,
    );
    const context = contextFor(connector, facebook);
    const change = { field: 'mention', value: { post_id: '5_6', item: 'post', verb: 'add' } };
    const { notices } = connector.parseWebhook!(
      context,
      told({ object: 'page', entry: [{ id: '137542570280222', changes: [change] }] }),
    );
    expect(notices).toEqual([{ id: '5_6' }]);
    expect(await connector.refetch!(context, notices![0]!)).toMatchObject({ kind: 'MENTION', text: 'Fui a Olivar' });
  });

  test('hides a comment, shows it again, and deletes what is gone already', async () => {
    const connector = await open(facebookConnector);
    const context = contextFor(connector, facebook);
    await connector.hide!(context, { id: '1_2' }, true);
    expect(server!.requests[0]).toMatchObject({ path: '1_2', body: { is_hidden: true } });
    await expect(connector.delete!(context, { id: '1_9' })).resolves.toBeUndefined();
  });

  test('signs in step by step: a person’s token, a long-lived one, the page’s', async () => {
    const connector = await open(facebookConnector, ({ path, query, headers }) =>
      path === 'oauth/access_token'
        ? { access_token: query.get('grant_type') ? 'long' : `short-for-${query.get('code')}` }
        : path === '1'
          ? { access_token: `page-by-${headers.authorization}` }
          : undefined,
    );
    const { http } = contextFor(connector, facebook);
    const context = {
      http,
      given: { appId: '600', appSecret: 's', pageId: '1' },
      signal: AbortSignal.timeout(5000),
      now: () => NOW,
    };
    const { oauth } = connector.connection!;
    const asked = { redirectUri: 'https://crm.example.com/oauth/callback', state: 'st', codeChallenge: 'cc' };
    const { url } = await oauth!.begin(context, asked);
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      client_id: '600',
      state: 'st',
      code_challenge: 'cc',
    });
    const answer = { code: 'c', redirectUri: asked.redirectUri, codeVerifier: 'v' };
    expect(await oauth!.exchange(context, answer)).toEqual({ credentials: { token: 'page-by-Bearer long' } });
    expect(server!.requests[1]!.query.get('fb_exchange_token')).toBe('short-for-c');
  });
});

describe('Instagram', () => {
  const instagram = source({ instagramId: '17841405309211844', pageId: '9' });

  const folder = '../shared/fixtures/instagram';
  (existsSync(folder) ? test : test.skip)('reads Meta’s own examples (skipped without them)', () => {
    const connector = instagramConnector();
    const context = contextFor(connector, instagram);
    const read = (name: string) =>
      connector.parseWebhook!(context, told(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))));
    expect(read('comments').events).toMatchObject([
      { text: 'text', author: { handle: 'someuser' }, parent: { id: '17865799348089000' } },
    ]);
    expect(read('mentions').notices).toEqual([{ id: 'mention:17918195224117851:17894227972186120' }]);
  });

  test('reads a mention through our own account, and answers it there', async () => {
    const connector = await open(instagramConnector, ({ query, method }) =>
      method === 'GET' && query.get('fields')?.startsWith('mentioned_comment.comment_id(6)')
        ? {
            mentioned_comment: {
              id: '6',
              text: '@olivar top',
              username: 'joao',
              timestamp: '2026-11-27T10:00:00+0000',
              media: { id: '5' },
            },
          }
        : undefined,
    );
    const context = contextFor(connector, instagram);
    const event = (await connector.refetch!(context, { id: 'mention:5:6' })) as UpsertEvent;
    expect(event).toMatchObject({ kind: 'MENTION', author: { handle: 'joao' }, ref: { id: '6' } });
    await connector.send!(context, command({ parent: parent({ replyTo: event.replyTo! }) }));
    expect(server!.requests.at(-1)).toMatchObject({
      path: '17841405309211844/mentions',
      body: { media_id: '5', comment_id: '6' },
    });
  });

  test('is told only once its page has taken on the app, and writes through the page', async () => {
    const connector = await open(instagramConnector);
    const context = contextFor(connector, instagram);
    await connector.subscribe!(context, { url: 'https://crm.example.com/hooks/k', secret: 's' });
    const recipient = { id: '7001' };
    await connector.send!(context, command({ visibility: 'private', recipient }));
    await connector.send!(
      context,
      command({ visibility: 'private', recipient, parent: parent({ replyTo: { to: '7001' } }) }),
    );
    expect(server!.requests.map(({ path }) => path)).toEqual([
      '600/subscriptions',
      '9/subscribed_apps',
      '9/messages',
      '9/messages',
    ]);
    expect(server!.requests.slice(2).map(({ body }) => (body as { recipient: object }).recipient)).toEqual([
      { comment_id: '1_2' },
      { id: '7001' },
    ]);
  });

  test('an answer to an answer goes under the first comment, and is looked for there', async () => {
    const connector = await open(instagramConnector, ({ path, method }) =>
      path === '11/replies' && method === 'GET'
        ? {
            data: [{ id: '13', text: 'Sí', from: { id: '17841405309211844' }, timestamp: new Date().toISOString() }],
          }
        : undefined,
    );
    const context = contextFor(connector, instagram);
    const value = {
      id: '12',
      from: { id: '7001', username: 'joao' },
      text: 'Y tú',
      media: { id: '5' },
      parent_id: '11',
    };
    const entry = [{ id: '17841405309211844', time: 1795600000, changes: [{ field: 'comments', value }] }];
    const [event] = connector.parseWebhook!(context, told({ object: 'instagram', entry })).events as UpsertEvent[];
    const answer = command({ parent: parent({ ref: { id: '12' }, replyTo: event!.replyTo! }) });
    await connector.send!(context, answer);
    expect(server!.requests.at(-1)).toMatchObject({ path: '11/replies' });
    expect(await connector.findSent!(context, answer)).toMatchObject({ ref: { id: '13' } });
  });

  test('what may have been answered to a mention is not said to be missing, for nobody can see', async () => {
    const connector = await open(instagramConnector);
    const answer = command({ parent: parent({ replyTo: { mentionMediaId: '5' } }) });
    await expect(connector.findSent!(contextFor(connector, instagram), answer)).rejects.toMatchObject({
      fault: { class: 'forbidden' },
    });
  });

  test('refuses what Instagram would: too many hashtags, links or letters', () => {
    const connector = instagramConnector();
    const context = contextFor(connector, instagram);
    const render = (text: string) => connector.render!(context, { text, visibility: 'public' }, null);
    expect(render('#a #b #c #d #e')).toMatchObject({ code: 'TOO_MANY_TAGS' });
    expect(render('https://a.example https://b.example')).toMatchObject({ code: 'TOO_MANY_LINKS' });
    expect(render('a'.repeat(301))).toMatchObject({ code: 'TEXT_TOO_LONG' });
    expect(render('a'.repeat(300))).toMatchObject({ length: 300 });
  });
});

describe('WhatsApp', () => {
  const whatsapp = source({ phoneNumberId: '123456123', businessId: '0' });

  const folder = '../shared/fixtures/whatsapp';
  (existsSync(folder) ? test : test.skip)(
    'reads what was recorded, with and without a number (skipped without the recordings)',
    () => {
      const connector = whatsappConnector();
      const context = contextFor(connector, whatsapp);
      const read = (name: string) =>
        connector.parseWebhook!(context, told(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'))));
      expect(read('text').events).toMatchObject([{ author: { id: '16315551181', verifiedPhone: '+16315551181' } }]);
      expect(read('text-with-bsuid').events).toMatchObject([
        { author: { id: 'IN.2081978709342942', verifiedPhone: '+919745786257' }, replyTo: { to: '919745786257' } },
      ]);
      const [hidden] = read('text-bsuid-only-no-phone').events as UpsertEvent[];
      expect(hidden).toMatchObject({
        author: { id: 'IN.2081978709342942', handle: 'muhsin' },
        replyTo: { isUserId: true },
      });
      expect(hidden!.author.verifiedPhone).toBeUndefined();
      expect(read('image').events).toMatchObject([{ text: 'Check out my product!', media: [{ kind: 'image' }] }]);
      expect(read('status-sent').receipts).toMatchObject([{ state: 'sent' }]);
      expect(read('status-failed-131047').receipts).toMatchObject([
        { state: 'failed', fault: { class: 'window_closed', code: 'TEMPLATE_NEEDED' } },
      ]);
    },
  );

  test('writes to a number by the number, and to who hides it by the id', async () => {
    const connector = await open(whatsappConnector);
    const context = contextFor(connector, whatsapp);
    const to = (replyTo: Record<string, unknown>) => command({ visibility: 'private', parent: parent({ replyTo }) });
    await connector.send!(context, to({ to: '34600111222', messageId: 'wamid.1' }));
    await connector.send!(context, to({ to: 'PT.901', isUserId: true }));
    expect(server!.requests[0]!.body).toMatchObject({ to: '34600111222', context: { message_id: 'wamid.1' } });
    expect(server!.requests[1]!.body).toMatchObject({ recipient: 'PT.901' });
  });

  test('is told only once the business has taken on the app', async () => {
    const connector = await open(whatsappConnector);
    await connector.subscribe!(contextFor(connector, whatsapp), {
      url: 'https://crm.example.com/hooks/k',
      secret: 's',
    });
    expect(server!.requests.map(({ path }) => path)).toEqual(['600/subscriptions', '0/subscribed_apps']);
  });

  test('tells before sending that the day is over', () => {
    const connector = whatsappConnector();
    const context = { ...contextFor(connector, whatsapp), now: () => NOW };
    const until = (offset: number) =>
      parent({ replyability: { public: false, private: true, until: new Date(NOW.getTime() + offset) } });
    const render = (offset: number) =>
      connector.render!(context, { text: 'Hola', visibility: 'private' }, until(offset));
    expect(render(1)).toMatchObject({ text: 'Hola' });
    expect(render(0)).toMatchObject({ class: 'window_closed', code: 'TEMPLATE_NEEDED' });
  });
});

test('limits are read from percentages, with when it is enough again', () => {
  const business = JSON.stringify({
    '9': [{ type: 'pages', call_count: 95, total_time: 1, total_cputime: 1, estimated_time_to_regain_access: 12 }],
  });
  expect(limitsOfMeta({ headers: { 'x-business-use-case-usage': business } }, NOW)).toEqual({
    limit: 100,
    remaining: 5,
    resetsAt: new Date(NOW.getTime() + 12 * 60_000),
  });
  expect(limitsOfMeta({ headers: {} }, NOW)).toBeUndefined();
});
