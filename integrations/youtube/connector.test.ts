import { afterEach, expect, test } from '@jest/globals';
import type { UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type JsonAnswer, type JsonServer, startJson } from '../../test/support/json-server.js';
import { CHANNEL, channelWith, comment } from '../../test/support/subjects/youtube.js';
import { youtubeConnector } from './connector.js';
import { nextPacificMidnight } from './data.client.js';

let server: JsonServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function open(answer: JsonAnswer, credentials: Record<string, string> = { accessToken: 'ya29' }) {
  server = await startJson(answer);
  const { origin } = server;
  const connector = youtubeConnector({ origin, tokenUrl: `${origin}/token` });
  const source = { kind: 'ACCOUNT' as const, query: 'olivar', settings: { channelId: CHANNEL }, credentials };
  return { connector, context: contextFor(connector, source) };
}
const yesterday = { until: new Date(Date.now() - 86_400_000).toISOString() };

test('an answer hangs on the first comment, and each leads to its place under the film', async () => {
  const { connector, context } = await open(channelWith([], () => 'Eso digo yo'));
  const [batch] = await Array.fromAsync(connector.poll!(context, yesterday));
  expect(batch!.events).toMatchObject([
    { ref: { id: 't1', url: 'https://www.youtube.com/watch?v=v1&lc=t1' }, root: { id: 't1' }, own: false },
    { ref: { id: 't1.r1' }, parent: { id: 't1', author: { id: 'UCmarisol' } }, root: { id: 't1' } },
  ]);
});

test('asks for all answers of a thread that shows a sample only', async () => {
  const at = new Date().toISOString();
  const { connector, context } = await open(({ path, query }) => {
    if (path === '/commentThreads')
      return {
        items: [
          {
            id: 't1',
            snippet: { topLevelComment: comment('t1', 'Uno', at), totalReplyCount: 3 },
            replies: { comments: [] },
          },
        ],
      };
    const place = query.get('pageToken') ? 2 : 1;
    return { items: [comment(`t1.${place}`, `Respuesta ${place}`, at)], ...(place === 1 && { nextPageToken: 'p2' }) };
  });
  const [batch] = await Array.fromAsync(connector.poll!(context, yesterday));
  expect((batch!.events as UpsertEvent[]).map(({ text }) => text)).toEqual(['Uno', 'Respuesta 1', 'Respuesta 2']);
});

test('hears a new answer under an old comment, and asks for answers only when there are more', async () => {
  const old = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const now = new Date().toISOString();
  let count = 8;
  const { connector, context } = await open(({ path }) => {
    const snippet = { topLevelComment: comment('t1', 'Uno', old), totalReplyCount: count };
    if (path === '/commentThreads') return { items: [{ id: 't1', snippet, replies: { comments: [] } }] };
    return { items: [comment('t1.8', 'Ocho', old), comment('t1.9', 'Nueve', now)] };
  });
  const read = async (cursor: object) => (await Array.fromAsync(connector.poll!(context, cursor as never)))[0]!;
  const asked = () => server!.requests.filter(({ path }) => path === '/comments').length;
  const first = await read({ ...yesterday, answers: { t1: 8 } });
  expect(first.events).toEqual([]);
  expect(asked()).toBe(0);
  count = 9;
  const second = await read(first.cursor);
  expect((second.events as UpsertEvent[]).map(({ text }) => text)).toEqual(['Nueve']);
  await read(second.cursor);
  expect(asked()).toBe(1);
});

test('tells when more threads are new than are read at once', async () => {
  const at = new Date().toISOString();
  const { connector, context } = await open(({ query }) => {
    const id = `t${query.get('pageToken') ?? 0}`;
    const nextPageToken = String(Number(query.get('pageToken') ?? 0) + 1);
    return { items: [{ id, snippet: { topLevelComment: comment(id, 'Uno', at) } }], nextPageToken };
  });
  const [batch] = await Array.fromAsync(connector.poll!(context, yesterday));
  expect(server!.requests).toHaveLength(10);
  expect(batch!.gap).toMatchObject({ to: new Date(at) });
});

test('with a key alone it reads, and says that it cannot answer', async () => {
  const { connector, context } = await open(
    channelWith([], () => ''),
    { apiKey: 'AIza' },
  );
  expect(await connector.check(context)).toMatchObject({
    ok: true,
    account: { id: CHANNEL, handle: 'olivar' },
    grants: { reply: { public: false } },
  });
  expect(server!.requests[0]!.headers).toMatchObject({ 'x-goog-api-key': 'AIza' });
});

test('a used-up day is a quota that comes back at midnight in California', async () => {
  const refused = { status: 403, body: { error: { message: 'Quota', errors: [{ reason: 'quotaExceeded' }] } } };
  const { connector, context } = await open(() => refused);
  const error = await Array.fromAsync(connector.poll!(context, yesterday)).catch(thrown => thrown);
  expect(error.fault).toMatchObject({ class: 'quota', retryAt: expect.any(Date) });
  // 12:00 UTC is 4:00 in winter and 5:00 in summer there.
  expect(nextPacificMidnight(new Date('2026-11-27T12:00:00Z'))).toEqual(new Date('2026-11-28T08:00:00Z'));
  expect(nextPacificMidnight(new Date('2026-07-01T12:00:00Z'))).toEqual(new Date('2026-07-02T07:00:00Z'));
});

test('renews its access with the token that came with the first consent', async () => {
  const { connector, context } = await open(({ path }) =>
    path === '/token' ? { access_token: 'new', expires_in: 3600 } : undefined,
  );
  const now = new Date('2026-11-27T12:00:00Z');
  const given = { clientId: 'c', clientSecret: 's', refreshToken: 'r' };
  const asked = { given, http: context.http, signal: context.signal, now: () => now };
  expect(await connector.connection!.oauth!.refresh!(asked)).toEqual({
    credentials: { accessToken: 'new' },
    expiresAt: new Date('2026-11-27T13:00:00Z'),
  });
  expect(Object.fromEntries(new URLSearchParams(server!.requests[0]!.text))).toMatchObject({
    grant_type: 'refresh_token',
    refresh_token: 'r',
  });
});

test('a comment that is not there any more is gone', async () => {
  const { connector, context } = await open(() => ({ items: [] }));
  expect(await connector.refetch!(context, { id: 't9' })).toBe('gone');
});
