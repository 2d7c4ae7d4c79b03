import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Archive, checkMapping, type Mapping, openArchive } from '../../integrations/archive/index.js';
import type { Writer } from '../ingest/ingest.service.js';
import type { Database, Scope } from '../platform/database/database.js';
import type { Stop } from '../platform/process.js';
import { CommandError } from './failure.js';
import { type Batches, runImport } from './import.pipeline.js';
import { rehearsing, remembering } from './rehearsal.js';
import { openRejectionsFile } from './rejections.file.js';
import { print, scopeOf, withTables } from './verb.js';

export interface ArchiveOptions {
  organization: string;
  dryRun?: boolean;
  rejected?: string;
  delimiter: string;
  batch: number;
  json?: boolean;
}

/** What an import fills, and what is done once everything is there. */
export interface Filled {
  /** Tables. */
  filled: string[];
  afterwards?(database: Database, stop: Stop, filled: string[]): Promise<void>;
}

/** Reads an archive into the database, in batches, and says what became of its rows. Answers the exit code. */
export async function importArchive<Item>(
  stop: Stop,
  file: string,
  options: ArchiveOptions,
  mapping: Mapping | ((columns: readonly string[]) => Mapping),
  { filled, afterwards }: Filled,
  batchesFor: (database: Writer, scope: Scope, mapping: Mapping) => Batches<Item>,
): Promise<number> {
  const { batch: size, dryRun = false, json = false } = options;
  if (!Number.isInteger(size) || size < 1 || size > 5000) throw new CommandError('--batch is a number from 1 to 5000.');
  const archive = await openArchive(file, { delimiter: delimiterOf(options.delimiter) });
  try {
    const columns = typeof mapping === 'function' ? mapping(archive.columns) : mapping;
    checkMapping(columns, archive.columns);
    return await withTables(stop, async ({ config, database }) => {
      const scope = await scopeOf(database, options.organization, 'system:import');
      const rejectedFile = rejectedFileOf(options.rejected, config.DATA_DIR, file);
      const batches = dryRun
        ? remembering(batchesFor(rehearsing(database), scope, columns))
        : { ...batchesFor(database, scope, columns), begun: () => analyseNewTables(database, filled) };
      const { summary, failure } = await runImport(archive, batches, {
        size,
        rejections: openRejectionsFile(rejectedFile, options.rejected !== undefined),
        stop: stop.signal,
      });
      print(json ? JSON.stringify(summary) : inWords(summary, archive, dryRun));
      if (summary.rejected > 0) process.stderr.write(`The rejected rows, and why, are in ${rejectedFile}\n`);
      if (failure) throw failure;
      if (stop.requested) process.stderr.write('Stopped before the end; the same command again goes on.\n');
      else if (!dryRun) await afterwards?.(database, stop, filled);
      return stop.exitCode;
    });
  } finally {
    await archive.close();
  }
}

/**
 * Tables that were empty have no statistics, and PostgreSQL then takes any index that begins with the organisation for as good as
 * the primary key. It keeps such plans for as long as a connection lives, foreign keys' included, and reads a whole organisation
 * for each row. It would look again by itself after a minute.
 */
async function analyseNewTables({ system }: Database, filled: string[]): Promise<void> {
  const { rows } = await system.query<{ relname: string }>(
    'select relname from pg_class where oid = any ($1::regclass[]) and reltuples < 1000',
    [filled],
  );
  for (const { relname } of rows) await system.query(`analyze ${relname}`);
}

function inWords(
  summary: { read: number; imported: number; unchanged: number; rejected: number },
  archive: Archive,
  dryRun: boolean,
): string {
  const { read, imported, unchanged, rejected } = summary;
  const kept = dryRun ? 'would be imported' : 'imported';
  const rows = `${read} rows of ${archive.format === 'csv' ? 'CSV' : 'NDJSON'} read`;
  return `${rows}: ${imported} ${kept}, ${unchanged} unchanged, ${rejected} rejected.`;
}

function rejectedFileOf(given: string | undefined, dataDirectory: string, file: string): string {
  if (!given) return resolve(dataDirectory, `${basename(file)}.rejected.csv`);
  const existing = statSync(given, { throwIfNoEntry: false });
  if (existing?.isDirectory()) throw new CommandError(`--rejected: ${given} is a folder.`);
  if (existing && existing.ino === statSync(file).ino)
    throw new CommandError('--rejected: this is the file to be imported.');
  return resolve(given);
}

/** The value that a word on the command line names. Throws `CommandError` naming all of them. */
export function oneOf<Value extends string>(option: string, given: string, values: Value[]): Value {
  const found = values.find(value => value === given.toUpperCase().replaceAll('-', '_'));
  if (!found) throw new CommandError(`${option}: "${given}" is not one of ${values.join(', ')}.`);
  return found;
}

function delimiterOf(given: string): string {
  const delimiter = given === 'tab' || given === '\\t' ? '\t' : given;
  if (!/^[\t\x20-\x7e]$/.test(delimiter) || delimiter === '"') {
    throw new CommandError('--delimiter is one character, such as ";", or "tab".');
  }
  return delimiter;
}
