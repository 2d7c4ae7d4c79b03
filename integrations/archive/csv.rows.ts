import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { ArchiveError, RowFault, rejectionOf } from './faults.js';
import type { RawRecord } from './record.splitter.js';
import type { Row, RowReader } from './row.js';

export interface CsvOptions {
  /** One ASCII character. */
  delimiter: string;
}

/** Takes the header off `records`, and reads the others by it. */
export function readCsv(path: string, records: RawRecord[], { delimiter }: CsvOptions): RowReader {
  const header = records.shift();
  if (!header) throw new ArchiveError(`${path} has no header row.`);
  if (header.fault) throw new ArchiveError(`${path} has no readable header row: ${header.fault}.`);
  if (!isUtf8(header.bytes)) throw new ArchiveError(`${path} is not UTF-8; save it as UTF-8 first.`);
  const columns = headerOf(path, header, delimiter);
  const places = new Map(columns.map((column, at) => [column, at]));
  return {
    columns,
    read(record) {
      try {
        return rowOf(record, cellsOf(record, delimiter, columns), places);
      } catch (error) {
        if (error instanceof RowFault) return rejectionOf(record.line, error, record.bytes);
        throw error;
      }
    },
  };
}

function headerOf(path: string, header: RawRecord, delimiter: string): string[] {
  try {
    return fieldsOf(header.bytes.toString(), delimiter).map(name => name.trim());
  } catch (error) {
    if (error instanceof RowFault) throw new ArchiveError(`${path} has no readable header row: ${error.reason}.`);
    throw error;
  }
}

function rowOf(record: RawRecord, cells: string[], places: Map<string, number>): Row {
  return { line: record.line, bytes: record.bytes, cell: column => cells[places.get(column)!]! };
}

function cellsOf(record: RawRecord, delimiter: string, columns: string[]): string[] {
  if (record.fault) throw new RowFault(null, record.fault);
  if (!isUtf8(record.bytes)) throw new RowFault(columnOfBadBytes(record, delimiter, columns), 'it is not UTF-8 text');
  const cells = fieldsOf(record.bytes.toString(), delimiter);
  // A text with a stray comma would be cut at it without a word, so more cells than columns are no better than fewer.
  if (cells.length < columns.length) {
    throw new RowFault(
      columns[cells.length]!,
      `the row has ${cells.length} of ${columns.length} columns: ${columns.slice(cells.length).join(', ')} missing`,
    );
  }
  if (cells.length > columns.length) {
    throw new RowFault(null, `the row has ${cells.length} cells for ${columns.length} columns`);
  }
  return cells;
}

function fieldsOf(text: string, delimiter: string): string[] {
  // Most rows of most files hold no quote, and cutting those needs no parser.
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const records = parse(text, { delimiter, relax_column_count: true, record_delimiter: '\n' }) as string[][];
    return records[0] ?? [];
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    throw new RowFault(
      null,
      `its quotes are not those of CSV (${code.replace(/^CSV_/, '').toLowerCase().replaceAll('_', ' ')})`,
    );
  }
}

function columnOfBadBytes(record: RawRecord, delimiter: string, columns: string[]): string | null {
  try {
    // Latin-1 keeps every byte as one character, so the cells can be told apart and looked at one by one.
    const cells = fieldsOf(record.bytes.toString('latin1'), delimiter);
    return columns[cells.findIndex(cell => !isUtf8(Buffer.from(cell, 'latin1')))] ?? null;
  } catch {
    return null;
  }
}
