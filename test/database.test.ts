import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { entities } from '../src/app.js';
import { Database, type Scope } from '../src/platform/database/database.js';
import { newId } from '../src/platform/ids.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

let clone: TestDatabase;
let database: Database;
const organizations = Array.from({ length: 5 }, newId);

const scopeOf = (organizationId: string): Scope => ({ organizationId, actor: 'system:test', requestId: 'test' });

beforeAll(async () => {
  clone = await cloneDatabase();
  // Only the owner's login is known, as with a DATABASE_URL alone.
  database = await Database.open({ ownerUrl: clone.ownerUrl, entities, poolSize: 4 });
  for (const id of organizations) {
    await database.system.query('insert into organizations (id, slug, name) values ($1, $2, $2)', [id, id]);
    await database.system.query(
      `insert into teams (organization_id, id, name) select $1, gen_random_uuid(), 'team ' || n from generate_series(1, 3) n`,
      [id],
    );
  }
});
afterAll(async () => {
  await database?.close();
  await clone?.drop();
});

const seen = (scope: Scope) =>
  database.read<{ organization_id: string; count: number }>(
    scope,
    'select organization_id, count(*)::int as count from teams group by 1',
  );

describe("with the owner's login alone", () => {
  test('requests run as a role that owns nothing, for reading and for writing', async () => {
    const scope = scopeOf(organizations[0]!);
    const sql = `select current_user::text as role, current_setting('timezone') as zone`;
    expect(await database.read(scope, sql)).toEqual([{ role: 'vinculo_app', zone: 'UTC' }]);
    expect(await database.write(scope, tx => tx.query(sql))).toEqual([{ role: 'vinculo_app', zone: 'UTC' }]);
    const outcome = await database.read(scope, 'select 1 from instance_secrets').catch(error => error.code);
    expect(outcome).toBe('42501');
  });

  test('each operation sees its own organisation only, however connections pass from one to the next', async () => {
    const operations = Array.from({ length: 200 }, async (_, at) => {
      const organizationId = organizations[at % organizations.length]!;
      const scope = scopeOf(organizationId);
      switch (at % 8) {
        case 1:
          await expect(database.read(scope, 'select 1 / 0')).rejects.toThrow('division by zero');
          break;
        case 3:
          await expect(
            database.write(scope, async tx => {
              await tx.query(`insert into teams (organization_id, id, name) values ($1, gen_random_uuid(), 'new')`, [
                organizationId,
              ]);
              throw new Error('Changed my mind.');
            }),
          ).rejects.toThrow('Changed my mind.');
          break;
        case 5:
          await expect(database.write(scope, tx => tx.query('select * from nowhere'))).rejects.toThrow('nowhere');
          break;
        case 6: {
          const other = organizations[(at + 1) % organizations.length]!;
          const stolen = database.write(scope, tx =>
            tx.query(`insert into teams (organization_id, id, name) values ($1, gen_random_uuid(), 'theirs')`, [other]),
          );
          await expect(stolen).rejects.toThrow('row-level security');
          break;
        }
        case 7: {
          const rows = await database.write(scope, tx => tx.query('select distinct organization_id from teams'));
          expect(rows).toEqual([{ organization_id: organizationId }]);
        }
      }
      expect(await seen(scope)).toEqual([{ organization_id: organizationId, count: 3 }]);
    });
    await Promise.all(operations);
    expect(database.poolState.total).toBeLessThanOrEqual(4);
    expect(database.poolState.waiting).toBe(0);
  });
});

describe('a write', () => {
  test('is told apart from others in the audit log by who did it', async () => {
    const scope = { ...scopeOf(organizations[1]!), actor: 'key:1', requestId: 'r1' };
    const id = newId();
    await database.write(scope, tx =>
      tx.query('insert into teams (organization_id, id, name) values ($1, $2, $3)', [
        scope.organizationId,
        id,
        'audited',
      ]),
    );
    const entries = await database.read(
      scope,
      'select actor, request_id, action, table_name from audit_entries where subject_id = $1',
      [id],
    );
    expect(entries).toEqual([{ actor: 'key:1', request_id: 'r1', action: 'INSERT', table_name: 'teams' }]);
    await database.system.query('delete from teams where id = $1', [id]);
  });

  test('tells what is to be told after the commit, and nothing when there is none', async () => {
    const scope = scopeOf(organizations[2]!);
    const told: string[] = [];
    await database.write(scope, async tx => tx.afterCommit(() => told.push('done')));
    await database
      .write(scope, async tx => {
        tx.afterCommit(() => told.push('never'));
        throw new Error('no');
      })
      .catch(() => {});
    expect(told).toEqual(['done']);
  });

  test('that meets another in a deadlock is tried again, and both are done', async () => {
    const scope = scopeOf(organizations[3]!);
    const [first, second] = (
      await database.read<{ id: string }>(scope, 'select id from teams order by id limit 2')
    ).map(row => row.id) as [string, string];
    let attempts = 0;
    let bothHold: () => void = () => {};
    const meeting = new Promise<void>(done => {
      bothHold = done;
    });
    let holding = 0;
    const swap = (ids: [string, string]) =>
      database.write(scope, async tx => {
        attempts += 1;
        const sql = `update teams set name = name || '+' where organization_id = $1 and id = $2`;
        await tx.query(sql, [scope.organizationId, ids[0]]);
        if (++holding === 2) bothHold();
        await meeting;
        await tx.query(sql, [scope.organizationId, ids[1]]);
      });
    await Promise.all([swap([first, second]), swap([second, first])]);
    expect(attempts).toBe(3);
    const names = await database.read<{ name: string }>(scope, 'select name from teams where id = any ($1)', [
      [first, second],
    ]);
    for (const { name } of names) expect(name).toMatch(/\+\+$/);
  });

  test('that fails for good is not tried again', async () => {
    const scope = scopeOf(organizations[4]!);
    let attempts = 0;
    const insert = database.write(scope, async tx => {
      attempts += 1;
      await tx.query(`insert into teams (organization_id, id, name) values ($1, $2, 'team 1')`, [
        scope.organizationId,
        newId(),
      ]);
    });
    await expect(insert).rejects.toThrow('duplicate key');
    expect(attempts).toBe(1);
  });
});
