import type net from 'node:net';
import type { FaultClass } from '../../src/ingest/connector.js';
import type { SocketGuard } from '../../src/platform/outbound.socket.js';
import { controlOver, fault, openSocket, type Reply } from './hfaxd.socket.js';

export interface HylafaxConfig {
  host: string;
  port: number;
  user: string;
  password: string;
  /** E.164: what the fax line is called by. */
  number: string;
}

const LARGEST_FILE = 25 * 1024 * 1024;
const TRANSFER_MS = 120_000;
const BUSY_MS = 60_000;

/** A fax server we are signed in to, by its own protocol: FTP's commands, and jobs. */
export interface HfaxdSession {
  /** Lines of a queue, in a format that was set before. */
  list(queue: 'sendq' | 'doneq' | 'recvq'): Promise<string[]>;
  setFormat(which: 'JOBFMT' | 'RCVFMT', format: string): Promise<void>;
  retrieve(path: string): Promise<Buffer>;
  /** Leaves a PDF with the server; answers its name there. */
  store(pdf: Buffer): Promise<string>;
  /** Makes a job of `parameters`, in order, and hands it to the scheduler; answers its number. */
  submit(parameters: [name: string, value: string | number][]): Promise<string>;
  close(): void;
}

/** Signs in. Throws `ConnectorError`, also when `signal` aborts. */
export async function openHfaxd(config: HylafaxConfig, guard: SocketGuard, signal: AbortSignal): Promise<HfaxdSession> {
  const control = controlOver(await openSocket(config, guard, signal));
  const onAbort = () => control.close();
  signal.addEventListener('abort', onAbort);

  const expect = (reply: Reply, ...codes: number[]): Reply => {
    if (codes.includes(reply.code)) return reply;
    throw refusal(reply);
  };
  const ask = async (line: string, codes: number[], writes = false) =>
    expect(await control.ask(line, writes), ...codes);

  /** Opens the second connection over which files and lists go, to the same host, whatever the server calls itself. */
  async function openData(command: string): Promise<{ data: net.Socket; said: Reply }> {
    const { text } = await ask('PASV', [227]);
    const [, high, low] = /\(\d+,\d+,\d+,\d+,(\d+),(\d+)\)/.exec(text) ?? [];
    if (high === undefined) throw fault('transient', 'The fax server did not say where to send to.');
    const data = await openSocket({ host: config.host, port: Number(high) * 256 + Number(low) }, guard, signal);
    data.setTimeout(TRANSFER_MS, () => data.destroy());
    try {
      return { data, said: await ask(command, [125, 150]) };
    } catch (error) {
      data.destroy();
      throw error;
    }
  }

  async function receive(command: string): Promise<Buffer> {
    const { data } = await openData(command);
    const parts: Buffer[] = [];
    let size = 0;
    try {
      for await (const part of data as AsyncIterable<Buffer>) {
        size += part.length;
        if (size > LARGEST_FILE) throw fault('invalid', 'The fax is larger than is kept.', { scope: 'message' });
        parts.push(part);
      }
    } catch (error) {
      data.destroy();
      if (error instanceof Error && error.name === 'ConnectorError') throw error;
      throw fault('transient', 'The connection was lost in the middle of a file.');
    }
    expect(await control.reply(), 226);
    return Buffer.concat(parts);
  }

  try {
    expect(await control.reply(), 220);
    const user = await control.ask(`USER ${config.user}`);
    if (user.code === 331) await ask(`PASS ${config.password}`, [230]);
    else expect(user, 230);
    await ask('TYPE I', [200]);
  } catch (error) {
    signal.removeEventListener('abort', onAbort);
    control.close();
    throw error;
  }

  return {
    async list(queue) {
      const text = (await receive(`LIST ${queue}`)).toString('utf8');
      return text.split(/\r?\n/).filter(line => line !== '');
    },
    setFormat: async (which, format) => void (await ask(`${which} ${quoted(format)}`, [200])),
    retrieve: path => receive(`RETR ${path}`),
    async store(pdf) {
      await ask('FORM PDF', [200]);
      const { data, said } = await openData('STOT');
      await new Promise<void>(done => {
        data.once('close', () => done());
        data.end(pdf);
        data.resume();
      });
      expect(await control.reply(), 226);
      const [, name] = /FILE: (\S+)/.exec(said.text) ?? [];
      if (!name) throw fault('transient', 'The fax server did not say where it put the file.');
      return name;
    },
    async submit(parameters) {
      const made = await ask('JNEW', [200]);
      for (const [name, value] of parameters)
        await ask(
          `JPARM ${name} ${typeof value === 'number' || name === 'DOCUMENT' ? value : quoted(value)}`,
          [200, 213],
        );
      const { text } = await ask('JSUBM', [200], true);
      const [, id] = /\bjob (\d+)/i.exec(text) ?? /jobid: (\d+)/.exec(made.text) ?? [];
      if (!id) throw fault('transient', 'The fax server did not say which job it is.', { mayHaveHappened: true });
      return id;
    },
    close() {
      signal.removeEventListener('abort', onAbort);
      control.close();
    },
  };
}

const quoted = (value: string): string => `"${value.replace(/["\\]/g, found => `\\${found}`)}"`;

function refusal({ code, text }: Reply) {
  const message = `The fax server answered ${code} ${text}`.slice(0, 300);
  const isFull = code === 421 && /too many/i.test(text);
  const cls: FaultClass = isFull
    ? 'rate'
    : code === 530
      ? 'auth'
      : code === 550
        ? 'not_found'
        : code < 500
          ? 'transient'
          : 'invalid';
  return fault(cls, message, { code: String(code), ...(isFull && { retryAt: new Date(Date.now() + BUSY_MS) }) });
}
