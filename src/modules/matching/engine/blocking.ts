import { foldLetters, soundOf } from './fold.js';
import { rootOf } from './names.js';
import { rangeOf, type Table, textOf } from './table.js';

/** What of a value goes into a key. */
export type KeyForm = 'value' | 'sound' | 'root' | 'start3' | 'start4' | 'mailbox' | 'letters' | 'sorted';

export interface KeyPart {
  column: string;
  by: KeyForm;
}

/**
 * Records that agree on every part of a rule are candidates. A block that grows beyond the bound is parted by `refine`; what is
 * still too large then is left out: a key that many share tells nothing, and another rule has the pair.
 */
export interface BlockingRule {
  parts: readonly KeyPart[];
  refine?: readonly KeyPart[];
}

/** Groups of records: group `g` is `members[starts[g]]` up to `members[starts[g + 1]]`, ascending. */
export interface Blocks {
  groups: number;
  starts: Int32Array;
  members: Int32Array;
  /** The groups of record `r`, ascending: `groupsOf[groupStarts[r]]` up to `groupsOf[groupStarts[r + 1]]`. */
  groupStarts: Int32Array;
  groupsOf: Int32Array;
  /** Pairs in all blocks, counted once a block. */
  pairs: number;
  /** Blocks that were too large even when parted. */
  leftOut: number;
}

const FORMS: Record<KeyForm, (text: string) => string> = {
  value: text => text,
  sound: text => soundOf(foldLetters(text)),
  root: text => soundOf(rootOf(text)),
  start3: text => text.slice(0, 3),
  start4: text => (text.length >= 4 ? text.slice(0, 4) : ''),
  mailbox: text => text.split('@')[0]!,
  letters: text => text.replace(/[^a-z]/g, ''),
  sorted: text => [...text].sort().join(''),
};

/** Groups the records by each rule. `largest` bounds the pairs of a block. */
export function makeBlocks(table: Table, rules: readonly BlockingRule[], largest = 20_000): Blocks {
  const hashes = new Map<string, Uint32Array>();
  const hashesOf = (part: KeyPart): Uint32Array => {
    const column = table.columns[part.column]!;
    const name = `${column.dictionary}:${part.by}`;
    const known = hashes.get(name);
    if (known) return known;
    const dictionary = table.dictionaries[column.dictionary]!;
    const made = new Uint32Array(dictionary.size + 1);
    for (let id = 1; id <= dictionary.size; id++) {
      const key = FORMS[part.by](textOf(dictionary, id));
      // 0 means that there is no key.
      made[id] = key === '' ? 0 : hashOf(key) || 1;
    }
    hashes.set(name, made);
    return made;
  };
  const sizes: number[] = [];
  const chunks: Int32Array[] = [];
  let pairs = 0;
  let leftOut = 0;
  const accept = (members: Int32Array, refine: readonly KeyPart[] | undefined): void => {
    const count = pairsOf(members, table.split);
    if (count === 0) return;
    if (count <= largest) {
      sizes.push(members.length);
      chunks.push(members);
      pairs += count;
    } else if (refine) {
      const entries = entriesOf(table, members, refine, hashesOf);
      eachGroup(entries, group => accept(group, undefined));
    } else leftOut++;
  };
  for (const { parts, refine } of rules) {
    const entries = entriesOf(table, null, parts, hashesOf);
    eachGroup(entries, group => accept(group, refine));
  }
  return { ...joined(table.size, sizes, chunks), pairs, leftOut };
}

interface Entries {
  keys: Uint32Array;
  records: Int32Array;
}

function entriesOf(
  table: Table,
  members: Int32Array | null,
  parts: readonly KeyPart[],
  hashesOf: (part: KeyPart) => Uint32Array,
): Entries {
  const readers = parts.map(part => ({ column: table.columns[part.column]!, hashes: hashesOf(part) }));
  const count = members ? members.length : table.size;
  let keys = new Uint32Array(count);
  let records = new Int32Array(count);
  let used = 0;
  const emit = (record: number, at: number, key: number): void => {
    if (at === readers.length) {
      if (used === keys.length) {
        keys = grown(keys, new Uint32Array(Math.max(1024, used * 2)));
        records = grown(records, new Int32Array(Math.max(1024, used * 2)));
      }
      keys[used] = key;
      records[used++] = record;
      return;
    }
    const { column, hashes } = readers[at]!;
    const [from, to] = rangeOf(column, record);
    for (let i = from; i < to; i++) {
      const hash = hashes[column.values[i]!]!;
      if (hash !== 0) emit(record, at + 1, mixed(key, hash));
    }
  };
  for (let i = 0; i < count; i++) emit(members ? members[i]! : i, 0, 17);
  return { keys: keys.subarray(0, used), records: records.subarray(0, used) };
}

function grown<Kind extends Uint32Array | Int32Array>(from: Kind, into: Kind): Kind {
  into.set(from);
  return into;
}

/** Calls `take` with the records of each key that two or more share, ascending, each once. */
function eachGroup(entries: Entries, take: (members: Int32Array) => void): void {
  const { keys, records } = sorted(entries);
  for (let from = 0; from < keys.length; ) {
    let to = from + 1;
    while (to < keys.length && keys[to] === keys[from]) to++;
    if (to - from > 1) {
      // Sorting keeps the order of records; only one with two values of the same key stands twice.
      const group = records.slice(from, to);
      let used = 1;
      for (let i = 1; i < group.length; i++) if (group[i] !== group[used - 1]) group[used++] = group[i]!;
      if (used > 1) take(group.subarray(0, used));
    }
    from = to;
  }
}

/** Radix sort by key, 16 bits at a time; it keeps the order of equal keys. */
function sorted({ keys, records }: Entries): Entries {
  if (keys.length < 2048) {
    const order = Array.from(keys.keys()).sort((i, j) => keys[i]! - keys[j]! || i - j);
    return { keys: Uint32Array.from(order, i => keys[i]!), records: Int32Array.from(order, i => records[i]!) };
  }
  let from: Entries = { keys, records };
  for (const shift of [0, 16]) {
    const places = new Uint32Array(65_537);
    for (let i = 0; i < keys.length; i++) places[((from.keys[i]! >>> shift) & 0xffff) + 1]!++;
    for (let i = 0; i < 65_536; i++) places[i + 1]! += places[i]!;
    const to: Entries = { keys: new Uint32Array(keys.length), records: new Int32Array(keys.length) };
    for (let i = 0; i < keys.length; i++) {
      const place = places[(from.keys[i]! >>> shift) & 0xffff]!++;
      to.keys[place] = from.keys[i]!;
      to.records[place] = from.records[i]!;
    }
    from = to;
  }
  return from;
}

function pairsOf(members: Int32Array, split: number): number {
  if (split === 0) return (members.length * (members.length - 1)) / 2;
  let first = 0;
  while (first < members.length && members[first]! < split) first++;
  return first * (members.length - first);
}

function joined(records: number, sizes: number[], chunks: Int32Array[]): Omit<Blocks, 'pairs' | 'leftOut'> {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const starts = sharedNumbers(sizes.length + 1);
  const members = sharedNumbers(total);
  const groupStarts = sharedNumbers(records + 1);
  const groupsOf = sharedNumbers(total);
  for (const [group, chunk] of chunks.entries()) {
    starts[group + 1] = starts[group]! + chunk.length;
    members.set(chunk, starts[group]!);
    for (let i = 0; i < chunk.length; i++) groupStarts[chunk[i]! + 1]!++;
  }
  for (let record = 0; record < records; record++) groupStarts[record + 1]! += groupStarts[record]!;
  const next = groupStarts.slice();
  for (let group = 0; group < sizes.length; group++) {
    for (let i = starts[group]!; i < starts[group + 1]!; i++) groupsOf[next[members[i]!]!++] = group;
  }
  return { groups: sizes.length, starts, members, groupStarts, groupsOf };
}

const sharedNumbers = (length: number) => new Int32Array(new SharedArrayBuffer(Math.max(4, length * 4)), 0, length);

/** Which of the groups `first`, `first + step`, ... to go through; threads share the work so. */
export interface Share {
  first: number;
  step: number;
}

/**
 * Calls `visit` with each pair of records that share a block, once: in the first block that has both. The smaller number comes
 * first.
 */
export function eachPair(blocks: Blocks, split: number, { first, step }: Share, visit: (a: number, b: number) => void) {
  const { groups, starts, members, groupStarts, groupsOf } = blocks;
  for (let group = first; group < groups; group += step) {
    const to = starts[group + 1]!;
    for (let i = starts[group]!; i < to; i++) {
      const a = members[i]!;
      if (split > 0 && a >= split) break;
      for (let j = i + 1; j < to; j++) {
        const b = members[j]!;
        if (split > 0 && b < split) continue;
        let atA = groupStarts[a]!;
        let atB = groupStarts[b]!;
        // Both lists ascend, and the group itself is in both, so the first number they share is found.
        while (groupsOf[atA] !== groupsOf[atB]) {
          if (groupsOf[atA]! < groupsOf[atB]!) atA++;
          else atB++;
        }
        if (groupsOf[atA] === group) visit(a, b);
      }
    }
  }
}

// FNV-1a, 32 bits.
function hashOf(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** The finaliser of MurmurHash3 over both. */
function mixed(key: number, hash: number): number {
  let value = Math.imul(key ^ hash, 0x85ebca6b) + 0x9e3779b9;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
