import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';

/** How the instance behaves towards everything, or, once told so, towards what is written. */
export type Mood = 'no' | 'limited' | 'broken' | 'malformed' | 'silent' | 'expired' | 'lostAnswer';

/** A loopback instance with one account on it, after the examples of Mastodon's documentation. */
export interface MastodonServer {
  url: string;
  /** As settings name it. */
  instance: string;
  /** Where it says its streams are; here unless given. */
  streaming?: string;
  token: string;
  own: Record<string, unknown>;
  requests: { method: string; path: string; query: URLSearchParams; body: any; headers: IncomingMessage['headers'] }[];
  /** Oldest first; ids ascend. */
  notifications: Record<string, any>[];
  tagged: Record<string, any>[];
  /** What the account itself published, oldest first. */
  statuses: Record<string, any>[];
  /** Sent to everyone who subscribes, in order. */
  live: string[];
  subscriptions: Record<string, string>[];
  /** Sends to everyone who is connected. */
  publish(frame: string): void;
  drop(): void;
  misbehave(mood: Mood): void;
  close(): Promise<void>;
}

export const OWN = {
  id: '9',
  username: 'panaderia',
  acct: 'panaderia',
  display_name: 'Panadería',
  note: '<p>Pan</p>',
  url: 'https://mastodon.example/@panaderia',
};
export const CUSTOMER = {
  id: '464472',
  username: 'clienta',
  acct: 'clienta@otra.example',
  display_name: 'Clienta',
  note: '',
  url: 'https://otra.example/@clienta',
  followers_count: 37,
  bot: false,
};

/** A status as instances give it. */
export function statusOf(id: string, content: string, fields: Record<string, unknown> = {}): Record<string, any> {
  return {
    id,
    created_at: `2026-11-18T11:${id.slice(-2).padStart(2, '0')}:00.123Z`,
    in_reply_to_id: null,
    in_reply_to_account_id: null,
    spoiler_text: '',
    visibility: 'public',
    language: 'es',
    uri: `https://otra.example/users/clienta/statuses/${id}`,
    url: `https://otra.example/@clienta/${id}`,
    edited_at: null,
    content: `<p>${content}</p>`,
    reblog: null,
    account: CUSTOMER,
    media_attachments: [],
    mentions: [{ id: OWN.id, username: OWN.username, url: OWN.url, acct: OWN.acct }],
    tags: [],
    ...fields,
  };
}

export function notificationOf(id: string, status: Record<string, any>, type = 'mention'): Record<string, any> {
  return { id, type, created_at: status['created_at'], account: status['account'], status };
}

/** A frame of the stream: JSON that holds JSON. */
export function frameOf(event: string, payload: unknown): string {
  return JSON.stringify({
    stream: ['user'],
    event,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
}

export async function startMastodon(mood: Mood = 'no'): Promise<MastodonServer> {
  let present = mood;
  const keys = new Map<string, Record<string, any>>();
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((request, response) => void handle(request, response));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const body = await bodyOf(request);
    const path = url.pathname;
    const method = request.method ?? 'GET';
    state.requests.push({ method, path, query: url.searchParams, body, headers: request.headers });
    const answer = (status: number, content: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    const isPublic =
      path.startsWith('/api/v2/instance') ||
      path.startsWith('/api/v1/timelines') ||
      path.startsWith('/oauth') ||
      path === '/api/v1/apps';
    const isPresented = request.headers.authorization === `Bearer ${state.token}`;
    if (present === 'silent') return;
    if (present === 'malformed') return void response.end('<html>');
    if (present === 'broken') return answer(503, { error: 'Remote data could not be fetched' });
    if (present === 'limited') {
      const reset = new Date(Date.now() + 90_000).toISOString().replace('Z', '123Z');
      response
        .setHeader('x-ratelimit-limit', '300')
        .setHeader('x-ratelimit-remaining', '0')
        .setHeader('x-ratelimit-reset', reset);
      return answer(429, { error: 'Too many requests' });
    }
    if (present === 'expired' || (!isPublic && !isPresented))
      return answer(401, { error: 'The access token is invalid' });
    route(method, path, url.searchParams, body, request, answer);
  }

  function route(
    method: string,
    path: string,
    query: URLSearchParams,
    body: any,
    request: IncomingMessage,
    answer: (status: number, content: unknown) => unknown,
  ): unknown {
    const [, statusId, rest] = /^\/api\/v1\/statuses\/([^/]+)(\/source)?$/.exec(path) ?? [];
    const all = () => [...state.statuses, ...state.notifications.map(({ status }) => status)];
    if (path === '/api/v2/instance') {
      return answer(200, {
        domain: state.instance,
        configuration: {
          urls: { streaming: (state.streaming ?? state.url).replace('http', 'ws') },
          statuses: { max_characters: 500, characters_reserved_per_url: 23 },
        },
      });
    }
    if (path === '/api/v1/accounts/verify_credentials') return answer(200, state.own);
    if (path === '/api/v1/notifications') return answer(200, pageOf(state.notifications, query));
    if (path.startsWith('/api/v1/timelines/tag/')) return answer(200, pageOf(state.tagged, query));
    if (path === '/api/v2/search') return answer(200, { statuses: pageOf(state.tagged, query) });
    if (path === `/api/v1/accounts/${OWN.id}/statuses`) return answer(200, pageOf(state.statuses, query));
    if (path === '/api/v1/apps')
      return answer(200, { client_id: 'app-id', client_secret: 'app-secret', redirect_uri: body.redirect_uris });
    if (path === '/oauth/token') {
      if (body.code !== 'right' || body.client_secret !== 'app-secret')
        return answer(400, { error: 'invalid_grant', error_description: 'Code expired' });
      return answer(200, { access_token: state.token, token_type: 'Bearer', scope: body.scope, created_at: 1 });
    }
    if (path === '/api/v2/media') return answer(202, { id: '77', url: null });
    if (path === '/api/v1/media/77') return answer(200, { id: '77', url: 'https://mastodon.example/media/77.png' });
    if (path === '/api/v1/statuses' && method === 'POST') return publishStatus(body, request, answer);
    const found = statusId && all().find(status => status['id'] === statusId);
    if (!found) return answer(404, { error: 'Record not found' });
    if (rest) return answer(200, { id: statusId, text: found['source'] ?? '', spoiler_text: found['spoiler_text'] });
    if (method === 'DELETE') state.statuses = state.statuses.filter(({ id }) => id !== statusId);
    return answer(200, found);
  }

  function publishStatus(
    body: any,
    request: IncomingMessage,
    answer: (status: number, content: unknown) => unknown,
  ): unknown {
    const key = String(request.headers['idempotency-key'] ?? '');
    const before = keys.get(key);
    if (before) return answer(200, before);
    if (body.in_reply_to_id === 'gone') return answer(404, { error: 'Record not found' });
    const id = String(1000 + state.statuses.length);
    const status = statusOf(id, body.status, {
      created_at: new Date().toISOString(),
      account: OWN,
      url: `https://mastodon.example/@panaderia/${id}`,
      in_reply_to_id: body.in_reply_to_id ?? null,
      visibility: body.visibility,
      spoiler_text: body.spoiler_text ?? '',
      mentions: [],
      source: body.status,
    });
    state.statuses.push(status);
    if (key) keys.set(key, status);
    if (present === 'lostAnswer') return void request.socket.destroy();
    return answer(200, status);
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refuse = (line: string) => socket.end(`HTTP/1.1 ${line}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    if (request.url !== '/api/v1/streaming') return refuse('404 Not Found');
    if (request.headers.authorization !== `Bearer ${state.token}`) return refuse('401 Unauthorized');
    sockets.handleUpgrade(request, socket, head, client => {
      client.on('error', () => {});
      client.on('message', message => {
        const subscription = JSON.parse(String(message));
        state.subscriptions.push(subscription);
        if (state.subscriptions.length === 1 || subscription.stream === 'user')
          for (const frame of state.live) client.send(frame);
      });
    });
  });

  const state: MastodonServer = {
    url: '',
    instance: 'mastodon.example',
    token: 'token-of-the-bakery',
    own: OWN,
    requests: [],
    notifications: [],
    tagged: [],
    statuses: [],
    live: [],
    subscriptions: [],
    publish(frame) {
      for (const client of sockets.clients) client.send(frame);
    },
    drop() {
      for (const client of sockets.clients) client.terminate();
    },
    misbehave(given) {
      present = given;
    },
    close: () => closeAll(server, sockets),
  };
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

/** Pages as instances make them: newest first, with `min_id` the ones right after it. */
function pageOf(items: Record<string, any>[], query: URLSearchParams): Record<string, any>[] {
  const limit = Number(query.get('limit') ?? 20);
  const [minId, maxId] = [query.get('min_id'), query.get('max_id')];
  const after = items.filter(
    ({ id }) => (!minId || Number(id) > Number(minId)) && (!maxId || Number(id) < Number(maxId)),
  );
  return (minId ? after.slice(0, limit) : after.slice(-limit)).toReversed();
}

async function bodyOf(request: IncomingMessage): Promise<any> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (type.includes('json')) return JSON.parse(text || '{}');
  return type.includes('urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : text;
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  await new Promise(resolve => sockets.close(resolve));
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}
