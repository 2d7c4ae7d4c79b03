import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { ChannelUse } from '../src/ingest/context.js';
import { channelServices } from '../src/ingest/limits.js';
import { breakerAllows, outcomeOf, recordOutcome } from '../src/modules/social/index.js';
import { newId } from '../src/platform/ids.js';
import { services } from './support/connector-context.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

const MINUTE = 60_000;
let clone: TestDatabase;
/** Each as another process has it: a pool of its own. */
let pools: pg.Pool[];
let organizationId: string;
let accountId: string;

beforeAll(async () => {
  clone = await cloneDatabase();
  pools = Array.from({ length: 4 }, () => new pg.Pool({ connectionString: clone.ownerUrl, max: 4 }));
});
beforeEach(async () => {
  organizationId = newId();
  await sql('insert into organizations (id, slug, name) values ($1, $2, $2)', [organizationId, organizationId]);
  accountId = await anAccount();
});
afterAll(async () => {
  await Promise.all(pools.map(pool => pool.end()));
  await clone.drop();
});

const sql = async <Row extends pg.QueryResultRow = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  (await pools[0]!.query<Row>(text, values)).rows;

async function anAccount(budget: string | null = null): Promise<string> {
  const id = newId();
  await sql(
    `insert into accounts (organization_id, id, network, handle, monthly_budget) values ($1, $2, 'TWITTER', $3, $4)`,
    [organizationId, id, id, budget],
  );
  return id;
}

const servicesIn = (process: number, use: Partial<ChannelUse> = {}) =>
  channelServices(pools[process]!, services.outbound)({ organizationId, accountId, purpose: 'reply', ...use });
const limits = (use: Partial<ChannelUse> = {}, process = 0) => servicesIn(process, use).limits;
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds);
const count = (results: PromiseSettledResult<unknown>[]) => results.filter(it => it.status === 'fulfilled').length;
/** How many of so many requests that all processes make at once are let through. */
const takenAtOnce = async (requests: number, use: Partial<ChannelUse> = {}, bucket = 'search') =>
  count(
    await Promise.allSettled(Array.from({ length: requests }, (_, at) => limits(use, at % pools.length).take(bucket))),
  );
const windowIsOver = () =>
  sql(`update rate_buckets set resets_at = now() - interval '1 second' where organization_id = $1`, [organizationId]);

describe('a limit of a network', () => {
  test('lets everything through until the network has spoken of it', async () => {
    expect(await takenAtOnce(50)).toBe(50);
  });

  test('is never overspent by several processes that ask at once', async () => {
    await limits().observe('search', { limit: 100, remaining: 37, resetsAt: fromNow(15 * MINUTE) });
    expect(await takenAtOnce(80)).toBe(37);
  });

  test('says when to come back, a little after the reset', async () => {
    const resetsAt = fromNow(15 * MINUTE);
    await limits().observe('search', { limit: 10, remaining: 0, resetsAt });
    const error = await limits()
      .take('search')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ConnectorError', fault: { class: 'rate', scope: 'endpoint' } });
    const { retryAt } = (error as { fault: { retryAt: Date } }).fault;
    expect(retryAt.getTime() - resetsAt.getTime()).toBeGreaterThanOrEqual(-1);
    expect(retryAt.getTime() - resetsAt.getTime()).toBeLessThanOrEqual(5000);
  });

  test('leaves its last fifth to replies and to what a person asks for', async () => {
    await limits().observe('search', { limit: 100, remaining: 100, resetsAt: fromNow(15 * MINUTE) });
    expect(await takenAtOnce(150, { purpose: 'read' })).toBe(80);
    expect(await takenAtOnce(50, { purpose: 'reply' })).toBe(20);
  });

  test('may be read to its end where it is one request', async () => {
    await limits().observe('search', { limit: 1, remaining: 1, resetsAt: fromNow(MINUTE) });
    expect(await takenAtOnce(3, { purpose: 'read' })).toBe(1);
  });

  test('is full again after its reset, once for all processes', async () => {
    await limits().observe('search', { limit: 10, remaining: 0, resetsAt: fromNow(MINUTE) });
    expect(await takenAtOnce(5)).toBe(0);
    await windowIsOver();
    expect(await takenAtOnce(40)).toBe(10);
  });

  test('counts requests under way when a new window is first spoken of', async () => {
    await limits().observe('search', { limit: 10, remaining: 0, resetsAt: fromNow(MINUTE) });
    await windowIsOver();
    expect(await takenAtOnce(4)).toBe(4);
    // The first of the four is answered: the network has counted one, the other three are on their way.
    await limits().observe('search', { limit: 10, remaining: 9, resetsAt: fromNow(15 * MINUTE) });
    expect(await takenAtOnce(40)).toBe(6);
  });

  test('is not raised by an answer that arrives late', async () => {
    const resetsAt = fromNow(MINUTE);
    await limits().observe('search', { limit: 100, remaining: 5, resetsAt });
    await limits().observe('search', { limit: 100, remaining: 90, resetsAt });
    expect(await takenAtOnce(20)).toBe(5);
  });

  test('follows resets that the network tells as seconds from now', async () => {
    await limits().observe('search', { limit: 60, remaining: 59, resetsAt: fromNow(30_000) });
    await limits().observe('search', { limit: 60, remaining: 58, resetsAt: fromNow(30_400) });
    expect(await takenAtOnce(80)).toBe(58);
  });

  test('is believed again within a day, however absurd the reset that a network names', async () => {
    await limits().observe('search', { limit: 1, remaining: 0, resetsAt: fromNow(400 * 24 * 60 * MINUTE) });
    const error = await limits()
      .take('search')
      .catch((thrown: unknown) => thrown);
    const { retryAt } = (error as { fault: { retryAt: Date } }).fault;
    expect(retryAt.getTime()).toBeLessThanOrEqual(Date.now() + 24 * 60 * MINUTE + 5000);
    await limits().observe('search', { limit: 10, remaining: 10, resetsAt: new Date(Number.NaN) });
    await limits().observe('search', { limit: Number.NaN, remaining: -3 });
    expect(await takenAtOnce(1)).toBe(0);
  });

  test('of a network whose clock is behind ours ends after a minute', async () => {
    await limits().observe('search', { limit: 10, remaining: 0, resetsAt: fromNow(-5 * MINUTE) });
    expect(await takenAtOnce(3)).toBe(0);
    await sql(`update rate_buckets set began_at = began_at - interval '1 minute' where organization_id = $1`, [
      organizationId,
    ]);
    expect(await takenAtOnce(20)).toBe(10);
  });

  test('belongs to one account and one endpoint; without an account, to the organisation', async () => {
    const spent = { limit: 10, remaining: 0, resetsAt: fromNow(MINUTE) };
    await limits().observe('search', spent);
    await limits({ accountId: null }).observe('search', spent);
    expect(await takenAtOnce(1, {}, 'mentions')).toBe(1);
    expect(await takenAtOnce(1, { accountId: await anAccount() })).toBe(1);
    expect(await takenAtOnce(1, { accountId: null })).toBe(0);
    const [row] = await sql<{ count: number }>(
      'select count(*)::integer as count from rate_buckets where organization_id = $1 and account_id is null',
      [organizationId],
    );
    expect(row).toEqual({ count: 1 });
  });
});

describe('a budget', () => {
  const post = { unit: 'post.read', microsEach: 5000 };
  const costs = (id = accountId, process = 0) => servicesIn(process, { accountId: id }).costs;
  const booked = (id = accountId) =>
    sql('select unit, units::integer, micros::integer from channel_spending where account_id = $1 order by unit', [id]);

  test('that nobody set stops nothing, and what is spent is counted all the same', async () => {
    const reading = await costs().reserve({ ...post, most: 100 });
    await reading.settle(42);
    await reading.settle(42);
    const writing = await costs().reserve({ unit: 'post.create', most: 1, microsEach: 200_000 });
    await writing.settle(1);
    const nothing = await costs().reserve({ ...post, most: 100 });
    await nothing.settle(0);
    expect(await booked()).toEqual([
      { unit: 'post.create', units: 1, micros: 200_000 },
      { unit: 'post.read', units: 42, micros: 210_000 },
    ]);
    expect(await sql('select 1 from spending_reservations where account_id = $1', [accountId])).toEqual([]);
  });

  test('is never overspent by several processes that reserve at once', async () => {
    const id = await anAccount('1.00');
    const asked = await Promise.allSettled(
      Array.from({ length: 40 }, (_, at) => costs(id, at % pools.length).reserve({ ...post, most: 10 })),
    );
    expect(count(asked)).toBe(20);
    await Promise.all(asked.flatMap(it => (it.status === 'fulfilled' ? it.value.settle(10) : [])));
    expect(await booked(id)).toEqual([{ unit: 'post.read', units: 200, micros: 1_000_000 }]);
    await expect(costs(id).reserve({ ...post, most: 1 })).rejects.toMatchObject({ fault: { class: 'quota' } });
  });

  test('frees what a request did not need, and goes on with the next month', async () => {
    const id = await anAccount('0.05');
    const first = await costs(id).reserve({ ...post, most: 10 });
    const error = await costs(id)
      .reserve({ ...post, most: 1 })
      .catch((thrown: unknown) => thrown);
    const { fault } = error as { fault: { class: string; retryAt: Date; message: string } };
    expect(fault).toMatchObject({ class: 'quota', scope: 'account', message: expect.stringContaining('budget') });
    expect(fault.retryAt.getTime()).toBeGreaterThan(Date.now());
    expect(fault.retryAt.toISOString()).toMatch(/^\d{4}-\d{2}-01T00:00:00.000Z$/);
    await first.settle(4);
    await (await costs(id).reserve({ ...post, most: 6 })).settle(6);
    await sql(`update channel_spending set month = month - interval '1 month' where account_id = $1`, [id]);
    await (await costs(id).reserve({ ...post, most: 10 })).settle(1);
  });

  test('counts as spent what a process had reserved that died, until it says otherwise', async () => {
    const id = await anAccount('0.05');
    const dead = await costs(id).reserve({ ...post, most: 8 });
    await sql(`update spending_reservations set expires_at = now() - interval '1 second' where account_id = $1`, [id]);
    await expect(costs(id).reserve({ ...post, most: 3 })).rejects.toMatchObject({ fault: { class: 'quota' } });
    expect(await booked(id)).toEqual([{ unit: 'unsettled', units: 1, micros: 40_000 }]);
    // It was not dead after all.
    await dead.settle(2);
    await (await costs(id).reserve({ ...post, most: 8 })).settle(8);
    expect(await booked(id)).toEqual([
      { unit: 'post.read', units: 10, micros: 50_000 },
      { unit: 'unsettled', units: 0, micros: 0 },
    ]);
  });

  test('of nothing pays for nothing, and without an account nothing is billed', async () => {
    const id = await anAccount('0.00');
    await expect(costs(id).reserve({ ...post, most: 1 })).rejects.toMatchObject({ fault: { class: 'quota' } });
    const free = servicesIn(0, { accountId: null }).costs;
    await (await free.reserve({ ...post, most: 1_000_000 })).settle(5);
  });
});

describe("an account's breaker", () => {
  const account = () => ({ organizationId, accountId });
  const fail = async (times = 1, random = 0.999) => {
    for (let at = 0; at < times; at += 1) await recordOutcome(pools[at % 4]!, account(), 'failed', random);
  };
  const isAllowed = async (process = 0) => (await breakerAllows(pools[process]!, account())) === null;
  const pauseIsOver = () =>
    sql(`update account_breakers set open_until = now() - interval '1 ms' where account_id = $1`, [accountId]);
  const pause = async () => {
    const [row] = await sql<{ seconds: number }>(
      'select extract(epoch from open_until - now())::float8 as seconds from account_breakers where account_id = $1',
      [accountId],
    );
    return row!.seconds;
  };

  test('opens for all processes after five failures in a row, and for nobody else', async () => {
    await fail(4);
    expect(await isAllowed()).toBe(true);
    await fail();
    for (const process of [0, 1, 2, 3]) expect(await isAllowed(process)).toBe(false);
    expect(await breakerAllows(pools[0]!, { organizationId, accountId: await anAccount() })).toBeNull();
    expect(await breakerAllows(pools[0]!, { organizationId, accountId: null })).toBeNull();
  });

  test('counts failures in a row: an answer in between closes it', async () => {
    await fail(4);
    await recordOutcome(pools[0]!, account(), 'answered');
    await fail(4);
    expect(await isAllowed()).toBe(true);
  });

  test('lets one process of all try after the pause, and is closed by its success', async () => {
    await fail(5);
    await pauseIsOver();
    const tried = await Promise.all(Array.from({ length: 12 }, (_, at) => isAllowed(at % 4)));
    expect(tried.filter(Boolean)).toHaveLength(1);
    await recordOutcome(pools[1]!, account(), 'answered');
    expect(await isAllowed(2)).toBe(true);
  });

  test('stays open longer after each trial that fails, up to five minutes', async () => {
    await fail(5);
    const pauses = [await pause()];
    for (let trial = 0; trial < 8; trial += 1) {
      await pauseIsOver();
      expect(await isAllowed()).toBe(true);
      await fail();
      pauses.push(await pause());
    }
    expect(pauses.map(Math.round)).toEqual([4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  test('is not opened further by what was under way when it opened, and is never open for less than a second', async () => {
    await fail(5, 0);
    expect(Math.round(await pause())).toBe(1);
    await fail(3, 0.999);
    expect(await pause()).toBeLessThanOrEqual(1);
  });

  test('hears of failures of the network only', () => {
    expect(['transient', 'unknown'].map(outcomeOf)).toEqual(['failed', 'failed']);
    expect([null, 'auth', 'forbidden', 'duplicate'].map(outcomeOf)).toEqual(Array(4).fill('answered'));
    expect(['rate', 'quota', 'invalid'].map(outcomeOf)).toEqual(['neither', 'neither', 'neither']);
  });

  test('forgets with its account', async () => {
    await sql('delete from accounts where id = $1', [accountId]);
    await fail(6);
    expect(await isAllowed()).toBe(true);
  });
});
