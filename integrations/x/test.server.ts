import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { idAt } from './post.event.js';
import { compareIds } from './timeline.reader.js';

// biome-ignore lint/suspicious/noExplicitAny: what X says and is told, in its own shapes
type Json = any;

export const OUR_ID = '9000';

export const CREDENTIALS = {
  bearerToken: 'app-token',
  accessToken: 'account-token',
  consumerSecret: 'consumer-secret',
};

export function fixture(name: string): Json {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
}

export interface SeenRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  body: Json;
  authorization: string;
}

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | 'hang' | 'break';
type Handler = (request: SeenRequest) => Answer;

/** X on loopback, as far as the adapter speaks with it. Posts are kept and paged as X does. */
export interface XServer {
  origin: string;
  requests: SeenRequest[];
  posts: Json[];
  includes: Json;
  rules: { id: string; value: string; tag?: string }[];
  sent: { id: string; text: string; parentId?: string; participantId?: string; authorId: string; at: Date }[];
  webhooks: { id: string; url: string; valid: boolean }[];
  subscriptions: Json[];
  /** Answers this path (or every path) otherwise; undefined takes it back. */
  answer(path: string | '*', handler: Handler | undefined): void;
  /** What a stream begins with. */
  greet?: () => string;
  /** One line of the stream, to everybody who listens. */
  push(line: string | Buffer): void;
  streams(): number;
  cutStreams(): void;
  asked(path: string | RegExp, method?: string): SeenRequest[];
  close(): Promise<void>;
}

/** A request as it came, for whoever wants to judge it before it is answered. */
export interface RawXRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export async function openXServer(options: { judge?: (request: RawXRequest) => Promise<void> } = {}): Promise<XServer> {
  const sockets = new Set<Socket>();
  const streams = new Set<ServerResponse>();
  const handlers = new Map<string, Handler>();
  const counters = { id: 0 };
  const state = {
    requests: [] as SeenRequest[],
    posts: [] as Json[],
    includes: {} as Json,
    rules: [] as XServer['rules'],
    sent: [] as XServer['sent'],
    webhooks: [] as XServer['webhooks'],
    subscriptions: [] as Json[],
  };

  const server = createServer(async (request, response) => {
    const seen = await read(request, options.judge);
    state.requests.push(seen);
    const handler = handlers.get(seen.path) ?? handlers.get('*');
    const answer = handler ? handler(seen) : route(seen, state, counters);
    if (answer === 'hang') return;
    if (answer === 'break') return void request.socket.destroy();
    if (seen.path === '/2/tweets/search/stream' && (answer.status ?? 200) === 200) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      streams.add(response);
      response.write(opened.greet?.() ?? '');
      response.on('close', () => streams.delete(response));
      return;
    }
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    const limits = { 'x-rate-limit-limit': '300', 'x-rate-limit-remaining': '299', 'x-rate-limit-reset': '1795000000' };
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...limits, ...answer.headers });
    response.end(body);
  });
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const opened: XServer = Object.assign(state, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer(path: string, handler: Handler | undefined) {
      if (handler) handlers.set(path, handler);
      else handlers.delete(path);
    },
    push(line: string | Buffer) {
      for (const stream of streams) stream.write(line);
    },
    streams: () => streams.size,
    cutStreams() {
      for (const stream of streams) stream.destroy();
    },
    asked: (path: string | RegExp, method?: string) =>
      state.requests.filter(
        each =>
          (typeof path === 'string' ? each.path === path : path.test(each.path)) &&
          each.method === (method ?? each.method),
      ),
    close: () =>
      new Promise<void>(done => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  });
  return opened;
}

async function read(request: IncomingMessage, judge?: (request: RawXRequest) => Promise<void>): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url!, 'http://x');
  const bytes = Buffer.concat(chunks);
  await judge?.({ method: request.method!, url: request.url!, headers: request.headers, body: bytes });
  const text = bytes.toString('utf8');
  const isJson = request.headers['content-type']?.includes('application/json');
  return {
    method: request.method!,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    body: isJson && text ? JSON.parse(text) : text,
    authorization: request.headers.authorization ?? '',
  };
}

type State = Pick<XServer, 'posts' | 'includes' | 'rules' | 'sent' | 'webhooks' | 'subscriptions'>;

function route(seen: SeenRequest, state: State, counters: { id: number }): Answer {
  const { method, path, query, body } = seen;
  const newId = () => String(BigInt(idAt(new Date())) + BigInt(++counters.id));
  const users: Json[] = state.includes.users ?? [];
  const key = `${method} ${path.replace(/\/\d{3,}/g, '/:id')}`;
  if (/^GET \/2\/users\/by\/username\//.test(key)) {
    const user = users.find(each => each.username === path.split('/').at(-1));
    return user ? { body: { data: user } } : { body: { errors: [missing('user')] } };
  }
  if (key === 'POST /2/tweets') {
    const { text, reply } = body;
    const isTwice = state.sent.some(each => each.text === text && each.parentId === reply?.in_reply_to_tweet_id);
    if (isTwice)
      return {
        status: 403,
        body: {
          title: 'Forbidden',
          detail: 'You are not allowed to create a Tweet with duplicate content.',
          type: 'about:blank',
          status: 403,
        },
      };
    const id = newId();
    state.sent.push({ id, text, parentId: reply?.in_reply_to_tweet_id, authorId: OUR_ID, at: new Date() });
    return { status: 201, body: { data: { id, text } } };
  }
  if (key === 'POST /2/dm_conversations/with/:id/messages') {
    const id = newId();
    state.sent.push({ id, text: body.text, participantId: path.split('/')[4]!, authorId: OUR_ID, at: new Date() });
    return { status: 201, body: { data: { dm_event_id: id, dm_conversation_id: '1-2' } } };
  }
  if (key === 'GET /2/dm_conversations/with/:id/dm_events') {
    const all = state.sent.filter(each => each.participantId === path.split('/')[4]);
    return {
      body: { data: all.map(({ id, text, at }) => ({ id, text, sender_id: OUR_ID, created_at: at.toISOString() })) },
    };
  }
  if (key === 'GET /2/users/:id/tweets') {
    const own = state.sent
      .filter(each => !each.participantId)
      .map(({ id, text, parentId, at }) => ({
        id,
        text,
        author_id: OUR_ID,
        created_at: at.toISOString(),
        ...(parentId && { referenced_posts: [{ type: 'replied_to', id: parentId }] }),
      }));
    return { body: { data: own } };
  }
  if (key === 'DELETE /2/tweets/:id' || key === 'DELETE /2/dm_events/:id') {
    const index = state.sent.findIndex(each => each.id === path.split('/').at(-1));
    if (index < 0) return { status: 404, body: missing('tweet') };
    state.sent.splice(index, 1);
    return { body: { data: { deleted: true } } };
  }
  if (key === 'GET /2/tweets') {
    const found = state.posts.filter(each => query['ids']!.split(',').includes(each.id));
    return { body: found.length ? { data: found, includes: state.includes } : { errors: [missing('tweet')] } };
  }
  if (key === 'POST /2/tweets/search/stream/rules') {
    const gone: string[] = body.delete?.ids ?? [];
    state.rules.splice(0, state.rules.length, ...state.rules.filter(rule => !gone.includes(rule.id)));
    const added = (body.add ?? []).map((rule: Json) => ({ ...rule, id: newId() }));
    state.rules.push(...added);
    return { status: body.add ? 201 : 200, body: { data: added, meta: {} } };
  }
  if (key === 'POST /2/webhooks') {
    const webhook = { id: newId(), url: body.url, valid: true };
    state.webhooks.push(webhook);
    return { body: { data: webhook } };
  }
  if (key === 'POST /2/activity/subscriptions') {
    state.subscriptions.push({ ...body, subscription_id: newId() });
    return { body: { data: {} } };
  }
  const fixed: Record<string, () => Answer> = {
    'GET /2/users/me': () => ({ body: { data: users.find(each => each.id === OUR_ID) } }),
    'GET /2/users/:id/mentions': () => ({ body: pageOf(state, query) }),
    'GET /2/tweets/search/recent': () => ({ body: pageOf(state, query) }),
    'GET /2/tweets/search/stream': () =>
      state.rules.length ? {} : { status: 409, body: { title: 'ConnectionException', detail: 'No rules.' } },
    'GET /2/tweets/search/stream/rules': () => ({ body: { data: state.rules, meta: {} } }),
    'GET /2/webhooks': () => ({ body: { data: state.webhooks } }),
    'PUT /2/webhooks/:id': () => ({ body: { data: { valid: true } } }),
    'GET /2/activity/subscriptions': () => ({ body: { data: state.subscriptions } }),
    'PUT /2/tweets/:id/hidden': () => ({ body: { data: { hidden: body.hidden } } }),
    'POST /2/media/upload/initialize': () => ({ body: { data: { id: newId() } } }),
    'POST /2/media/upload/:id/append': () => ({ body: { data: {} } }),
    'POST /2/media/upload/:id/finalize': () => ({ body: { data: {} } }),
    'POST /2/media/metadata': () => ({ body: { data: {} } }),
  };
  return fixed[key]?.() ?? { status: 404, body: { title: 'Not Found', detail: `No ${key}` } };
}

function missing(type: string) {
  return {
    title: 'Not Found Error',
    detail: `Could not find ${type}.`,
    type: 'https://api.twitter.com/2/problems/resource-not-found',
  };
}

/** Newest first, between the two ids, as many as asked for. */
function pageOf({ posts, includes }: State, query: Record<string, string>) {
  const [since, until, most] = [query['since_id'], query['until_id'], Number(query['max_results'])];
  const found = posts
    .filter(
      ({ id }) =>
        typeof id !== 'string' || ((!since || compareIds(id, since) > 0) && (!until || compareIds(id, until) < 0)),
    )
    .toSorted((one, other) => compareIds(String(other.id), String(one.id)));
  const page = found.slice(0, most);
  return {
    ...(page.length > 0 && { data: page, includes }),
    meta: { result_count: page.length, ...(found.length > most && { next_token: 'next' }) },
  };
}
