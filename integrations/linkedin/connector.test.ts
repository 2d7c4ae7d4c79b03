import { afterEach, expect, test } from '@jest/globals';
import type { SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type JsonAnswer, type JsonServer, startJson } from '../../test/support/json-server.js';
import {
  challenge,
  delivery,
  type LinkedinState,
  linkedinWith,
  notifications,
  ORGANIZATION,
  QUESTION,
  SOURCE,
  THREAD,
} from '../../test/support/subjects/linkedin.js';
import { linkedinConnector } from './connector.js';
import { addressOf, momentOfId, readCommentUrn } from './urn.js';

let server: JsonServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(answer: JsonAnswer, source: object = SOURCE) {
  server = await startJson(answer);
  const connector = linkedinConnector({ origin: server.origin, site: server.origin });
  return { connector, context: contextFor(connector, source as typeof SOURCE) };
}
const empty = (): LinkedinState => ({ notifications: [], written: [] });
const nowhere: JsonAnswer = () => undefined;
const thrown = (work: Promise<unknown>) => work.then(() => undefined).catch(error => error.fault);
const idOf = (urn: string) => readCommentUrn(urn)!.id;

const command = (replyTo: Record<string, unknown>): SendCommand => ({
  key: '01939f5e-0000-7000-8000-000000000001',
  kind: 'reply',
  visibility: 'public',
  parent: {
    ref: { id: QUESTION },
    kind: 'COMMENT' as never,
    author: { id: 'urn:li:person:mArIsOl' },
    own: false,
    text: '¿Hay pan de espelta?',
    occurredAt: new Date(),
    replyTo,
  },
  rendered: { text: 'Los jueves.', length: 11, payload: {} },
  media: [],
  firstTriedAt: new Date(),
});

test('a name of a comment says when it was written, however it is spelt', () => {
  const short = 'urn:li:comment:(activity:7094637247890000000,7094977717598625792)';
  expect(readCommentUrn(short)).toEqual(
    readCommentUrn('urn:li:comment:(urn:li:activity:7094637247890000000,7094977717598625792)'),
  );
  expect(momentOfId(short)!.getTime()).toBe(1_691_574_506_187);
  expect(readCommentUrn('urn:li:comment:nonsense')).toBeUndefined();
  expect(addressOf(short)).toBe(
    'https://www.linkedin.com/feed/update/urn:li:activity:7094637247890000000?commentUrn=urn%3Ali%3Acomment%3A(activity%3A7094637247890000000%2C7094977717598625792)',
  );
});

test('finds what it sent behind a hundred other comments', async () => {
  const other = (id: number) => ({ id: String(id), actor: 'urn:li:person:x', message: { text: 'Hola' } });
  const ours = { id: '9', actor: ORGANIZATION, message: { text: 'Los jueves.' }, created: { time: Date.now() } };
  const { connector, context } = await open(({ query }) => ({
    elements: query.get('start') === '100' ? [ours] : Array.from({ length: 100 }, (_, index) => other(index + 10)),
  }));
  expect(await connector.findSent!(context, command({ object: THREAD }))).toMatchObject({
    ref: { id: expect.stringContaining(',9)') },
  });
});

test('answers the challenge with the secret of the app, and none without a code', async () => {
  const { connector, context } = await open(nowhere);
  expect(connector.verifyWebhook!(context, challenge.request)).toMatchObject({
    kind: 'challenge',
    status: 200,
    body: challenge.body,
    type: 'application/json',
  });
  const bare = { ...challenge.request, query: { challengeCode: 'x'.repeat(5000) } };
  expect(connector.verifyWebhook!(context, bare)).toMatchObject({ kind: 'reject' });
});

test('tells answers of the page as its own, under the comment they answer, and edits as the same comment', async () => {
  const { connector, context } = await open(nowhere);
  const { events } = connector.parseWebhook!(context, delivery(notifications));
  const upserts = events.filter(event => event.op === 'upsert') as UpsertEvent[];
  expect(upserts).toMatchObject([
    { ref: { id: QUESTION }, kind: 'COMMENT', own: false, parent: { id: THREAD }, root: { id: THREAD } },
    { kind: 'COMMENT', own: true, parent: { id: QUESTION }, author: { id: ORGANIZATION } },
    { ref: { id: QUESTION }, editedAt: expect.any(Date), text: '¿Hay pan de espelta los lunes? 🥖' },
    { kind: 'MENTION', author: { id: 'urn:li:person:jOaO' } },
    { kind: 'COMMENT', text: 'Esto lo borro luego' },
  ]);
  expect(upserts[2]!.occurredAt).toEqual(upserts[0]!.occurredAt);
  expect(upserts[2]!.revision).not.toBe(upserts[0]!.revision);
  expect(events.filter(event => event.op === 'delete')).toMatchObject([
    { ref: upserts[4] && { id: upserts[4].ref.id } },
  ]);
});

test('what is told of other pages, or without words, is not taken for ours or for empty', async () => {
  const { connector, context } = await open(nowhere);
  const bare = { ...notifications[0]!, decoratedGeneratedActivity: undefined };
  const foreign = { ...notifications[0]!, organizationalEntity: 'urn:li:organization:1' };
  const told = connector.parseWebhook!(context, delivery([bare, foreign, { action: 7 }]));
  expect(told).toEqual({ events: [], notices: [{ id: QUESTION }] });
});

test('asks for what happened since, in the form LinkedIn wants, and reads what came without words', async () => {
  const bare = { ...notifications[0]!, decoratedGeneratedActivity: undefined };
  const { connector, context } = await open(linkedinWith({ ...empty(), notifications: [bare] }));
  const [batch] = await Array.fromAsync(connector.poll!(context, { until: '2026-11-20T12:00:00.000Z' }));
  expect(batch!.events).toMatchObject([{ ref: { id: QUESTION }, text: '¿Hay pan de espelta? 🥖' }]);
  const [asked, read] = server!.requests;
  expect(asked!.headers).toMatchObject({
    'linkedin-version': '202609',
    'x-restli-protocol-version': '2.0.0',
    authorization: 'Bearer token',
  });
  expect(Object.fromEntries(asked!.query)).toMatchObject({
    q: 'criteria',
    organizationalEntity: ORGANIZATION,
    actions: expect.stringMatching(/^List\(COMMENT,/),
    timeRange: expect.stringMatching(/^\(start:1795172400000,end:\d+\)$/),
  });
  expect(read!.path).toBe(`/rest/socialActions/${encodeURIComponent(THREAD)}/comments/${idOf(QUESTION)}`);
});

test('a post of others that is closed to us does not keep us from hearing the rest', async () => {
  const closed = { ...notifications[3]!, decoratedGeneratedActivity: undefined };
  const state = { ...empty(), notifications: [closed, notifications[0]!] };
  const { connector, context } = await open(asked =>
    asked.path.startsWith('/rest/posts/')
      ? { status: 403, body: { code: 'ACCESS_DENIED' } }
      : linkedinWith(state)(asked),
  );
  const [batch] = await Array.fromAsync(connector.poll!(context, null));
  expect(batch!.events).toHaveLength(1);
});

test('a post that names the page is read with its words as people see them', async () => {
  const { connector, context } = await open(({ path }) =>
    path.startsWith('/rest/posts/')
      ? {
          id: 'urn:li:share:1',
          author: 'urn:li:person:jOaO',
          commentary: 'Bom \\(muito\\) @[Olivar](urn:li:organization:1)',
        }
      : undefined,
  );
  const id = notifications[3]!.generatedActivity;
  expect(await connector.refetch!(context, { id })).toMatchObject({ kind: 'MENTION', text: 'Bom (muito) @Olivar' });
  expect(await connector.refetch!(context, { id: QUESTION })).toBe('gone');
});

test('an answer to an answer goes under the comment that both answer', async () => {
  const { connector, context } = await open(linkedinWith(empty()));
  const nested = notifications[1]!.decoratedGeneratedActivity.comment!.entity;
  await connector.send!(context, command({ object: THREAD, comment: nested }));
  const { path, text } = server!.requests.at(-1)!;
  expect(path).toBe(
    `/rest/socialActions/${encodeURIComponent(QUESTION).replace('(', '%28').replace(')', '%29')}/comments`,
  );
  expect(JSON.parse(text)).toEqual({
    actor: ORGANIZATION,
    message: { text: 'Los jueves.' },
    object: THREAD,
    parentComment: QUESTION,
  });
});

test('under a post itself it is a comment, and a comment that is gone cannot be answered', async () => {
  const { connector, context } = await open(linkedinWith(empty()));
  const sent = await connector.send!(context, command({ object: THREAD }));
  expect(sent).toMatchObject({ state: 'sent', ref: { id: `urn:li:comment:(${THREAD},7700000000000000100)` } });
  expect(JSON.parse(server!.requests.at(-1)!.text)).not.toHaveProperty('parentComment');
  const gone = command({ object: THREAD, comment: `urn:li:comment:(${THREAD},7)` });
  expect(await thrown(connector.send!(context, gone))).toMatchObject({ class: 'not_found' });
});

test('a version that LinkedIn has ended is said with what to do about it', async () => {
  for (const answer of [
    { status: 426 },
    { status: 400, body: { code: 'NONEXISTENT_VERSION', message: 'not active' } },
  ]) {
    const { connector, context } = await open(() => answer);
    expect(await connector.check(context)).toMatchObject({
      ok: false,
      problem: {
        class: 'invalid',
        code: 'NONEXISTENT_VERSION',
        scope: 'account',
        message: expect.stringContaining('202609'),
      },
    });
    await server!.close();
  }
});

test('a day that is used up begins anew at midnight UTC, too many comments at once a minute later', async () => {
  const now = new Date('2026-11-27T12:00:00Z');
  for (const [message, retryAt] of [
    ['Resource level throttle limit reached', '2026-11-28T00:00:00Z'],
    ['Comment create throttled: creation rate limit exceeded', '2026-11-27T12:01:00Z'],
  ]) {
    const { connector, context } = await open(() => ({ status: 429, body: { message } }));
    const result = await connector.check({ ...context, now: () => now });
    expect(result).toMatchObject({ problem: { class: 'rate', retryAt: new Date(retryAt!) } });
    await server!.close();
  }
});

test('asks to be called for the page, on behalf of who signed in, when it is told its app', async () => {
  const answer: JsonAnswer = ({ path }) => (path === '/v2/me' ? { id: 'oLiVaR' } : { status: 204 });
  const { connector, context } = await open(answer, {
    ...SOURCE,
    settings: { ...SOURCE.settings, applicationId: '77' },
  });
  const hook = { url: 'https://crm.example.com/hooks/k', secret: 's' };
  expect(await connector.subscribe!(context, hook)).toEqual({ renewAt: expect.any(Date) });
  expect(server!.requests[1]).toMatchObject({
    method: 'PUT',
    path: `/rest/eventSubscriptions/(${[
      'developerApplication:urn%3Ali%3AdeveloperApplication%3A77',
      'user:urn%3Ali%3Aperson%3AoLiVaR',
      'entity:urn%3Ali%3Aorganization%3A5550001',
      'eventType:ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
    ].join(',')})`,
    text: JSON.stringify({ webhook: hook.url }),
  });
});

test('signs in for sixty days, and says when nothing but signing in again helps', async () => {
  const { connector, context } = await open(({ path }) =>
    path === '/oauth/v2/accessToken' ? { access_token: 'a', expires_in: 5_184_000 } : undefined,
  );
  const now = new Date('2026-11-27T12:00:00Z');
  const asked = {
    given: { clientId: 'c', clientSecret: 's' },
    http: context.http,
    signal: context.signal,
    now: () => now,
  };
  const oauth = connector.connection!.oauth!;
  const begun = await oauth.begin(asked, {
    redirectUri: 'https://crm.example.com/oauth',
    state: 'x',
    codeChallenge: 'y',
  });
  expect(Object.fromEntries(new URL(begun.url).searchParams)).toMatchObject({
    scope: expect.stringContaining('rw_organization_admin'),
    code_challenge: 'y',
    state: 'x',
  });
  const answer = { code: 'k', redirectUri: 'https://crm.example.com/oauth', codeVerifier: 'v' };
  expect(await oauth.exchange(asked, answer)).toEqual({
    credentials: { accessToken: 'a' },
    expiresAt: new Date('2027-01-26T12:00:00Z'),
  });
  expect(await thrown(oauth.refresh!(asked))).toMatchObject({ class: 'auth' });
});

test('writes at most 1,250 characters, and never in private', async () => {
  const { connector, context } = await open(nowhere);
  const draft = (text: string, visibility: 'public' | 'private' = 'public') => ({ text, visibility });
  expect(connector.render!(context, draft('a'.repeat(1250)), null)).toMatchObject({ length: 1250 });
  expect(connector.render!(context, draft('a'.repeat(1251)), null)).toMatchObject({ code: 'TEXT_TOO_LONG' });
  expect(connector.render!(context, draft('a', 'private'), null)).toMatchObject({ code: 'NOT_POSSIBLE' });
});
