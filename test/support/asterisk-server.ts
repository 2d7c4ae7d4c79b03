import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Sending, Trouble } from './subjects/subject.js';

export interface AsteriskServer {
  url: string;
  /** Method and address of what it was asked, in order. */
  asked: { method: string; url: URL; authorization: string | undefined }[];
  /** Channels that are up now. */
  channels: object[];
  /** Calls that were begun from here. */
  originated: { id: string; extension: string; endpoint: string }[];
  /** What `/cdr.csv` holds. */
  records: string;
  /** Ends every stream of events. */
  hangUp(): void;
  say(event: object): void;
  misbehave: Sending['misbehave'];
  close(): Promise<void>;
}

/** What ARI does, as far as the adapter asks: whoever listens is told `events` from the first on, and then what is said. */
export async function startAsterisk(events: object[], trouble?: Trouble): Promise<AsteriskServer> {
  let ill: Parameters<Sending['misbehave']>[0] = 'no';
  const statusOf = (writes: boolean): [number, Record<string, string>] | undefined => {
    const is = (kind: string) => trouble === kind || (writes && ill === kind);
    if (is('limited')) return [429, { 'retry-after': '7' }];
    if (is('broken')) return [503, {}];
    return is('expired') ? [401, {}] : undefined;
  };
  const server = http.createServer((request, response) => {
    if (trouble === 'silent') return;
    if (trouble === 'malformed') return response.end('<html>');
    const method = request.method!;
    const bad = statusOf(method !== 'GET');
    const say = (status: number, value?: unknown, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
    if (bad) return say(bad[0], { message: 'No' }, bad[1]);
    const url = new URL(request.url!, 'http://pbx');
    served.asked.push({ method, url, authorization: request.headers.authorization });
    if (url.pathname === '/cdr.csv') return response.end(served.records);
    const id = /^\/ari\/channels\/(.+)$/.exec(url.pathname)?.[1];
    if (id) {
      const one = served.originated.find(call => call.id === id);
      return one
        ? say(200, { id, name: 'PJSIP/200-00000001', state: 'Up' })
        : say(404, { message: 'Channel not found' });
    }
    if (url.pathname !== '/ari/channels') return say(404, { message: 'Resource not found' });
    if (method === 'GET') return say(200, served.channels);
    const query = Object.fromEntries(url.searchParams) as { channelId: string; extension: string; endpoint: string };
    if (served.originated.some(call => call.id === query.channelId))
      return say(409, { message: 'Channel with given unique ID already exists' });
    served.originated.push({ id: query.channelId, extension: query.extension, endpoint: query.endpoint });
    if (ill === 'lostAnswer') return void request.socket.destroy();
    say(200, { id: query.channelId, name: 'PJSIP/200-00000001', state: 'Down' });
  });
  const sockets = new WebSocketServer({ noServer: true });
  // An upgraded connection is no longer the server's to close.
  const open = new Set<Socket>();
  server.on('connection', socket => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    if (trouble === 'silent') return;
    if (trouble === 'malformed') return void socket.end('<html>\r\n\r\n');
    const bad = statusOf(false);
    if (bad) {
      const headers = Object.entries(bad[1]).map(([name, value]) => `${name}: ${value}\r\n`);
      return void socket.end(`HTTP/1.1 ${bad[0]} No\r\n${headers.join('')}content-length: 0\r\n\r\n`);
    }
    const url = new URL(request.url!, 'http://pbx');
    served.asked.push({ method: 'GET', url, authorization: request.headers.authorization });
    sockets.handleUpgrade(request, socket, head, peer => {
      for (const event of events) peer.send(JSON.stringify(event));
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const served: AsteriskServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    channels: [],
    originated: [],
    records: '',
    hangUp: () => {
      for (const peer of sockets.clients) peer.terminate();
    },
    say: event => {
      for (const peer of sockets.clients) peer.send(JSON.stringify(event));
    },
    misbehave: kind => {
      ill = kind;
    },
    close: () =>
      new Promise(done => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
  return served;
}

export const CUSTOMER = '+34600111222';
const DID = '910000000';

/** A channel as ARI shows it. */
export const channel = (id: string, name: string, state: string, caller: string, exten = '', connected = '') => ({
  id,
  name,
  state,
  caller: { name: '', number: caller },
  connected: { name: '', number: connected },
  dialplan: { context: 'default', exten, priority: 1, app_name: '', app_data: '' },
  creationtime: '2026-11-25T10:00:00.000+0000',
  language: 'en',
});

export const event = (second: number, type: string, more: object) => ({
  type,
  timestamp: `2026-11-25T10:00:${String(second).padStart(2, '0')}.500+0000`,
  application: 'crm',
  ...more,
});

/** A call from outside that extension 200 takes; or that it lets ring until the caller gives up. */
export function inboundCall(began: number, isTaken: boolean, caller = CUSTOMER): object[] {
  const [id, peerId] = [`17956000${began}.1`, `17956000${began}.2`];
  const trunk = (state: string) => channel(id, `PJSIP/trunk-000${began}`, state, caller, DID);
  const phone = (state: string) => channel(peerId, `PJSIP/200-000${began}`, state, '200', '', caller);
  const dial = (second: number, dialstatus: string, state: string) =>
    event(second, 'Dial', { dialstatus, caller: trunk('Ring'), peer: phone(state), dialstring: '200' });
  const ended = (cause: number, cause_txt: string, state: string) => [
    event(began + 6, 'ChannelDestroyed', { cause, cause_txt, channel: phone(state) }),
    event(began + 6, 'ChannelDestroyed', { cause, cause_txt, channel: trunk(state === 'Up' ? 'Up' : 'Ring') }),
  ];
  const ringing = [
    event(began, 'ChannelCreated', { channel: trunk('Ring') }),
    event(began, 'ChannelCreated', { channel: phone('Down') }),
    dial(began, '', 'Down'),
    event(began + 1, 'ChannelStateChange', { channel: phone('Ringing') }),
  ];
  if (!isTaken)
    return [...ringing, dial(began + 6, 'CANCEL', 'Ringing'), ...ended(26, 'Answered elsewhere', 'Ringing')];
  const bridge = { id: `bridge-${began}` };
  return [
    ...ringing,
    event(began + 2, 'ChannelStateChange', { channel: phone('Up') }),
    dial(began + 2, 'ANSWER', 'Up'),
    event(began + 2, 'ChannelStateChange', { channel: trunk('Up') }),
    event(began + 2, 'ChannelEnteredBridge', { bridge, channel: trunk('Up') }),
    event(began + 2, 'ChannelEnteredBridge', { bridge, channel: phone('Up') }),
    ...ended(16, 'Normal Clearing', 'Up'),
  ];
}
