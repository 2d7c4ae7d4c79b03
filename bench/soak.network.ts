// The networks of the soak, in a process of their own: four Jetstream servers behind one address, and the AppView beside them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { answering } from './support/processes.js';
import { wallClock } from './support/statistics.js';

export const STREAMS = ['harina', 'masa', 'horno', 'miga'];
const AUTHORS = 2000;
const TICK_MS = 10;

type Question = { open: object } | { publish: { perSecond: number; seconds: number } };

export interface Opened {
  host: string;
}

/** Which post each stream ended with: they are counted from 1. */
export interface Published {
  last: number[];
  seconds: number;
}

/** Also the record's key: posts are told apart by it, and put in order. */
export const keyOf = (stream: number, post: number): string => `${STREAMS[stream]}${String(post).padStart(8, '0')}`;
export const authorOf = (post: number): string => `did:plc:author${String(post % AUTHORS).padStart(18, '2')}`;

interface Line {
  timeUs: number;
  text: string;
}

const kept: Line[][] = STREAMS.map(() => []);
const readers: Set<WebSocket>[] = STREAMS.map(() => new Set());

/** Every moment of a stream leaves the same rest when divided by four, so that a cursor tells which stream it belongs to. */
const momentOf = (stream: number): number =>
  Math.max(Math.floor((wallClock() * 1000) / 4) * 4, (kept[stream]!.at(-1)?.timeUs ?? 0) - stream + 4) + stream;

const SAID = [
  (word: string, post: number) => `¡Qué buena la ${word} de @panaderia.example! Volveremos, seguro. ${post}`,
  (word: string, post: number) =>
    `Ayer esperé media hora y la ${word} llegó fría. No es la primera vez 😠 #pan ${post}`,
  (word: string, post: number) =>
    `Does anybody know whether their ${word} is open on Sundays? https://panaderia.example/${post}`,
  (word: string, post: number) => `Bom dia! A ${word} de hoje está uma maravilha 🥐👩🏽‍🍳 obrigada ${post}`,
];

function publish(stream: number, post: number): void {
  const timeUs = momentOf(stream);
  const text = JSON.stringify({
    did: authorOf(post),
    time_us: timeUs,
    kind: 'commit',
    commit: {
      rev: '3mrev22222222',
      operation: 'create',
      collection: 'app.bsky.feed.post',
      rkey: keyOf(stream, post),
      cid: `bafyreif${keyOf(stream, post)}`,
      record: {
        $type: 'app.bsky.feed.post',
        createdAt: new Date(timeUs / 1000).toISOString(),
        text: SAID[post % SAID.length]!(STREAMS[stream]!, post),
        langs: [['es', 'es', 'en', 'pt'][post % 4]],
      },
    },
  });
  kept[stream]!.push({ timeUs, text });
  for (const reader of readers[stream]!) reader.send(text);
}

async function publishAll({ perSecond, seconds }: { perSecond: number; seconds: number }): Promise<Published> {
  const each = perSecond / STREAMS.length;
  const last = STREAMS.map(() => 0);
  const started = wallClock();
  for (let elapsed = 0; elapsed < seconds; elapsed = (wallClock() - started) / 1000) {
    for (const stream of STREAMS.keys()) {
      const due = Math.floor(elapsed * each);
      while (last[stream]! < due) publish(stream, ++last[stream]!);
    }
    await new Promise(done => setTimeout(done, TICK_MS));
  }
  return { last, seconds: (wallClock() - started) / 1000 };
}

async function open(): Promise<Opened> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://loopback');
    const profiles = searchParams.getAll('actors').map(did => ({ did, handle: `${did.slice(-6)}.example` }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ profiles }));
  });
  const sockets = new WebSocketServer({ server, path: '/subscribe' });
  sockets.on('connection', (socket, request) => {
    socket.on('error', () => {});
    const cursor = Number(new URL(request.url ?? '/', 'http://loopback').searchParams.get('cursor'));
    const stream = cursor % STREAMS.length;
    for (const { timeUs, text } of kept[stream]!) if (timeUs >= cursor) socket.send(text);
    readers[stream]!.add(socket);
    socket.once('close', () => readers[stream]!.delete(socket));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

// Its sockets would keep it alive.
process.once('disconnect', () => process.exit());
if (process.send)
  answering<Question, Opened | Published>(question => ('publish' in question ? publishAll(question.publish) : open()));
