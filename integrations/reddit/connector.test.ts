import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ParentPost, PostKind, SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type JsonAnswer, type JsonServer, startJson } from '../../test/support/json-server.js';
import {
  comment,
  listing,
  message,
  type RedditState,
  redditWith,
  SOURCE,
  secondsAgo,
} from '../../test/support/subjects/reddit.js';
import { redditConnector } from './connector.js';
import { markdownOf, plainOf } from './markdown.text.js';

let server: JsonServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(answer: JsonAnswer, source: object = SOURCE) {
  server = await startJson(answer);
  const connector = redditConnector({ origin: server.origin, site: server.origin });
  return { connector, context: contextFor(connector, source as typeof SOURCE) };
}
const empty = (): RedditState => ({ inbox: [], things: [], written: [] });
const parent = (given: Partial<ParentPost> = {}): ParentPost => ({
  ref: { id: 't1_uno' },
  kind: 'COMMENT' as PostKind,
  author: { id: 't2_marisol', handle: 'marisol_pan' },
  own: false,
  text: '¿Y la receta?',
  title: 'Masa madre',
  occurredAt: new Date(),
  replyTo: { thingId: 't1_uno' },
  ...given,
});
const command = (given: Partial<SendCommand> = {}): SendCommand => ({
  key: '01939f5e-0000-7000-8000-000000000001',
  kind: 'reply',
  visibility: 'public',
  parent: parent(),
  rendered: { text: 'Sí', length: 2, payload: { markdown: 'Sí', subject: 'Re: Masa madre' } },
  media: [],
  firstTriedAt: new Date(),
  ...given,
});
const thrown = (work: Promise<unknown>) => work.then(() => undefined).catch(error => error.fault);

test('subreddits and searches are offered to be followed too', () => {
  expect(redditConnector().follows).toEqual(['ACCOUNT', 'KEYWORD']);
});

test('a comment of the inbox is read whole: its thread, its edit, and that we were named in it', async () => {
  const whole = comment('t1_uno', '*Qué* rico', { parent_id: 't1_cero', edited: secondsAgo(2), locked: true });
  const state = { ...empty(), things: [whole] };
  state.inbox = [{ kind: 't1', data: { ...comment('t1_uno', 'Qué'), type: 'username_mention', link_id: undefined } }];
  const { connector, context } = await open(redditWith(state));
  const [batch] = await Array.fromAsync(connector.poll!(context, null));
  expect(batch!.events).toMatchObject([
    {
      kind: 'MENTION',
      ref: { id: 't1_uno', url: 'https://www.reddit.com/r/panaderia/comments/pan/masa/uno/' },
      parent: { id: 't1_cero' },
      root: { id: 't3_pan' },
      author: { id: 't2_marisol', handle: 'marisol_pan', displayName: 'u/marisol_pan' },
      editedAt: expect.any(Date),
      replyability: { public: false, reason: 'COMMENTS_CLOSED' },
      own: false,
    },
  ]);
  expect(server!.requests[0]!.headers).toMatchObject({
    'user-agent': 'web:app:v0.1 (by /u/panaderia_olivar)',
    authorization: 'Bearer token',
  });
});

test('what was read before and is deleted or removed since is forgotten, and not asked for again', async () => {
  const state = { ...empty(), things: [comment('t1_uno', '[removed]')] };
  const { connector, context } = await open(redditWith(state));
  const cursor = { until: new Date().toISOString(), watched: [['t1_uno', 'COMMENT'] as [string, string]], turn: 0 };
  const [batch] = await Array.fromAsync(connector.poll!(context, cursor));
  expect(batch!.events).toMatchObject([{ op: 'delete', ref: { id: 't1_uno' }, tombstone: true }]);
  expect(batch!.cursor).toMatchObject({ watched: [] });
  expect(await connector.refetch!(context, { id: 't1_uno' })).toBe('gone');
  expect(await connector.refetch!(context, { id: 't1_nunca' })).toBe('gone');
});

test('the newest are looked at every time, the others in turn, and what did not change is not told again', async () => {
  const things = Array.from({ length: 350 }, (_, index) => comment(`t1_n${index}`, 'Pan'));
  const { connector, context } = await open(redditWith({ ...empty(), things }));
  const watched = things.map(({ name }): [string, string] => [name, 'COMMENT']);
  let cursor: object = { until: new Date().toISOString(), watched, turn: 0 };
  const looked = async () => {
    server!.requests.length = 0;
    const [batch] = await Array.fromAsync(connector.poll!(context, cursor as never));
    cursor = batch!.cursor;
    const names = server!.requests.flatMap(({ query }) => query.get('id')?.split(',') ?? []);
    return {
      events: batch!.events,
      others: names.filter(name => Number(name.slice(4)) < 250).length,
      all: names.length,
    };
  };
  expect(await looked()).toEqual({ events: [], others: 100, all: 200 });
  things[150] = comment('t1_n150', 'Pan y sal', { edited: secondsAgo(1) });
  expect(await looked()).toMatchObject({ events: [{ ref: { id: 't1_n150' } }], others: 100 });
  things[249] = comment('t1_n249', '[deleted]', { author: '[deleted]' });
  expect(await looked()).toMatchObject({ events: [{ op: 'delete', ref: { id: 't1_n249' } }], others: 50 });
  expect(await looked()).toMatchObject({ events: [], others: 100 });
  expect(cursor).toMatchObject({ watched: expect.not.arrayContaining([['t1_n249', 'COMMENT']]) });
});

test('a subreddit is its new links and comments, ours among them', async () => {
  const { connector, context } = await open(
    ({ path }) => {
      if (path === '/r/panaderia/new')
        return listing('t3', [
          {
            ...comment('t3_pan', ''),
            body: undefined,
            title: 'Masa madre',
            selftext: '',
            url: 'https://example.org/pan',
          },
        ]);
      if (path === '/r/panaderia/comments')
        return listing('t1', [comment('t1_uno', 'De nada', { author: 'Panaderia_Olivar' })]);
      return undefined;
    },
    { ...SOURCE, kind: 'KEYWORD', query: 'r/panaderia' },
  );
  const [batch] = await Array.fromAsync(connector.poll!(context, null));
  const events = batch!.events as UpsertEvent[];
  expect(events.map(({ kind, own, text, root }) => [kind, own, text, root!.id])).toEqual([
    ['POST', false, 'https://example.org/pan', 't3_pan'],
    ['COMMENT', true, 'De nada', 't3_pan'],
  ]);
});

test('a search goes on by name, and says what lies beyond the last page', async () => {
  const { connector, context } = await open(
    ({ query }) => {
      const page = Number(query.get('after')?.slice(3) ?? 0);
      return listing('t3', [{ ...comment(`t3_n${page}`, 'pan'), created_utc: secondsAgo(page + 1) }], `t3_${page + 1}`);
    },
    { ...SOURCE, kind: 'KEYWORD', query: 'pan de masa' },
  );
  const cursor = { until: new Date().toISOString(), watched: [], turn: 0 };
  const [batch] = await Array.fromAsync(connector.poll!(context, cursor));
  expect(server!.requests).toHaveLength(10);
  expect(server!.requests[9]).toMatchObject({ path: '/search' });
  expect(Object.fromEntries(server!.requests[9]!.query)).toMatchObject({
    q: 'pan de masa',
    sort: 'new',
    after: 't3_9',
  });
  expect(batch!.events).toHaveLength(10);
  expect(batch!.gap).toMatchObject({ reason: expect.any(String) });
});

test('what was answered in Reddit’s own app is ours', async () => {
  const written = [
    {
      name: 't1_suyo',
      body: 'Hasta el jueves',
      parent_id: 't1_uno',
      created_utc: secondsAgo(5),
      author: 'panaderia_olivar',
    },
    {
      name: 't4_suyo',
      body: 'Por privado',
      dest: 'joao_forno',
      created_utc: secondsAgo(4),
      author: 'panaderia_olivar',
    },
  ];
  const { connector, context } = await open(redditWith({ ...empty(), written }));
  const [batch] = await Array.fromAsync(connector.poll!(context, null));
  expect(batch!.events).toMatchObject([
    { ref: { id: 't1_suyo' }, own: true, kind: 'COMMENT' },
    { ref: { id: 't4_suyo' }, own: true, kind: 'DIRECT_MESSAGE' },
  ]);
});

test('messages that Reddit shows only to people who sign in do not keep us from hearing the rest', async () => {
  const state = { ...empty(), inbox: [{ kind: 't4', data: message('t4_uno', 'Hola') }] };
  const { connector, context } = await open(asked => {
    if (asked.path === '/message/sent') return { status: 302, headers: { location: '/login/' } };
    return asked.path === '/login/' ? { status: 403 } : redditWith(state)(asked);
  });
  const [batch] = await Array.fromAsync(connector.poll!(context, null));
  expect(batch!.events).toMatchObject([{ ref: { id: 't4_uno' } }]);
});

test('mail of moderators is written by a machine as far as we know, a message can be answered in private only', async () => {
  const state = empty();
  const fromMods = message('t4_mods', 'Reglas nuevas', { author: null, subreddit: 'panaderia' });
  state.inbox = [message('t4_dos', 'Gracias', { first_message_name: 't4_uno', parent_id: 't4_uno' }), fromMods].map(
    data => ({ kind: 't4', data }),
  );
  const { connector, context } = await open(redditWith(state));
  const [batch] = await Array.fromAsync(connector.poll!(context, null));
  expect(batch!.events).toMatchObject([
    {
      kind: 'DIRECT_MESSAGE',
      root: { id: 't4_uno' },
      replyability: { public: false, private: true },
      title: 'Un pedido',
    },
    { author: { handle: 'r/panaderia' }, auto: true },
  ]);
});

test.each([
  [['RATELIMIT', 'Take a break for 9 minutes before trying again.', 'ratelimit'], 'rate', 'RATELIMIT'],
  [['THREAD_LOCKED', 'Comments are locked.', 'parent'], 'forbidden', 'COMMENTS_CLOSED'],
  [['DELETED_COMMENT', 'that comment has been deleted', 'parent'], 'not_found', 'DELETED_COMMENT'],
  [['TOO_LONG', 'this is too long (max: 10000)', 'text'], 'invalid', 'TEXT_TOO_LONG'],
  [['USER_REQUIRED', 'Please log in to do that.', null], 'auth', 'USER_REQUIRED'],
])('what Reddit refuses under status 200 is a fault: %j', async (error, faultClass, code) => {
  const { connector, context } = await open(() => ({ json: { errors: [error] } }));
  const fault = await thrown(connector.send!(context, command()));
  expect(fault).toMatchObject({ class: faultClass, code });
  expect(fault.mayHaveHappened).toBeUndefined();
  if (faultClass !== 'rate') return;
  const minutes = (fault.retryAt.getTime() - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(9);
  expect(minutes).toBeLessThan(11);
});

test('the limit is told in decimals, and when it ends in seconds that are left', () => {
  const now = new Date('2026-11-27T12:00:00Z');
  const headers = { 'x-ratelimit-used': '676', 'x-ratelimit-remaining': '9324.0', 'x-ratelimit-reset': '369' };
  expect(redditConnector().limitsOf!({ status: 200, headers }, now)).toEqual({
    limit: 10_000,
    remaining: 9324,
    resetsAt: new Date('2026-11-27T12:06:09Z'),
  });
  expect(redditConnector().limitsOf!({ status: 200, headers: {} }, now)).toBeUndefined();
});

test('in private a comment is answered by a message to its author, which is looked up for its id', async () => {
  const state = empty();
  const { connector, context } = await open(redditWith(state));
  const rendered = connector.render!(context, { text: 'Escríbenos', visibility: 'private' }, parent());
  const sent = await connector.send!(context, command({ visibility: 'private', rendered: rendered as never }));
  expect(sent).toMatchObject({ state: 'sent', ref: { id: 't4_s0' }, replyTo: { thingId: 't4_s0' } });
  const form = new URLSearchParams(server!.requests.find(({ path }) => path === '/api/compose')!.text);
  expect(Object.fromEntries(form)).toMatchObject({ to: 'marisol_pan', subject: 'Re: Masa madre', text: 'Escríbenos' });
});

test('plain words stay plain on Reddit, and names and addresses stay links', () => {
  const written = '# 2 * 3\nu/ana_b y https://example.org/a_b*c\n1. pan\n\n- ¡_ya_!';
  expect(markdownOf(written)).toBe('\\# 2 \\* 3  \nu/ana_b y https://example.org/a_b*c  \n1\\. pan\n\n\\- ¡\\_ya\\_!');
  expect(plainOf(markdownOf(written))).toBe(written);
  const word = fc.stringMatching(/^[a-z*_#>`~^[\]()!&;.+-]{1,12}$/);
  fc.assert(
    fc.property(fc.array(fc.array(word, { minLength: 1 }), { minLength: 1 }), lines => {
      const text = lines.map(words => words.join(' ')).join('\n');
      expect(plainOf(markdownOf(text))).toBe(text);
    }),
  );
});

test('signs in for good, with the client’s own name and secret, and says when Reddit does not accept it', async () => {
  const answers = [{ access_token: 'a', expires_in: 86_400, refresh_token: 'r' }, { error: 'invalid_grant' }];
  const { connector, context } = await open(({ path }) =>
    path === '/api/v1/access_token' ? answers.shift() : undefined,
  );
  const given = { clientId: 'c', clientSecret: 's', username: 'panaderia_olivar', refreshToken: 'r' };
  const now = new Date('2026-11-27T12:00:00Z');
  const asked = { given, http: context.http, signal: context.signal, now: () => now };
  const oauth = connector.connection!.oauth!;
  const begun = await oauth.begin(asked, {
    redirectUri: 'https://crm.example.com/oauth',
    state: 'x',
    codeChallenge: 'y',
  });
  expect(Object.fromEntries(new URL(begun.url).searchParams)).toMatchObject({ duration: 'permanent', state: 'x' });
  const answer = { code: 'k', redirectUri: 'https://crm.example.com/oauth', codeVerifier: 'v' };
  expect(await oauth.exchange(asked, answer)).toEqual({
    credentials: { accessToken: 'a', refreshToken: 'r' },
    expiresAt: new Date('2026-11-28T12:00:00Z'),
  });
  expect(server!.requests[0]!.headers['authorization']).toBe(`Basic ${Buffer.from('c:s').toString('base64')}`);
  expect(await thrown(oauth.refresh!(asked))).toMatchObject({ class: 'auth', scope: 'account' });
});

test('says when somebody else signed in', async () => {
  const { connector, context } = await open(redditWith(empty()), { ...SOURCE, settings: { username: 'otra_cuenta' } });
  expect(await connector.check(context)).toMatchObject({ ok: false, problem: { class: 'auth' } });
});
