import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** A loopback server that speaks Jetstream: version 1 at `/subscribe`, version 2 at `subscribeEvents`. */
export interface JetstreamServer {
  url: string;
  host: string;
  /** The query of every connection so far, in order. */
  requests: URLSearchParams[];
  /** Adds a line, kept for replay and sent to everyone who is connected. */
  publish(line: string): void;
  /** Forgets all but the newest `count` lines, as a server past its look-back does. */
  keepNewest(count: number): void;
  /** Cuts every connection without a word. */
  drop(): void;
  connections(): number;
  close(): Promise<void>;
}

export interface JetstreamServerOptions {
  version: 1 | 2;
  /** What the server keeps, oldest first. */
  lines?: readonly string[];
  /** Cuts a connection after it was sent so many lines; only the first `times` connections. */
  cutAfter?: { lines: number; times: number };
  /** Answers the handshake with this instead. */
  refuse?: { status: number; body: string; headers?: Record<string, string> };
  /** Keeps nothing: version 1 sends every reader to live without a word, version 2 refuses every cursor. */
  keepsNothing?: boolean;
}

interface Position {
  seq: number;
  timeUs: number;
}

const SMALLEST_TIME_CURSOR = 1e15;

export async function startJetstream(options: JetstreamServerOptions): Promise<JetstreamServer> {
  let kept = [...(options.lines ?? [])];
  let hasForgotten = false;
  let cutsLeft = options.cutAfter?.times ?? 0;
  const requests: URLSearchParams[] = [];
  const server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'xrpc.v1.json' });
  const path = options.version === 1 ? '/subscribe' : '/xrpc/network.bsky.jetstream.subscribeEvents';

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    requests.push(url.searchParams);
    const refusal =
      url.pathname === path ? (options.refuse ?? tooOld(url.searchParams)) : { status: 404, body: 'not found' };
    if (refusal) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, client => greet(client, url.searchParams.get('cursor')));
  });

  function tooOld(query: URLSearchParams): JetstreamServerOptions['refuse'] {
    const cursor = Number(query.get('cursor') ?? Number.NaN);
    if (options.version === 2 && options.keepsNothing && query.has('cursor')) {
      return { status: 400, body: JSON.stringify({ error: 'CursorTooOld', message: 'nothing is kept' }) };
    }
    if (options.version === 1 || !(cursor < SMALLEST_TIME_CURSOR)) return undefined;
    const floor = positionOf(kept[0]).seq;
    if (!hasForgotten || cursor >= floor) return undefined;
    const message = `cursor ${cursor} is below the retention floor ${floor}`;
    return { status: 400, body: JSON.stringify({ error: 'CursorTooOld', message }) };
  }

  function greet(client: WebSocket, rawCursor: string | null): void {
    client.on('error', () => {});
    if (rawCursor === null || options.keepsNothing) return;
    const cursor = Number(rawCursor);
    const isTime = cursor >= SMALLEST_TIME_CURSOR;
    const first = positionOf(kept[0]);
    if (options.version === 2 && isTime && hasForgotten && cursor < first.timeUs) {
      client.send(info('OutdatedCursor', `resumed from seq ${first.seq}`));
    }
    const replayed = kept.filter(line => (isTime ? positionOf(line).timeUs : positionOf(line).seq) >= cursor);
    const cut = cutsLeft > 0 ? options.cutAfter : undefined;
    if (cut) cutsLeft -= 1;
    for (const line of cut ? replayed.slice(0, cut.lines) : replayed) client.send(line);
    // Closing after what was sent has left, so that a cut falls between two lines.
    if (cut) client.send('', () => client.terminate());
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `ws://${host}`,
    host,
    requests,
    publish(line) {
      kept.push(line);
      for (const client of sockets.clients) client.send(line);
    },
    keepNewest(count) {
      kept = kept.slice(-count);
      hasForgotten = true;
    },
    drop() {
      for (const client of sockets.clients) client.terminate();
    },
    connections: () => sockets.clients.size,
    close: () => closeAll(server, sockets),
  };
}

function refuse(socket: Duplex, { status, body, headers = {} }: NonNullable<JetstreamServerOptions['refuse']>): void {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

/** Lines that are not JSON stand before everything, so that they are part of any replay. */
function positionOf(line: string | undefined): Position {
  try {
    const value = JSON.parse(line ?? '') as { time_us?: number; payload?: { seq: number; time: string } };
    if (value.payload) {
      return {
        seq: value.payload.seq,
        timeUs: Date.parse(value.payload.time) * 1000 + Number(value.payload.time.slice(23, 26)),
      };
    }
    return { seq: Number.NaN, timeUs: value.time_us ?? Number.POSITIVE_INFINITY };
  } catch {
    return { seq: Number.POSITIVE_INFINITY, timeUs: Number.POSITIVE_INFINITY };
  }
}

function info(name: string, message: string): string {
  return JSON.stringify({
    $type: 'message',
    payload: { $type: 'network.bsky.jetstream.subscribeEvents#info', name, message },
  });
}

async function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  await new Promise(resolve => sockets.close(resolve));
  await new Promise(resolve => server.close(resolve));
}

/** The two read methods of an AppView that the stream needs beside it, over the profiles given. */
export async function startAppView(
  profiles: readonly { did: string; handle: string; [field: string]: unknown }[],
  posts: readonly Record<string, unknown>[] = [],
): Promise<{ url: string; requests: string[]; close(): Promise<void> }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback');
    requests.push(url.pathname.slice('/xrpc/'.length));
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname.endsWith('resolveHandle')) {
      const found = profiles.find(profile => profile.handle === url.searchParams.get('handle'));
      if (found) return answer(200, { did: found.did });
      return answer(400, { error: 'InvalidRequest', message: 'Unable to resolve handle' });
    }
    if (url.pathname.endsWith('getProfiles')) {
      const asked = url.searchParams.getAll('actors');
      if (asked.length > 25) return answer(400, { error: 'InvalidRequest', message: 'too many actors' });
      return answer(200, { profiles: profiles.filter(profile => asked.includes(profile.did)) });
    }
    if (url.pathname.endsWith('getPosts')) {
      return answer(200, {
        posts: posts.filter(post => url.searchParams.getAll('uris').includes(String(post['uri']))),
      });
    }
    return answer(404, { error: 'MethodNotImplemented' });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
