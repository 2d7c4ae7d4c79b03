import { type BlockingRule, type Blocks, eachPair, makeBlocks } from './blocking.js';
import { type Comparison, levelsOf, MISSING } from './comparison.js';
import type { Training } from './model.js';
import type { Table } from './table.js';
import { breathe } from './turns.js';

const PAIRS_A_TURN = 10_000;

/** How often random pairs are at each level, from the best; those with nothing to compare are not counted. */
export async function randomLevels(
  table: Table,
  comparisons: readonly Comparison[],
  { randomPairs = 1_000_000, seed = 1 }: Training,
): Promise<number[][]> {
  const counts = comparisons.map(({ spec }) => new Float64Array(levelsOf(spec).length));
  const take = (a: number, b: number) => {
    for (let c = 0; c < comparisons.length; c++) counts[c]![comparisons[c]!.compare(a, b)]!++;
  };
  const total = pairsOfTable(table);
  if (total <= randomPairs) await everyPair(table, take);
  else {
    const draw = drawer(seed);
    for (let pair = 0; pair < randomPairs; pair++) {
      const a = draw(0, table.split || table.size);
      const b = draw(table.split, table.size);
      if (a !== b) take(a, b);
      if (pair % PAIRS_A_TURN === 0) await breathe();
    }
  }
  return counts.map((levels, c) => {
    const seen = levels.reduce((sum, count, level) => (level === MISSING ? sum : sum + count), 0);
    const shares = Array.from(levels.subarray(1), count => (count + 0.5) / (seen + 0.5 * (levels.length - 1)));
    const exact = chanceOfAgreeing(comparisons[c]!, table);
    // A value few share is hardly ever met in random pairs; its chance follows from how often each value stands.
    if (exact !== null) shares[0] = exact;
    return shares;
  });
}

/** Whole numbers from `from` to below `to`, the same for the same seed. */
function drawer(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return from + Math.floor(((state >>> 0) / 4_294_967_296) * (to - from));
  };
}

/** The chance that two random values are equal, where the first level means just that. */
function chanceOfAgreeing({ spec, dictionary }: Comparison, table: Table): number | null {
  const column = table.columns[spec.column]!;
  if (column.starts !== null || column.dictionary !== column.name || table.split > 0) return null;
  const { counts, total } = dictionary;
  let equal = 0;
  for (let id = 1; id <= dictionary.size; id++) equal += counts[id]! * (counts[id]! - 1);
  return total > 1 ? equal / (total * (total - 1)) : null;
}

export const pairsOfTable = ({ size, split }: Table): number =>
  split === 0 ? (size * (size - 1)) / 2 : split * (size - split);

function everyPair({ size, split }: Table, visit: (a: number, b: number) => void): void {
  for (let a = 0; a < (split || size); a++) for (let b = Math.max(a + 1, split); b < size; b++) visit(a, b);
}

/** How many blocked pairs show each combination of levels; EM goes over these few thousand rather than over pairs. */
export interface Patterns {
  levels: Uint8Array[];
  counts: number[];
  /** How many blocked pairs each counted one stands for. */
  weight: number;
}

export async function blockedPatterns(
  table: Table,
  comparisons: readonly Comparison[],
  blocks: Blocks,
  most: number,
): Promise<Patterns> {
  const step = Math.max(1, Math.ceil(blocks.pairs / most));
  const counter = patternCounter(comparisons);
  const turns = Math.ceil(blocks.pairs / step / PAIRS_A_TURN);
  for (let turn = 0; turn < turns; turn++) {
    eachPair(blocks, table.split, { first: turn * step, step: turns * step }, counter.take);
    await breathe();
  }
  return counter.finish(step);
}

/** The same of pairs drawn at random among all that agree on a key. */
export async function framedPatterns(
  table: Table,
  comparisons: readonly Comparison[],
  frame: BlockingRule,
  { randomPairs = 1_000_000, seed = 1 }: Training,
): Promise<Patterns> {
  const { groups, starts, members } = makeBlocks(table, [frame], Number.POSITIVE_INFINITY);
  const counter = patternCounter(comparisons);
  const bounds: [from: number, middle: number, to: number][] = [];
  const ends: number[] = [];
  let pairs = 0;
  for (let group = 0; group < groups; group++) {
    const from = starts[group]!;
    const to = starts[group + 1]!;
    let middle = from;
    while (table.split > 0 && middle < to && members[middle]! < table.split) middle++;
    pairs += table.split > 0 ? (middle - from) * (to - middle) : ((to - from) * (to - from - 1)) / 2;
    bounds.push([from, middle, to]);
    ends.push(pairs);
  }
  const draw = drawer(seed);
  for (let drawn = 0; groups > 0 && drawn < Math.min(randomPairs, pairs); drawn++) {
    const [from, middle, to] = bounds[firstAbove(ends, draw(0, pairs))]!;
    const a = members[draw(from, table.split > 0 ? middle : to)]!;
    const b = members[draw(middle, to)]!;
    if (a !== b) counter.take(a, b);
    if (drawn % PAIRS_A_TURN === 0) await breathe();
  }
  return counter.finish(1);
}

/** The first place whose number is above `value`, in an ascending list. */
function firstAbove(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function patternCounter(comparisons: readonly Comparison[]) {
  const found = new Map<number, { levels: Uint8Array; count: number }>();
  const levels = new Uint8Array(comparisons.length);
  const radix = comparisons.map(({ spec }) => levelsOf(spec).length);
  return {
    take(a: number, b: number): void {
      let key = 0;
      for (let c = 0; c < comparisons.length; c++) {
        levels[c] = comparisons[c]!.compare(a, b);
        key = key * radix[c]! + levels[c]!;
      }
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { levels: levels.slice(), count: 1 });
    },
    finish(weight: number): Patterns {
      const all = [...found.values()];
      return { levels: all.map(one => one.levels), counts: all.map(one => one.count), weight };
    },
  };
}
