import { migrate } from '../platform/database/migrate.js';
import type { Stop } from '../platform/process.js';
import { print, withDatabase } from './verb.js';

export async function migrateDatabase(stop: Stop): Promise<number> {
  return withDatabase(stop, async ({ access }) => {
    const done = await migrate(access.ownerUrl);
    for (const name of done) print(`ran ${name}`);
    print(done.length === 0 ? 'The database was up to date.' : 'The database is up to date.');
    return 0;
  });
}
