import { ArchiveError, RowFault } from './faults.js';
import type { Row } from './row.js';

/** Which column fills which field. */
export type Mapping = ReadonlyMap<string, string>;

/** The fields of a kind of row: what is needed, and what may be given. */
export interface Fields {
  required: readonly string[];
  optional: readonly string[];
}

/** Reads `field=column,field=column`. Throws `ArchiveError` for what is no pair, no field of ours, or left out. */
export function parseMapping(text: string, fields: Fields): Mapping {
  const known = [...fields.required, ...fields.optional];
  const mapping = new Map<string, string>();
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=');
    const [field, column] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 1 || column === '') throw new ArchiveError(`--map: "${pair}" is not of the form field=column.`);
    if (!known.includes(field)) {
      throw new ArchiveError(`--map: there is no field "${field}". The fields are ${known.join(', ')}.`);
    }
    if (mapping.has(field)) throw new ArchiveError(`--map: the field "${field}" is given twice.`);
    mapping.set(field, column);
  }
  const missing = fields.required.filter(field => !mapping.has(field));
  if (missing.length > 0) throw new ArchiveError(`--map: say also which columns are ${missing.join(', ')}.`);
  return mapping;
}

/** Throws `ArchiveError`, naming the columns there are, when the mapping names one that is not there, or is there twice. */
export function checkMapping(mapping: Mapping, columns: readonly string[]): void {
  const unknown = [...new Set(mapping.values())].filter(column => !columns.includes(column));
  if (unknown.length > 0) {
    const named = unknown.map(column => `"${column}"`).join(', ');
    throw new ArchiveError(`--map: there is no column ${named}. The columns are ${columns.join(', ')}.`);
  }
  const twice = [...mapping.values()].find(column => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (twice !== undefined) throw new ArchiveError(`--map: two columns are called "${twice}".`);
}

/** Reads the cells of one row by the names of our fields; every fault names the archive's column. */
export class Cells {
  constructor(
    private readonly row: Row,
    private readonly mapping: Mapping,
  ) {}

  fault(field: string, reason: string): RowFault {
    return new RowFault(this.mapping.get(field) ?? null, reason);
  }

  /** Empty where the field is not mapped or the row has nothing there. */
  text(field: string): string {
    const column = this.mapping.get(field);
    if (column === undefined) return '';
    const text = this.row.cell(column);
    if (text.includes('\0')) throw new RowFault(column, 'it holds a NUL character');
    if (!text.isWellFormed()) throw new RowFault(column, 'it holds half of a character (a lone surrogate)');
    return text;
  }

  /** A short text of one line, without the blanks around it; undefined where there is none. */
  label(field: string, most: number): string | undefined {
    const text = this.text(field).trim();
    if (text.length > most) throw this.fault(field, `it is longer than ${most} characters`);
    return text === '' ? undefined : text;
  }

  needed(field: string, most: number): string {
    const text = this.label(field, most);
    if (text === undefined) throw this.fault(field, 'it is empty');
    return text;
  }

  /** A cell that means something only in certain forms; undefined where there is none. */
  optional<Value>(field: string, read: (text: string) => Value | null, expected: string): Value | undefined {
    const text = this.label(field, 2000);
    if (text === undefined) return undefined;
    const value = read(text);
    if (value === null) throw this.fault(field, `"${text.slice(0, 60)}" is not ${expected}`);
    return value;
  }

  required<Value>(field: string, read: (text: string) => Value | null, expected: string): Value {
    const value = this.optional(field, read, expected);
    if (value === undefined) throw this.fault(field, 'it is empty');
    return value;
  }
}
