import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ConnectorError, type SendCommand, type UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import type { WordPressCursor } from './comment.reader.js';
import { wordpressConnector } from './connector.js';
import { openStubBlog, PASSWORD, type StubBlog } from './test.server.js';

const connector = wordpressConnector();
let blog: StubBlog;
beforeEach(async () => {
  blog = await openStubBlog();
});
afterEach(() => blog.close());

const signedIn = () => ({ settings: { username: 'bakery' }, credentials: { applicationPassword: PASSWORD } });
const context = (given: object = signedIn()) => contextFor(connector, { kind: 'ACCOUNT', query: blog.url, ...given });

async function read(cursor: WordPressCursor | null = null, given?: object) {
  const batches = await Array.fromAsync(connector.poll!(context(given), cursor));
  return { events: batches.flatMap(batch => batch.events), cursor: batches.at(-1)!.cursor, batches };
}
const ofComments = (events: unknown[]) => (events as UpsertEvent[]).filter(event => event.kind !== 'POST');

describe('reading', () => {
  test('what waits for approval is told, to those who may see it only', async () => {
    blog.add({ text: 'Hola' });
    blog.add({ text: 'Espero', status: 'hold' });
    expect(ofComments((await read()).events).map(event => event.replyTo!['status'])).toEqual(['approved', 'hold']);
    const publicly = ofComments((await read(null, {})).events);
    expect(publicly).toHaveLength(1);
    expect(publicly[0]!.replyability).toEqual({ public: false, private: false, reason: 'NOT_POSSIBLE' });
  });

  test('a comment hangs on what it answers, under the id the feeds give it, and its author proves nothing', async () => {
    blog.add({ text: 'Hola', author_url: 'https://carla.example/' });
    blog.add({ text: 'Gracias', parent: 1, author: 1, author_name: 'bakery' });
    const { events } = await read();
    const [post, comment, answer] = events as UpsertEvent[];
    expect(post).toMatchObject({ kind: 'POST', own: true, ref: { id: `${blog.url}/?p=1` }, title: 'Horario' });
    expect(comment).toMatchObject({ own: false, parent: post!.ref, root: post!.ref, author: { displayName: 'Carla' } });
    expect(comment!.author).not.toHaveProperty('verifiedEmail');
    expect(comment!.author).not.toHaveProperty('url');
    expect(comment!.author.id).not.toContain('carla@');
    expect(answer).toMatchObject({ own: true, parent: { id: `${blog.url}/?p=1#comment-1`, author: comment!.author } });
  });

  test('reads page by page, and a later poll gives only what is new, edited, approved or thrown away', async () => {
    blog.pageSize = 2;
    for (let n = 1; n <= 5; n += 1) blog.add({ text: `Comentario ${n}`, status: n === 5 ? 'hold' : 'approved' });
    const first = await read();
    expect(first.batches.map(batch => batch.more)).toEqual([true, true, false]);
    blog.comments[0]!.content.rendered = '<p>Corregido</p>';
    blog.comments[1]!.status = 'trash';
    blog.comments[2]!.status = 'spam';
    blog.comments[4]!.status = 'approved';
    blog.add({ text: 'Nuevo' });
    const second = await read(JSON.parse(JSON.stringify(first.cursor)));
    const told = second.events.filter(event => event.op === 'delete' || event.kind !== 'POST');
    expect(told).toMatchObject([
      { text: 'Corregido', editedAt: expect.any(Date) },
      { replyTo: { comment: '5', status: 'approved' } },
      { text: 'Nuevo' },
      { op: 'delete', ref: { id: `${blog.url}/?p=1#comment-2` } },
      { op: 'delete', ref: { id: `${blog.url}/?p=1#comment-3` } },
    ]);
    expect(told[1]).not.toHaveProperty('editedAt');
    expect((await read(second.cursor)).events).toEqual([]);
  });

  test('a comment approved late is found although it is older than others', async () => {
    blog.add({ text: 'Primero', status: 'hold' });
    blog.add({ text: 'Segundo' });
    const first = await read(null, {});
    blog.comments[0]!.status = 'approved';
    expect(ofComments((await read(first.cursor, {})).events)).toMatchObject([{ text: 'Primero' }]);
  });

  test.each(['with', 'without'])('%s a password, what was thrown away or deleted for good is noticed', async how => {
    const given = how === 'with' ? undefined : {};
    for (const text of ['Uno', 'Dos', 'Tres']) blog.add({ text });
    const first = await read(null, given);
    blog.comments[0]!.status = 'trash';
    blog.comments.splice(1, 1);
    const second = await read(first.cursor, given);
    expect(second.events).toMatchObject(
      [1, 2].map(id => ({ op: 'delete', ref: { id: `${blog.url}/?p=1#comment-${id}` } })),
    );
    expect((await read(second.cursor, given)).events).toEqual([]);
  });

  test('what a list leaves out for a moment is not taken for deleted', async () => {
    for (const text of ['Uno', 'Dos']) blog.add({ text });
    const first = await read();
    blog.hidden.add(2);
    expect((await read(first.cursor)).events).toEqual([]);
  });

  test('a comment dated ahead takes no other with it', async () => {
    blog.add({ text: 'De mañana', date_gmt: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 19) });
    const first = await read();
    blog.add({ text: 'De hoy', date_gmt: new Date().toISOString().slice(0, 19) });
    expect(ofComments((await read(first.cursor)).events)).toMatchObject([{ text: 'De hoy' }]);
  });

  test('one comment that cannot be read does not stop the others', async () => {
    blog.add({ text: 'Hola' });
    blog.comments.unshift({ id: 'x' } as never);
    blog.comments[0]!.status = 'approved';
    blog.comments[0]!.date_gmt = '2026-03-01T00:00:00';
    blog.comments[0]!.content = { rendered: 7, raw: '' } as never;
    expect(ofComments((await read()).events)).toHaveLength(1);
  });

  test('a link from another blog is a mention that no person wrote', async () => {
    blog.add({ text: '[…] el mejor pan […]', type: 'pingback', author_name: 'Otro blog' });
    expect(ofComments((await read()).events)).toMatchObject([{ kind: 'MENTION', auto: true }]);
  });

  test('reading again tells what is gone, for those who sign in and those who do not', async () => {
    blog.add({ text: 'Hola' });
    const ref = { id: `${blog.url}/?p=1#comment-1` };
    expect(await connector.refetch!(context(), ref)).toMatchObject({ text: 'Hola' });
    blog.comments[0]!.status = 'trash';
    expect(await connector.refetch!(context(), ref)).toBe('gone');
    expect(await connector.refetch!(context({}), ref)).toBe('gone');
    expect(await connector.refetch!(context(), { id: `${blog.url}/?p=1#comment-9` })).toBe('gone');
  });
});

describe('answering', () => {
  async function command(text: string): Promise<SendCommand> {
    const question = ofComments((await read()).events)[0]!;
    const parent = { ...question, mentions: [] };
    const rendered = connector.render!(context(), { text, visibility: 'public' }, parent);
    if (!('payload' in rendered)) throw new Error(rendered.code);
    return { key: 'k', kind: 'reply', visibility: 'public', parent, rendered, media: [], firstTriedAt: new Date() };
  }

  test('the same answer twice is one comment, and each time it is told which', async () => {
    blog.add({ text: '¿Abren?' });
    const answer = await command('Sí, "hasta" las <8> & más 😀');
    const once = await connector.send!(context(), answer);
    expect(once).toMatchObject({ state: 'sent', ref: { id: `${blog.url}/?p=1#comment-2` } });
    expect(await connector.send!(context(), answer)).toEqual(once);
    expect(blog.comments[1]).toMatchObject({ parent: 1, content: { raw: 'Sí, "hasta" las &lt;8&gt; &amp; más 😀' } });
  });

  test('what became of an answer that was lost is looked up', async () => {
    blog.add({ text: '¿Abren?' });
    const answer = await command('Sí');
    expect(await connector.findSent!(context(), answer)).toBeNull();
    blog.misbehave('lostAnswer', 'writing');
    const error = await connector.send!(context(), answer).catch((thrown: unknown) => thrown);
    expect((error as ConnectorError).fault.mayHaveHappened).toBe(true);
    blog.misbehave('no');
    expect(await connector.findSent!(context(), answer)).toMatchObject({ ref: { id: `${blog.url}/?p=1#comment-2` } });
  });

  test('hiding, showing and deleting may be done twice', async () => {
    blog.add({ text: 'Insulto' });
    const ref = { id: `${blog.url}/?p=1#comment-1` };
    for (const hidden of [true, true, false, false]) {
      await connector.hide!(context(), ref, hidden);
      expect(blog.comments[0]!.status).toBe(hidden ? 'hold' : 'approved');
    }
    await connector.delete!(context(), ref);
    await connector.delete!(context(), ref);
    expect(blog.comments[0]!.status).toBe('trash');
  });

  test('what cannot be sent is said before it is tried', async () => {
    blog.add({ text: 'Hola' });
    const parent = { ...ofComments((await read()).events)[0]!, mentions: [] };
    const code = (draft: object, given?: object, of: typeof parent | null = parent) =>
      connector.render!(context(given), { text: 'Hola', visibility: 'public', ...draft }, of);
    expect(code({ text: ' ' })).toMatchObject({ code: 'EMPTY' });
    expect(code({ text: 'é'.repeat(40_000) })).toMatchObject({ code: 'TEXT_TOO_LONG', parameters: { length: 80_000 } });
    expect(code({ visibility: 'private' })).toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(code({ media: [{ kind: 'image', type: 'image/png', bytes: 1 }] })).toMatchObject({
      code: 'MEDIA_NOT_POSSIBLE',
    });
    expect(code({}, {})).toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(code({}, undefined, null)).toMatchObject({ code: 'NOT_POSSIBLE' });
  });
});

describe('an account', () => {
  test('is checked with its password, and a wrong one is said to be that', async () => {
    expect(await connector.check(context())).toMatchObject({
      ok: true,
      account: { id: expect.stringMatching(/\/user\/1$/), displayName: 'Panadería' },
      grants: { reply: { public: true } },
    });
    expect(await connector.check(context({}))).toMatchObject({ ok: true, grants: { reply: { public: false } } });
    const wrong = { settings: { username: 'bakery' }, credentials: { applicationPassword: 'wrong' } };
    const { problem } = (await connector.check(context(wrong))) as { problem: { class: string; message: string } };
    expect(problem).toMatchObject({ class: 'auth', code: 'incorrect_password', scope: 'account' });
    expect(problem.message).not.toContain('<');
  });

  test('is never asked for its password over a line that others read', () => {
    const configure = (query: string) => () => connector.configure({ kind: 'ACCOUNT', query, ...signedIn() });
    expect(configure('http://blog.example')).toThrow(ConnectorError);
    expect(configure('https://blog.example')).not.toThrow();
    expect(configure('blog.example/es/')()).toMatchObject({
      site: 'https://blog.example/es/',
      host: 'blog.example/es',
    });
    expect(configure('https://blog.example/wp-json/')()).toMatchObject({ api: 'https://blog.example/wp-json' });
  });

  test('may be given by the address of its interface', async () => {
    blog.add({ text: 'Hola' });
    const given = { kind: 'ACCOUNT' as const, query: `${blog.url}/wp-json`, ...signedIn() };
    const batches = await Array.fromAsync(connector.poll!(contextFor(connector, given), null));
    expect(batches[0]!.events).toHaveLength(2);
  });
});

const recordings = resolve('../shared/fixtures/wordpress');
const isRecorded = existsSync(recordings);
if (!isRecorded) console.warn('The recorded WordPress is not here, so its comments are not replayed.');
(isRecorded ? test : test.skip)('what a WordPress 6.1 said is read whole', async () => {
  const recorded = ['comments-list.json', 'comments-hold.json', 'reply.json'].map(file =>
    JSON.parse(readFileSync(resolve(recordings, file), 'utf8')),
  );
  blog.comments.push(...recorded.flat().filter(({ id, content }) => id !== 3 || content.raw));
  const { events } = await read();
  expect(ofComments(events)).toMatchObject([
    { own: false, author: { displayName: 'A WordPress Commenter' }, kind: 'COMMENT' },
    { own: false, text: 'Il prodotto non funziona', replyTo: { status: 'hold' } },
    { own: true, text: 'Ci scusiamo, la contattiamo subito.', parent: { id: `${blog.url}/?p=1#comment-2` } },
  ]);
});
