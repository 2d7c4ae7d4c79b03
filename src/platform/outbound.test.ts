import type dns from 'node:dns';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { guardedLookup, isPublicAddress } from './outbound.address.js';
import { type Outbound, type OutboundError, type OutboundReason, openOutbound } from './outbound.js';

const MEGABYTE = 1024 * 1024;
let server: http.Server;
let base: string;
let open: Outbound;
let guarded: Outbound;
const requests: http.IncomingMessage[] = [];

const routes: Record<string, http.RequestListener> = {
  '/text': (_, response) => response.setHeader('content-type', 'text/plain').end('olá, ñandú'),
  '/latin1': (_, response) =>
    response.setHeader('content-type', 'text/plain; charset=ISO-8859-1').end(Buffer.from('pão da manhã', 'latin1')),
  '/undeclared': (_, response) => response.end(Buffer.from('pão da manhã', 'latin1')),
  '/prolog': (_, response) =>
    response.end(Buffer.from('<?xml version="1.0" encoding="iso-8859-15"?><a>10 \u00a4</a>', 'latin1')),
  '/utf16': (_, response) => response.end(Buffer.from('\ufeff<a>señal</a>', 'utf16le')),
  '/utf16-unmarked': (_, response) => response.end(Buffer.from('<a>señal</a>', 'utf16le')),
  '/binary': (_, response) => response.setHeader('content-type', 'text/plain').end(Buffer.from([0x50, 0, 1, 2, 0, 9])),
  '/bomb-gzip': (_, response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(20 * MEGABYTE))),
  '/bomb-br': (_, response) =>
    response.setHeader('content-encoding', 'br').end(brotliCompressSync(Buffer.alloc(20 * MEGABYTE))),
  '/bomb-deflate': (_, response) =>
    response.setHeader('content-encoding', 'deflate').end(deflateSync(Buffer.alloc(20 * MEGABYTE))),
  '/bomb-in-a-bomb': (_, response) =>
    response.setHeader('content-encoding', 'gzip, gzip').end(gzipSync(gzipSync(Buffer.alloc(20 * MEGABYTE)))),
  '/packed-twice': (_, response) =>
    response.setHeader('content-encoding', 'deflate, br').end(brotliCompressSync(deflateSync('twice'))),
  '/not-packed': (_, response) => response.setHeader('content-encoding', 'gzip').end('plain'),
  '/unknown-packing': (_, response) => response.setHeader('content-encoding', 'compress').end('plain'),
  '/cut': (_, response) => {
    response.setHeader('content-length', '100');
    response.write('short');
    setTimeout(() => response.destroy(), 20);
  },
  '/endless': (_, response) => {
    const timer = setInterval(() => response.write('more '), 5);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => {},
  '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
  '/moved': (_, response) => response.writeHead(301, { location: '/text' }).end(),
  '/moved-to-file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/moved-away': (request, response) =>
    response.writeHead(302, { location: `http://localhost:${request.socket.localPort}/text` }).end(),
  '/moved-inside': (request, response) =>
    response.writeHead(302, { location: `http://127.0.0.2:${request.socket.localPort}/text` }).end(),
  '/closing': (_, response) => response.setHeader('connection', 'close').end('bye'),
  '/busy': (_, response) => response.writeHead(429, { 'retry-after': '120' }).end(),
  '/conditional': (request, response) =>
    request.headers['if-none-match'] === '"1"' ? response.writeHead(304).end() : response.end('new'),
};

beforeAll(async () => {
  server = http.createServer((request, response) => {
    requests.push(request);
    const route = routes[request.url ?? ''];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  open = openOutbound({ allowPrivateAddresses: true, userAgent: 'Vinculo/test' });
  guarded = openOutbound({ allowPrivateAddresses: false, userAgent: 'Vinculo/test' });
});

afterAll(async () => {
  await Promise.all([open.close(), guarded.close()]);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** A resolver that answers every name with `find()`. */
function resolverOf(find: () => { address: string; family: number }[]): typeof dns.lookup {
  const resolve = (_: string, __: object, callback: (error: null, found: object[]) => void) => callback(null, find());
  return resolve as unknown as typeof dns.lookup;
}

async function failure(fetching: Promise<unknown>): Promise<OutboundError> {
  return fetching.then(
    () => {
      throw new Error('It was expected to fail.');
    },
    error => error as OutboundError,
  );
}

async function reasonOf(fetching: Promise<unknown>): Promise<OutboundReason> {
  return (await failure(fetching)).reason;
}

describe('addresses that are not public are never reached', () => {
  test.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '100::1',
    'localhost',
    '',
  ])('%s', address => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['8.8.8.8', '1.1.1.1', '100.63.255.255', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    '%s is public',
    address => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each(['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', 'localhost'])(
    'http://%s is refused before anything is sent',
    async host => {
      const before = requests.length;
      expect(await reasonOf(guarded.get(`http://${host}:${new URL(base).port}/text`))).toBe('blocked_address');
      expect(requests).toHaveLength(before);
    },
  );

  test('a name that leads to an allowed address at first and to another later is refused then', async () => {
    const answers = ['127.0.0.1', '127.0.0.2'];
    const outbound = openOutbound({
      allowPrivateAddresses: false,
      userAgent: 'Vinculo/test',
      isAllowed: address => address === '127.0.0.1',
      resolve: resolverOf(() => [{ address: answers.shift() ?? '', family: 4 }]),
    });
    const url = `http://news.example:${new URL(base).port}/closing`;
    expect(await outbound.getText(url)).toMatchObject({ text: 'bye' });
    expect(await reasonOf(outbound.get(url))).toBe('blocked_address');
    expect(answers).toEqual([]);
    await outbound.close();
  });

  test('of a name with public and private addresses only the public ones are connected to', done => {
    const found = [
      { address: '10.0.0.1', family: 4 },
      { address: '8.8.4.4', family: 4 },
    ];
    const lookup = guardedLookup({ isAllowed: isPublicAddress, resolve: resolverOf(() => found) });
    lookup('news.example', { all: true }, (error, addresses) => {
      expect(error).toBeNull();
      expect(addresses).toEqual([found[1]]);
      done();
    });
  });

  test.each(['file:///etc/passwd', 'gopher://example.org/', 'data:text/plain,hi', 'not an address', ''])(
    '"%s" is not fetched',
    async address => {
      expect(await reasonOf(open.get(address))).toBe('invalid_url');
    },
  );
});

describe('redirects', () => {
  test('are followed, and the answer names the last address', async () => {
    expect(await open.getText(`${base}/moved`)).toMatchObject({ url: `${base}/text`, text: 'olá, ñandú' });
  });

  test('end after five', async () => {
    const before = requests.length;
    expect(await reasonOf(open.get(`${base}/loop`))).toBe('too_many_redirects');
    expect(requests).toHaveLength(before + 6);
  });

  test('to another scheme are refused', async () => {
    expect(await reasonOf(open.get(`${base}/moved-to-file`))).toBe('invalid_url');
  });

  test('to an address that is not allowed are refused', async () => {
    const outbound = openOutbound({
      allowPrivateAddresses: false,
      userAgent: 'Vinculo/test',
      isAllowed: address => address === '127.0.0.1',
    });
    const before = requests.length;
    expect(await reasonOf(outbound.get(`${base}/moved-inside`))).toBe('blocked_address');
    expect(requests).toHaveLength(before + 1);
    expect(await open.getText(`${base}/moved-inside`)).toMatchObject({ text: 'olá, ñandú' });
    await outbound.close();
  });

  test('to another site do not carry the password along', async () => {
    const address = base.replace('http://', 'http://reader:s%C3%AD@');
    await open.get(`${address}/moved-away`);
    const [first, second] = requests.slice(-2);
    expect(first?.headers.authorization).toBe(`Basic ${Buffer.from('reader:sí').toString('base64')}`);
    expect(second?.headers.authorization).toBeUndefined();
  });
});

describe('limits', () => {
  test.each(['/bomb-gzip', '/bomb-br', '/bomb-deflate', '/bomb-in-a-bomb'])(
    '%s is stopped at the size it unpacks to',
    async path => {
      expect(await reasonOf(open.get(base + path, { maxBytes: MEGABYTE }))).toBe('too_large');
    },
  );

  test('an endless body is stopped by its size or by the time', async () => {
    expect(await reasonOf(open.get(`${base}/endless`, { maxBytes: 20 }))).toBe('too_large');
    expect(await reasonOf(open.get(`${base}/endless`, { timeoutMs: 100 }))).toBe('timeout');
  });

  test('a server that says nothing is given up', async () => {
    expect(await reasonOf(open.get(`${base}/silent`, { timeoutMs: 100 }))).toBe('timeout');
  });

  test('the caller can stop a fetch', async () => {
    const controller = new AbortController();
    const fetching = open.get(`${base}/silent`, { signal: controller.signal });
    controller.abort();
    expect(await reasonOf(fetching)).toBe('aborted');
    expect(await reasonOf(open.get(`${base}/text`, { signal: AbortSignal.abort() }))).toBe('aborted');
  });

  test('what is not wanted is refused by its head and first bytes', async () => {
    const error = await failure(
      open.get(`${base}/text`, { sniff: head => (head.firstBytes.includes('ol') ? 'not this' : undefined) }),
    );
    expect(error).toMatchObject({ reason: 'not_accepted', message: 'not this' });
  });
});

describe('answers', () => {
  test.each([
    ['/text', 'olá, ñandú', 'utf-8'],
    ['/latin1', 'pão da manhã', 'windows-1252'],
    ['/undeclared', 'pão da manhã', 'windows-1252'],
    ['/prolog', '<?xml version="1.0" encoding="iso-8859-15"?><a>10 €</a>', 'iso-8859-15'],
    ['/utf16', '<a>señal</a>', 'utf-16le'],
    ['/utf16-unmarked', '<a>señal</a>', 'utf-16le'],
    ['/packed-twice', 'twice', 'utf-8'],
  ])('%s is read in its own charset', async (path, text, charset) => {
    expect(await open.getText(base + path)).toMatchObject({ text, charset });
  });

  test.each([
    ['/binary', 'not_text'],
    ['/not-packed', 'bad_encoding'],
    ['/unknown-packing', 'bad_encoding'],
    ['/cut', 'network'],
  ])('%s is refused as %s', async (path, reason) => {
    expect(await reasonOf(open.getText(base + path))).toBe(reason);
  });

  test('a status that is no success is an error that says when to come back', async () => {
    const error = await failure(open.get(`${base}/busy`));
    expect(error).toMatchObject({ reason: 'http_status', status: 429 });
    expect(error.retryAt!.getTime()).toBeGreaterThan(Date.now() + 100_000);
    expect(await failure(open.get(`${base}/nothing`))).toMatchObject({ status: 404 });
  });

  test('nothing new is told apart from an answer', async () => {
    expect(await open.get(`${base}/conditional`, { headers: { 'if-none-match': '"1"' } })).toMatchObject({
      status: 304,
    });
    expect(await open.get(`${base}/conditional`)).toMatchObject({ status: 200 });
  });

  test('a port where nobody listens is a network failure', async () => {
    expect(await failure(open.get('http://127.0.0.1:1/'))).toMatchObject({ reason: 'network', code: 'ECONNREFUSED' });
  });
});
