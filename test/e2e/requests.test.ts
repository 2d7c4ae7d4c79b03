import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { ERRORS } from '../../src/platform/errors.js';
import { type Client, openTestApp, type TestApp } from '../support/app.js';
import { listen } from '../support/posts.js';
import { openAcknowledged, openSocket } from '../support/raw-socket.js';
import { eventually } from '../support/subscriber.js';

let app: TestApp;
let url: string;
let client: Client;

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off', MAX_BODY_BYTES: '200000', MAX_SUBSCRIPTIONS: '3' });
  url = await listen(app);
  client = await (await app.organization()).as('OWNER');
});
afterAll(() => app?.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const VIEWER = JSON.stringify({ query: '{ viewer { role } }' });

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: any;
}

function send(
  body: string | Buffer | undefined,
  headers: object = JSON_TYPE,
  method = 'POST',
  path = '',
): Promise<Reply> {
  return new Promise((done, fail) => {
    const sent = request(`${url}${path}`, {
      method,
      headers: { authorization: client.authorization, connection: 'close', ...headers },
    });
    sent.on('error', fail);
    sent.on('response', response => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () =>
        done({
          status: response.statusCode!,
          headers: response.headers,
          body: /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : text,
        }),
      );
    });
    sent.end(body);
  });
}

const codeOf = ({ body }: Reply): string => {
  const code = body.errors?.[0]?.extensions?.code;
  expect(Object.keys(ERRORS)).toContain(code);
  return code;
};

describe('a request', () => {
  test('is answered in JSON with its id, also when it is given one', async () => {
    const plain = await send(VIEWER);
    expect(plain).toMatchObject({ status: 200, body: { data: { viewer: { role: 'OWNER' } } } });
    expect(plain.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await send(VIEWER, { ...JSON_TYPE, 'x-request-id': 'mine-1' })).headers['x-request-id']).toBe('mine-1');
    const long = await send(VIEWER, { ...JSON_TYPE, 'x-request-id': 'x'.repeat(200) });
    expect(long.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('that a foreign page can make a browser send is refused', async () => {
    const get = await send(undefined, {}, 'GET', `?query=${encodeURIComponent('{ viewer { role } }')}`);
    expect(get.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(get.body)).not.toContain('"OWNER"');
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      undefined,
    ]) {
      const posted = await send(VIEWER, type ? { 'content-type': type } : {});
      expect(posted.status).toBeGreaterThanOrEqual(400);
      expect(posted.status).toBeLessThan(500);
      expect(codeOf(posted)).toBe('BAD_USER_INPUT');
    }
  });

  test('that is too large is refused before it is read, in plain words', async () => {
    const reply = await send(JSON.stringify({ query: `{ viewer { role } } # ${'🙂'.repeat(100_000)}` }));
    expect({ status: reply.status, code: codeOf(reply) }).toEqual({ status: 413, code: 'TOO_LARGE' });
  });

  test.each([
    ['is no JSON', '{"query":'],
    ['is empty', ''],
    ['is only a text', '"{ viewer { role } }"'],
    ['is a number', '7'],
    ['is null', 'null'],
    ['is an empty batch', '[]'],
    ['has no query', '{}'],
    ['has a query that is no text', '{"query":{}}'],
    ['has a query of nothing', '{"query":""}'],
    ['has variables that are none', '{"query":"{ viewer { role } }","variables":7}'],
    ['has variables in a text', '{"query":"{ viewer { role } }","variables":"{}"}'],
    ['has an operation name that is none', '{"query":"{ viewer { role } }","operationName":{}}'],
    ['names an operation there is not', '{"query":"query a { viewer { role } }","operationName":"b"}'],
    ['would change what objects are', '{"query":"{ viewer { role } }","__proto__":{"a":1}}'],
    ['is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['is UTF-16', Buffer.from(VIEWER, 'utf16le')],
    ['is nested without end', `{"query":"{ viewer { role } }","variables":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ])('that %s is refused, in plain words', async (_what, body) => {
    const reply = await send(body);
    expect({ status: reply.status, code: codeOf(reply) }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  });

  test('may hold a batch, but not a long one', async () => {
    const batch = (count: number) => JSON.stringify(Array.from({ length: count }, () => JSON.parse(VIEWER)));
    expect((await send(batch(3))).body).toHaveLength(3);
    const long = await send(batch(11));
    expect({ status: long.status, code: codeOf(long) }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  });

  test('with a credential that is not valid is told so, with no word about why', async () => {
    for (const authorization of ['Bearer x', 'Basic eDp5', 'Bearer ', `Bearer ${'x'.repeat(5000)}`, 'x']) {
      const reply = await send(VIEWER, { ...JSON_TYPE, authorization });
      expect({ status: reply.status, code: codeOf(reply) }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
      expect(reply.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  test('for a subscription is sent to the socket', async () => {
    const reply = await send(JSON.stringify({ query: 'subscription { postReceived { cursor } }' }));
    expect(codeOf(reply)).toBe('BAD_USER_INPUT');
    expect(reply.body.errors[0].message).toMatch(/WebSocket/);
  });

  test('that changes nothing about the server: it still answers', async () => {
    expect((await send(VIEWER)).body.data.viewer.role).toBe('OWNER');
  });
});

describe('a caller who asks for too much in a minute', () => {
  test('is told when to come back, over HTTP and over a socket, and others are not', async () => {
    const small = await openTestApp({ WORKER: 'off', COST_PER_MINUTE: '1000' });
    try {
      const address = await listen(small);
      const organization = await small.organization();
      const greedy = await organization.as('OWNER');
      const modest = await organization.as('AGENT');
      const query = '{ customers(first: 200) { edges { node { id } } } }';
      const first = await greedy.send(query);
      const cost = first.extensions?.['cost'] as {
        requested: number;
        limit: number;
        remaining: number;
        resetAt: string;
      };
      expect(cost).toMatchObject({ requested: expect.any(Number), limit: 1000 });
      expect(cost.requested).toBeGreaterThanOrEqual(200);
      expect(cost.remaining).toBeLessThanOrEqual(1000 - cost.requested);
      expect(Date.parse(cost.resetAt)).toBeGreaterThan(Date.now());
      for (let at = 0; at < 5; at++) await greedy.send(query);
      const refused = await small.app.server.fastify.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: greedy.authorization },
        payload: { query },
      });
      const { extensions } = refused.json().errors[0];
      expect({ status: refused.statusCode, code: extensions.code }).toEqual({ status: 429, code: 'RATE_LIMITED' });
      expect(Number(refused.headers['retry-after'])).toBe(extensions.retryAfter);
      expect(Date.parse(extensions.resetAt)).toBeGreaterThan(Date.now());
      const socket = await openAcknowledged(address, greedy.authorization);
      socket.send({ id: '1', type: 'subscribe', payload: { query } });
      const answer = await socket.next(message => message.id === '1');
      expect(answer).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
      expect(Date.parse(answer.payload[0].extensions.resetAt)).toBeGreaterThan(Date.now());
      socket.close();
      expect((await modest.send(query)).errors).toBeUndefined();
    } finally {
      await small.close();
    }
  });
});

describe('whoever shows no credential', () => {
  const ask = async (test: TestApp, from: string, query: string, authorization?: string) => {
    const answer = await test.app.server.fastify.inject({
      method: 'POST',
      url: '/graphql',
      remoteAddress: from,
      headers: authorization ? { authorization } : {},
      payload: { query },
    });
    return { status: answer.statusCode, retryAfter: answer.headers['retry-after'], ...answer.json() };
  };
  const SEARCH = '{ searchPublicArticles(organization: "none", query: "pan", first: 50) { nodes { slug } } }';

  test('has an allowance of its own, shared by all of a network, over HTTP and over a socket', async () => {
    const small = await openTestApp({ WORKER: 'off', ANONYMOUS_COST_PER_MINUTE: '1000' });
    try {
      const address = await listen(small);
      const { authorization } = await (await small.organization()).as('AGENT');
      const first = await ask(small, '127.0.0.1', SEARCH);
      expect(first.extensions.cost).toMatchObject({ limit: 1000 });
      for (let at = 0; at < 20; at++) await ask(small, '127.0.0.1', SEARCH);
      const refused = await ask(small, '::ffff:127.0.0.1', SEARCH);
      expect([refused.status, refused.errors[0].extensions.code]).toEqual([429, 'RATE_LIMITED']);
      expect(Number(refused.retryAfter)).toBeGreaterThan(0);
      const socket = await openAcknowledged(address, '');
      socket.send({ id: '1', type: 'subscribe', payload: { query: SEARCH } });
      expect(await socket.next(message => message.id === '1')).toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'RATE_LIMITED' } }],
      });
      socket.close();
      expect((await ask(small, '127.0.0.1', SEARCH, authorization)).status).toBe(200);
      expect((await ask(small, '2001:db8:1:2::1', SEARCH)).status).toBe(200);
      for (let at = 0; at < 20; at++) await ask(small, `2001:db8:1:2::${at}`, SEARCH);
      expect((await ask(small, '2001:db8:1:2:3::', SEARCH)).status).toBe(429);
      expect((await ask(small, '2001:db8:1:3::', SEARCH)).status).toBe(200);
    } finally {
      await small.close();
    }
  });

  test('is known by the address that the nearest proxies tell, over a socket as well, whatever it tells of itself', async () => {
    const small = await openTestApp({ WORKER: 'off', ANONYMOUS_COST_PER_MINUTE: '1000', TRUST_PROXY: 'true' });
    try {
      const address = await listen(small);
      const from = async (forwarded: string) => {
        const { statusCode } = await small.app.server.fastify.inject({
          method: 'POST',
          url: '/graphql',
          headers: { 'x-forwarded-for': forwarded },
          payload: { query: SEARCH },
        });
        return statusCode;
      };
      const bySocket = async (forwarded: string) => {
        const socket = await openAcknowledged(address, '', { 'x-forwarded-for': forwarded });
        socket.send({ id: '1', type: 'subscribe', payload: { query: SEARCH } });
        const { type } = await socket.next(message => message.id === '1');
        socket.close();
        return type;
      };
      for (let at = 0; at < 20; at++) await from(`10.9.9.${at}, 192.0.2.1`);
      expect(await from('10.9.9.99, 192.0.2.1')).toBe(429);
      expect(await from('192.0.2.1, 192.0.2.2')).toBe(200);
      expect(await bySocket('10.9.9.99, 192.0.2.1')).toBe('error');
      expect(await bySocket('192.0.2.1, 192.0.2.2')).toBe('next');
    } finally {
      await small.close();
    }
  });

  test('can read the whole schema several times, a site its articles, and customers sign in, all behind one address', async () => {
    const from = '198.51.100.7';
    for (let at = 0; at < 4; at++) expect((await ask(app, from, getIntrospectionQuery())).status).toBe(200);
    for (let at = 0; at < 100; at++) expect((await ask(app, from, SEARCH)).status).toBe(200);
    const signIn =
      'mutation { requestPortalCode(input: { organization: "none", contact: "a@b.example" }) { userErrors { code } } }';
    for (let at = 0; at < 100; at++) expect((await ask(app, from, signIn)).status).toBe(200);
    const statuses: number[] = [];
    for (let at = 0; at < 5; at++) statuses.push((await ask(app, from, getIntrospectionQuery())).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await ask(app, from, signIn)).status).toBe(200);
  });
});

describe('a socket', () => {
  test('that introduces itself twice, speaks first, or talks nonsense is closed with a reason', async () => {
    const twice = await openAcknowledged(url, client.authorization);
    twice.send({ type: 'connection_init', payload: {} });
    expect((await twice.closed).code).toBe(4429);
    const hasty = await openSocket(url);
    hasty.send({ id: '1', type: 'subscribe', payload: { query: '{ viewer { role } }' } });
    expect((await hasty.closed).code).toBe(4401);
    for (const nonsense of [
      '{',
      'null',
      '{"type":"unicorn"}',
      '{"type":"subscribe"}',
      '[]',
      Buffer.from([0xff, 0xfe]),
    ]) {
      const socket = await openAcknowledged(url, client.authorization);
      socket.sendRaw(nonsense);
      expect([1007, 4400]).toContain((await socket.closed).code);
    }
  });

  test('that says nothing is closed after a while', async () => {
    const silent = await openSocket(url);
    expect((await silent.closed).code).toBe(4408);
  });

  test('that uses one name for two operations is closed', async () => {
    const socket = await openAcknowledged(url, client.authorization);
    for (let at = 0; at < 2; at++)
      socket.send({ id: 'same', type: 'subscribe', payload: { query: 'subscription { postReceived { cursor } }' } });
    expect((await socket.closed).code).toBe(4409);
  });

  test('with a credential that is not valid is closed, and one without any may only ask what is public', async () => {
    for (const authorization of ['Bearer x', 'nonsense', 7, {}]) {
      const socket = await openSocket(url);
      socket.send({ type: 'connection_init', payload: { authorization } });
      const opened = socket
        .next(message => message.type === 'connection_ack')
        .then(
          () => 'opened',
          () => 'never',
        );
      const closed = socket.closed.then(({ code }) => code);
      // What is no text is no credential.
      expect(await Promise.race([opened, closed])).toBe(typeof authorization === 'string' ? 4403 : 'opened');
      socket.close();
    }
    const nobody = await openAcknowledged(url, '');
    nobody.send({ id: '1', type: 'subscribe', payload: { query: '{ viewer { role } }' } });
    const answer = await nobody.next(message => message.id === '1');
    expect(JSON.stringify(answer.payload)).toContain('UNAUTHENTICATED');
    nobody.close();
  });

  test('of another protocol is not spoken to', async () => {
    const old = await openSocket(url, 'graphql-ws').catch(() => null);
    if (old) expect((await old.closed).code).toBe(4406);
  });

  test('may say no more at once than a request may', async () => {
    const socket = await openAcknowledged(url, client.authorization);
    socket.send({ id: '1', type: 'subscribe', payload: { query: `{ viewer { role } } # ${'🙂'.repeat(100_000)}` } });
    expect((await socket.closed).code).toBe(1009);
  });

  test('holds a few subscriptions, and makes room again when one ends', async () => {
    const socket = await openAcknowledged(url, client.authorization);
    const subscribe = (id: string) =>
      socket.send({ id, type: 'subscribe', payload: { query: 'subscription { postReceived { cursor } }' } });
    const before = app.app.hub.subscribers;
    for (const id of ['1', '2', '3']) subscribe(id);
    await eventually(() => app.app.hub.subscribers === before + 3);
    subscribe('4');
    const refused = await socket.next(message => message.id === '4');
    expect(refused).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] });
    socket.send({ id: '1', type: 'complete' });
    await eventually(() => app.app.hub.subscribers === before + 2);
    subscribe('5');
    await eventually(() => app.app.hub.subscribers === before + 3);
    socket.close();
    await socket.closed;
    await eventually(() => app.app.hub.subscribers === before);
  });

  test('that opens many subscriptions in one breath gets no more than it may have', async () => {
    const socket = await openAcknowledged(url, client.authorization);
    for (let at = 0; at < 12; at++)
      socket.send({ id: `s${at}`, type: 'subscribe', payload: { query: 'subscription { postReceived { cursor } }' } });
    const refused = () => socket.messages.filter(message => message.type === 'error').length;
    await eventually(() => refused() + app.app.hub.subscribers === 12);
    expect(app.app.hub.subscribers).toBeLessThanOrEqual(3);
    socket.close();
    await eventually(() => app.app.hub.subscribers === 0);
  });

  test.each([
    ['two fields at once', 'subscription { postReceived { cursor } postChanged { cursor } }', {}, 'BAD_USER_INPUT'],
    ['a cursor that is none', 'subscription { postReceived(after: "x") { cursor } }', {}, 'BAD_CURSOR'],
    [
      'a filter of another type',
      'subscription ($f: PostFilter) { postReceived(filter: $f) { cursor } }',
      { f: { own: 'yes' } },
      'BAD_USER_INPUT',
    ],
    ['something that cannot be told', 'subscription { unicorns { cursor } }', {}, 'BAD_USER_INPUT'],
    ['the schema', 'subscription { __typename }', {}, 'BAD_USER_INPUT'],
  ])('that subscribes to %s is told so', async (_what, query, variables, code) => {
    const socket = await openAcknowledged(url, client.authorization);
    socket.send({ id: '1', type: 'subscribe', payload: { query, variables } });
    const answer = await socket.next(message => message.id === '1');
    expect(answer).toMatchObject({ type: 'error', payload: [{ extensions: { code } }] });
    socket.close();
  });
});
