import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type ErpChanges, type ErpContext, ErpError, type ErpKind } from '../../src/erp/port.js';
import { folderBelow } from './folder.js';
import type { CsvRead, Mapping } from './mapping.js';
import { recordsOf } from './rest.reading.js';

const MOST_BYTES = 64 * 1024 * 1024;

/** The file that is read, told apart by when it was written, and the row in it that comes next; `done`: all of it is read. */
const place = z.object({ file: z.string(), written: z.string(), row: z.number().int(), done: z.boolean() });
type Place = z.infer<typeof place>;

interface File {
  name: string;
  /** Milliseconds since 1970, or a digest. */
  written: string;
  read(): Promise<Buffer>;
}

/** Reads files of one kind in the order in which they were written. Rows of a file are kept while it is read. */
export class CsvReader<Kind extends ErpKind> {
  private rows: { of: string; items: unknown[] } | undefined;
  private download: Promise<File[]> | undefined;

  constructor(
    private readonly kind: Kind,
    private readonly read: CsvRead,
    private readonly mapping: Mapping,
    private readonly context: ErpContext,
  ) {}

  async changes(cursor: string | null, limit: number): Promise<ErpChanges<Kind>> {
    const at = placeOf(cursor);
    const files = this.read.url ? await this.downloaded() : await this.listed();
    const file = nextFile(files, at);
    if (!file) return { records: [], cursor: cursor ?? '', hasMore: false };
    const begun = at && at.file === file.name && at.written === file.written ? at.row : 0;
    const items = await this.itemsOf(file);
    const part = items.slice(begun, begun + limit);
    const row = begun + part.length;
    const next: Place = { file: file.name, written: file.written, row, done: row >= items.length };
    const hasMore = !next.done || nextFile(files, next) !== undefined;
    return { ...recordsOf(this.kind, part, this.read.fields, this.mapping), cursor: JSON.stringify(next), hasMore };
  }

  private async itemsOf(file: File): Promise<unknown[]> {
    const key = `${file.written} ${file.name}`;
    if (this.rows?.of !== key) this.rows = { of: key, items: itemsIn(await file.read(), this.read, file.name) };
    return this.rows.items;
  }

  private async listed(): Promise<File[]> {
    const folder = await folderBelow(this.context.folder, this.read.folder!);
    const latest = Date.now() - this.read.settleSeconds * 1000;
    const files: (File & { at: number })[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile() || !matchesGlob(entry.name, this.read.files)) continue;
      const path = join(folder, entry.name);
      const { mtimeMs, size } = await stat(path);
      // It may still be being written.
      if (mtimeMs > latest) continue;
      if (size > MOST_BYTES)
        throw new ErpError('BROKEN', `${entry.name} is larger than ${MOST_BYTES / 1024 / 1024} MiB.`);
      files.push({ name: entry.name, written: String(mtimeMs), at: mtimeMs, read: () => readFile(path) });
    }
    return files.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  }

  /** Fetched once a session: one that is made anew whenever it is asked for would never be read to its end. */
  private downloaded(): Promise<File[]> {
    this.download ??= this.fetched();
    return this.download;
  }

  private async fetched(): Promise<File[]> {
    const answer = await this.context.fetch(this.read.url!, { method: 'GET', headers: { accept: 'text/csv' } });
    if (answer.status === 401 || answer.status === 403)
      throw new ErpError('UNAUTHORIZED', `The file is not given to us: ${answer.status}.`);
    if (answer.status >= 500) throw new ErpError('UNREACHABLE', `The file cannot be had: ${answer.status}.`);
    if (answer.status !== 200) throw new ErpError('NOT_FOUND', `The file is not there: ${answer.status}.`);
    const written = createHash('sha256').update(answer.text).digest('base64url');
    return [{ name: 'url', written, read: async () => Buffer.from(answer.text) }];
  }
}

function placeOf(cursor: string | null): Place | null {
  try {
    return cursor ? place.parse(JSON.parse(cursor)) : null;
  } catch {
    return null;
  }
}

/** The one that is being read, else the first that was written later. */
function nextFile(files: File[], at: Place | null): File | undefined {
  if (!at) return files[0];
  const current = files.find(file => file.name === at.file && file.written === at.written);
  if (current && !at.done) return current;
  if (at.file === 'url') return files.find(file => file.written !== at.written);
  return files.find(
    ({ name, written }) =>
      Number(written) > Number(at.written) || (Number(written) === Number(at.written) && name > at.file),
  );
}

/** Rows as objects by column, or those that go together, which then are the `rows` of the first. */
function itemsIn(bytes: Buffer, read: CsvRead, name: string): unknown[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(
      new TextDecoder(
        read.encoding === 'utf8' ? 'utf-8' : read.encoding === 'latin1' ? 'windows-1252' : 'utf-16le',
      ).decode(bytes),
      {
        bom: true,
        columns: read.columns ?? true,
        delimiter: read.delimiter,
        skip_empty_lines: true,
        relax_column_count: true,
        trim: true,
      },
    );
  } catch (error) {
    throw new ErpError('BROKEN', `${name}: ${(error as Error).message.slice(0, 200)}`);
  }
  const { groupBy } = read;
  if (groupBy === undefined) return rows;
  return [...Map.groupBy(rows, row => row[groupBy] ?? '').values()].map(group => ({ ...group[0], rows: group }));
}
