import { isUtf8 } from 'node:buffer';
import { RowFault, rejectionOf } from './faults.js';
import type { RawRecord } from './record.splitter.js';
import type { RowReader } from './row.js';

/** How many of the first rows tell the columns: an object leaves out what it does not have. */
const LOOKED_AT = 200;
const DEEPEST = 4;

type Json = { [name: string]: unknown };

export function readNdjson(records: RawRecord[]): RowReader {
  const columns = new Set<string>();
  for (const record of records.slice(0, LOOKED_AT)) {
    try {
      namesOf(objectOf(record), '', 1, columns);
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
    }
  }
  return {
    columns: [...columns],
    read(record) {
      try {
        const object = objectOf(record);
        return { line: record.line, bytes: record.bytes, cell: column => textOf(column, memberOf(object, column)) };
      } catch (error) {
        if (error instanceof RowFault) return rejectionOf(record.line, error, record.bytes);
        throw error;
      }
    },
  };
}

function objectOf(record: RawRecord): Json {
  if (record.fault) throw new RowFault(null, record.fault);
  if (!isUtf8(record.bytes)) throw new RowFault(null, 'it is not UTF-8 text');
  const value = parsed(record.bytes.toString());
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RowFault(null, 'it is not a JSON object');
  }
  return value as Json;
}

function parsed(text: string): unknown {
  try {
    // Ids of 17 digits and more do not fit a number; their digits are taken from the text itself.
    if (!/\d{16}/.test(text)) return JSON.parse(text);
    const reviver = (_name: string, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' && !Number.isSafeInteger(value) ? (context?.source ?? value) : value;
    return JSON.parse(text, reviver as Parameters<typeof JSON.parse>[1]);
  } catch {
    throw new RowFault(null, 'it is not JSON');
  }
}

function memberOf(object: Json, path: string): unknown {
  if (Object.hasOwn(object, path)) return object[path];
  let value: unknown = object;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Json)[name];
  }
  return value;
}

function textOf(column: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new RowFault(column, 'it is a list or an object, not text');
}

function namesOf(value: Json, prefix: string, depth: number, names: Set<string>): void {
  for (const [name, member] of Object.entries(value)) {
    if (names.size >= 1000) return;
    if (typeof member === 'object' && member !== null && !Array.isArray(member) && depth < DEEPEST) {
      namesOf(member as Json, `${prefix}${name}.`, depth + 1, names);
    } else {
      names.add(prefix + name);
    }
  }
}
