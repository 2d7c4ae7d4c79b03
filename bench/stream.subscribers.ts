// The subscribers, a process of its own: many sockets that note when each post reaches them.
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Written } from './stream.writer.js';
import { answering } from './support/processes.js';
import { quantile, wallClock } from './support/statistics.js';

const DOCUMENT = `subscription Mentions($after: String) {
  postReceived(after: $after) {
    cursor
    post { id kind network text language occurredAt sentiment { label score } author { id handle displayName customer { id displayName } } }
  }
}`;

export interface Heard {
  delivered: number;
  lost: number;
  wrong: number;
  p50: number;
  p99: number;
  longest: number;
}

export interface Replayed {
  events: number;
  seconds: number;
  wrong: number;
}

type Question =
  | { connect: { url: string; key: string; sockets: number } }
  | { collect: { run: string; written: Written } }
  | { leave: object }
  | { replay: { url: string; key: string; missed: number } };

/** `[run number]` at the end of each text; looked for rather than parsed, for this process is not what is measured. */
const MARK = /\[(\w+) (\d+)\]/;

interface Listener {
  socket: WebSocket;
  /** When each message of a run came, by run: number and moment in turn. */
  heard: Map<string, number[]>;
}

const listeners: Listener[] = [];
let lastCursor: string | null = null;

function open(url: string, key: string, after: string | null, hear: (text: string) => void): Promise<WebSocket> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  return new Promise((done, failed) => {
    socket.once('error', failed);
    socket.once('close', (code, reason) => failed(new Error(`closed with ${code} ${reason}`)));
    socket.once('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } })),
    );
    socket.on('message', (raw: Buffer) => {
      const text = raw.toString('latin1');
      if (text.includes('"type":"next"')) return hear(text);
      const { type, payload } = JSON.parse(text) as { type: string; payload?: unknown };
      if (type === 'connection_ack') {
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: DOCUMENT, variables: { after } } }));
        done(socket);
      } else if (type === 'ping') socket.send('{"type":"pong"}');
      else failed(new Error(JSON.stringify(payload ?? type)));
    });
  });
}

async function connect(url: string, key: string, sockets: number): Promise<void> {
  for (let at = 0; at < sockets; at++) {
    const heard = new Map<string, number[]>();
    const socket = await open(url, key, null, text => {
      const [, run, number] = MARK.exec(text)!;
      const moments = heard.get(run!) ?? [];
      heard.set(run!, moments);
      moments.push(Number(number), wallClock());
      if (at === 0) lastCursor = cursorOf(text);
    });
    listeners.push({ socket, heard });
  }
  // A subscription is silent until there is something to say.
  await sleep(1000);
}

const cursorOf = (text: string): string => /"cursor":"([^"]+)"/.exec(text)![1]!;

async function collect(run: string, { at }: Written): Promise<Heard> {
  const complete = () => listeners.every(({ heard }) => (heard.get(run)?.length ?? 0) >= at.length * 2);
  for (let waited = 0; waited < 10_000 && !complete(); waited += 50) await sleep(50);
  const latencies: number[] = [];
  let lost = 0;
  let wrong = 0;
  for (const { heard } of listeners) {
    const moments = heard.get(run) ?? [];
    const seen = new Set<number>();
    let last = -1;
    for (let place = 0; place < moments.length; place += 2) {
      const number = moments[place]!;
      if (number <= last) wrong++;
      last = number;
      seen.add(number);
      latencies.push(moments[place + 1]! - at[number]!);
    }
    lost += at.length - seen.size;
  }
  const sorted = Float64Array.from(latencies).sort();
  return {
    delivered: sorted.length,
    lost,
    wrong,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    longest: sorted.at(-1) ?? Number.NaN,
  };
}

async function leave(): Promise<void> {
  for (const { socket } of listeners.splice(0)) socket.removeAllListeners('close').terminate();
}

async function replay(url: string, key: string, missed: number): Promise<Replayed> {
  let events = 0;
  let wrong = 0;
  let last = -1;
  const { promise, resolve } = Promise.withResolvers<void>();
  const started = performance.now();
  const socket = await open(url, key, lastCursor, text => {
    const number = Number(MARK.exec(text)![2]);
    if (number !== last + 1) wrong++;
    last = number;
    if (++events === missed) resolve();
  });
  await promise;
  const seconds = (performance.now() - started) / 1000;
  socket.removeAllListeners('close').terminate();
  return { events, seconds, wrong };
}

answering<Question, object | null>(async question => {
  if ('connect' in question) await connect(question.connect.url, question.connect.key, question.connect.sockets);
  if ('leave' in question) await leave();
  if ('collect' in question) return collect(question.collect.run, question.collect.written);
  if ('replay' in question) return replay(question.replay.url, question.replay.key, question.replay.missed);
  return null;
});
