import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import {
  Cells,
  type Fields,
  type Mapping,
  parseMapping,
  type Row,
  RowFault,
  rejectionOf,
} from '../../integrations/archive/index.js';
import '../modules/activities/index.js';
import '../modules/customers/index.js';
import '../modules/sales/index.js';
import '../modules/support/index.js';
import {
  type CsvKind,
  type CsvRow,
  csvKindOf,
  csvKinds,
  exportRows,
  type Refusal,
  type WrittenRows,
  writeRows,
} from '../platform/csv/index.js';
import type { Database, Scope, Tx } from '../platform/database/database.js';
import { sqlState } from '../platform/errors.js';
import type { Stop } from '../platform/process.js';
import { type ArchiveOptions, importArchive } from './archive.import.js';
import { CommandError } from './failure.js';
import { print, scopeOf, withTables } from './verb.js';

interface Item {
  row: Row;
  cells: CsvRow;
}

/** Reads records of one kind from a file. Without a mapping its columns are called as our fields are. */
export async function importRecords(
  stop: Stop,
  name: string,
  file: string,
  options: ArchiveOptions & { map?: string },
): Promise<number> {
  const kind = kindOf(
    name,
    csvKinds().filter(({ isExportOnly }) => !isExportOnly),
  );
  const fields = fieldsOf(kind);
  const mapping = options.map
    ? parseMapping(options.map, fields)
    : (columns: readonly string[]) => ownMapping(kind, fields, columns);
  const filled = {
    filled: [kind.table, ...(kind.alsoFills ?? []), 'audit_entries', 'events'],
    afterwards: analyse,
  };
  return importArchive<Item>(stop, file, options, mapping, filled, (database, scope, columns) => ({
    read: row => ({ row, cells: cellsOf(row, columns) }),
    // One batch after the other: two that change the same row would wait for each other.
    key: () => kind.name,
    fingerprint: ({ cells }) => JSON.stringify(cells),
    async write(items) {
      const outcome = await writeAll(
        work => database.write(scope, work),
        kind,
        items.map(({ cells }) => cells),
      );
      return {
        imported: outcome.created + outcome.changed,
        unchanged: outcome.unchanged,
        refused: outcome.refused.map(({ at, field, reason }) => {
          const { row } = items[at]!;
          return rejectionOf(row.line, new RowFault(field && (columns.get(field) ?? field), reason), row.bytes);
        }),
      };
    },
  }));
}

/** Whoever reads next plans by what is there now, not by what was there before. */
const analyse = async ({ system }: Database, _stop: Stop, filled: string[]): Promise<void> => {
  for (const table of filled) await system.query(`analyze ${table}`);
};

type Write = (work: (tx: Tx) => Promise<WrittenRows>) => Promise<WrittenRows>;

/** All rows at once; where the database refuses one of them, by halves until it is found. */
async function writeAll(write: Write, kind: CsvKind, rows: readonly CsvRow[]): Promise<WrittenRows> {
  try {
    return await write(tx => writeRows(tx, kind, rows));
  } catch (error) {
    // Class 22: a value that does not fit. Class 23: a constraint that does not hold.
    const state = sqlState(error);
    if (!state?.startsWith('22') && !state?.startsWith('23')) throw error;
    if (rows.length === 1) {
      const refusal: Refusal = {
        at: 0,
        field: null,
        reason: `the database does not take it: ${(error as Error).message}`,
      };
      return { created: 0, changed: 0, unchanged: 0, refused: [refusal] };
    }
    const half = Math.ceil(rows.length / 2);
    const first = await writeAll(write, kind, rows.slice(0, half));
    const second = await writeAll(write, kind, rows.slice(half));
    return {
      created: first.created + second.created,
      changed: first.changed + second.changed,
      unchanged: first.unchanged + second.unchanged,
      refused: [...first.refused, ...second.refused.map(one => ({ ...one, at: one.at + half }))],
    };
  }
}

/** Writes all records of a kind to a file, which is there only when it is whole. */
export async function exportRecords(
  stop: Stop,
  name: string,
  file: string,
  options: { organization: string; json?: boolean },
): Promise<number> {
  const kind = kindOf(name, csvKinds());
  return withTables(stop, async ({ database }) => {
    const scope: Scope = await scopeOf(database, options.organization, 'system:export');
    const draft = `${file}.new`;
    try {
      await pipeline(
        database.snapshot(scope, run => exportRows(run, kind)),
        createWriteStream(draft),
        {
          signal: stop.signal,
        },
      );
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      if (stop.requested) return stop.exitCode;
      throw error;
    }
    print(options.json ? JSON.stringify({ file }) : `The ${kind.name} are in ${file}.`);
    return stop.exitCode;
  });
}

/** Prints what can be imported, field by field. */
export function describeRecords(): number {
  for (const kind of csvKinds()) {
    print(`${kind.name}${kind.isExportOnly ? ' (export only)' : ''}`);
    for (const { field, help, isRequired } of kind.isExportOnly ? [] : kind.columns)
      print(`  ${field.padEnd(18)}${help}${isRequired ? ' Needed.' : ''}`);
  }
  return 0;
}

function kindOf(name: string, kinds: readonly CsvKind[]): CsvKind {
  const kind = csvKindOf(name);
  if (!kind || !kinds.includes(kind))
    throw new CommandError(`"${name}" is not one of ${kinds.map(each => each.name).join(', ')}.`);
  return kind;
}

/** Needed in a mapping: what tells rows apart. What only new rows need may be left out where all are known. */
function fieldsOf({ columns, key }: CsvKind): Fields {
  const read = columns.filter(({ column, read }) => column ?? read);
  const isKey = ({ column }: { column?: string }) => column !== undefined && key.includes(column);
  return {
    required: read.filter(isKey).map(({ field }) => field),
    optional: read.filter(column => !isKey(column)).map(({ field }) => field),
  };
}

function ownMapping(kind: CsvKind, fields: Fields, columns: readonly string[]): Mapping {
  const known = [...fields.required, ...fields.optional].filter(field => columns.includes(field));
  const missing = fields.required.filter(field => !known.includes(field));
  if (missing.length > 0) {
    const names = [...fields.required, ...fields.optional].join(', ');
    throw new CommandError(
      `There is no column ${missing.join(', ')}: say with --map which it is. The fields of ${kind.name} are ${names}.`,
    );
  }
  return new Map(known.map(field => [field, field]));
}

function cellsOf(row: Row, mapping: Mapping): CsvRow {
  const cells = new Cells(row, mapping);
  return Object.fromEntries([...mapping.keys()].map(field => [field, cells.text(field)]));
}
