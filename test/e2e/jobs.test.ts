import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { expireEvents } from '../../src/events/index.js';
import { forgetIdempotencyKeys } from '../../src/modules/access/index.js';
import { Database, type Scope } from '../../src/platform/database/database.js';
import { newId } from '../../src/platform/ids.js';
import { enqueue, openWorker, type Task, type Worker } from '../../src/platform/jobs.js';
import { openLogger } from '../../src/platform/logger.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/subscriber.js';

const log = openLogger('silent');
let clone: TestDatabase;
let database: Database;
let scope: Scope;
const workers: Worker[] = [];

beforeAll(async () => {
  clone = await cloneDatabase();
  database = await Database.open({ ownerUrl: clone.ownerUrl, appUrl: clone.appUrl, entities: [], poolSize: 4 });
  scope = { organizationId: newId(), actor: 'system:test', requestId: 'req-1' };
  await database.system.query(`insert into organizations (id, slug, name) values ($1, 'jobs', 'Jobs')`, [
    scope.organizationId,
  ]);
});
afterAll(async () => {
  await Promise.all(workers.map(worker => worker.stop()));
  await database.close();
  await clone.drop();
});

async function work(tasks: Record<string, Task>): Promise<Worker> {
  const worker = await openWorker({ ownerUrl: clone.ownerUrl, tasks, log, concurrency: 2 });
  workers.push(worker);
  return worker;
}

describe('a job', () => {
  test('exists exactly when the change that causes it does, and acts for its organisation', async () => {
    const ran: unknown[] = [];
    await work({ greet: async (payload, job) => void ran.push([payload.name, job.scope]) });
    const broken = database.write(scope, async tx => {
      await enqueue(tx, 'greet', { name: 'nobody' });
      throw new Error('changed my mind');
    });
    await expect(broken).rejects.toThrow('changed my mind');
    await database.write(scope, tx => enqueue(tx, 'greet', { name: 'everybody' }));
    await eventually(() => ran.length > 0);
    expect(ran).toEqual([
      ['everybody', { organizationId: scope.organizationId, actor: 'system:greet', requestId: 'req-1' }],
    ]);
  });

  test('with a key waits once, at the latest moment asked for, or keeps its own', async () => {
    const at = (minutes: number) => new Date(Date.UTC(2100, 0, 1, 0, minutes));
    await database.write(scope, tx => enqueue(tx, 'later', { n: 1 }, { key: 'k', runAt: at(1) }));
    await database.write(scope, tx => enqueue(tx, 'later', { n: 2 }, { key: 'k', runAt: at(2) }));
    await database.write(scope, tx => enqueue(tx, 'later', { n: 3 }, { key: 'k', runAt: at(3), keepRunAt: true }));
    const { rows } = await database.system.query(
      `select run_at, max_attempts from graphile_worker.jobs where key = 'k'`,
    );
    expect(rows).toEqual([{ run_at: at(2), max_attempts: 12 }]);
  });

  test('that fails is tried again', async () => {
    let tries = 0;
    await work({
      shaky: async () => {
        tries += 1;
        if (tries === 1) throw new Error('not yet');
      },
    });
    await database.write(scope, tx => enqueue(tx, 'shaky', {}));
    await eventually(() => tries === 2);
  });

  test('in flight is finished before the worker stops, and told that it should wrap up', async () => {
    let state = 'none';
    const worker = await work({
      slow: (_payload, job) =>
        new Promise(done => {
          state = 'begun';
          const finish = () => {
            state = 'finished';
            done();
          };
          job.signal.addEventListener('abort', () => setTimeout(finish, 200));
        }),
    });
    await database.write(scope, tx => enqueue(tx, 'slow', {}));
    await eventually(() => state === 'begun');
    await worker.stop();
    expect(state).toBe('finished');
    const { rows } = await database.system.query(`select 1 from graphile_worker.jobs where task_identifier = 'slow'`);
    expect(rows).toEqual([]);
  });

  test('of a worker that was killed is run by another one', async () => {
    await database.write(scope, tx => enqueue(tx, 'orphan', {}));
    // What a killed process leaves behind: a lock by a worker nobody vouches for.
    await database.system.query(
      `update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now() - interval '1 minute', attempts = 1
        where task_id = (select id from graphile_worker._private_tasks where identifier = 'orphan')`,
    );
    let runs = 0;
    await work({ orphan: async () => void runs++ });
    await eventually(() => runs === 1);
  });

  test('of a worker that lives is left alone, however long it takes', async () => {
    let runs = 0;
    let finish = () => {};
    const tasks = {
      long: () =>
        new Promise<void>(done => {
          runs += 1;
          finish = done;
        }),
    };
    await work(tasks);
    await database.write(scope, tx => enqueue(tx, 'long', {}));
    await eventually(() => runs === 1);
    // It says that it lives a moment after it has begun, for which the grace is there that the next statement takes away.
    await eventually(async () => {
      const { rows } = await database.system.query<{ free: boolean }>(
        `select pg_try_advisory_xact_lock(hashtextextended('worker:' || locked_by, 0)) as free
           from graphile_worker.jobs where locked_by is not null`,
      );
      return rows.length > 0 && rows.every(row => !row.free);
    });
    await database.system.query(
      `update graphile_worker._private_jobs set locked_at = now() - interval '1 hour' where locked_by is not null`,
    );
    let looks = 0;
    await work({ ...tasks, look: async () => void looks++ });
    await database.write(scope, tx => enqueue(tx, 'look', {}));
    await eventually(() => looks);
    expect(runs).toBe(1);
    finish();
  });

  test('cannot be read or changed by the role that answers requests', async () => {
    await expect(database.read(scope, 'select * from graphile_worker.jobs')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('retention', () => {
  async function insertEvent(client: pg.ClientBase, age: string): Promise<{ tx: string; id: string }> {
    const { rows } = await client.query(
      `insert into events (organization_id, type, subject_id, occurred_at)
       values ($1, 'diagnostics.pinged', $1, now() - $2::interval) returning tx::text, id::text`,
      [scope.organizationId, age],
    );
    return rows[0];
  }

  /** Nothing that began before is still running, in any database of the server: tests beside this one have transactions too. */
  const settled = (tx: string) =>
    eventually(async () => {
      const { rows } = await database.system.query<{ settled: boolean }>(
        'select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as settled',
        [tx],
      );
      return rows[0]!.settled;
    }, 25);

  test('deletes old events from the front of the log, never past one that is kept, and moves the floor with them', async () => {
    const { system } = database;
    const client = await system.connect();
    await insertEvent(client, '200 hours');
    const last = await insertEvent(client, '100 hours');
    const kept = await insertEvent(client, '1 hour');
    const behind = await insertEvent(client, '300 hours');
    client.release();
    await settled(behind.tx);
    expect(await expireEvents(system, 72)).toBe(2);
    const left = await system.query('select tx::text, id::text from events order by events.tx, id');
    expect(left.rows).toEqual([kept, behind]);
    const floor = await system.query('select tx::text, event_id::text as id from event_floor');
    expect(floor.rows).toEqual([last]);
    expect(await expireEvents(system, 72)).toBe(0);
  });

  test('leaves alone what an open transaction could still appear before', async () => {
    const { system } = database;
    await system.query('delete from events');
    const open = new pg.Client({ connectionString: clone.ownerUrl });
    await open.connect();
    await open.query('begin');
    await insertEvent(open, '100 hours');
    const client = await system.connect();
    const later = await insertEvent(client, '100 hours');
    client.release();
    expect(await expireEvents(system, 72)).toBe(0);
    await open.query('commit');
    await open.end();
    await settled(later.tx);
    expect(await expireEvents(system, 72)).toBe(2);
  });

  test('forgets the answers of mutations after 72 hours', async () => {
    for (const [key, age] of [
      ['old', '73 hours'],
      ['fresh', '71 hours'],
    ]) {
      await database.system.query(
        `insert into idempotency_keys (organization_id, actor, key, mutation, input_hash, created_at)
         values ($1, 'key:1', $2, 'm', 'h', now() - $3::interval)`,
        [scope.organizationId, key, age],
      );
    }
    expect(await forgetIdempotencyKeys(database.system)).toBe(1);
    const { rows } = await database.system.query('select key from idempotency_keys');
    expect(rows).toEqual([{ key: 'fresh' }]);
  });
});
