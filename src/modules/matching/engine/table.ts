import type { Texts } from './similarity.js';

/** A column's declaration. Columns that name the same dictionary can be compared with one another. */
export interface ColumnSpec {
  name: string;
  /** Whose strings it holds; its own, when not said. */
  dictionary?: string;
  /** Whether a record has any number of values rather than one at most. */
  isList?: boolean;
}

/** The distinct strings of one or more columns. Ids begin at 1; 0 is "nothing known". */
export interface Dictionary extends Texts {
  size: number;
  /** How many values of records each string is. */
  counts: Int32Array;
  /** How many values there are in all. */
  total: number;
}

export interface Column {
  name: string;
  dictionary: string;
  /** Of a list: record `r` has `values[starts[r]]` up to `values[starts[r + 1]]`. Else record `r` has `values[r]`. */
  starts: Int32Array | null;
  values: Int32Array;
}

/**
 * Records as columns of small integers over shared memory, so that a million take tens of megabytes and threads read them
 * without copies. Records before `split` are never paired with one another, nor those after it: two sets that are linked.
 * `split` 0 is one set in which duplicates are looked for.
 */
export interface Table {
  size: number;
  split: number;
  columns: Record<string, Column>;
  dictionaries: Record<string, Dictionary>;
}

export type RecordValues = Record<string, string | readonly string[] | null | undefined>;

class Interner {
  private readonly ids = new Map<string, number>();
  private units = new Uint16Array(1024);
  private used = 0;
  private readonly starts: number[] = [0, 0];
  readonly counts: number[] = [0];

  idOf(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) {
      this.counts[known]!++;
      return known;
    }
    const id = this.counts.push(1) - 1;
    this.ids.set(text, id);
    while (this.used + text.length > this.units.length) {
      const larger = new Uint16Array(this.units.length * 2);
      larger.set(this.units);
      this.units = larger;
    }
    for (let i = 0; i < text.length; i++) this.units[this.used++] = text.charCodeAt(i);
    this.starts.push(this.used);
    return id;
  }

  finish(): Dictionary {
    const total = this.counts.reduce((sum, count) => sum + count, 0);
    return {
      size: this.counts.length - 1,
      total,
      counts: shared(this.counts),
      starts: shared(this.starts),
      units: new Uint16Array(sharedCopy(this.units.subarray(0, this.used)).buffer),
    };
  }
}

function shared(numbers: ArrayLike<number>): Int32Array {
  const made = new Int32Array(new SharedArrayBuffer(Math.max(4, numbers.length * 4)), 0, numbers.length);
  made.set(numbers);
  return made;
}

function sharedCopy(units: Uint16Array): Uint16Array {
  const made = new Uint16Array(new SharedArrayBuffer(units.length * 2));
  made.set(units);
  return made;
}

class Growing {
  private room = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.room.length) {
      const larger = new Int32Array(this.room.length * 2);
      larger.set(this.room);
      this.room = larger;
    }
    this.room[this.length++] = value;
  }

  finish(): Int32Array {
    return shared(this.room.subarray(0, this.length));
  }
}

/** Takes records one at a time; what it is given need not be kept. */
export class TableBuilder {
  private readonly interners = new Map<string, Interner>();
  private readonly columns: { spec: ColumnSpec; interner: Interner; values: Growing; starts: Growing | null }[];
  private size = 0;
  private split = 0;

  constructor(specs: readonly ColumnSpec[]) {
    this.columns = specs.map(spec => {
      const name = spec.dictionary ?? spec.name;
      const interner = this.interners.get(name) ?? new Interner();
      this.interners.set(name, interner);
      return { spec, interner, values: new Growing(), starts: spec.isList ? new Growing() : null };
    });
  }

  /** Answers the record's number. Empty strings count as nothing known. */
  add(record: RecordValues): number {
    for (const { spec, interner, values, starts } of this.columns) {
      const given = record[spec.name];
      if (starts) {
        starts.push(values.length);
        const list = typeof given === 'string' ? [given] : (given ?? []);
        for (const text of new Set(list)) if (text) values.push(interner.idOf(text));
      } else values.push(given ? interner.idOf(given as string) : 0);
    }
    return this.size++;
  }

  /** What follows is the second set. */
  beginSecondSet(): void {
    this.split = this.size;
  }

  finish(): Table {
    const dictionaries = Object.fromEntries([...this.interners].map(([name, interner]) => [name, interner.finish()]));
    const columns: Record<string, Column> = {};
    for (const { spec, values, starts } of this.columns) {
      starts?.push(values.length);
      columns[spec.name] = {
        name: spec.name,
        dictionary: spec.dictionary ?? spec.name,
        starts: starts ? starts.finish() : null,
        values: values.finish(),
      };
    }
    return { size: this.size, split: this.split, columns, dictionaries };
  }
}

/** A string of a dictionary; '' for 0. */
export function textOf({ units, starts }: Texts, id: number): string {
  return id === 0 ? '' : String.fromCharCode(...units.subarray(starts[id]!, starts[id + 1]!));
}

/** Where the values of a record lie in its column. */
export function rangeOf({ starts, values }: Column, record: number): [from: number, to: number] {
  if (starts) return [starts[record]!, starts[record + 1]!];
  return values[record] === 0 ? [record, record] : [record, record + 1];
}
