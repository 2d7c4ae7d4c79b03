import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { catchUpWithPresent, EXPORT_FORMATS, exportGraph, exportParquet } from '../modules/graph/index.js';
import type { Run } from '../platform/paging/index.js';
import type { Stop } from '../platform/process.js';
import { CommandError } from './failure.js';
import { print, scopeOf, withTables } from './verb.js';

export interface ExportOptions {
  organization: string;
  format: string;
  json?: boolean;
}

const CATCH_UP_MS = 60_000;

/** Writes the graph of an organisation to a file, which is there only when it is whole. */
export async function exportGraphVerb(stop: Stop, file: string, options: ExportOptions): Promise<number> {
  const text = EXPORT_FORMATS.find(format => format === options.format);
  if (!text && options.format !== 'parquet') {
    throw new CommandError(`--format: "${options.format}" is not one of ${[...EXPORT_FORMATS, 'parquet'].join(', ')}.`);
  }
  return withTables(stop, async ({ database }) => {
    const scope = await scopeOf(database, options.organization, 'system:export');
    await catchUpWithPresent(database.system, AbortSignal.any([stop.signal, AbortSignal.timeout(CATCH_UP_MS)]));
    const run: Run = (sql, values) => database.read(scope, sql, values);
    const draft = `${file}.new`;
    try {
      if (text) await pipeline(exportGraph({ run }, text), createWriteStream(draft), { signal: stop.signal });
      else await exportParquet({ run }, draft);
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    print(options.json ? JSON.stringify({ file }) : `The graph is in ${file}.`);
    return stop.exitCode;
  });
}
