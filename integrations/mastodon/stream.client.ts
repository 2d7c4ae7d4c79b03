import dns from 'node:dns';
import { isIP } from 'node:net';
import WebSocket from 'ws';
import { ConnectorError, type Fault, faultOfStatus } from '../../src/ingest/connector.js';
import { guardedLookup, isPublicAddress } from '../../src/platform/outbound.address.js';
import { OutboundError } from '../../src/platform/outbound.error.js';
import { openPause } from '../../src/platform/pause.js';
import { limitsOf } from './instance.faults.js';

const HANDSHAKE_TIMEOUT_MS = 10_000;
const PING_INTERVAL_MS = 30_000;
const MAX_FRAME_BYTES = 1024 * 1024;
const MOST_WAITING = 1000;

export interface StreamConnection {
  next(): string | undefined;
  /** Resolves when a frame waits, the connection has ended, the signal aborts or the time is over. */
  wait(milliseconds: number): Promise<void>;
  /** Why the connection ended, once it has. */
  failure(): Fault | undefined;
  close(): void;
}

export interface StreamOptions {
  /** Origin of the streaming server, which the instance names. */
  url: string;
  accessToken: string;
  subscriptions: readonly Record<string, string>[];
  allowPrivateAddresses: boolean;
  signal: AbortSignal;
}

/** Opens the stream and subscribes. Throws `ConnectorError`; addresses that are not public are `invalid`. */
export async function openStream(options: StreamOptions): Promise<StreamConnection> {
  const { signal, accessToken } = options;
  signal.throwIfAborted();
  const url = addressOf(options);
  const socket = new WebSocket(url, {
    // In a header, for what is in an address ends up in logs.
    headers: { authorization: `Bearer ${accessToken}` },
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
    ...(!options.allowPrivateAddresses && {
      lookup: guardedLookup({ isAllowed: isPublicAddress, resolve: dns.lookup }),
    }),
  });
  const abort = () => socket.terminate();
  signal.addEventListener('abort', abort, { once: true });
  return new Promise((resolve, reject) => {
    const refuse = (fault: Fault, cause?: unknown) => {
      signal.removeEventListener('abort', abort);
      reject(new ConnectorError(fault, { cause }));
    };
    // Stays for good: an error without a listener would end the process.
    socket.on('error', error => {
      const fault = lost(`${url.host}: ${error.message}`);
      // A name that leads to a private address stays one, however often it is tried.
      refuse(error instanceof OutboundError ? { ...fault, class: 'invalid' } : fault, error);
    });
    socket.once('unexpected-response', (_request, { statusCode = 500, headers: given }) => {
      const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
      const retryAt = limitsOf({ headers })?.resetsAt;
      const fault = faultOfStatus(
        { status: statusCode, headers },
        { message: `The stream answered HTTP ${statusCode}` },
      );
      refuse({ ...fault, ...(fault.class === 'rate' && !fault.retryAt && retryAt && { retryAt }) });
      socket.terminate();
    });
    socket.once('open', () => {
      signal.removeEventListener('abort', abort);
      for (const each of options.subscriptions) socket.send(JSON.stringify({ type: 'subscribe', ...each }));
      resolve(receive(socket, url.host, signal));
    });
  });
}

function addressOf({ url: given, allowPrivateAddresses }: StreamOptions): URL {
  const url = URL.parse(given.replace(/^http/, 'ws'));
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const isSafe = url?.protocol === 'wss:' && (isIP(host) === 0 || isPublicAddress(host));
  if (!url || !(isSafe || (allowPrivateAddresses && /^wss?:$/.test(url.protocol)))) {
    const message = 'The instance names a streaming address that is not allowed';
    throw new ConnectorError({ class: 'invalid', message, scope: 'endpoint' });
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/streaming`;
  return url;
}

function lost(message: string): Fault {
  return { class: 'transient', message, scope: 'endpoint' };
}

function receive(socket: WebSocket, host: string, signal: AbortSignal): StreamConnection {
  const waiting: string[] = [];
  let failure: Fault | undefined;
  let isAlive = true;
  const pause = openPause();
  const fail = (reason: string) => {
    failure ??= lost(`${host}: ${reason}`);
    pause.wake();
  };
  const heartbeat = setInterval(() => {
    if (!isAlive && !socket.isPaused) {
      fail('the connection went silent');
      return socket.terminate();
    }
    isAlive = false;
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, PING_INTERVAL_MS);
  heartbeat.unref();
  const stay = () => {
    isAlive = true;
  };
  const onAbort = () => pause.wake();
  socket.on('message', (payload: Buffer, isBinary) => {
    stay();
    if (!isBinary) waiting.push(payload.toString('utf8'));
    if (waiting.length >= MOST_WAITING) socket.pause();
    pause.wake();
  });
  socket.on('ping', stay);
  socket.on('pong', stay);
  socket.on('error', error => fail(error.message));
  socket.once('close', code => {
    clearInterval(heartbeat);
    fail(`the server closed the stream (${code})`);
  });
  signal.addEventListener('abort', onAbort);

  return {
    next() {
      const frame = waiting.shift();
      if (socket.isPaused && waiting.length < MOST_WAITING / 2) socket.resume();
      return frame;
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
