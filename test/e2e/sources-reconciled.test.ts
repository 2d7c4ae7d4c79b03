import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { entities } from '../../src/app.js';
import {
  type AnyConnector,
  type Batch,
  ConnectorError,
  type Receipt,
  type UpsertEvent,
} from '../../src/ingest/connector.js';
import { pollTask } from '../../src/ingest/polls.js';
import { connectorRegistry } from '../../src/ingest/registry.js';
import { followStreams } from '../../src/ingest/streams.js';
import { POLL_TASK, PostKind, scheduleForgotten } from '../../src/modules/social/index.js';
import { Database } from '../../src/platform/database/database.js';
import { newId } from '../../src/platform/ids.js';
import { openWorker } from '../../src/platform/jobs.js';
import { openLogger } from '../../src/platform/logger.js';
import { servicesFor, vault } from '../support/connector-context.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { hookConnector } from '../support/hook-network.js';
import { eventually } from '../support/subscriber.js';

const log = openLogger('silent');
let clone: TestDatabase;
let database: Database;
let organizationId: string;
let id: string;
const ending: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  clone = await cloneDatabase();
  database = await Database.open({ ownerUrl: clone.ownerUrl, appUrl: clone.appUrl, entities, poolSize: 6 });
});
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
  await database.system.query(`update sources set state = 'PAUSED' where id = $1`, [id]);
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  [organizationId, id] = [newId(), newId()];
  const { system } = database;
  await system.query('insert into organizations (id, slug, name) values ($1, $2, $2)', [organizationId, id]);
  await system.query(
    `insert into sources (organization_id, id, connector, network, kind, query) values ($1, $2, 'hooked', 'WEB', 'ACCOUNT', 'panaderia')`,
    [organizationId, id],
  );
});

const said = (text: string, given: Partial<UpsertEvent> = {}): UpsertEvent => ({
  op: 'upsert',
  ref: { id: text },
  revision: '1',
  kind: PostKind.MENTION,
  author: { handle: 'vecina' },
  own: false,
  occurredAt: new Date(),
  text,
  media: [],
  auto: false,
  ...given,
});

/** A network that streams what it is told to, and of which a poll shows everything it has. */
function network() {
  const there: UpsertEvent[] = [];
  const batches: Batch<unknown>[] = [];
  let wake = () => {};
  let refusal: ConnectorError | null = null;
  const polls: unknown[] = [];
  const pollGaps: Batch<unknown>['gap'][] = [];
  const connector = hookConnector({
    async *poll(_context, cursor) {
      polls.push(cursor);
      if (refusal) throw refusal;
      const gap = pollGaps.shift();
      yield { events: [...there], cursor: { polled: polls.length }, more: false, ...(gap ? { gap } : {}) };
    },
    async *listen({ signal }) {
      while (!signal.aborted) {
        for (const batch of batches.splice(0)) yield batch;
        await new Promise<void>(done => {
          wake = done;
          signal.addEventListener('abort', () => done(), { once: true });
          if (batches.length > 0) done();
        });
      }
    },
  });
  let streamed = 0;
  return {
    connector,
    polls,
    pollGaps,
    refuse: (error: ConnectorError | null) => (refusal = error),
    /** It is said on the network; whether the stream tells it is another matter. */
    say: (event: UpsertEvent) => there.push(event),
    stream(events: UpsertEvent[], gap?: Batch<unknown>['gap']) {
      batches.push({ events, cursor: { streamed: ++streamed }, more: false, ...(gap ? { gap } : {}) });
      wake();
    },
    report(receipts: Receipt[]) {
      batches.push({ events: [], receipts, cursor: { streamed: ++streamed }, more: false });
      wake();
    },
  };
}

async function follow(connector: AnyConnector): Promise<void> {
  const options = { database, registry: connectorRegistry([connector], servicesFor), vault, log };
  const abort = new AbortController();
  const worker = await openWorker({ ownerUrl: clone.ownerUrl, log, tasks: { [POLL_TASK]: pollTask(options) } });
  const streams = followStreams({ ...options, onSourceChanged: () => () => {} }, abort.signal);
  await scheduleForgotten(database.system, [connector.kind]);
  ending.push(async () => {
    abort.abort();
    await streams;
    await worker.stop();
  });
}

const look = async () => {
  const { rows: posts } = await database.system.query(
    `select text from posts where organization_id = $1 order by text collate "C"`,
    [organizationId],
  );
  const { rows: told } = await database.system.query(
    `select type, count(*)::integer as count from events where organization_id = $1 and type like 'post.%' group by 1 order by 1`,
    [organizationId],
  );
  const { rows } = await database.system.query(
    `select s.state, s.problem, s.cursor, s.reconcile_cursor as reconcile,
            (select json_agg(g.filled_at is not null order by g.recorded_at) from source_gaps g where g.source_id = s.id) as filled,
            (select extract(epoch from j.run_at - now()) from graphile_worker.jobs j where j.key = 'source:' || s.id) as next,
            (select count(*)::integer from audit_entries a where a.organization_id = s.organization_id and a.table_name = 'sources' and a.action = 'UPDATE') as audited
       from sources s where s.id = $1`,
    [id],
  );
  return { posts: posts.map(post => post.text), told, ...rows[0] };
};

/** Asks for a poll now, as somebody in a hurry would. */
const pollNow = () =>
  database.system.query(
    `select enqueue_job('${POLL_TASK}', json_build_object('organizationId', $1::uuid, 'sourceId', $2::uuid), 'source:' || $2::text)`,
    [organizationId, id],
  );

test('a poll beside the stream brings what the stream missed, and nothing twice; each has its own cursor', async () => {
  const { connector, say, stream } = network();
  await follow(connector);
  await eventually(async () => (await look()).reconcile);
  const [heard, missed] = [said('oída'), said('perdida')];
  for (const event of [heard, missed]) say(event);
  stream([heard]);
  await eventually(async () => (await look()).posts.length === 1);
  await pollNow();
  await eventually(async () => (await look()).posts.length === 2);
  stream([heard, said('otra')]);
  const after = await eventually(async () => {
    const seen = await look();
    return seen.posts.length === 3 && seen;
  });
  expect(after).toMatchObject({
    posts: ['otra', 'oída', 'perdida'],
    told: [{ type: 'post.received', count: 3 }],
    cursor: { streamed: 2 },
    reconcile: { polled: expect.any(Number) },
    filled: null,
    // Where reading stands is nobody's act.
    audited: 0,
  });
});

test('the poll beside a stream comes at its interval, and no more often than every five minutes', async () => {
  await database.system.query('update sources set interval_seconds = 15 where id = $1', [id]);
  const { connector } = network();
  await follow(connector);
  const { next } = await eventually(async () => {
    const seen = await look();
    // Not the one that is running.
    return Number(seen.next) > 1 && seen;
  });
  expect(Number(next)).toBeGreaterThan(260);
});

test('a gap of the stream is polled for at once, and is filled when the poll has covered it', async () => {
  const { connector, say, stream, polls } = network();
  await follow(connector);
  await eventually(async () => (await look()).reconcile);
  const from = new Date();
  say(said('mientras nadie miraba'));
  stream([], { from, to: new Date(), reason: 'The connection was lost' });
  const after = await eventually(async () => {
    const seen = await look();
    return seen.filled?.[0] && seen.posts.length === 1 && seen;
  });
  expect(after).toMatchObject({ posts: ['mientras nadie miraba'], filled: [true] });
  expect(polls).toHaveLength(2);
});

test('a gap from before anything was polled stays open', async () => {
  const { connector, stream, polls } = network();
  await follow(connector);
  await eventually(async () => (await look()).reconcile);
  stream([], { from: new Date(Date.now() - 86_400_000), to: new Date(), reason: 'Nobody listened' });
  await eventually(() => polls.length === 2);
  await eventually(async () => (await look()).next);
  expect((await look()).filled).toEqual([false]);
});

test('a gap that the poll could not bring either stays open, and so does what the stream missed around it', async () => {
  const { connector, stream, polls, pollGaps } = network();
  await follow(connector);
  await eventually(async () => (await look()).reconcile);
  const from = new Date();
  pollGaps.push({ from, to: new Date(), reason: 'The network keeps no more' });
  stream([], { from, to: new Date(), reason: 'The connection was lost' });
  await eventually(async () => (await look()).filled?.length === 2 && (await look()).next);
  await pollNow();
  await eventually(async () => polls.length === 3 && (await look()).next);
  expect((await look()).filled).toEqual([false, false]);
});

test('a poll that fails says nothing about the stream, which goes on', async () => {
  const { connector, stream, refuse, polls } = network();
  await follow(connector);
  stream([said('oída')]);
  await eventually(async () => (await look()).posts.length === 1 && Number((await look()).next) > 1);
  refuse(new ConnectorError({ class: 'forbidden', message: 'Not in this plan', scope: 'endpoint' }));
  await pollNow();
  await eventually(async () => polls.length === 2 && Number((await look()).next) > 1);
  expect(await look()).toMatchObject({ state: 'ACTIVE', problem: null, reconcile: { polled: 1 } });
  stream([said('otra')]);
  await eventually(async () => (await look()).posts.length === 2);
});

test('what a stream tells of our messages is stored at once, also right after something else', async () => {
  const author = newId();
  const { system } = database;
  await system.query(
    `insert into social_identities (organization_id, id, network, external_id, handle) values ($1, $2, 'WEB', 'v', 'vecina')`,
    [organizationId, author],
  );
  await system.query(
    `insert into replies (organization_id, id, account_id, network, kind, visibility, recipient_identity_id, text, state, external_id, author)
     select $1, gen_random_uuid(), gen_random_uuid(), 'WEB', 'REPLY', 'PUBLIC', $2, 'Sí.', 'SENT', 'm' || n, 'user:x' from generate_series(1, 2) n`,
    [organizationId, author],
  );
  const { connector, stream, report } = network();
  await follow(connector);
  stream([said('uno')]);
  await eventually(async () => (await look()).posts.length === 1);
  const told = { at: new Date(), fault: { class: 'invalid', message: 'no\0 \ud800', scope: 'message' } as const };
  report([{ ref: { id: 'm1' }, state: 'delivered', at: new Date() }]);
  report([{ ref: { id: 'm2' }, state: 'failed', ...told }]);
  await eventually(async () => {
    const { rows } = await system.query('select state from replies where organization_id = $1 order by external_id', [
      organizationId,
    ]);
    return rows.map(({ state }) => state).join() === 'DELIVERED,FAILED';
  });
});

test('what is told of a message before its sending is recorded is kept, whatever characters the network puts into it', async () => {
  const author = newId();
  const { system } = database;
  await system.query(
    `insert into social_identities (organization_id, id, network, external_id, handle) values ($1, $2, 'WEB', 'v', 'vecina')`,
    [organizationId, author],
  );
  await system.query(
    `insert into replies (organization_id, id, account_id, network, kind, visibility, recipient_identity_id, text, state, author)
     values ($1, gen_random_uuid(), gen_random_uuid(), 'WEB', 'REPLY', 'PUBLIC', $2, 'Sí.', 'SENDING', 'user:x')`,
    [organizationId, author],
  );
  const { connector, report, stream } = network();
  await follow(connector);
  const fault = { class: 'invalid', message: 'no\0 \ud800', scope: 'message' } as const;
  report([{ ref: { id: 'm\ud800' }, state: 'failed', at: new Date(), fault }]);
  stream([said('uno')]);
  await eventually(async () => (await look()).posts.length === 1);
  const { rows } = await system.query('select fault from early_receipts where organization_id = $1', [organizationId]);
  expect(rows).toMatchObject([{ fault: { class: 'invalid', message: 'no \ufffd' } }]);
});

test('what a stream does not bring is only polled: at its own interval, and it says itself how that goes', async () => {
  const { connector, say, refuse, polls } = network();
  const listened: unknown[] = [];
  const { listen } = connector;
  await follow({
    ...connector,
    streams: () => false,
    listen: (...given) => {
      listened.push(given);
      return listen!(...given);
    },
  });
  await database.system.query('update sources set interval_seconds = 60 where id = $1', [id]);
  say(said('uno'));
  await pollNow();
  await eventually(async () => Number((await look()).next) > 0 && (await look()).posts.length === 1);
  const { next, cursor, reconcile } = await look();
  expect([Number(next) <= 60, cursor !== null, reconcile]).toEqual([true, true, null]);
  refuse(new ConnectorError({ class: 'quota', message: 'The budget is used up.', scope: 'account' }));
  await pollNow();
  await eventually(async () => (await look()).state === 'RATE_LIMITED');
  expect((await look()).problem).toMatchObject({ class: 'QUOTA' });
  refuse(null);
  await pollNow();
  await eventually(async () => (await look()).state === 'ACTIVE');
  expect([listened.length, polls.length > 2]).toEqual([0, true]);
});

test('a stream is opened anew when its source, or its account, is set up otherwise', async () => {
  const { connector, stream } = network();
  const { listen } = connector;
  let opened = 0;
  await follow({
    ...connector,
    listen: (...given) => {
      opened++;
      return listen!(...given);
    },
  });
  stream([said('uno')]);
  await eventually(async () => (await look()).posts.length === 1);
  expect(opened).toBe(1);
  await database.system.query(`update sources set settings = '{"folder": "otra"}' where id = $1`, [id]);
  await eventually(() => opened === 2);
  stream([said('dos')]);
  await eventually(async () => (await look()).posts.length === 2);
});
