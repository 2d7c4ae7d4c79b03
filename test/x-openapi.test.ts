import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { xConnector } from '../integrations/x/connector.js';
import { idAt } from '../integrations/x/post.event.js';
import {
  CREDENTIALS,
  fixture,
  OUR_ID,
  openXServer,
  type RawXRequest,
  type XServer,
} from '../integrations/x/test.server.js';
import type { Draft, ParentPost, SendCommand, SourceDescription } from '../src/ingest/connector.js';
import { newId } from '../src/platform/ids.js';
import { contextFor } from './support/connector-context.js';

const DESCRIPTION = fileURLToPath(new URL('../../shared/fixtures/x/x-api-v2.openapi-2.167.json', import.meta.url));
const PRISM = fileURLToPath(new URL('./servers/node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));
const isPossible = existsSync(DESCRIPTION) && existsSync(PRISM);
if (!isPossible)
  console.warn(
    'Prism (npm ci --prefix test/servers) or the description of the API of X is not here: not judged by it.',
  );

interface Violation {
  location: string[];
  code: string | number;
  message: string;
}

/** What X's own description says of each request the adapter makes; its answers are our stand-in's. */
const judged: { request: string; violations: Violation[]; unknown: string[] }[] = [];
let prism: ChildProcess;
let prismUrl: string;
let server: XServer;

(isPossible ? describe : describe.skip)("by X's own description of its API, as Prism reads it", () => {
  beforeAll(async () => {
    const port = await freePort();
    prismUrl = `http://127.0.0.1:${port}`;
    prism = spawn(process.execPath, [PRISM, 'mock', '--host', '127.0.0.1', '--port', String(port), DESCRIPTION]);
    await new Promise<void>((done, fail) => {
      prism.stdout!.on('data', chunk => String(chunk).includes('is listening') && done());
      prism.on('exit', code => fail(new Error(`Prism ended with ${code}`)));
    });
  }, 60_000);
  afterAll(async () => {
    prism.removeAllListeners('exit');
    const ended = new Promise(done => prism.on('exit', done));
    prism.kill();
    await ended;
  });
  afterEach(() => server.close());

  async function opened(source: Partial<SourceDescription> = {}) {
    judged.length = 0;
    server = await openXServer({ judge });
    const { data, includes } = fixture('mentions');
    server.posts.push(...data);
    server.includes = includes;
    const connector = xConnector({ origin: server.origin });
    const abort = new AbortController();
    const given: SourceDescription = {
      kind: 'ACCOUNT',
      query: '@panaderia',
      credentials: CREDENTIALS,
      settings: { userId: OUR_ID },
      ...source,
    };
    const context = contextFor(connector, given, { signal: abort.signal });
    return { connector, context, abort };
  }

  function expectNoComplaint(...requests: string[]) {
    expect(judged.filter(each => each.violations.length > 0 || each.unknown.length > 0)).toEqual([]);
    expect([...new Set(judged.map(each => each.request))].sort()).toEqual(requests.sort());
  }

  test('a request that is wrong would be noticed', async () => {
    const { connector, context } = await opened({ settings: { userId: OUR_ID } });
    await connector.refetch!(context, { id: '123' });
    const headers = { authorization: 'Bearer app-token' };
    await judge({ method: 'GET', url: '/2/tweets?ids=1&expansions=nobody&colour=red', headers, body: Buffer.alloc(0) });
    expect(judged.at(-1)).toMatchObject({
      violations: [{ location: ['request', 'query', 'expansions', '0'] }],
      unknown: ['colour'],
    });
  });

  test('reading is right: who we are, mentions, searches, single posts and messages', async () => {
    const { connector, context } = await opened({ settings: {} });
    await connector.check(context);
    await Array.fromAsync(connector.poll!(context, null));
    await Array.fromAsync(
      connector.poll!(context, {
        sinceId: '1990412345678901210',
        open: { newestId: '1990412345678901240', untilId: '1990412345678901240', read: 1 },
      }),
    );
    await connector.refetch!(context, { id: '1990412345678901210' });
    await connector.refetch!(context, { id: 'dm:1990412745678901270' });
    const search = contextFor(connector, {
      kind: 'KEYWORD',
      query: 'medialunas OR "pan dulce"',
      credentials: { bearerToken: 'app-token' },
    });
    await connector.check(search);
    await Array.fromAsync(connector.poll!(search, null));
    await Array.fromAsync(connector.poll!(search, { sinceId: '1200000000000000000' }));
    await Array.fromAsync(connector.poll!(search, { sinceId: idAt(new Date()) }));
    expectNoComplaint(
      'GET /2/dm_events/{event_id}',
      'GET /2/tweets',
      'GET /2/tweets/search/recent',
      'GET /2/tweets/search/stream/rules',
      'GET /2/users/by/username/{username}',
      'GET /2/users/me',
      'GET /2/users/{id}/mentions',
    );
  });

  test('the stream and its rules are right', async () => {
    const { connector, context, abort } = await opened({ kind: 'KEYWORD', query: 'medialunas' });
    server.rules.push({ id: '1234567', value: 'former', tag: 'vinculo:former' });
    for await (const _ of connector.listen!(context, null)) abort.abort();
    expectNoComplaint(
      'GET /2/tweets/search/stream',
      'GET /2/tweets/search/stream/rules',
      'POST /2/tweets/search/stream/rules',
    );
  });

  test('asking to be called is right', async () => {
    const { connector, context } = await opened();
    const url = 'https://crm.example.com/hooks/x/abc';
    await connector.subscribe!(context, { url, secret: 'ours' });
    server.webhooks[0]!.valid = false;
    await connector.subscribe!(context, { url, secret: 'ours' });
    expectNoComplaint(
      'GET /2/activity/subscriptions',
      'GET /2/webhooks',
      'POST /2/activity/subscriptions',
      'POST /2/webhooks',
      'PUT /2/webhooks/{webhook_id}',
    );
  });

  test('answering is right: posts and messages with pictures, looking for them, hiding and deleting', async () => {
    const { connector, context } = await opened();
    const image = {
      kind: 'image' as const,
      type: 'image/png',
      bytes: Buffer.from('89504e470d0a1a0a', 'hex'),
      description: 'A loaf',
    };
    for (const visibility of ['public', 'private'] as const) {
      const draft: Draft = { text: '¡Gracias! 🥐', visibility };
      const rendered = connector.render!(context, draft, PARENT);
      if ('code' in rendered) throw new Error(rendered.message);
      const command: SendCommand = {
        key: newId(),
        kind: visibility === 'public' ? 'reply' : 'message',
        visibility,
        parent: visibility === 'public' ? PARENT : null,
        recipient: { id: '9001' },
        rendered,
        media: [image],
        firstTriedAt: new Date(),
      };
      const sent = await connector.send!(context, command);
      if (sent.state !== 'sent') throw new Error(sent.state);
      expect(await connector.findSent!(context, command)).toMatchObject({ ref: { id: sent.ref.id } });
      await connector.delete!(context, sent.ref);
    }
    await connector.hide!(context, { id: '1990412345678901220' }, true);
    expectNoComplaint(
      'DELETE /2/dm_events/{event_id}',
      'DELETE /2/tweets/{id}',
      'GET /2/dm_conversations/with/{participant_id}/dm_events',
      'GET /2/users/{id}/tweets',
      'POST /2/dm_conversations/with/{participant_id}/messages',
      'POST /2/media/metadata',
      'POST /2/media/upload/initialize',
      'POST /2/media/upload/{id}/append',
      'POST /2/media/upload/{id}/finalize',
      'POST /2/tweets',
      'PUT /2/tweets/{tweet_id}/hidden',
    );
  });
});

const PARENT: ParentPost = {
  ref: { id: '1990412345678901210' },
  kind: 'MENTION' as ParentPost['kind'],
  author: { id: '9001', handle: 'clienta' },
  own: false,
  text: 'Qué pan',
  occurredAt: new Date('2026-11-18T11:06:00Z'),
};

/** Prism says what is wrong with values; whether a parameter exists at all is looked up here. */
async function judge({ method, url, headers, body }: RawXRequest): Promise<void> {
  const { pathname, searchParams } = new URL(url, prismUrl);
  const { template, parameters } = describedAs(method, pathname);
  const answer = await fetch(`${prismUrl}${url}`, {
    method,
    headers: {
      authorization: String(headers.authorization),
      ...(headers['content-type'] && { 'content-type': headers['content-type'] }),
    },
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  await answer.arrayBuffer();
  if (answer.status >= 400 && !answer.headers.has('sl-violations')) throw new Error(`Prism answered ${answer.status}`);
  const violations = (JSON.parse(answer.headers.get('sl-violations') ?? '[]') as Violation[])
    // Its answers are made up, and some not even as described.
    .filter(({ location }) => location[0] === 'request')
    // The library ends an upload with `{}`, where nothing is described and X takes it.
    .filter(({ code }) => !(template.endsWith('/finalize') && code === 415 && body.toString() === '{}'));
  judged.push({
    request: `${method} ${template}`,
    violations,
    unknown: [...searchParams.keys()].filter(name => !parameters.has(name)),
  });
}

const described = isPossible ? JSON.parse(readFileSync(DESCRIPTION, 'utf8')) : { paths: {} };

function describedAs(method: string, pathname: string): { template: string; parameters: Set<string> } {
  const fitting = Object.keys(described.paths)
    .filter(path => described.paths[path][method.toLowerCase()])
    .filter(path => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname))
    // `search` is no id: the path with the fewest blanks is meant.
    .sort((one, other) => one.split('{').length - other.split('{').length);
  const template = fitting[0] ?? `${pathname} (not described)`;
  const all: any[] = described.paths[template]?.[method.toLowerCase()]?.parameters ?? [];
  const names = all.map(each => each.name ?? described.components.parameters[each.$ref.split('/').at(-1)].name);
  return { template, parameters: new Set(names) };
}

function freePort(): Promise<number> {
  return new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
