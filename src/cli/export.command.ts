import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { catchUpWithPresent, EXPORT_FORMATS, exportEdges, exportGraph, exportParquet } from '../modules/graph/index.js';
import type { Stop } from '../platform/process.js';
import { CommandError } from './failure.js';
import { print, scopeOf, withTables } from './verb.js';

export interface ExportOptions {
  organization: string;
  format: string;
  /** Seconds. */
  wait: string;
  json?: boolean;
}

/** Writes the graph of an organisation to a file, which is there only when it is whole. */
export async function exportGraphVerb(stop: Stop, file: string, options: ExportOptions): Promise<number> {
  const text = EXPORT_FORMATS.find(format => format === options.format);
  if (!text && options.format !== 'parquet') {
    throw new CommandError(`--format: "${options.format}" is not one of ${[...EXPORT_FORMATS, 'parquet'].join(', ')}.`);
  }
  const seconds = Number(options.wait);
  if (!Number.isInteger(seconds) || seconds < 0)
    throw new CommandError(`--wait: "${options.wait}" is no number of seconds.`);
  return withTables(stop, async ({ database }) => {
    const scope = await scopeOf(database, options.organization, 'system:export');
    const patience = AbortSignal.timeout(seconds * 1000);
    await catchUpWithPresent(database.system, AbortSignal.any([stop.signal, patience]));
    if (patience.aborted && !stop.requested)
      process.stderr.write('The latest interactions may be missing: something else was still writing. See --wait.\n');
    const draft = `${file}.new`;
    try {
      if (text) {
        const pieces = database.snapshot(scope, run => exportGraph({ run }, text));
        await pipeline(pieces, createWriteStream(draft), { signal: stop.signal });
      } else {
        await exportParquet(
          database.snapshot(scope, run => exportEdges({ run })),
          draft,
          stop.signal,
        );
      }
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      if (stop.requested) return stop.exitCode;
      throw error;
    }
    print(options.json ? JSON.stringify({ file }) : `The graph is in ${file}.`);
    return stop.exitCode;
  });
}
