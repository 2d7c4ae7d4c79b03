import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SendCommand, UpsertEvent } from '../../src/ingest/connector.js';
import { contextFor } from '../../test/support/connector-context.js';
import { discourseConnector } from './connector.js';
import type { DiscourseCursor } from './post.reader.js';
import { delivery, KEY, openStubForum, type StubForum } from './test.server.js';

const connector = discourseConnector();
let forum: StubForum;
beforeEach(async () => {
  forum = await openStubForum();
});
afterEach(() => forum.close());

const signedIn = { settings: { username: 'bakery' }, credentials: { apiKey: KEY } };
const context = (given: object = signedIn) => contextFor(connector, { kind: 'ACCOUNT', query: forum.url, ...given });
const host = () => forum.url.replace('http://', '');
async function read(cursor: DiscourseCursor | null = null, given?: object) {
  const batches = await Array.fromAsync(connector.poll!(context(given), cursor));
  return { events: batches.flatMap(batch => batch.events), cursor: batches.at(-1)!.cursor, batches };
}

describe('reading', () => {
  test('a topic is a thread, its posts known by their place in it', async () => {
    forum.add({ raw: '¿Tenéis pan sin gluten?' });
    forum.add({ raw: 'Sí', username: 'Bakery', user_id: 1, reply_to_post_number: 1 });
    forum.add({ raw: 'Gracias' });
    const [question, answer, thanks] = (await read()).events as UpsertEvent[];
    expect(question).toMatchObject({
      kind: 'POST',
      ref: { id: `${host()}/t/7/1`, url: `${forum.url}/t/pan-sin-gluten/7/1` },
      author: { id: `${host()}/u/20`, handle: 'carla' },
      replyability: { public: true, private: true },
      title: 'Pan sin gluten',
    });
    expect(question).not.toHaveProperty('parent');
    expect(answer).toMatchObject({ kind: 'COMMENT', own: true, parent: { id: `${host()}/t/7/1` } });
    expect(thanks).toMatchObject({ own: false, parent: { id: `${host()}/t/7/1` }, root: { id: `${host()}/t/7/1` } });
  });

  test('goes through a long forum oldest first, and later gives only what is new, edited or deleted', async () => {
    for (let n = 1; n <= 130; n += 1) forum.add({ raw: `Mensaje ${n}` });
    const first = await read();
    const texts = (first.events as UpsertEvent[]).map(event => event.text);
    expect(texts).toEqual(Array.from({ length: 130 }, (_, index) => `Mensaje ${index + 1}`));
    expect(first.batches.map(batch => batch.more)).toEqual([true, true, false]);
    Object.assign(forum.posts[125]!, { raw: 'Corregido', cooked: '<p>Corregido</p>', version: 2 });
    forum.posts[126]!.deleted_at = '2026-03-02T00:00:00Z';
    forum.add({ raw: 'Nuevo' });
    const second = await read(JSON.parse(JSON.stringify(first.cursor)));
    expect(second.events).toMatchObject([
      { text: 'Corregido', editedAt: expect.any(Date) },
      { op: 'delete', ref: { id: `${host()}/t/7/127` }, tombstone: true },
      { text: 'Nuevo' },
    ]);
    expect((await read(second.cursor)).events).toEqual([]);
  });

  test('a post that was the newest of all and is deleted is missed too', async () => {
    for (const raw of ['Uno', 'Dos']) forum.add({ raw });
    const first = await read();
    forum.posts[1]!.deleted_at = '2026-03-02T00:00:00Z';
    const second = await read(first.cursor);
    expect(second.events).toMatchObject([{ op: 'delete', ref: { id: `${host()}/t/7/2` } }]);
    expect((await read(second.cursor)).events).toEqual([]);
  });

  test('a long absence is made up for from where it began', async () => {
    forum.add({ raw: 'Mensaje 1' });
    const { cursor } = await read();
    for (let n = 2; n <= 700; n += 1) forum.add({ raw: `Mensaje ${n}` });
    expect((await read(cursor)).events).toHaveLength(699);
  });

  test('notes of moderators and whispers are not read, and of a robot it is said that it is one', async () => {
    forum.add({ raw: 'Cerrado', post_type: 3 });
    forum.add({ raw: 'Entre nosotros', post_type: 4 });
    forum.add({ raw: 'Bienvenida', user_id: -2, username: 'discobot' });
    expect((await read()).events).toMatchObject([{ text: 'Bienvenida', auto: true }]);
  });

  test('without a key a forum is only read', async () => {
    forum.add({ raw: 'Hola' });
    const [event] = (await read(null, {})).events as UpsertEvent[];
    expect(event!.replyability).toEqual({ public: false, private: false, reason: 'NOT_POSSIBLE' });
    expect(forum.requests.every(request => request.key === undefined)).toBe(true);
    expect(await connector.check(context({}))).toMatchObject({ ok: true, grants: { reply: { public: false } } });
  });
});

describe('being called', () => {
  const hookContext = (given = {}) => ({ ...context(), hookSecret: 'ours', ...given });

  test('only what is signed with the secret of the webhook is taken', () => {
    const post = { id: 1 };
    const verify = (secret: string, given = {}) =>
      connector.verifyWebhook!(hookContext(given), delivery('post_created', post, secret)).kind;
    expect(verify('ours')).toBe('events');
    expect(verify('theirs')).toBe('reject');
    expect(verify('', { hookSecret: undefined })).toBe('reject');
    const byHand = { ...signedIn, credentials: { apiKey: KEY, webhookSecret: 'by hand' } };
    const request = delivery('post_created', post, 'by hand');
    expect(connector.verifyWebhook!(context(byHand), request).kind).toBe('events');
  });

  test('a post told and the same post read are one', async () => {
    const post = forum.add({ raw: '¿Tenéis pan?' });
    const [polled] = (await read()).events as UpsertEvent[];
    const parse = (event: string, body: object) =>
      connector.parseWebhook!(hookContext(), delivery(event, body, 'ours')).events;
    const [told] = parse('post_created', post) as UpsertEvent[];
    expect(told).toMatchObject({ ref: polled!.ref, revision: polled!.revision, text: polled!.text });
    expect(parse('post_destroyed', post)).toMatchObject([{ op: 'delete', ref: polled!.ref }]);
    expect(parse('post_created', { ...post, topic_archetype: 'private_message' })).toMatchObject([
      { kind: 'DIRECT_MESSAGE', replyability: { public: false, private: true } },
    ]);
  });

  test('what another forum tells an account with the same secret is none of this one’s', () => {
    const post = forum.add({ raw: '¿Tenéis pan?' });
    const other = { ...hookContext(), hookUrl: 'https://crm.example.com/hooks/another' };
    const told = (instance: string) => delivery('post_created', post, 'ours', '1', instance);
    expect(connector.parseWebhook!(other, told('https://forum.example')).events).toEqual([]);
    expect(connector.parseWebhook!(other, told(forum.url)).events).toHaveLength(1);
  });

  test('a ping is no post, and what is not JSON is refused', () => {
    const request = delivery('post_created', {}, 'ours');
    const ping = { ...request, headers: { ...request.headers, 'x-discourse-event-type': 'ping' } };
    expect(connector.parseWebhook!(hookContext(), ping)).toEqual({ events: [] });
    expect(() => connector.parseWebhook!(hookContext(), { ...request, body: Buffer.from('{') })).toThrow();
  });

  test('the webhook is set up once, and left alone where somebody did it by hand', async () => {
    const hook = { url: 'https://crm.example.com/hooks/1', secret: 'ours' };
    await connector.subscribe!(context(), hook);
    await connector.subscribe!(context(), hook);
    expect(forum.hooks).toMatchObject([{ payload_url: hook.url, secret: 'ours' }]);
    const byHand = { ...signedIn, credentials: { apiKey: KEY, webhookSecret: 'by hand' } };
    const asked = forum.requests.length;
    await connector.subscribe!(context(byHand), hook);
    expect(forum.requests).toHaveLength(asked);
  });
});

describe('answering', () => {
  async function command(text: string, visibility: 'public' | 'private' = 'public'): Promise<SendCommand> {
    const question = (await read()).events.at(-1) as UpsertEvent;
    const parent = { ...question, mentions: [] };
    const rendered = connector.render!(context(), { text, visibility }, parent);
    if (!('payload' in rendered)) throw new Error(rendered.code);
    return { key: 'k', kind: 'reply', visibility, parent, rendered, media: [], firstTriedAt: new Date() };
  }

  test('an answer stands under the post it answers, once however often it is sent', async () => {
    forum.add({ raw: 'Hola a todos' });
    forum.add({ raw: '¿Tenéis pan?' });
    const answer = await command('Sí 🥖, "siempre"');
    const sent = await connector.send!(context(), answer);
    expect(sent).toMatchObject({ state: 'sent', ref: { id: `${host()}/t/7/3` } });
    expect(forum.posts[2]).toMatchObject({ raw: 'Sí 🥖, "siempre"', topic_id: 7, reply_to_post_number: 2 });
    expect(await connector.send!(context(), answer)).toMatchObject({ state: 'sent', ref: (sent as any).ref });
    expect(await connector.findSent!(context(), answer)).toMatchObject({ ref: (sent as any).ref });
    await connector.delete!(context(), (sent as any).ref);
    await connector.delete!(context(), (sent as any).ref);
    expect(forum.posts[2]!.deleted_at).toBeTruthy();
  });

  test('a private answer to a public post is a message to whoever wrote it', async () => {
    forum.add({ raw: '¿Tenéis pan?' });
    const answer = await command('Escríbanos', 'private');
    expect(await connector.findSent!(context(), answer)).toBeNull();
    expect(await connector.send!(context(), answer)).toMatchObject({ state: 'sent', replyTo: { private: true } });
    expect(forum.posts[1]).toMatchObject({ topic_title: 'Re: Pan sin gluten', topic_archetype: 'private_message' });
    expect(await connector.findSent!(context(), answer)).toMatchObject({ replyTo: { private: true } });
  });

  test('the same words to somebody else are not what is looked for, and a title may have been tidied', async () => {
    forum.add({ raw: '¿Tenéis pan?' });
    const answer = await command('Escríbanos', 'private');
    await connector.send!(context(), answer);
    forum.posts[1]!.topic_title = 'Re pan sin gluten';
    expect(await connector.findSent!(context(), answer)).not.toBeNull();
    expect(await connector.findSent!(context(), { ...answer, recipient: { handle: 'aitor' } })).toBeNull();
  });

  test('a forum that wants patience says how long', async () => {
    forum.add({ raw: '¿Tenéis pan?' });
    const answer = await command('Sí');
    forum.misbehave('limited', 'writing');
    const before = Date.now();
    const result = await connector.send!(context(), answer);
    expect(result).toMatchObject({ state: 'failed', fault: { class: 'rate', retryAt: expect.any(Date) } });
    expect((result as any).fault.retryAt.getTime()).toBeGreaterThanOrEqual(before + 7000);
  });

  test('a key that is not accepted concerns the account', async () => {
    forum.misbehave('expired');
    expect(await connector.check(context())).toMatchObject({ ok: false, problem: { class: 'auth', scope: 'account' } });
  });
});

const description = resolve('../shared/fixtures/discourse/openapi.json');
const isThere = existsSync(description);
if (!isThere) console.warn("Discourse's own description is not here, so what is read is not held against it.");
(isThere ? test : test.skip)("what is read and written is in Discourse's own description", () => {
  const { paths } = JSON.parse(readFileSync(description, 'utf8'));
  const stub = forum.add({ raw: 'Hola' });
  const { properties } = paths['/posts.json'].get.responses['200'].content['application/json'].schema;
  const post = properties.latest_posts.items.properties;
  expect(Object.keys(stub).filter(name => !(name in post))).toEqual([]);
  const body = paths['/posts.json'].post.requestBody.content['application/json'].schema.properties;
  for (const name of ['raw', 'topic_id', 'reply_to_post_number', 'title', 'target_recipients', 'archetype'])
    expect(body).toHaveProperty(name);
});
