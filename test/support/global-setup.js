import { access, chmod, constants, mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
// Jest does not compile this file, so it takes the build that `npm test` made first.
import { openEmbeddedServer } from '../../dist/src/platform/database/embedded.js';
import { migrate } from '../../dist/src/platform/database/migrate.js';
import { settledPort } from '../../dist/src/platform/database/postmaster.js';
import { isAlive } from '../../dist/src/platform/database/processes.js';

const PREFIX = 'vinculo-test-';
const MEMORY = '/dev/shm';
/** More than all databases of a whole run take at once. */
const BYTES = 4 * 2 ** 30;

/**
 * Where what is thrown away is kept: in memory where this machine has plenty, because making the hundreds of files of one
 * database takes 20 ms there and more than a second on some disks.
 */
async function throwAwayPlace() {
  try {
    await access(MEMORY, constants.W_OK);
    const { bavail, bsize } = await statfs(MEMORY);
    if (bavail * bsize >= BYTES) return MEMORY;
  } catch {
    // Only Linux has it.
  }
  return tmpdir();
}

/** A run that was killed leaves its server behind; the next one stops it. */
async function sweep(place) {
  for (const name of await readdir(place).catch(() => [])) {
    if (!name.startsWith(PREFIX)) continue;
    const home = join(place, name, 'postgres');
    const holders = await readdir(join(home, 'leases')).catch(() => null);
    if (!holders || holders.some(file => file.startsWith('lock') || isAlive(Number(file.split('.')[0])))) continue;
    const cluster = join(home, 'cluster');
    // Its pid may be another program's by now; only a number that is still a server's is signalled.
    if ((await settledPort(cluster)) !== null) {
      process.kill(Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]), 'SIGINT');
    }
    await rm(join(place, name), { recursive: true, force: true }).catch(() => {});
  }
}

/** One throw-away server for the whole run, with a migrated template database from which every test file clones its own. */
export default async function globalSetup() {
  for (const place of new Set([tmpdir(), MEMORY])) await sweep(place);
  process.env.TEST_PLACE = await throwAwayPlace();
  const directory = await mkdtemp(join(process.env.TEST_PLACE, PREFIX));
  await chmod(directory, 0o755);
  const server = await openEmbeddedServer({ directory, disposable: true });
  const admin = new pg.Client({ connectionString: server.ownerUrl });
  await admin.connect();
  await admin.query('create database vinculo_template');
  await admin.end();
  const template = new URL(server.ownerUrl);
  template.pathname = '/vinculo_template';
  await migrate(template.href);
  process.env.TEST_OWNER_URL = server.ownerUrl;
  process.env.TEST_APP_URL = server.appUrl;
  globalThis.stopTestServer = async () => {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  };
}
