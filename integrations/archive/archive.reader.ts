import { openArchiveFile } from './archive.file.js';
import { type CsvOptions, readCsv } from './csv.rows.js';
import { ArchiveError, type Rejection } from './faults.js';
import { readNdjson } from './ndjson.rows.js';
import { type RawRecord, splitRecords } from './record.splitter.js';
import type { Row } from './row.js';

export interface Archive {
  format: 'csv' | 'ndjson';
  /** Every column of a CSV file; of NDJSON the members that its first rows have, nested ones with dots. */
  columns: string[];
  /** What there is, in the file's order, a list at a time. Throws `ArchiveError` where it cannot be read any further. */
  rows(): AsyncGenerator<(Row | Rejection)[]>;
  /** Bytes on disk; 0 for a pipe. */
  size: number;
  readonly position: number;
  close(): Promise<void>;
}

/** Opens a CSV or NDJSON file, plain or gzip, and reads as much of it as it takes to know its columns. */
export async function openArchive(path: string, options: CsvOptions): Promise<Archive> {
  const file = await openArchiveFile(path);
  try {
    const chunks = file.chunks();
    const first = await firstContent(chunks);
    if (!first) throw new ArchiveError(`${path} is empty.`);
    const format = formatOf(path, first);
    const lists = splitRecords(rejoined(first, chunks), format === 'csv' ? options.delimiter.charCodeAt(0) : null);
    const records = await firstRecords(lists);
    const reader = format === 'csv' ? readCsv(path, records, options) : readNdjson(records);
    return {
      format,
      columns: reader.columns,
      async *rows() {
        yield records.map(reader.read);
        for await (const list of lists) yield list.map(reader.read);
      },
      size: file.size,
      get position() {
        return file.position;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function firstContent(chunks: AsyncGenerator<Buffer>): Promise<Buffer | null> {
  for (;;) {
    const next = await chunks.next();
    if (next.done) return null;
    if (next.value.length > 0) return next.value;
  }
}

async function* rejoined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function firstRecords(lists: AsyncGenerator<RawRecord[]>): Promise<RawRecord[]> {
  for (;;) {
    const next = await lists.next();
    if (next.done) return [];
    if (next.value.length > 0) return next.value;
  }
}

/** The name decides, and where it says nothing the first character: an object begins with a brace. */
function formatOf(path: string, first: Buffer): 'csv' | 'ndjson' {
  const name = path.toLowerCase().replace(/\.gz$/, '');
  const start = first
    .toString('latin1', 0, 1000)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()[0];
  if (/\.(csv|tsv|txt)$/.test(name)) return 'csv';
  if (start === '[') {
    throw new ArchiveError(
      `${path} is one JSON array. Write it as NDJSON, one object a line, so that it can be read piece by piece.`,
    );
  }
  return /\.(ndjson|jsonl|json)$/.test(name) || start === '{' ? 'ndjson' : 'csv';
}
