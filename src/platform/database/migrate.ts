import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DataSource, type MigrationInterface } from 'typeorm';
import { migrateQueue } from '../jobs.js';
import { SnakeNaming } from './naming.js';

type MigrationClass = new () => MigrationInterface;

/** Any constant: processes that migrate the same database at once wait for one another on it. */
const LOCK = 8_416_352;

/** Every migration of the project, in the order of their names. Works on the sources and on the build alike. */
export async function allMigrations(): Promise<MigrationClass[]> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../migrations');
  const files = readdirSync(folder)
    .filter(name => /^\d+-.*\.(js|ts)$/.test(name))
    .sort();
  const classes = await Promise.all(
    files.map(
      async file =>
        Object.values((await import(pathToFileURL(join(folder, file)).href)) as Record<string, MigrationClass>)[0]!,
    ),
  );
  return classes;
}

export interface MigrationState {
  applied: string[];
  pending: string[];
}

/** Brings the database of `ownerUrl` up to date, once, however many processes try at the same time. Returns what it ran. */
export async function migrate(ownerUrl: string): Promise<string[]> {
  return withMigrations(ownerUrl, async source => {
    const lock = source.createQueryRunner();
    await lock.query('select pg_advisory_lock($1)', [LOCK]);
    try {
      const done = await source.runMigrations({ transaction: 'each' });
      await migrateQueue(ownerUrl);
      return done.map(migration => migration.name);
    } finally {
      await lock.query('select pg_advisory_unlock($1)', [LOCK]);
      await lock.release();
    }
  });
}

export async function migrationState(ownerUrl: string): Promise<MigrationState> {
  return withMigrations(ownerUrl, async source => {
    const [table] = (await source.query("select to_regclass('public.migrations') is not null as present")) as {
      present: boolean;
    }[];
    const rows = table?.present
      ? ((await source.query('select name from migrations order by id')) as { name: string }[])
      : [];
    const applied = rows.map(row => row.name);
    const known = (await allMigrations()).map(migration => migration.name);
    return { applied, pending: known.filter(name => !applied.includes(name)) };
  });
}

async function withMigrations<Result>(
  ownerUrl: string,
  work: (source: DataSource) => Promise<Result>,
): Promise<Result> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: await allMigrations(),
    migrationsTableName: 'migrations',
    namingStrategy: new SnakeNaming(),
    applicationName: 'vinculo-migrate',
    poolSize: 3,
  });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
