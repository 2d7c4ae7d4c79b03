import { replayDeliveries } from '../modules/social/index.js';
import type { Stop } from '../platform/process.js';
import { print, scopeOf, withTables } from './verb.js';

export interface ReplayOptions {
  organization: string;
  all?: boolean;
  json?: boolean;
}

/** Puts what networks sent back into the queue. It is read by whichever server runs, or by the next one that starts. */
export async function replayHooksVerb(stop: Stop, options: ReplayOptions): Promise<number> {
  return withTables(stop, async ({ database }) => {
    const scope = await scopeOf(database, options.organization, 'system:hooks');
    const count = await database.write(scope, tx => replayDeliveries(tx, options.all ? 'ALL' : 'FAILED'));
    print(options.json ? JSON.stringify({ count }) : `To be read again: ${count}.`);
    return stop.exitCode;
  });
}
