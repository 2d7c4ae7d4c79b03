import { type Config, readConfig } from '../platform/config.js';
import { Database, type Scope } from '../platform/database/database.js';
import { migrate } from '../platform/database/migrate.js';
import { type DatabaseAccess, openDatabase } from '../platform/database/open.js';
import { newId } from '../platform/ids.js';
import { listenForStop, type Stop } from '../platform/process.js';
import { CommandError, failureOf } from './failure.js';

/** What a verb works with. */
export interface Workplace {
  config: Config;
  access: DatabaseAccess;
  stop: Stop;
}

/**
 * Runs one verb and answers its exit code. Errors become one sentence on stderr; the stack only with LOG_LEVEL=debug.
 * Signals are taken over for as long as it runs, so that it never leaves an embedded server behind.
 */
export async function runVerb(work: (stop: Stop) => Promise<number>): Promise<number> {
  const stop = listenForStop();
  try {
    const exitCode = await work(stop);
    return exitCode;
  } catch (error) {
    const { message, exitCode } = failureOf(error);
    process.stderr.write(`${message}\n`);
    if (['debug', 'trace'].includes(process.env.LOG_LEVEL ?? '')) process.stderr.write(`${stackOf(error)}\n`);
    return exitCode;
  } finally {
    stop.release();
  }
}

/** Opens the configured database, this server's or one already running, and closes it after the work, come what may. */
export async function withDatabase(stop: Stop, work: (place: Workplace) => Promise<number>): Promise<number> {
  const config = readConfig();
  const access = await openDatabase(config);
  try {
    return stop.requested ? stop.exitCode : await work({ config, access, stop });
  } finally {
    await access.close();
  }
}

/** The same with the tables up to date and connections open. Only for work that asks in SQL: no entity is known to it. */
export async function withTables(
  stop: Stop,
  work: (place: Workplace & { database: Database }) => Promise<number>,
): Promise<number> {
  return withDatabase(stop, async place => {
    const { ownerUrl, appUrl } = place.access;
    await migrate(ownerUrl);
    const database = await Database.open({ ownerUrl, appUrl, entities: [], poolSize: 4 });
    try {
      return await work({ ...place, database });
    } finally {
      await database.close();
    }
  });
}

/** What a verb does inside one organisation, by its slug, and under which name. */
export async function scopeOf(database: Database, slug: string, actor: string): Promise<Scope> {
  const { rows } = await database.system.query<{ id: string }>('select id from organizations where slug = $1', [slug]);
  const organizationId = rows[0]?.id;
  if (!organizationId) {
    throw new CommandError(
      `There is no organisation "${slug}". Make it with: vinculo organizations create ${slug} --name <name>`,
    );
  }
  return { organizationId, actor, requestId: newId() };
}

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
