import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { type AnyConnector, ConnectorError, type InboundEvent, PostKind } from '../../src/ingest/connector.js';
import { pollTask } from '../../src/ingest/polls.js';
import { connectorRegistry } from '../../src/ingest/registry.js';
import { parseTask } from '../../src/ingest/webhook.parsing.js';
import { REFETCH_TASK, refetchTask } from '../../src/ingest/webhook.refetch.js';
import { registerHooks } from '../../src/ingest/webhook.routes.js';
import { Webhooks } from '../../src/ingest/webhooks.js';
import { expireDeliveries, PARSE_TASK, POLL_TASK, replayDeliveries } from '../../src/modules/social/index.js';
import { newId, publicId } from '../../src/platform/ids.js';
import { openWorker, type Worker } from '../../src/platform/jobs.js';
import { openLogger } from '../../src/platform/logger.js';
import { type Client, openTestApp, type TestApp, type TestOrganization } from '../support/app.js';
import { servicesFor, vault } from '../support/connector-context.js';
import { type Body, type Change, hookConnector, signed } from '../support/hook-network.js';
import { eventually } from '../support/subscriber.js';

const log = openLogger('silent');
const BASE = 'https://crm.example';
const SECRET = 'un secreto';
const MOST_BYTES = 300_000;
let app: TestApp;
let organization: TestOrganization;
let owner: Client;
const open: { worker: Worker; fastify: FastifyInstance }[] = [];

beforeAll(async () => {
  app = await openTestApp({ WORKER: 'off' });
});
afterEach(async () => {
  for (const { worker, fastify } of open.splice(0)) {
    await worker.stop();
    await fastify.close();
  }
});
afterAll(() => app.close());

interface Page {
  accountId: string;
  sourceId: string;
  key: string;
}

/** The page of an organisation on the network that calls. */
async function page(handle = 'panaderia'): Promise<Page> {
  const { system } = app.app.database;
  const [accountId, sourceId] = [newId(), newId()];
  const { rows } = await system.query(
    `insert into accounts (organization_id, id, network, handle, connector) values ($1, $2, 'WEB', $3, 'hooked') returning hook_key as key`,
    [organization.id, accountId, handle],
  );
  await system.query('insert into account_secrets (organization_id, account_id, sealed) values ($1, $2, $3)', [
    organization.id,
    accountId,
    await vault.seal({ secret: SECRET }, accountId),
  ]);
  await system.query(
    `insert into sources (organization_id, id, account_id, connector, network, kind, query) values ($1, $2, $3, 'hooked', 'WEB', 'ACCOUNT', $4)`,
    [organization.id, sourceId, accountId, handle],
  );
  return { accountId, sourceId, key: rows[0].key };
}

/** An organisation, the endpoint, and whoever does the work, with the network as each test has it. */
async function begin(connector: AnyConnector = hookConnector()) {
  organization = await app.organization();
  owner = await organization.as('OWNER');
  const { database } = app.app;
  const registry = connectorRegistry([connector], servicesFor);
  const options = { database, registry, vault, hookSecret: () => '', publicUrl: BASE, log };
  const fastify = Fastify({ bodyLimit: 1000 });
  registerHooks(fastify, new Webhooks(options), { publicUrl: BASE, maxBytes: MOST_BYTES });
  const worker = await openWorker({
    ownerUrl: app.ownerUrl,
    log,
    tasks: {
      [PARSE_TASK]: parseTask(options),
      [REFETCH_TASK]: refetchTask(options),
      [POLL_TASK]: pollTask(options),
    },
  });
  open.push({ worker, fastify });
  const post = (
    key: string,
    content: Body | Buffer,
    more: { address?: string; headers?: object; secret?: string } = {},
  ) => {
    const url = `/hooks/${key}?app=1`;
    const request = signed(more.secret ?? SECRET, BASE + url, content);
    return fastify.inject({
      method: 'POST',
      url,
      headers: { ...request.headers, ...more.headers } as Record<string, string>,
      payload: request.body,
      remoteAddress: more.address ?? '192.0.2.1',
    });
  };
  return { fastify, post };
}

const said = (id: string, more: Partial<Change> = {}): Change => ({
  op: 'said',
  page: 'panaderia',
  id,
  at: Date.now() - 60_000,
  text: `comentario ${id}`,
  ...more,
});

const textsOf = async (): Promise<string[]> => {
  const { rows } = await app.app.database.system.query(
    'select text from posts where organization_id = $1 order by text',
    [organization.id],
  );
  return rows.map(row => row.text);
};
const deliveries = async (): Promise<{ id: string; state: string; problem: string | null }[]> => {
  const { rows } = await app.app.database.system.query(
    'select id, state, problem from webhook_deliveries where organization_id = $1 order by received_at',
    [organization.id],
  );
  return rows;
};
const areRead = () => eventually(async () => (await deliveries()).every(({ state }) => state !== 'RECEIVED'));
const look = async ({ sourceId }: Page) => {
  const { source } = await owner.data(
    'query ($id: ID!) { source(id: $id) { state lastEventAt lastSuccessAt lagSeconds problem { class } gaps { edges { node { reason filledAt } } } } }',
    { id: publicId('source', sourceId) },
  );
  return { ...source, gaps: source.gaps.edges.map((edge: { node: object }) => edge.node) };
};

describe('where networks call', () => {
  test('what comes is answered at once, read later, and belongs to the account that was called', async () => {
    const { post } = await begin();
    const ours = await page();
    const asked = performance.now();
    const response = await post(ours.key, { changes: [said('1')] });
    expect(performance.now() - asked).toBeLessThan(1000);
    expect({ status: response.statusCode, body: response.body }).toEqual({ status: 200, body: '' });
    await areRead();
    const { rows } = await app.app.database.system.query(
      'select account_id, source_id from posts where organization_id = $1',
      [organization.id],
    );
    expect(rows).toEqual([{ account_id: ours.accountId, source_id: ours.sourceId }]);
    expect(await look(ours)).toMatchObject({
      lastEventAt: expect.any(String),
      lastSuccessAt: expect.any(String),
    });
  });

  test('a body of any type reaches the adapter as the bytes it is', async () => {
    const seen: Buffer[] = [];
    const declared: (string | undefined)[] = [];
    const { fastify } = await begin(
      hookConnector({
        verifyWebhook: (_context, { body, headers }) => {
          seen.push(body);
          declared.push(headers['content-type']);
          return { kind: 'reject', status: 403, reason: 'only looking' };
        },
      }),
    );
    const { key } = await page();
    const odd = Buffer.from([0, 0xff, 10, 13, 0xc3]);
    const types = [
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'nothing sensible',
      undefined,
    ];
    for (const type of types) {
      const headers = type === undefined ? {} : { 'content-type': type };
      const { statusCode } = await fastify.inject({ method: 'POST', url: `/hooks/${key}`, headers, payload: odd });
      expect({ type, statusCode }).toEqual({ type, statusCode: 403 });
    }
    expect(seen).toEqual(types.map(() => odd));
    expect(declared).toEqual(types);
  });

  test('a key that is not there is answered alike, whatever is sent, and its body is not read', async () => {
    const { fastify, post } = await begin();
    await page();
    const unknown = await post('a'.repeat(72), { changes: [] });
    const short = await post('short', { changes: [] });
    const large = await post('b'.repeat(72), Buffer.alloc(MOST_BYTES + 1));
    const asked = await fastify.inject({ method: 'GET', url: `/hooks/${'c'.repeat(72)}` });
    for (const response of [unknown, short, large, asked])
      expect({ status: response.statusCode, body: response.body }).toEqual({ status: 404, body: 'Not found.' });
  });

  test('a body that is larger than allowed, or wrongly signed, is refused and nothing of it is stored', async () => {
    const { post } = await begin();
    const { key } = await page();
    expect((await post(key, Buffer.alloc(MOST_BYTES + 1))).statusCode).toBe(413);
    expect((await post(key, { changes: [said('1')] }, { secret: 'another' })).statusCode).toBe(401);
    expect(await deliveries()).toEqual([]);
  });

  test('who is refused again and again is no longer listened to; others are', async () => {
    const { post } = await begin();
    const { key } = await page();
    const statuses: number[] = [];
    for (let time = 0; time < 70; time += 1)
      statuses.push((await post(key, { changes: [] }, { secret: 'another', address: '192.0.2.66' })).statusCode);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([401]));
    expect(new Set(statuses.slice(60))).toEqual(new Set([429]));
    for (let time = 0; time < 70; time += 1)
      statuses.push((await post(`${time}`.padStart(72, '0'), { changes: [] }, { address: '192.0.2.1' })).statusCode);
    expect(statuses.at(-1)).toBe(429);
    expect((await post(key, { changes: [said('1')] }, { address: '192.0.2.1' })).statusCode).toBe(200);
  });

  test('the same delivery twice at once is kept once', async () => {
    const { post } = await begin();
    const { key } = await page();
    const content = { delivery: 'd1', changes: [said('1')] };
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(key, content)));
    expect(answers.map(response => response.statusCode)).toEqual([200, 200, 200, 200, 200]);
    await areRead();
    expect(await deliveries()).toHaveLength(1);
    expect(await textsOf()).toEqual(['comentario 1']);
  });

  test('a thousand changes in one call are all kept, and the call is answered within a second', async () => {
    const { post } = await begin();
    const { key } = await page();
    const changes = Array.from({ length: 1000 }, (_, at) => said(String(at + 1), { author: `vecina${at % 50}` }));
    const asked = performance.now();
    expect((await post(key, { changes })).statusCode).toBe(200);
    expect(performance.now() - asked).toBeLessThan(1000);
    await areRead();
    expect(await textsOf()).toHaveLength(1000);
  }, 30_000);

  test('one app that serves several pages brings each page its own', async () => {
    const { post } = await begin();
    const [bakery, cafe] = [await page(), await page('cafeteria')];
    await post(bakery.key, { changes: [said('1'), said('2', { page: 'cafeteria' }), said('3', { page: 'otra' })] });
    await areRead();
    const { rows } = await app.app.database.system.query(
      'select external_id as id, account_id as account, source_id as source from posts where organization_id = $1 order by 1',
      [organization.id],
    );
    expect(rows).toEqual([
      { id: '1', account: bakery.accountId, source: bakery.sourceId },
      { id: '2', account: cafe.accountId, source: cafe.sourceId },
    ]);
  });

  test('what the network tells the app of a paused page waits for that page too', async () => {
    const { post } = await begin();
    const [bakery, cafe] = [await page(), await page('cafeteria')];
    const setState = (state: string) =>
      owner.data(
        'mutation ($id: ID!, $state: AccountSwitch) { updateAccount(input: { id: $id, state: $state }) { userErrors { code } } }',
        { id: publicId('account', cafe.accountId), state },
      );
    await setState('PAUSED');
    await post(bakery.key, { changes: [said('1'), said('2', { page: 'cafeteria' })] });
    await post(bakery.key, { changes: [said('3')] });
    await eventually(async () => (await jobs(PARSE_TASK)) === 0);
    expect(await textsOf()).toEqual(['comentario 1', 'comentario 3']);
    await setState('ACTIVE');
    await areRead();
    expect(await textsOf()).toEqual(['comentario 1', 'comentario 2', 'comentario 3']);
    expect(await deliveries()).toHaveLength(3);
  });

  test('what an app tells at the address of a paused account is read for the others at once', async () => {
    const { post } = await begin();
    const bakery = await page();
    await page('cafeteria');
    await owner.data(
      'mutation ($id: ID!) { updateAccount(input: { id: $id, state: PAUSED }) { userErrors { code } } }',
      {
        id: publicId('account', bakery.accountId),
      },
    );
    await post(bakery.key, { changes: [said('1'), said('2', { page: 'cafeteria' })] });
    await eventually(async () => (await textsOf()).length > 0);
    await eventually(async () => (await jobs(PARSE_TASK)) === 0);
    expect(await textsOf()).toEqual(['comentario 2']);
    expect(await deliveries()).toMatchObject([{ state: 'RECEIVED' }]);
  });

  test('a paused account still answers and stores; it reads once it is resumed', async () => {
    const { post } = await begin();
    const ours = await page();
    const setState = (state: string) =>
      owner.data(
        'mutation ($id: ID!, $state: AccountSwitch) { updateAccount(input: { id: $id, state: $state }) { userErrors { code } } }',
        { id: publicId('account', ours.accountId), state },
      );
    await setState('PAUSED');
    expect((await post(ours.key, { changes: [said('1')] })).statusCode).toBe(200);
    await eventually(async () => (await jobs(PARSE_TASK)) === 0);
    expect(await deliveries()).toMatchObject([{ state: 'RECEIVED' }]);
    await setState('ACTIVE');
    await areRead();
    await owner.data('mutation ($id: ID!) { pauseSource(input: { id: $id }) { userErrors { code } } }', {
      id: publicId('source', ours.sourceId),
    });
    await post(ours.key, { changes: [said('2')] });
    await eventually(async () => (await jobs(PARSE_TASK)) === 0);
    expect(await textsOf()).toEqual(['comentario 1']);
    await owner.data('mutation ($id: ID!) { resumeSource(input: { id: $id }) { userErrors { code } } }', {
      id: publicId('source', ours.sourceId),
    });
    await areRead();
    expect(await textsOf()).toEqual(['comentario 1', 'comentario 2']);
  });
});

const jobs = async (task: string): Promise<number> => {
  const { rows } = await app.app.database.system.query(
    'select count(*)::integer as count from graphile_worker.jobs where task_identifier = $1',
    [task],
  );
  return rows[0].count;
};

const event = (id: string, given: object = {}): InboundEvent =>
  ({
    op: 'upsert',
    ref: { id },
    revision: '1',
    kind: PostKind.COMMENT,
    author: { handle: 'vecina' },
    own: false,
    occurredAt: new Date(),
    text: id,
    media: [],
    auto: false,
    ...given,
  }) as InboundEvent;

describe('what cannot be read', () => {
  test('one event that cannot be stored loses no other one, and is shown as a gap', async () => {
    const { post } = await begin(
      hookConnector({
        parseWebhook: () => ({
          events: [
            event('bueno'),
            event('imposible', { author: { handle: 'b', followersCount: 1e300 } }),
            event('sin fecha', { occurredAt: new Date(Number.NaN) }),
            event('otro'),
          ],
        }),
      }),
    );
    const ours = await page();
    await post(ours.key, {});
    await areRead();
    expect(await textsOf()).toEqual(['bueno', 'otro']);
    const { gaps } = await look(ours);
    expect(gaps).toHaveLength(1);
    expect(gaps[0].reason).toMatch(/sin fecha.*imposible/);
    await app.app.database.write({ organizationId: organization.id, actor: 'system:test', requestId: 'test' }, tx =>
      replayDeliveries(tx, 'ALL'),
    );
    await areRead();
    expect((await look(ours)).gaps).toHaveLength(1);
  });

  test('a delivery that cannot be read is kept and shown; once the adapter can, reading it again fills the gap', async () => {
    let isMended = false;
    const whole = hookConnector();
    const { post } = await begin(
      hookConnector({
        parseWebhook(context, request) {
          if (!isMended)
            throw new ConnectorError({ class: 'invalid', message: 'A new kind of thing', scope: 'message' });
          return whole.parseWebhook!(context, request);
        },
      }),
    );
    const ours = await page();
    await post(ours.key, { changes: [said('1')] });
    await areRead();
    expect(await deliveries()).toMatchObject([{ state: 'FAILED', problem: 'A new kind of thing' }]);
    expect((await look(ours)).gaps).toEqual([
      { reason: 'A delivery could not be read: A new kind of thing', filledAt: null },
    ]);
    isMended = true;
    await app.app.database.write({ organizationId: organization.id, actor: 'system:test', requestId: 'test' }, tx =>
      replayDeliveries(tx, 'FAILED'),
    );
    await areRead();
    expect(await textsOf()).toEqual(['comentario 1']);
    expect((await look(ours)).gaps).toMatchObject([{ filledAt: expect.any(String) }]);
  });

  test('what a delivery lost is polled for where that is possible, and the gap filled', async () => {
    const { post } = await begin(
      hookConnector({
        parseWebhook() {
          throw new TypeError('x is not a function');
        },
        async *poll() {
          yield { events: [event('del sondeo')], cursor: 1, more: false };
        },
      }),
    );
    const ours = await page();
    const { system } = app.app.database;
    await system.query(`update sources set polled_since = now() where id = $1`, [ours.sourceId]);
    await post(ours.key, { changes: [said('1')] });
    const { gaps } = await eventually(async () => {
      const seen = await look(ours);
      return seen.gaps[0]?.filledAt && seen;
    });
    expect(gaps[0].reason).toBe('A delivery could not be read: The adapter failed in a way it did not explain.');
    expect(await textsOf()).toEqual(['del sondeo']);
  });

  test('what must be forgotten is forgotten in the stored calls too', async () => {
    const { post } = await begin();
    const [bakery, cafe] = [await page(), await page('cafeteria')];
    await post(bakery.key, { changes: [said('1'), said('2', { page: 'cafeteria' })] });
    await areRead();
    await post(bakery.key, { changes: [said('3')] });
    await areRead();
    await post(cafe.key, { changes: [{ ...said('2', { page: 'cafeteria' }), op: 'deleted' }] });
    await post(bakery.key, { changes: [said('4'), { ...said('4'), op: 'deleted' }] });
    await areRead();
    const { rows } = await app.app.database.system.query(
      'select post_ids from webhook_deliveries where organization_id = $1 order by received_at',
      [organization.id],
    );
    expect(rows.map(row => row.post_ids)).toEqual([['3'], []]);
  });

  test('what was read is deleted after its days, what failed later', async () => {
    await begin();
    const ours = await page();
    const { system } = app.app.database;
    const put = (state: string, days: number) =>
      system.query(
        `insert into webhook_deliveries (organization_id, id, account_id, method, envelope, body, state, received_at)
         values ($1, $2, $3, 'POST', '', '', $4, now() - make_interval(days => $5))`,
        [organization.id, newId(), ours.accountId, state, days],
      );
    for (const days of [31, 29, 8, 6]) for (const state of ['DONE', 'FAILED']) await put(state, days);
    await expireDeliveries(system, 7, 30);
    expect((await deliveries()).map(({ state }) => state).sort()).toEqual(['DONE', 'FAILED', 'FAILED', 'FAILED']);
  });
});

describe('what is told by its id only', () => {
  test('is read again: brought, deleted when it is gone, and tried again when the network fails', async () => {
    const tries = new Map<string, number>();
    const { post } = await begin(
      hookConnector({
        async refetch(_context, { id }) {
          tries.set(id, (tries.get(id) ?? 0) + 1);
          if (id === 'b') return 'gone';
          if (id === 'c' && tries.get(id) === 1)
            throw new ConnectorError({ class: 'transient', message: 'Not now', scope: 'endpoint' });
          if (id === 'd') throw new ConnectorError({ class: 'auth', message: 'Not you', scope: 'account' });
          return event(id);
        },
      }),
    );
    const ours = await page();
    await post(ours.key, { changes: [said('b')] });
    await areRead();
    await post(ours.key, { notices: ['a', 'b', 'c', 'd'] });
    await eventually(async () => (await textsOf()).length === 3 && (await look(ours)).gaps.length === 1);
    expect(await textsOf()).toEqual(['', 'a', 'c']);
    expect(tries.get('c')).toBe(2);
    expect((await look(ours)).gaps[0].reason).toBe('d could not be read: Not you');
  });

  test('a network that is slow to answer holds up nothing that is called meanwhile', async () => {
    const slow = Promise.withResolvers<void>();
    const { post } = await begin(
      hookConnector({
        async refetch(_context, { id }) {
          await slow.promise;
          return event(id);
        },
      }),
    );
    const ours = await page();
    await post(ours.key, { notices: ['lento'] });
    await areRead();
    await post(ours.key, { changes: [said('1')] });
    await areRead();
    expect(await textsOf()).toEqual(['comentario 1']);
    slow.resolve();
    await eventually(async () => (await textsOf()).length === 2);
  });

  test('news that only a poll brings is polled for at once', async () => {
    const { post } = await begin(
      hookConnector({
        async *poll() {
          yield { events: [event('del sondeo')], cursor: 1, more: false };
        },
      }),
    );
    const ours = await page();
    await post(ours.key, { poll: true });
    await eventually(async () => (await textsOf()).length === 1);
  });
});
