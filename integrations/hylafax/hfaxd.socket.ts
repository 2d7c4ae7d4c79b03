import net from 'node:net';
import { ConnectorError, type Fault } from '../../src/ingest/connector.js';
import type { SocketGuard } from '../../src/platform/outbound.socket.js';

const ANSWER_MS = 30_000;
const CONNECT_MS = 10_000;
const LONGEST_REPLY = 256 * 1024;

export interface Reply {
  code: number;
  text: string;
}

/** A line to the server and what it answers, one after the other. */
export interface ControlSocket {
  /** Throws `ConnectorError` when the connection ends before it answers; `writes`: it may have done it all the same. */
  ask(line: string, writes?: boolean): Promise<Reply>;
  /** The next answer to what was asked before. */
  reply(writes?: boolean): Promise<Reply>;
  close(): void;
}

export function fault(cls: Fault['class'], message: string, more: Partial<Fault> = {}): ConnectorError {
  return new ConnectorError({ class: cls, message, scope: cls === 'auth' ? 'account' : 'endpoint', ...more });
}

/** Connects; throws `ConnectorError`, also when `signal` aborts. */
export async function openSocket(
  { host, port }: { host: string; port: number },
  guard: SocketGuard,
  signal: AbortSignal,
): Promise<net.Socket> {
  if (!guard.isAllowed(host)) throw fault('invalid', `"${host}" is not on the public internet.`);
  const socket = net.connect({ host, port, lookup: guard.lookup });
  const onAbort = () => socket.destroy();
  signal.addEventListener('abort', onAbort);
  socket.once('close', () => signal.removeEventListener('abort', onAbort));
  socket.setTimeout(CONNECT_MS, () => socket.destroy());
  await new Promise<void>((done, fail) => {
    let reason = 'it did not answer in time';
    socket.once('connect', done);
    // Stays for good: an error without a listener would end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      reason = error.code ?? error.message;
    });
    socket.once('close', () => fail(fault('transient', `The fax server cannot be reached: ${reason}.`)));
    if (signal.aborted) socket.destroy();
  });
  socket.setTimeout(0);
  return socket;
}

/** Speaks lines over a socket; an answer of several lines begins with its code and a dash. */
export function controlOver(socket: net.Socket): ControlSocket {
  let buffered = '';
  /** Between the first and the last line of an answer. */
  let isInside = false;
  let isOver = false;
  const waiting: Reply[] = [];
  let rouse: () => void = () => {};
  socket.setEncoding('utf8');
  socket.on('data', (part: string) => {
    buffered += part;
    if (buffered.length > LONGEST_REPLY) return void socket.destroy();
    const lines = buffered.split('\n');
    buffered = lines.pop()!;
    for (const line of lines) {
      const [, code, mark, text = ''] = /^(\d{3})([ -])(.*)$/s.exec(line) ?? [];
      if (code && mark === ' ') waiting.push({ code: Number(code), text: text.trim() });
      else if (!code && !isInside) return void socket.destroy();
      isInside = code ? mark === '-' : isInside;
    }
    rouse();
  });
  socket.on('close', () => {
    isOver = true;
    rouse();
  });

  async function reply(writes = false): Promise<Reply> {
    const lost = (how: string) => fault('transient', `The fax server ${how}.`, writes ? { mayHaveHappened: true } : {});
    const until = Date.now() + ANSWER_MS;
    while (waiting.length === 0) {
      if (isOver) throw lost('ended the connection');
      const left = until - Date.now();
      if (left <= 0) {
        socket.destroy();
        throw lost('did not answer in time');
      }
      await new Promise<void>(done => {
        const timer = setTimeout(done, left);
        rouse = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
    return waiting.shift()!;
  }

  return {
    reply,
    async ask(line, writes) {
      // A line break in a value would be a command of its own.
      socket.write(`${line.replace(/[\r\n\0]+/g, ' ')}\r\n`);
      return reply(writes);
    },
    close() {
      if (isOver) return;
      socket.end('QUIT\r\n');
      setTimeout(() => socket.destroy(), 500).unref();
    },
  };
}
