import { type Blocks, eachPair } from './blocking.js';
import { type Comparison, type ComparisonSpec, levelsOf, MISSING, typicalOf } from './comparison.js';
import { prepareComparison } from './comparisons.js';
import type { Table } from './table.js';

/** What has been learnt of one comparison: per level from the best to "different", the chance of it. */
export interface LearntComparison {
  spec: ComparisonSpec;
  /** Among pairs of the same person (Fellegi & Sunter 1969, m). */
  m: number[];
  /** Among pairs of different people (u). */
  u: number[];
}

export interface Model {
  /** The chance that two records drawn at random are the same person. */
  prior: number;
  comparisons: LearntComparison[];
}

export interface Training {
  /** Of all pairs, how many are of the same person; near 1/N where nothing better is known. It is held fixed. */
  prior: number;
  /** How many random pairs u is counted on. */
  randomPairs?: number;
  /** How many pairs of blocks m is learnt from. */
  blockedPairs?: number;
  seed?: number;
  /** How many true pairs what is typical counts as much as. */
  faithInTypical?: number;
}

/** Half a pair in every two records: what is assumed where nobody knows. `second` is the size of the second set. */
export const usualPrior = (first: number, second = 0): number => 1 / Math.max(first, second, 2);

const ROUNDS = 100;
const STILL = 1e-5;

/**
 * Learns a model without labels: u from random pairs, m by expectation maximisation (Dempster, Laird & Rubin 1977; Winkler 1988)
 * over pairs of blocks. The prior stays as it was given: inside blocks the matches are many, and EM left free would learn that
 * share and take strangers for the same person. Blocked pairs are judged by the prior of all pairs, which Bayes' rule allows, as
 * what put them in a block is part of what is compared.
 */
export function learn(table: Table, specs: readonly ComparisonSpec[], blocks: Blocks, training: Training): Model {
  const comparisons = specs.map(spec => prepareComparison(table, spec));
  const observed = randomLevels(table, comparisons, training);
  const patterns = blockedPatterns(table, comparisons, blocks, training.blockedPairs ?? 2_000_000);
  return { prior: training.prior, comparisons: maximise(specs, observed, patterns, table, training) };
}

/** How often random pairs are at each level, from the best; those with nothing to compare are not counted. */
function randomLevels(
  table: Table,
  comparisons: readonly Comparison[],
  { randomPairs = 1_000_000, seed = 1 }: Training,
): number[][] {
  const counts = comparisons.map(({ spec }) => new Float64Array(levelsOf(spec).length));
  const take = (a: number, b: number) => {
    for (let c = 0; c < comparisons.length; c++) counts[c]![comparisons[c]!.compare(a, b)]!++;
  };
  const total = pairsOfTable(table);
  if (total <= randomPairs) everyPair(table, take);
  else {
    let state = seed;
    const draw = (from: number, to: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return from + Math.floor(((state >>> 0) / 4_294_967_296) * (to - from));
    };
    for (let pair = 0; pair < randomPairs; pair++) {
      const a = draw(0, table.split || table.size);
      const b = draw(table.split, table.size);
      if (a !== b) take(a, b);
    }
  }
  return counts.map((levels, c) => {
    const seen = levels.reduce((sum, count, level) => (level === MISSING ? sum : sum + count), 0);
    const shares = Array.from(levels.subarray(1), count => (count + 0.01) / (seen + 0.01 * (levels.length - 1)));
    const exact = chanceOfAgreeing(comparisons[c]!, table);
    // A value few share is hardly ever met in random pairs; its chance follows from how often each value stands.
    if (exact !== null) shares[0] = exact;
    return shares;
  });
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
interface Patterns {
  levels: Uint8Array[];
  counts: number[];
  /** How many blocked pairs each counted one stands for. */
  weight: number;
}

function blockedPatterns(table: Table, comparisons: readonly Comparison[], blocks: Blocks, most: number): Patterns {
  const step = Math.max(1, Math.ceil(blocks.pairs / most));
  const found = new Map<number, { levels: Uint8Array; count: number }>();
  const levels = new Uint8Array(comparisons.length);
  const radix = comparisons.map(({ spec }) => levelsOf(spec).length);
  eachPair(blocks, table.split, { first: 0, step }, (a, b) => {
    let key = 0;
    for (let c = 0; c < comparisons.length; c++) {
      levels[c] = comparisons[c]!.compare(a, b);
      key = key * radix[c]! + levels[c]!;
    }
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { levels: levels.slice(), count: 1 });
  });
  const all = [...found.values()];
  return { levels: all.map(one => one.levels), counts: all.map(one => one.count), weight: step };
}

function maximise(
  specs: readonly ComparisonSpec[],
  observed: readonly number[][],
  patterns: Patterns,
  table: Table,
  { prior, faithInTypical = 10 }: Training,
): LearntComparison[] {
  const total = pairsOfTable(table);
  // Half a pair of all: nothing can be known to be rarer.
  const rarest = Math.max(0.5 / total, 1e-9);
  const typical = specs.map(typicalOf);
  let m = typical.map(levels => [...levels]);
  let u = observed.map(levels => [...levels]);
  for (let round = 0; round < ROUNDS; round++) {
    const weights = m.map((levels, c) => levels.map((chance, level) => Math.log2(chance / u[c]![level]!)));
    const sums = typical.map(levels => levels.map(chance => chance * faithInTypical));
    const start = Math.log2(prior / (1 - prior));
    let matches = 0;
    for (const [p, levels] of patterns.levels.entries()) {
      let bits = start;
      for (let c = 0; c < levels.length; c++) if (levels[c] !== MISSING) bits += weights[c]![levels[c]! - 1]!;
      const share = patterns.counts[p]! * patterns.weight * probability(bits);
      matches += share;
      for (let c = 0; c < levels.length; c++) if (levels[c] !== MISSING) sums[c]![levels[c]! - 1]! += share;
    }
    const next = sums.map(levels => {
      const sum = levels.reduce((all, one) => all + one, 0);
      return levels.map(one => Math.max(one / sum, 1e-6));
    });
    // Random pairs hold true ones too, and where values are nearly unique, hardly any others agree.
    const known = Math.min(matches / total, prior);
    u = observed.map((levels, c) =>
      levels.map((chance, level) => Math.max((chance - known * next[c]![level]!) / (1 - known), rarest)),
    );
    const moved = Math.max(...next.flatMap((levels, c) => levels.map((chance, l) => Math.abs(chance - m[c]![l]!))));
    m = next;
    if (moved < STILL) break;
  }
  return specs.map((spec, c) => ({ spec, m: m[c]!, u: u[c]! }));
}

/** From log odds to base 2, in bits, to a probability. */
export const probability = (bits: number): number => 1 / (1 + 2 ** -bits);
