import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server treats what is written from now on. */
export type Mood = 'no' | 'limited' | 'broken' | 'lostAnswer' | 'expired';

/** A loopback server of the AT Protocol for one account: sessions, notifications and records, refused as the real one refuses them. */
export interface BlueskyServer {
  url: string;
  did: string;
  password: string;
  /** Every method asked for, in order. */
  requests: string[];
  records: Map<string, { cid: string; value: Record<string, any> }>;
  blobs: Buffer[];
  /** Newest first, as the network lists them; pages of `pageSize`. */
  notifications: Record<string, unknown>[];
  /** Ends every access token, and with `forGood` what renews them too. */
  expire(forGood?: boolean): void;
  misbehave(mood: Mood): void;
  /** The handles that lead to somebody. */
  handles: Map<string, string>;
  close(): Promise<void>;
}

const PASSWORD = 'abcd-efgh-ijkl-mnop';

export async function startBlueskyServer({
  did = 'did:plc:bakery7aaaaaaaaaaaaaaaaa',
  pageSize = 100,
} = {}): Promise<BlueskyServer> {
  let generation = 1;
  let renewals = 1;
  let mood: Mood = 'no';
  const state: BlueskyServer = {
    url: '',
    did,
    password: PASSWORD,
    requests: [],
    records: new Map(),
    blobs: [],
    notifications: [],
    handles: new Map(),
    expire(forGood) {
      generation += 1;
      if (forGood) renewals += 1;
    },
    misbehave(given) {
      mood = given;
    },
    close: async () => {},
  };
  const session = () => ({
    did,
    handle: 'panaderia.example',
    accessJwt: `access-${generation}`,
    refreshJwt: `refresh-${renewals}`,
    didDoc: { service: [{ id: '#atproto_pds', serviceEndpoint: state.url }] },
  });

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const method = url.pathname.slice('/xrpc/'.length);
    state.requests.push(method);
    const body = await bodyOf(request);
    const token = request.headers.authorization?.replace('Bearer ', '');
    const answer = answerOf(response);
    const refuse = (status: number, error: string, message = error) => answer(status, { error, message });
    if (method === 'com.atproto.server.createSession') {
      const given = JSON.parse(body.toString());
      if (mood === 'expired' || given.password !== PASSWORD) {
        return refuse(401, 'AuthenticationRequired', 'Invalid identifier or password');
      }
      return answer(200, session());
    }
    if (method === 'com.atproto.server.refreshSession') {
      if (mood === 'expired' || token !== `refresh-${renewals}`)
        return refuse(400, 'ExpiredToken', 'Token has been revoked');
      generation += 1;
      return answer(200, session());
    }
    if (mood === 'expired' || token !== `access-${generation}`) return refuse(400, 'ExpiredToken', 'Token has expired');
    if (mood === 'limited') {
      const reset = Math.floor(Date.now() / 1000) + 90;
      response
        .setHeader('ratelimit-limit', '5000')
        .setHeader('ratelimit-remaining', '0')
        .setHeader('ratelimit-reset', String(reset));
      return refuse(429, 'RateLimitExceeded', 'Rate Limit Exceeded');
    }
    if (mood === 'broken') return refuse(503, 'UpstreamFailure');
    const parsed =
      request.method === 'POST' && method !== 'com.atproto.repo.uploadBlob' ? JSON.parse(body.toString() || '{}') : {};
    const uri = `at://${url.searchParams.get('repo') ?? parsed.repo}/${url.searchParams.get('collection') ?? parsed.collection}/${url.searchParams.get('rkey') ?? parsed.rkey}`;
    switch (method) {
      case 'com.atproto.server.getSession':
        return answer(200, { did, handle: 'panaderia.example', active: true });
      case 'app.bsky.notification.listNotifications': {
        const at = Number(url.searchParams.get('cursor') ?? 0);
        const page = state.notifications.slice(at, at + pageSize);
        const rest = at + pageSize < state.notifications.length;
        return answer(200, { notifications: page, ...(rest && { cursor: String(at + pageSize) }) });
      }
      case 'com.atproto.identity.resolveHandle': {
        const found = state.handles.get(url.searchParams.get('handle') ?? '');
        return found ? answer(200, { did: found }) : refuse(400, 'InvalidRequest', 'Unable to resolve handle');
      }
      case 'com.atproto.repo.uploadBlob':
        state.blobs.push(body);
        return answer(200, {
          blob: {
            $type: 'blob',
            ref: { $link: `bafkrei${state.blobs.length}` },
            mimeType: request.headers['content-type'],
            size: body.length,
          },
        });
      case 'com.atproto.repo.getRecord': {
        const found = state.records.get(uri);
        return found
          ? answer(200, { uri, ...found })
          : refuse(400, 'RecordNotFound', `Could not locate record: ${uri}`);
      }
      case 'com.atproto.repo.deleteRecord':
        state.records.delete(uri);
        return answer(200, {});
      case 'com.atproto.repo.putRecord': {
        if (parsed.swapRecord === null && state.records.has(uri))
          return refuse(400, 'InvalidSwap', 'Record was at another cid');
        const cid = `bafyrei${state.records.size + 1}`;
        state.records.set(uri, { cid, value: parsed.record });
        if (mood === 'lostAnswer') return void request.socket.destroy();
        return answer(200, { uri, cid, commit: { cid, rev: 'rev' }, validationStatus: 'valid' });
      }
      default:
        return refuse(501, 'MethodNotImplemented');
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = () =>
    new Promise(resolve => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return state;
}

function answerOf(response: ServerResponse) {
  return (status: number, body: unknown) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
