import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sending, Trouble } from './subjects/subject.js';

export interface JsonRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  text: string;
  body: Buffer;
}

/** A status of its own, or 200 with this: JSON, or bytes as they are. Undefined: 404. */
export type JsonAnswer = (
  request: JsonRequest,
) => { status: number; body?: unknown; headers?: object } | object | undefined;

export interface JsonServer {
  origin: string;
  requests: JsonRequest[];
  misbehave: Sending['misbehave'];
  close(): Promise<void>;
}

/**
 * A network that speaks JSON over HTTP, on loopback. `trouble` holds for everything, what `misbehave` is told for what is
 * written; an answer that is lost was still made.
 */
export async function startJson(answer: JsonAnswer, trouble?: Trouble): Promise<JsonServer> {
  let ill: Parameters<Sending['misbehave']>[0] = 'no';
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      if (trouble === 'silent') return;
      if (trouble === 'malformed') return response.end('<html>');
      const say = (status: number, value?: unknown, headers = {}) =>
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(value === undefined ? '' : Buffer.isBuffer(value) ? value : JSON.stringify(value));
      const writes = request.method !== 'GET';
      const is = (kind: string) => trouble === kind || (writes && ill === kind);
      if (is('limited')) return say(429, { error: { message: 'Too many requests' } }, { 'retry-after': '7' });
      if (is('broken')) return say(503, { error: { message: 'Unavailable' } });
      if (is('expired')) return say(401, { error: { message: 'Invalid credentials' } });
      const url = new URL(request.url!, 'http://network');
      const asked = {
        method: request.method!,
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        text: Buffer.concat(parts).toString('utf8'),
        body: Buffer.concat(parts),
      };
      served.requests.push(asked);
      const given = answer(asked) ?? { status: 404, body: { error: { message: 'Not found' } } };
      if (writes && ill === 'lostAnswer') return void request.socket.destroy();
      if ('status' in given && typeof given.status === 'number') {
        const { status, body, headers } = given as { status: number; body?: unknown; headers?: object };
        return say(status, body, headers);
      }
      say(200, given);
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const served: JsonServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    misbehave: kind => {
      ill = kind;
    },
    close: () =>
      new Promise(done => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return served;
}
