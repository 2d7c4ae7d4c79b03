import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import { ConnectorError, type Fault } from '../../src/ingest/connector.js';
import { openPause } from '../../src/platform/pause.js';
import { type JetstreamVersion, POST_COLLECTION } from './jetstream.frames.js';
import type { JetstreamCursor } from './stream.cursor.js';
import { fault, faultOf, readXrpcError } from './xrpc.faults.js';

/** The server is asked to leave larger events out, and what is larger all the same is skipped: no post comes near it. */
const MAX_FRAME_BYTES = 1024 * 1024;
/** Past this the frame is not even received; the connection ends. */
const MAX_PAYLOAD_BYTES = 8 * MAX_FRAME_BYTES;
/** Frames that wait for us, in bytes; beyond it the socket is paused. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
const HANDSHAKE_TIMEOUT_MS = 10_000;
const PING_INTERVAL_MS = 30_000;
/** Servers see the same event at slightly different times. */
const OVERLAP_US = 5_000_000;

/** How a connection stands to the cursor it was asked for. */
export type Start = 'live' | 'resumed' | 'resumedAfterLoss' | 'liveAfterLoss';

export interface JetstreamConnection {
  host: string;
  start: Start;
  /** The next frame that waits, if any. */
  next(): string | undefined;
  /** Frames left out for their size since last asked. */
  takeOversized(): number;
  /** Resolves when a frame waits, the connection has ended, the signal aborts or the time is over. */
  wait(milliseconds: number): Promise<void>;
  /** Why the connection ended, once it has. */
  failure(): Fault | undefined;
  close(): void;
}

export interface ConnectOptions {
  addresses: readonly string[];
  version: JetstreamVersion;
  cursor: JetstreamCursor | null;
  signal: AbortSignal;
}

/**
 * Opens the stream at the cursor, or live without one. The server the cursor came from is asked first, the others when it
 * cannot be reached. A sequence number that a server no longer keeps is replaced by the time of the last event, so that it
 * starts with the oldest it has; the loss shows in `start`. Throws `ConnectorError`.
 */
export async function connectJetstream(options: ConnectOptions): Promise<JetstreamConnection> {
  const { cursor, version, signal } = options;
  let lastFault: Fault | undefined;
  for (const address of inOrder(options.addresses, cursor)) {
    const url = streamUrl(address, version);
    for (const { position, start } of positionsFor(url.host, version, cursor)) {
      if (position === undefined) url.searchParams.delete('cursor');
      else url.searchParams.set('cursor', String(position));
      const opened = await open(url, options, start);
      if ('connection' in opened) return opened.connection;
      lastFault = opened.refusal;
      if (lastFault.code !== 'CursorTooOld' && lastFault.code !== 'FutureCursor') break;
    }
    if (signal.aborted) break;
  }
  throw new ConnectorError(lastFault ?? fault('transient', 'No Jetstream server is configured'));
}

function inOrder(addresses: readonly string[], cursor: JetstreamCursor | null): readonly string[] {
  const before = addresses.find(address => new URL(address).host === cursor?.host);
  return before ? [before, ...addresses.filter(address => address !== before)] : addresses;
}

function streamUrl(address: string, version: JetstreamVersion): URL {
  const url = new URL(address.replace(/^http/, 'ws'));
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path + (version === 1 ? '/subscribe' : '/xrpc/network.bsky.jetstream.subscribeEvents');
  url.searchParams.set(version === 1 ? 'wantedCollections' : 'collections', POST_COLLECTION);
  url.searchParams.set('maxMessageSizeBytes', String(MAX_FRAME_BYTES));
  return url;
}

function positionsFor(
  host: string,
  version: JetstreamVersion,
  cursor: JetstreamCursor | null,
): { position?: number; start: Start }[] {
  if (!cursor) return [{ start: 'live' }];
  const isSameServer = cursor.host === host && cursor.key !== undefined;
  const time = isSameServer ? cursor.timeUs : cursor.timeUs - OVERLAP_US;
  if (version === 1) return [{ position: time, start: 'resumed' }];
  if (!isSameServer || cursor.seq === undefined) {
    return [{ position: time, start: 'resumed' }, { start: 'liveAfterLoss' }];
  }
  return [
    { position: cursor.seq, start: 'resumed' },
    { position: time, start: 'resumedAfterLoss' },
    { start: 'liveAfterLoss' },
  ];
}

type Opened = { connection: JetstreamConnection } | { refusal: Fault };

function open(url: URL, options: ConnectOptions, start: Start): Promise<Opened> {
  const { signal, version } = options;
  return new Promise(resolve => {
    if (signal.aborted) return resolve({ refusal: fault('transient', 'Stopped before the stream was open') });
    const socket = new WebSocket(url, version === 2 ? ['xrpc.v1.json'] : [], {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: MAX_PAYLOAD_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
    });
    const abort = () => socket.terminate();
    const settle = (opened: Opened) => {
      signal.removeEventListener('abort', abort);
      resolve(opened);
    };
    signal.addEventListener('abort', abort, { once: true });
    // Received from within the event: frames that came in one packet with the handshake follow before a promise resolves.
    socket.once('open', () => settle({ connection: receive(socket, url.host, start, signal) }));
    // Stays for good: an error without a listener would end the process.
    socket.on('error', error => settle({ refusal: fault('transient', `${url.host}: ${error.message}`) }));
    socket.once('unexpected-response', (_request, response) => {
      void readBody(response).then(body => {
        settle({ refusal: refusalOf(url.host, response, body) });
        socket.terminate();
      });
    });
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  let body = '';
  try {
    for await (const chunk of response.setEncoding('utf8')) {
      body += chunk;
      if (body.length > 64 * 1024) break;
    }
  } catch {
    // A refusal cut short is still a refusal.
  }
  return body;
}

function refusalOf(host: string, response: IncomingMessage, body: string): Fault {
  const status = response.statusCode ?? 500;
  const answer = { status, body, retryAfter: response.headers['retry-after'] };
  return { ...faultOf(answer, host), code: readXrpcError(body).error ?? String(status) };
}

function receive(socket: WebSocket, host: string, start: Start, signal: AbortSignal): JetstreamConnection {
  const waiting: string[] = [];
  let waitingBytes = 0;
  let oversized = 0;
  let failure: Fault | undefined;
  let isAlive = true;
  const pause = openPause();

  const accept = (payload: Buffer, isBinary: boolean) => {
    isAlive = true;
    if (payload.length > MAX_FRAME_BYTES) oversized += 1;
    else {
      // A binary frame is no JSON either way; the reader counts it among the unreadable ones.
      waiting.push(isBinary ? '' : payload.toString('utf8'));
      waitingBytes += payload.length;
      if (waitingBytes > MAX_WAITING_BYTES) socket.pause();
    }
    pause.wake();
  };
  const fail = (reason: string, code?: string) => {
    failure ??= fault('transient', `${host}: ${reason}`, code);
    pause.wake();
  };
  const onAbort = () => pause.wake();
  const heartbeat = setInterval(() => {
    if (!isAlive && !socket.isPaused) {
      fail('the connection went silent');
      socket.terminate();
      return;
    }
    isAlive = false;
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, PING_INTERVAL_MS);
  heartbeat.unref();

  socket.on('message', accept);
  socket.on('pong', () => (isAlive = true));
  socket.on('ping', () => (isAlive = true));
  socket.on('error', (error: NodeJS.ErrnoException) => fail(error.message, error.code));
  socket.once('close', (code, reason) => {
    clearInterval(heartbeat);
    fail(
      `the server closed the stream (${code}${reason.length > 0 ? ` ${reason.toString('utf8').slice(0, 200)}` : ''})`,
    );
  });
  signal.addEventListener('abort', onAbort);

  return {
    host,
    start,
    next() {
      const frame = waiting.shift();
      if (frame === undefined) return undefined;
      waitingBytes -= Buffer.byteLength(frame);
      if (socket.isPaused && waitingBytes < MAX_WAITING_BYTES / 2) socket.resume();
      return frame;
    },
    takeOversized() {
      const count = oversized;
      oversized = 0;
      return count;
    },
    wait(milliseconds) {
      if (waiting.length > 0 || failure || signal.aborted) return Promise.resolve();
      return pause.wait(milliseconds);
    },
    failure: () => failure,
    close() {
      signal.removeEventListener('abort', onAbort);
      clearInterval(heartbeat);
      socket.terminate();
    },
  };
}
