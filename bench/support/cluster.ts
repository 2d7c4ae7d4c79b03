import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, openEmbeddedServer } from '../../src/platform/database/embedded.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { run } from './processes.js';

/** Where measurements keep their databases: outside the project, so that a second run starts at once. */
export const cache = join(tmpdir(), 'vinculo-bench');

export interface Cluster extends EmbeddedServer {
  directory: string;
  /** Process id of PostgreSQL itself. */
  postmaster: number;
  /** As the owner. */
  pool: pg.Pool;
  version: string;
}

/** An embedded server of ours with the tables up to date, in a folder of the cache; `fresh` throws away what was there. */
export async function openCluster(name: string, { fresh = false } = {}): Promise<Cluster> {
  const directory = join(cache, name);
  if (fresh) rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const server = await openEmbeddedServer({ directory });
  await migrate(server.ownerUrl);
  const pool = new pg.Pool({ connectionString: server.ownerUrl, max: 4 });
  pool.on('error', () => {});
  const { rows } = await pool.query('show server_version');
  return {
    ...server,
    directory,
    pool,
    version: rows[0].server_version,
    postmaster: Number(readFileSync(join(directory, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]),
    async close() {
      await pool.end();
      await server.close();
    },
  };
}

export const SLUG = 'bench';

/** Makes the organisation the way a person does, and answers its stored id. */
export async function makeOrganization({ directory, pool }: Cluster): Promise<string> {
  run(['organizations', 'create', SLUG, '--name', 'Bench'], { DATA_DIR: directory });
  const { rows } = await pool.query('select id from organizations where slug = $1', [SLUG]);
  return rows[0].id;
}

export function makeKey({ directory }: Cluster, role: string): string {
  const made = run(['keys', 'create', '--organization', SLUG, '--role', role, '--name', role, '--json'], {
    DATA_DIR: directory,
  });
  return (JSON.parse(made) as { key: string }).key;
}

/** Settings of a server under measurement: no allowance runs out, nothing is logged that is not wrong. */
export const serverSettings = (directory: string): Record<string, string> => ({
  DATA_DIR: directory,
  PORT: '0',
  LOG_LEVEL: 'warn',
  COST_PER_MINUTE: '1000000000',
});
