import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { entities } from '../../src/app.js';
import type { AnyConnector } from '../../src/ingest/connector.js';
import { type Batch, ConnectorError, type UpsertEvent } from '../../src/ingest/connector.js';
import type { ServicesFor } from '../../src/ingest/context.js';
import { channelServices } from '../../src/ingest/limits.js';
import { pollTask } from '../../src/ingest/polls.js';
import { connectorRegistry } from '../../src/ingest/registry.js';
import { PostKind } from '../../src/modules/social/index.js';
import { Database } from '../../src/platform/database/database.js';
import { newId } from '../../src/platform/ids.js';
import { openLogger } from '../../src/platform/logger.js';
import { services, servicesFor, vault } from '../support/connector-context.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

const log = openLogger('silent');
let clone: TestDatabase;
let database: Database;
let organizationId: string;
let accountId: string;
let id: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  database = await Database.open({ ownerUrl: clone.ownerUrl, appUrl: clone.appUrl, entities, poolSize: 4 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  [organizationId, accountId, id] = [newId(), newId(), newId()];
  const { system } = database;
  await system.query('insert into organizations (id, slug, name) values ($1, $2, $2)', [organizationId, id]);
  await system.query(`insert into accounts (organization_id, id, network, handle) values ($1, $2, 'WEB', 'site')`, [
    organizationId,
    accountId,
  ]);
  await system.query(
    `insert into sources (organization_id, id, account_id, connector, network, kind, query) values ($1, $2, $3, 'radio', 'WEB', 'FEED', 'q')`,
    [organizationId, id, accountId],
  );
});

type Poll = (cursor: unknown) => AsyncIterable<Batch<unknown>>;

/** An adapter for a network that does as each test says. */
const adapter = (poll: Poll, more: Partial<AnyConnector> = {}): AnyConnector => ({
  kind: 'radio',
  version: 2,
  network: 'WEB' as AnyConnector['network'],
  capabilities: {
    inbound: { webhook: false, stream: false, poll: true },
    reply: { public: false, private: false },
    edits: { notified: false, detectable: false },
    deletions: { notified: false, detectable: false },
    threadDepth: 1,
    media: false,
    idempotency: 'none',
    receipts: false,
  },
  configure: () => ({}),
  check: async () => ({ ok: true }),
  poll: (_context, cursor) => poll(cursor),
  ...more,
});
const said = (text: string, given: Partial<UpsertEvent> = {}): UpsertEvent => ({
  op: 'upsert',
  ref: { id: text },
  revision: '1',
  kind: PostKind.MENTION,
  author: { handle: 'vecina' },
  own: false,
  occurredAt: new Date('2026-01-01T00:00:00Z'),
  text,
  media: [],
  auto: false,
  ...given,
});

function read(
  connector: AnyConnector,
  { signal = new AbortController().signal, sourceId = id, through = servicesFor as ServicesFor } = {},
): Promise<void> {
  const scope = { organizationId, actor: 'system:test', requestId: 'test' };
  const poll = pollTask({ database, registry: connectorRegistry([connector], through), vault, log });
  return poll({ sourceId }, { scope, signal, log });
}
async function kept() {
  const { rows: posts } = await database.system.query(
    'select text from posts where organization_id = $1 order by text',
    [organizationId],
  );
  const { rows } = await database.system.query(
    `select s.state, s.cursor, s.cursor_version as version, s.problem ->> 'class' as problem, s.failures, a.state as account,
            (select json_agg(g.reason) from source_gaps g where g.source_id = s.id) as gaps,
            (select j.run_at - now() from graphile_worker.jobs j where j.key = 'source:' || s.id) as next
       from sources s join accounts a on a.id = s.account_id where s.id = $1`,
    [id],
  );
  return { posts: posts.map(post => post.text), ...rows[0] };
}

test('one bad event never stops a source: it is dropped, and shown as a loss', async () => {
  const events = [
    said('bueno'),
    said('sin fecha', { occurredAt: new Date(Number.NaN) }),
    said('del futuro', { occurredAt: new Date('2200-01-01') }),
    said('enorme', { text: 'a'.repeat(1_000_001) }),
    said('sin autor', { author: {} }),
    said('roto \0 y medio \ud83d', { ref: { id: 'raro' } }),
    said('número imposible', { author: { handle: 'b', followersCount: 1e300 } }),
  ];
  await read(
    adapter(async function* () {
      yield { events, cursor: { at: 1 }, more: false };
    }),
  );
  const { posts, state, gaps, problem } = await kept();
  expect(posts).toEqual(['bueno', expect.stringMatching(/^roto\s+y medio/)]);
  expect({ state, problem }).toEqual({ state: 'ACTIVE', problem: null });
  expect(gaps).toEqual([expect.stringContaining('sin fecha (its date is none)')]);
  expect(gaps[0]).toContain('and 2 more');
});

test('of two readings at once one gets on, and the other one stores nothing of what it holds', async () => {
  const poll: Poll = async function* () {
    await read(
      adapter(async function* () {
        yield { events: [said('primera')], cursor: { at: 5 }, more: false };
      }),
    );
    yield { events: [said('segunda')], cursor: { at: 3 }, more: false };
  };
  await read(adapter(poll));
  expect(await kept()).toMatchObject({ posts: ['primera'], cursor: { at: 5 }, state: 'ACTIVE', problem: null });
});

test('a cursor of an older adapter is brought into its present form, or reading begins anew', async () => {
  await database.system.query(`update sources set cursor = '{"old": 7}', cursor_version = 1 where id = $1`, [id]);
  const seen: unknown[] = [];
  const poll: Poll = async function* (cursor) {
    seen.push(cursor);
    yield { events: [], cursor: { at: 8 }, more: false };
  };
  await read(
    adapter(poll, { migrateCursor: (cursor, version) => ({ at: (cursor as { old: number }).old + version }) }),
  );
  expect(await kept()).toMatchObject({ cursor: { at: 8 }, version: 2 });
  await read(adapter(poll));
  await database.system.query(`update sources set cursor = '{"old": 7}', cursor_version = 1 where id = $1`, [id]);
  await read(adapter(poll));
  expect(seen).toEqual([{ at: 8 }, { at: 8 }, null]);
});

test('refused access stops everything of the account, and nobody tries again by itself', async () => {
  let reads = 0;
  const refused = adapter(async function* () {
    reads += 1;
    yield* [];
    throw new ConnectorError({ class: 'auth', message: 'The token was revoked', scope: 'account' });
  });
  await read(refused);
  await read(refused);
  expect(reads).toBe(1);
  expect(await kept()).toMatchObject({
    state: 'NEEDS_REAUTHORIZATION',
    account: 'NEEDS_REAUTHORIZATION',
    problem: 'AUTH',
    next: null,
  });
});

test('an adapter that fails in a way it does not explain is tried again', async () => {
  await read(
    adapter(async function* () {
      yield { events: [said('antes')], cursor: 1, more: true };
      throw new TypeError('x is not a function');
    }),
  );
  expect(await kept()).toMatchObject({
    posts: ['antes'],
    state: 'FAILING',
    problem: 'UNKNOWN',
    failures: 1,
    cursor: 1,
  });
  expect((await kept()).next).not.toBeNull();
});

test('a network that has more is asked again at once, one that has not at its interval', async () => {
  const giving = (more: boolean) =>
    adapter(async function* () {
      yield { events: [], cursor: 1, more };
    });
  await read(giving(true));
  expect((await kept()).next.minutes ?? 0).toBe(0);
  await database.system.query(`select graphile_worker.remove_job('source:' || $1)`, [id]);
  await read(giving(false));
  expect((await kept()).next.minutes).toBe(4);
});

test('an account whose network keeps failing is left alone, whichever of its sources asks', async () => {
  let reads = 0;
  const failing = adapter(async function* () {
    reads += 1;
    yield* [];
    throw new ConnectorError({ class: 'transient', message: 'The connection failed.', scope: 'endpoint' });
  });
  const sibling = newId();
  await database.system.query(
    `insert into sources (organization_id, id, account_id, connector, network, kind, query)
     select organization_id, $2, account_id, connector, network, kind, 'another' from sources where id = $1`,
    [id, sibling],
  );
  for (let attempt = 0; attempt < 5; attempt += 1) await read(failing);
  await read(failing);
  await read(failing, { sourceId: sibling });
  expect(reads).toBe(5);
  expect((await kept()).next).not.toBeNull();
  const { rows } = await database.system.query('select state, failures from sources where id = $1', [sibling]);
  expect(rows).toEqual([{ state: 'ACTIVE', failures: 0 }]);
  await database.system.query(`update account_breakers set open_until = now() where account_id = $1`, [accountId]);
  const well = adapter(async function* () {
    reads += 1;
    yield { events: [], cursor: 1, more: false };
  });
  await read(well);
  await read(well, { sourceId: sibling });
  expect(reads).toBe(7);
});

test('reading pauses before the budget is overspent, and says so', async () => {
  await database.system.query(`update accounts set monthly_budget = 0.05 where id = $1`, [accountId]);
  const billed = adapter(poll => poll as never, {
    async *poll(context) {
      const spending = await context.costs.reserve({ unit: 'post.read', most: 10, microsEach: 5000 });
      await spending.settle(6);
      yield { events: [said(`leída ${Date.now()}`)], cursor: 1, more: false };
    },
  });
  const through = channelServices(database.system, services.outbound);
  await read(billed, { through });
  expect(await kept()).toMatchObject({ state: 'ACTIVE', problem: null });
  await read(billed, { through });
  const after = await kept();
  expect(after).toMatchObject({ state: 'RATE_LIMITED', problem: 'QUOTA', account: 'ACTIVE' });
  expect(after.posts).toHaveLength(1);
});
