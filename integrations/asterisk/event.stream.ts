import type { IncomingMessage } from 'node:http';
import WebSocket from 'ws';
import { ConnectorError, type Fault, faultOfStatus } from '../../src/ingest/connector.js';
import type { SocketGuard } from '../../src/platform/outbound.socket.js';
import type { AsteriskConfig } from './call.event.js';

const HANDSHAKE_MS = 10_000;
const PING_MS = 30_000;
const LARGEST_FRAME = 1024 * 1024;
const MOST_WAITING = 10_000;

export interface EventStream {
  /** What came since last asked; waits up to `milliseconds` for something. Undefined when the connection has ended. */
  take(milliseconds: number): Promise<string[] | undefined>;
  /** Why it ended, once it has. */
  reason(): string;
  close(): void;
}

const lost = (message: string): Fault => ({ class: 'transient', message, scope: 'endpoint' });

/** Opens the stream of everything that happens on this Asterisk. Throws `ConnectorError`. */
export async function openEvents(
  config: AsteriskConfig,
  guard: SocketGuard,
  signal: AbortSignal,
): Promise<EventStream> {
  const url = new URL(`${config.url.replace(/^http/, 'ws')}/ari/events`);
  url.searchParams.set('app', config.app);
  url.searchParams.set('subscribeAll', 'true');
  if (!guard.isAllowed(url.hostname))
    throw new ConnectorError({
      class: 'invalid',
      message: `"${url.hostname}" is not on the public internet.`,
      scope: 'endpoint',
    });
  if (signal.aborted) throw new ConnectorError(lost('It was stopped.'));
  const socket = new WebSocket(url, {
    // In a header rather than as api_key: what is in an address ends up in logs.
    headers: { authorization: authorizationOf(config) },
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: LARGEST_FRAME,
    perMessageDeflate: false,
    followRedirects: false,
    lookup: guard.lookup,
  });
  const onAbort = () => socket.terminate();
  signal.addEventListener('abort', onAbort);
  socket.once('close', () => signal.removeEventListener('abort', onAbort));
  // Listened to from the start: frames may come in one packet with the handshake.
  const stream = receive(socket);
  await new Promise<void>((done, fail) => {
    const refuse = (fault: Fault) => fail(new ConnectorError(fault));
    socket.once('open', () => done());
    // Stays for good: an error without a listener would end the process.
    socket.on('error', error => refuse(lost(`Asterisk cannot be reached: ${error.message}`)));
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      const headers = Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
      );
      const status = response.statusCode ?? 500;
      refuse(
        faultOfStatus(
          { status, headers },
          { message: `Asterisk answered ${status} instead of its events.`, scope: 'endpoint' },
        ),
      );
      socket.terminate();
    });
  });
  return stream;
}

export const authorizationOf = ({ username, password }: AsteriskConfig): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

function receive(socket: WebSocket): EventStream {
  let waiting: string[] = [];
  let reason: string | undefined;
  let isAlive = true;
  let rouse: () => void = () => {};
  const alive = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, PING_MS);
  alive.unref();
  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('message', (payload: Buffer) => {
    isAlive = true;
    waiting.push(payload.toString('utf8'));
    // What is not taken in time is lost on purpose, and known to be: memory is not.
    if (waiting.length > MOST_WAITING) socket.terminate();
    rouse();
  });
  socket.on('close', code => {
    clearInterval(alive);
    reason = `The connection ended (${code}).`;
    rouse();
  });
  return {
    async take(milliseconds) {
      if (waiting.length === 0 && reason === undefined)
        await new Promise<void>(done => {
          const timer = setTimeout(done, milliseconds);
          rouse = () => {
            clearTimeout(timer);
            done();
          };
        });
      if (waiting.length === 0 && reason !== undefined) return undefined;
      const taken = waiting;
      waiting = [];
      return taken;
    },
    reason: () => reason ?? '',
    close: () => socket.terminate(),
  };
}
