import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  type Archive,
  checkMapping,
  type Fields,
  INTERACTION_FIELDS,
  interactionOf,
  openArchive,
  POST_FIELDS,
  parseMapping,
  postOf,
} from '../../integrations/archive/index.js';
import { ingest, type Writer } from '../ingest/ingest.service.js';
import { ingestInteractions } from '../ingest/interactions.service.js';
import { catchUpWithPresent } from '../modules/graph/index.js';
import { InteractionKind, Network, PostKind } from '../modules/social/index.js';
import type { Database, Scope } from '../platform/database/database.js';
import type { Stop } from '../platform/process.js';
import { CommandError } from './failure.js';
import { type Batches, runImport } from './import.pipeline.js';
import { rehearsing, remembering } from './rehearsal.js';
import { openRejectionsFile } from './rejections.file.js';
import { print, scopeOf, withTables } from './verb.js';

export interface ImportOptions {
  organization: string;
  network: string;
  map: string;
  dryRun?: boolean;
  rejected?: string;
  delimiter: string;
  batch: number;
  json?: boolean;
}

export async function importPosts(
  stop: Stop,
  file: string,
  options: ImportOptions & { kind: string },
): Promise<number> {
  const network = networkOf(options.network);
  const kinds = Object.values(PostKind);
  const kind = oneOf('--kind', options.kind, kinds);
  const mapping = parseMapping(options.map, POST_FIELDS);
  return importArchive(stop, file, options, POST_FIELDS, (database, scope) => ({
    read: row => postOf(row, mapping, { kind, kinds }),
    key: post => post.ref.id,
    fingerprint: post => JSON.stringify([post.ref.id, post.revision]),
    async write(posts) {
      const { created, edited, unchanged } = await ingest(database, scope, posts, { network });
      return { imported: created + edited, unchanged };
    },
  }));
}

export async function importInteractions(stop: Stop, file: string, options: ImportOptions): Promise<number> {
  const network = networkOf(options.network);
  const kinds = Object.values(InteractionKind);
  const mapping = parseMapping(options.map, INTERACTION_FIELDS);
  return importArchive(stop, file, options, INTERACTION_FIELDS, (database, scope) => ({
    read: row => interactionOf(row, mapping, kinds),
    fingerprint: row => JSON.stringify(row),
    async write(rows) {
      const { created, unchanged } = await ingestInteractions(database, scope, rows, { network });
      return { imported: created, unchanged };
    },
  }));
}

async function importArchive<Item>(
  stop: Stop,
  file: string,
  options: ImportOptions,
  fields: Fields,
  batchesFor: (database: Writer, scope: Scope) => Batches<Item>,
): Promise<number> {
  const { batch: size, dryRun = false, json = false } = options;
  if (!Number.isInteger(size) || size < 1 || size > 5000) throw new CommandError('--batch is a number from 1 to 5000.');
  const mapping = parseMapping(options.map, fields);
  const archive = await openArchive(file, { delimiter: delimiterOf(options.delimiter) });
  try {
    checkMapping(mapping, archive.columns);
    return await withTables(stop, async ({ config, database }) => {
      const scope = await scopeOf(database, options.organization, 'system:import');
      const rejectedFile = rejectedFileOf(options.rejected, config.DATA_DIR, file);
      const batches = dryRun
        ? remembering(batchesFor(rehearsing(database), scope))
        : { ...batchesFor(database, scope), begun: () => analyseNewTables(database) };
      const { summary, failure } = await runImport(archive, batches, {
        size,
        rejections: openRejectionsFile(rejectedFile, options.rejected !== undefined),
        stop: stop.signal,
      });
      print(json ? JSON.stringify(summary) : inWords(summary, archive, dryRun));
      if (summary.rejected > 0) process.stderr.write(`The rejected rows, and why, are in ${rejectedFile}\n`);
      if (failure) throw failure;
      if (stop.requested) process.stderr.write('Stopped before the end; the same command again goes on.\n');
      // Whoever asks next finds the ties of what was read, also where no server is there to add them up.
      else if (
        !dryRun &&
        !(await catchUpWithPresent(database.system, AbortSignal.any([stop.signal, AbortSignal.timeout(CATCH_UP_MS)])))
      )
        process.stderr.write('The ties of these rows are still to be added up; a running server sees to that.\n');
      return stop.exitCode;
    });
  } finally {
    await archive.close();
  }
}

const CATCH_UP_MS = 60_000;

/** What an import fills. */
const FILLED = ['social_identities', 'conversations', 'posts', 'interactions', 'events'];

/**
 * Tables that were empty have no statistics, and PostgreSQL then takes any index that begins with the organisation for as good as
 * the primary key. It keeps such plans for as long as a connection lives, foreign keys' included, and reads a whole organisation
 * for each row. It would look again by itself after a minute.
 */
async function analyseNewTables({ system }: Database): Promise<void> {
  const { rows } = await system.query<{ relname: string }>(
    'select relname from pg_class where oid = any ($1::regclass[]) and reltuples < 1000',
    [FILLED],
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

/** X is what people call it today; the value is the one it was stored under from the beginning. */
function networkOf(name: string): Network {
  return name.toUpperCase() === 'X' ? Network.TWITTER : oneOf('--network', name, Object.values(Network));
}

function oneOf<Value extends string>(option: string, given: string, values: Value[]): Value {
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
