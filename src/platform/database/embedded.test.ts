import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openEmbeddedServer } from './embedded.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vinculo-embedded-'));
  await chmod(directory, 0o755);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const open = () => openEmbeddedServer({ directory, disposable: true });
const pidFile = () => join(directory, 'postgres', 'cluster', 'postmaster.pid');

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query('select 1')).rowCount === 1;
  } finally {
    await client.end();
  }
}

describe('the embedded server', () => {
  test('is one, however many open it at once, and whatever number a killed one left behind', async () => {
    const both = await Promise.all([open(), open()]);
    expect(new Set(both.map(({ ownerUrl }) => ownerUrl)).size).toBe(1);
    const left = await readFile(pidFile(), 'utf8');
    await Promise.all(both.map(server => server.close()));
    // After a restart of a container the number of the old server is often that of a program of ours.
    await writeFile(pidFile(), left.replace(/^\d+/, String(process.pid)));
    const again = await open();
    expect(await answers(again.appUrl)).toBe(true);
    await again.close();
  });

  test('that is still on its way up is waited for', async () => {
    const first = await open();
    const ready = await readFile(pidFile(), 'utf8');
    // As whoever started it leaves it when killed in between: the server goes on by itself.
    // At once: half a file would be that of no server.
    const say = async (text: string) => {
      await writeFile(`${pidFile()}.new`, text);
      await rename(`${pidFile()}.new`, pidFile());
    };
    await say(ready.replace('ready   ', 'starting'));
    const timer = setTimeout(() => void say(ready), 400);
    try {
      const second = await open();
      expect(await answers(second.appUrl)).toBe(true);
      await second.close();
    } finally {
      clearTimeout(timer);
      await say(ready);
      await first.close();
    }
  });
});
