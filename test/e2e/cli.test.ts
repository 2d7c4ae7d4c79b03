import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dataFolder, isRunning, launch, type Running, run, sharedFile, until } from '../support/command.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

const READY = /http:\/\/127\.0\.0\.1:(\d+)\/graphql/;
const TWEETS = sharedFile('airline-tweets.csv.gz');

async function ask(address: string, query: string, key?: string) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: Record<string, unknown>; errors?: { message: string }[] };
}

describe('the command line beside any PostgreSQL', () => {
  let database: TestDatabase;
  let settings: Record<string, string>;
  beforeAll(async () => {
    database = await cloneDatabase();
    settings = { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl, PORT: '0' };
  });
  afterAll(() => database.drop());

  test('makes an organisation and a key that opens it', async () => {
    const made = await run(['organizations', 'create', 'bakery', '--name', 'The bakery', '--json'], settings);
    expect(JSON.parse(made.stdout)).toEqual({ id: expect.stringMatching(/^organization_/) });
    const again = await run(['organizations', 'create', 'bakery', '--name', 'The bakery'], settings);
    expect([again.code, again.stdout]).toEqual([1, '']);
    expect(again.stderr).toBe('There is an organisation called bakery already.\n');

    const keyArgs = ['keys', 'create', '--organization', 'bakery', '--json', '--role'];
    const { id, key } = JSON.parse((await run([...keyArgs, 'AGENT'], settings)).stdout);
    expect(id).toMatch(/^api_key_/);
    expect((await run([...keyArgs, 'KING'], settings)).stderr).toMatch(/^A role is one of OWNER, .*\n$/);

    const server = launch(['start'], settings);
    const [address] = await server.said(READY);
    const document = '{ posts(first: 1) { totalCount } }';
    expect(await ask(address, document, key)).toMatchObject({ data: { posts: { totalCount: 0 } } });
    expect((await ask(address, document, `${key}x`)).errors).toHaveLength(1);
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  test('has a doctor that says of each thing whether it is ok', async () => {
    const server = launch(['start'], settings);
    await server.said(READY);
    const { code, stdout } = await run(['doctor'], settings);
    server.child.kill('SIGTERM');
    await server.ended;
    expect(stdout).toMatch(/^ok +configuration: .*\nok +database: .*\nok +PostgreSQL: version .*\nok +migrations: all/);
    expect(stdout).toMatch(/\nok +event feed: an event arrived after \d+ ms\n/);
    expect(stdout).toMatch(/\nok +background work: a job was done after \d+ ms/);
    expect(code).toBe(0);
  });

  test('has a doctor that says why not', async () => {
    const empty = await cloneDatabase('template0');
    const { code, stdout } = await run(['doctor', '--json'], { DATABASE_URL: empty.ownerUrl });
    await empty.drop();
    expect(code).toBe(1);
    const { ok, checks } = JSON.parse(stdout);
    expect(ok).toBe(false);
    expect(checks.at(-1)).toMatchObject({
      name: 'migrations',
      ok: false,
      detail: expect.stringMatching(/^\d+ not run yet/),
    });
    const away = await run(['doctor'], { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' });
    expect(away.code).toBe(1);
    expect(away.stdout).toMatch(/\nNOT OK +PostgreSQL: The database does not answer/);
    expect(away.stdout + away.stderr).not.toContain('secret');
  });

  test('tells all mistakes of its configuration at once, without values', async () => {
    const { code, stdout, stderr } = await run(['start'], { PORT: 'abc', MAX_DEPTH: '0', SECRET_KEY: 'tooshort' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/PORT: .*\n.*SECRET_KEY: .*\n.*MAX_DEPTH: /);
    expect(stderr).not.toMatch(/tooshort|abc|at .*\.js/);
  });

  test('explains itself', async () => {
    const { code, stdout } = await run(['start', '--help'], {});
    expect(code).toBe(0);
    for (const name of ['PORT', 'DATABASE_URL', 'DATA_DIR']) expect(stdout).toContain(`  ${name} `);
    expect((await run(['frob'], {})).stderr).toMatch(/unknown command 'frob'/);
  });
});

describe('the server on its own embedded database', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let settings: Record<string, string>;
  const started: Running[] = [];
  const start = () => {
    const server = launch(['start'], settings);
    started.push(server);
    return server;
  };
  /** The id of the PostgreSQL that serves the folder. */
  const postmaster = async () =>
    Number((await readFile(join(folder.path, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
  const serverStopped = () => !existsSync(join(folder.path, 'postgres/cluster/postmaster.pid'));

  beforeAll(async () => {
    folder = await dataFolder();
    settings = { DATA_DIR: folder.path, PORT: '0' };
  });
  afterEach(async () => {
    for (const { child, ended } of started.splice(0)) {
      if (child.exitCode === null) child.kill('SIGTERM');
      await ended;
    }
  });
  afterAll(() => folder.remove());

  test('recovers from being killed while it makes its database', async () => {
    const first = start();
    await until(() => existsSync(join(folder.path, 'postgres/cluster.new')), 'the cluster is being made');
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start();
    await until(() => existsSync(join(folder.path, 'postgres/cluster/postmaster.pid')), 'PostgreSQL starts');
    second.child.kill('SIGKILL');
    await second.ended;
    const third = start();
    const [address] = await third.said(READY);
    expect(await ask(address, '{ __typename }')).toEqual(expect.objectContaining({ data: { __typename: 'Query' } }));
  }, 60_000);

  test('finishes what is in flight when it is stopped, and leaves no PostgreSQL behind', async () => {
    const server = start();
    const [address] = await server.said(READY);
    const pid = await postmaster();
    const answers = Promise.all(Array.from({ length: 20 }, () => ask(address, '{ __typename }')));
    await ask(address, '{ __typename }');
    server.child.kill('SIGTERM');
    for (const answer of await answers) expect(answer.data).toEqual({ __typename: 'Query' });
    expect((await server.ended).code).toBe(0);
    await until(() => !isRunning(pid), 'PostgreSQL is gone', 5);
  });

  test('is stopped as cleanly while it is still starting', async () => {
    const server = start();
    await until(() => !serverStopped(), 'PostgreSQL starts');
    server.child.kill('SIGINT');
    await server.ended;
    expect(serverStopped()).toBe(true);
  });

  test('shares its database with verbs, which work without it as well', async () => {
    expect((await run(['organizations', 'create', 'alone', '--name', 'Alone'], settings)).code).toBe(0);
    expect(serverStopped()).toBe(true);
    const server = start();
    await server.said(READY);
    const pid = await postmaster();
    expect((await run(['organizations', 'create', 'beside', '--name', 'Beside'], settings)).code).toBe(0);
    expect(await postmaster()).toBe(pid);
    expect((await run(['doctor'], settings)).code).toBe(0);
  });

  (TWEETS ? test : test.skip)(
    'loses and doubles nothing when it is killed with its PostgreSQL in the middle of an import',
    async () => {
      const server = start();
      const [before] = await server.said(READY);
      await run(['organizations', 'create', 'airlines', '--name', 'Airlines'], settings);
      const { stdout } = await run(
        ['keys', 'create', '--organization', 'airlines', '--role', 'ANALYST', '--json'],
        settings,
      );
      const { key } = JSON.parse(stdout);
      const map = 'id=id,author=author,text=text,occurredAt=created_at';
      const args = ['import', 'posts', TWEETS!, '--organization', 'airlines', '--network', 'X', '--map', map, '--json'];
      const importing = launch(args, settings);
      const pid = await postmaster();
      const hasPosts = async () => {
        const { data } = await ask(before, '{ posts(first: 1) { edges { cursor } } }', key);
        return (data as { posts: { edges: unknown[] } }).posts.edges.length > 0;
      };
      await until(hasPosts, 'the first batch is imported');
      server.child.kill('SIGKILL');
      process.kill(pid, 'SIGKILL');
      const broken = await importing.ended;
      expect(broken.code).toBe(1);
      await server.ended;

      const next = start();
      const [address] = await next.said(READY);
      expect((await run(args, settings)).code).toBe(0);
      const check = await ask(
        address,
        '{ posts(first: 1) { totalCount } authors: socialIdentities(first: 1, filter: { authored: true }) { totalCount } }',
        key,
      );
      expect(check.data).toEqual({ posts: { totalCount: 14_485 }, authors: { totalCount: 7_701 } });
    },
    120_000,
  );
});
