import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { type DisqusCursor, disqusConnector } from './connector.js';
import { KEY, openStubDisqus, type StubDisqus } from './test.server.js';

let disqus: StubDisqus;
beforeEach(async () => {
  disqus = await openStubDisqus();
});
afterEach(() => disqus.close());

const context = (
  credentials: Record<string, string> = { apiKey: KEY, accessToken: 'moderator' },
  query = 'panaderia',
) => contextFor(disqusConnector({ api: disqus.api }), { kind: 'ACCOUNT', query, credentials });
async function read(cursor: DisqusCursor | null = null, credentials?: Record<string, string>) {
  const batches = await Array.fromAsync(disqusConnector().poll!(context(credentials), cursor));
  return { events: batches.flatMap(batch => batch.events), cursor: batches.at(-1)!.cursor, batches };
}

test('a comment hangs on the page of the blog, and an answer on what it answers', async () => {
  const first = disqus.add({ message: '¿Abren?' });
  disqus.add({ message: 'Sí', parent: Number(first.id), author: { name: 'Ana', isAnonymous: true } });
  const [question, answer] = (await read()).events as UpsertEvent[];
  const page = { id: 'https://blog.example/?p=1', url: 'https://blog.example/horario/' };
  expect(question).toMatchObject({ text: '¿Abren?', title: 'Horario', parent: page, root: page, kind: 'COMMENT' });
  expect(question!.author).toMatchObject({ id: 'disqus.com/user/77', displayName: 'Carla' });
  expect(answer).toMatchObject({ parent: { id: question!.ref.id, author: question!.author }, root: page });
  expect(answer!.author).toEqual({ id: 'disqus.com/guest/ana', displayName: 'Ana' });
});

test('reads page by page, and later gives only what is new, edited, approved or deleted', async () => {
  disqus.pageSize = 2;
  for (let n = 1; n <= 5; n += 1) disqus.add({ message: `Comentario ${n}`, isApproved: n !== 5 });
  const first = await read();
  expect(first.batches.map(batch => batch.more)).toEqual([true, true, false]);
  disqus.comments[0]!.message = '<p>Corregido</p>';
  disqus.comments[1]!.isDeleted = true;
  disqus.comments[4]!.isApproved = true;
  disqus.add({ message: 'Nuevo' });
  const second = await read(JSON.parse(JSON.stringify(first.cursor)));
  expect(second.events).toMatchObject([
    { text: 'Corregido', editedAt: expect.any(Date) },
    { op: 'delete', ref: { id: 'disqus.com/comment/5000000002' } },
    { text: 'Comentario 5', replyTo: { status: 'approved' } },
    { text: 'Nuevo' },
  ]);
  expect((await read(second.cursor)).events).toEqual([]);
});

test('without a moderator only what everybody sees is asked for', async () => {
  disqus.add({ message: 'Hola' });
  disqus.add({ message: 'Espero', isApproved: false });
  expect((await read(null, { apiKey: KEY })).events).toHaveLength(1);
  expect(disqus.requests.at(-1)!.has('include')).toBe(false);
});

test('one comment that cannot be read does not stop the others', async () => {
  disqus.comments.push({ id: null } as never);
  disqus.add({ message: 'Hola', thread: '9' as never });
  disqus.comments[0]!.createdAt = '2026-03-01T09:00:00';
  disqus.comments[0]!.isApproved = true;
  expect((await read()).events).toMatchObject([{ root: { id: 'disqus.com/thread/9' } }]);
});

test('reading again tells what is gone', async () => {
  const { id } = disqus.add({ message: 'Hola' });
  const refetch = (number: string) => disqusConnector().refetch!(context(), { id: `disqus.com/comment/${number}` });
  expect(await refetch(id)).toMatchObject({ text: 'Hola' });
  disqus.comments[0]!.isDeleted = true;
  expect(await refetch(id)).toBe('gone');
  expect(await refetch('1')).toBe('gone');
});

test('a forum is checked with its key, and known by its short name however it is given', async () => {
  expect(await disqusConnector().check(context())).toMatchObject({
    ok: true,
    account: { displayName: 'La panadería' },
  });
  const wrong = await disqusConnector().check(context({ apiKey: 'wrong' }));
  expect(wrong).toMatchObject({ ok: false, problem: { class: 'auth', scope: 'account', code: '5' } });
  expect(JSON.stringify(wrong)).not.toContain('wrong');
  for (const query of ['Panaderia', 'https://panaderia.disqus.com/', 'https://disqus.com/home/forum/panaderia/'])
    expect(context(undefined, query).config.forum).toBe('panaderia');
});
