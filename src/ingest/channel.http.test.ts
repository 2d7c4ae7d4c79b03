import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Outbound, openOutbound } from '../platform/outbound.js';
import { type ChannelHttpOptions, channelHttp } from './channel.http.js';
import { ConnectorError, type Fault, type FormPart, type HttpRequest, type RateReading } from './connector.js';

interface Heard {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

let server: http.Server;
let base: string;
let outbound: Outbound;
let guarded: Outbound;
const heard: Heard[] = [];
const observed: [bucket: string, reading: RateReading][] = [];
const taken: string[] = [];

const routes: Record<string, (response: http.ServerResponse, heard: Heard) => void> = {
  '/echo': (response, { body, headers }) =>
    void response.writeHead(200, { 'content-type': headers['content-type'] ?? 'none' }).end(body),
  '/nothing': () => {},
  // The write is done, and the answer does not arrive.
  '/lost': response => void response.destroy(),
  '/cut': response => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setTimeout(() => response.destroy(), 20);
  },
  '/large': response => void response.end(Buffer.alloc(2000, 'a')),
  '/moved': response => void response.writeHead(302, { location: '/echo' }).end(),
  '/away': response => void response.writeHead(302, { location: base.replace('127.0.0.1', 'localhost') }).end(),
  '/limited': response => void response.writeHead(429, { 'x-left': '0', 'x-limit': '15' }).end(),
  '/wait': response => void response.writeHead(429, { 'retry-after': '30' }).end(),
  '/json': response => void response.end('{"text":"año 🥐"}'),
};

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const entry = { method, url, headers, body: Buffer.concat(chunks) };
      heard.push(entry);
      const [path = ''] = url.split('?');
      const status = /^\/status\/(\d+)$/.exec(path)?.[1];
      if (status) response.writeHead(Number(status)).end(`it is ${status}`);
      else (routes[path] ?? (answer => void answer.end()))(response, entry);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  outbound = openOutbound({ allowPrivateAddresses: true, userAgent: 'Vinculo/test' });
  guarded = openOutbound({ allowPrivateAddresses: false, userAgent: 'Vinculo/test' });
});
beforeEach(() => {
  for (const list of [heard, observed, taken]) list.length = 0;
});
afterAll(async () => {
  await Promise.all([outbound.close(), guarded.close()]);
  server.closeAllConnections();
  server.close();
});

const client = (given: Partial<ChannelHttpOptions> = {}) =>
  channelHttp({
    outbound,
    signal: new AbortController().signal,
    limits: {
      take: async bucket => void taken.push(bucket),
      observe: async (bucket, reading) => void observed.push([bucket, reading]),
    },
    limitsOf: ({ headers }) =>
      headers['x-left'] ? { remaining: Number(headers['x-left']), limit: Number(headers['x-limit']) } : undefined,
    ...given,
  });
const ask = (path: string, request: Partial<HttpRequest> = {}, given: Partial<ChannelHttpOptions> = {}) =>
  client(given).request({ url: base + path, ...request });
async function faultOf(asked: Promise<unknown>): Promise<Fault> {
  const error = await asked.then(
    () => new Error('It was answered.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConnectorError)) throw error;
  return error.fault;
}

test.each([200, 204, 400, 401, 404, 409, 500, 503])('a status of %i is an answer, not a failure', async status => {
  const answer = await ask(`/status/${status}`);
  expect(answer.status).toBe(status);
  expect(answer.text()).toBe(status === 204 ? '' : `it is ${status}`);
});

test('what is asked for stands in the address, and what is sent arrives as it was', async () => {
  await ask('/echo?a=1', { query: { q: 'pão & café', ids: ['1', '2'], none: undefined, flag: false } });
  expect(heard[0]!.url).toBe('/echo?a=1&q=p%C3%A3o+%26+caf%C3%A9&ids=1&ids=2&flag=false');
  const json = await ask('/echo', { method: 'POST', json: { text: '🥐 año' } });
  expect(json.json()).toEqual({ text: '🥐 año' });
  expect(json.headers['content-type']).toBe('application/json');
  const form = await ask('/echo', { method: 'PUT', form: { text: 'a&b=ñ', empty: '' } });
  expect([...new URLSearchParams(form.text())]).toEqual([
    ['text', 'a&b=ñ'],
    ['empty', ''],
  ]);
  const body = Buffer.from([0, 255, 10, 13]);
  expect((await ask('/echo', { method: 'PATCH', body })).body.equals(body)).toBe(true);
  expect(heard.map(({ method }) => method)).toEqual(['GET', 'POST', 'PUT', 'PATCH']);
  expect(heard[1]!.headers).toMatchObject({ 'user-agent': 'Vinculo/test' });
});

test('a form of several parts is read by others as it was meant, whatever it holds', async () => {
  const picture = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
  const parts: FormPart[] = [
    { name: 'text', value: 'línea\r\n--vinculo-no\r\n🥐' },
    { name: 'odd "name"', value: '' },
    { name: 'picture', value: picture, fileName: 'año "1"\r\n.png', type: 'image/png' },
  ];
  const answer = await ask('/echo', { method: 'POST', multipart: parts });
  // Node's own parser stands for the network's.
  const read = await new Response(new Uint8Array(answer.body), {
    headers: { 'content-type': answer.headers['content-type']! },
  }).formData();
  expect(read.get('text')).toBe('línea\r\n--vinculo-no\r\n🥐');
  expect(read.get('odd "name"')).toBe('');
  const file = read.get('picture') as File;
  expect([file.name, file.type]).toEqual(['año "1"\r\n.png', 'image/png']);
  expect(Buffer.from(await file.arrayBuffer()).equals(picture)).toBe(true);
});

test('a write whose answer is lost may have happened; a reading has nothing to happen', async () => {
  for (const path of ['/lost', '/cut'])
    expect(await faultOf(ask(path, { method: 'POST', json: {} }))).toMatchObject({
      class: 'transient',
      mayHaveHappened: true,
    });
  expect(heard).toHaveLength(2);
  expect(await faultOf(ask('/lost'))).not.toHaveProperty('mayHaveHappened');
  const late = await faultOf(ask('/nothing', { method: 'DELETE', timeoutMs: 50 }));
  expect(late).toMatchObject({ class: 'transient', code: 'timeout', mayHaveHappened: true });
  const large = await faultOf(ask('/large', { method: 'POST', maxBytes: 1000 }));
  expect(large).toMatchObject({ class: 'transient', code: 'too_large', mayHaveHappened: true });
});

test('a write that nobody took cannot have happened', async () => {
  const nobody = net.createServer().listen(0, '127.0.0.1');
  await once(nobody, 'listening');
  const { port } = nobody.address() as AddressInfo;
  nobody.close();
  await once(nobody, 'close');
  for (const url of [`http://127.0.0.1:${port}/`, 'http://nobody.invalid/']) {
    const fault = await faultOf(client().request({ method: 'POST', url, json: {} }));
    expect(fault).toMatchObject({ class: 'transient', scope: 'endpoint' });
    expect(fault).not.toHaveProperty('mayHaveHappened');
  }
});

test('an answer is bounded in size and in time', async () => {
  expect(await faultOf(ask('/large', { maxBytes: 1999 }))).toMatchObject({ class: 'transient', code: 'too_large' });
  expect((await ask('/large', { maxBytes: 2000 })).body).toHaveLength(2000);
  const asked = performance.now();
  expect(await faultOf(ask('/nothing', { timeoutMs: 50 }))).toMatchObject({ class: 'transient', code: 'timeout' });
  expect(performance.now() - asked).toBeLessThan(2000);
});

test('redirects are followed by reading only', async () => {
  expect((await ask('/moved')).status).toBe(200);
  expect((await ask('/moved', { method: 'POST', json: {} })).status).toBe(302);
  expect(heard.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /moved', 'GET /echo', 'POST /moved']);
});

test('no secret follows a redirect to another site', async () => {
  await ask('/away', { headers: { authorization: 'Bearer a', 'api-key': 'b', 'x-auth-token': 'c', 'x-asked': 'd' } });
  const { headers } = heard.at(-1)!;
  expect(headers).toMatchObject({ 'x-asked': 'd', host: expect.stringContaining('localhost') });
  for (const name of ['authorization', 'api-key', 'x-auth-token']) expect(headers).not.toHaveProperty(name);
});

test('a private address is refused, as is what is no address, without telling it', async () => {
  const asked = [
    ask('/echo', { method: 'POST' }, { outbound: guarded }),
    client().request({ url: 'ftp://example.com/bot123:secret' }),
    client().request({ url: 'bot123:secret' }),
    client().request({ url: '/bot123:secret', method: 'POST' }),
    ask('/echo', { method: 'POST', headers: { 'x-note': 'secret\r\nx-other: 1' } }),
  ];
  for (const fault of await Promise.all(asked.map(faultOf))) {
    expect(fault).toMatchObject({ class: 'invalid' });
    expect(fault).not.toHaveProperty('mayHaveHappened');
    expect(fault.message).not.toContain('secret');
  }
  expect(heard).toEqual([]);
});

test('a request counts against its bucket, and what the answer says of it is kept, also of a refusal', async () => {
  await ask('/limited', { bucket: 'search' });
  await ask('/wait', { bucket: 'posts' });
  await ask('/echo', { bucket: 'free' });
  await ask('/limited');
  expect(taken).toEqual(['search', 'posts', 'free']);
  expect(observed).toEqual([
    ['search', { remaining: 0, limit: 15 }],
    ['posts', { remaining: 0, resetsAt: expect.any(Date) }],
  ]);
});

test('an empty bucket sends nothing; one that cannot be noted undoes nothing', async () => {
  const fault: Fault = { class: 'rate', message: 'No more.', scope: 'endpoint' };
  const empty = { take: () => Promise.reject(new ConnectorError(fault)), observe: async () => {} };
  expect(await faultOf(ask('/echo', { bucket: 'search' }, { limits: empty }))).toEqual(fault);
  expect(heard).toEqual([]);
  const broken = { take: async () => {}, observe: () => Promise.reject(new Error('no database')) };
  expect((await ask('/limited', { bucket: 'search', method: 'POST' }, { limits: broken })).status).toBe(429);
});

test('is stopped at once by its signal; what had not begun has not happened', async () => {
  const abort = new AbortController();
  const asked = performance.now();
  const under = faultOf(ask('/nothing', { method: 'POST' }, { signal: abort.signal }));
  while (heard.length === 0) await new Promise(done => setTimeout(done, 5));
  abort.abort();
  expect(await under).toMatchObject({ class: 'transient', code: 'aborted', mayHaveHappened: true });
  expect(performance.now() - asked).toBeLessThan(2000);
  const later = await faultOf(ask('/echo', { method: 'POST', bucket: 'a' }, { signal: abort.signal }));
  expect(later).toMatchObject({ class: 'transient', code: 'aborted' });
  expect(later).not.toHaveProperty('mayHaveHappened');
  expect([heard.length, taken]).toEqual([1, []]);
});

test('an answer that is not JSON is a failure that passes', async () => {
  expect((await ask('/json')).json()).toEqual({ text: 'año 🥐' });
  const answer = await ask('/status/502');
  expect(() => answer.json()).toThrow(ConnectorError);
});

test('what was accepted with an answer that is no JSON may have happened, what was refused or only read has not', async () => {
  const faultOf = async (path: string, request: Partial<HttpRequest> = {}) => {
    const response = await ask(path, request);
    try {
      return response.json();
    } catch (error) {
      return (error as ConnectorError).fault;
    }
  };
  expect(await faultOf('/status/200', { method: 'POST' })).toMatchObject({ mayHaveHappened: true });
  expect(await faultOf('/status/400', { method: 'POST' })).not.toHaveProperty('mayHaveHappened');
  expect(await faultOf('/status/200')).not.toHaveProperty('mayHaveHappened');
});
