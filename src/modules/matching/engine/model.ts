import { type BlockingRule, type Blocks, eachPair, makeBlocks } from './blocking.js';
import { type Agreement, type Comparison, type ComparisonSpec, levelsOf, MISSING, typicalOf } from './comparison.js';
import { prepareComparison } from './comparisons.js';
import type { Table } from './table.js';

/** Per level from the best to "different", the chance of it. */
export interface Chances {
  /** Among pairs of the same person (Fellegi & Sunter 1969, m). */
  m: number[];
  /** Among pairs of different people (u). */
  u: number[];
}

/**
 * Much follows from a name: its handles, its mail box, its language, the country. What namesakes share must not count again, so
 * it is weighed by how common it is among people of the same name. `classes` are sets of levels of the comparison `by`; a pair
 * whose level is in one is judged by what was learnt of pairs of that class, and all others by what was learnt of any.
 */
export interface Contexts {
  by: string;
  classes: readonly {
    levels: readonly number[];
    /**
     * Where strangers of this class are drawn from: any two that agree on this key. Without it they are the blocked pairs, which
     * must then hold nearly all of the class.
     */
    frame?: BlockingRule;
  }[];
}

/** What has been learnt of one comparison: of any pair, then of each class; the one that decides the class has one only. */
export interface LearntComparison {
  spec: ComparisonSpec;
  chances: Chances[];
  /** The chance that two values drawn at random are equal, of the value and of the second one, where there are two. */
  sharing: number[];
}

export interface Model {
  /** The chance that two records drawn at random are the same person. */
  prior: number;
  comparisons: LearntComparison[];
  contexts: Contexts | null;
}

/** For each level of the comparison that decides it, the class of the pair; 0 is any. */
export function classOfLevel(contexts: Contexts | null): (level: number) => number {
  if (!contexts) return () => 0;
  return level => 1 + contexts.classes.findIndex(({ levels }) => levels.includes(level));
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
  contexts?: Contexts;
  /** What is expected of true pairs before anything is learnt, by comparison, rather than what is typical of its kind. */
  expected?: Record<string, readonly number[]>;
}

/** Half a pair in every two records: what is assumed where nobody knows. `second` is the size of the second set. */
export const usualPrior = (first: number, second = 0): number => 1 / Math.max(first, second, 2);

const ROUNDS = 100;
const STILL = 1e-5;
/** How many strangers of a class what is known of any strangers counts as much as. */
const FAITH_IN_ANY = 5;

/**
 * Learns a model without labels: u from random pairs, m by expectation maximisation (Dempster, Laird & Rubin 1977; Winkler 1988)
 * over pairs of blocks. The prior stays as it was given: inside blocks the matches are many, and EM left free would learn that
 * share and take strangers for the same person. Blocked pairs are judged by the prior of all pairs, which Bayes' rule allows, as
 * what put them in a block is part of what is compared.
 */
export async function learn(
  table: Table,
  specs: readonly ComparisonSpec[],
  blocks: Blocks,
  training: Training,
): Promise<Model> {
  const comparisons = specs.map(spec => prepareComparison(table, spec));
  const observed = await randomLevels(table, comparisons, training);
  const patterns = await blockedPatterns(table, comparisons, blocks, training.blockedPairs ?? 2_000_000);
  const framed: (Patterns | null)[] = [];
  for (const { frame } of training.contexts?.classes ?? []) {
    framed.push(frame ? await framedPatterns(table, comparisons, frame, training) : null);
  }
  const learnt = await maximise(specs, observed, patterns, framed, table, training);
  return {
    prior: training.prior,
    comparisons: learnt.map((one, c) => {
      const { second } = comparisons[c]!;
      return { ...one, sharing: [comparisons[c]!, ...(second ? [second] : [])].map(chanceOfSharing) };
    }),
    contexts: training.contexts ?? null,
  };
}

/** The chance that two values of the dictionary, drawn at random, are equal. */
function chanceOfSharing({ dictionary: { counts, total, size } }: Agreement): number {
  let sum = 0;
  for (let id = 1; id <= size; id++) sum += (counts[id]! / total) ** 2;
  return sum || 1;
}

/** Lets others have their turn: learning is seconds of work in a process that also answers people. */
const breathe = () => new Promise<void>(done => setImmediate(done));
const PAIRS_A_TURN = 10_000;
const PATTERNS_A_TURN = 20_000;

/** How often random pairs are at each level, from the best; those with nothing to compare are not counted. */
async function randomLevels(
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
interface Patterns {
  levels: Uint8Array[];
  counts: number[];
  /** How many blocked pairs each counted one stands for. */
  weight: number;
}

async function blockedPatterns(
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
async function framedPatterns(
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

async function maximise(
  specs: readonly ComparisonSpec[],
  observed: readonly number[][],
  patterns: Patterns,
  framed: readonly (Patterns | null)[],
  table: Table,
  { prior, faithInTypical = 10, contexts, expected = {} }: Training,
): Promise<Omit<LearntComparison, 'sharing'>[]> {
  const total = pairsOfTable(table);
  // Half a pair of all: nothing can be known to be rarer.
  const rarest = Math.max(0.5 / total, 1e-9);
  const decider = specs.findIndex(spec => spec.name === contexts?.by);
  const classOf = classOfLevel(contexts ?? null);
  const classes = [0, ...(contexts?.classes ?? []).map((_, i) => i + 1)];
  const typical = specs.map(spec => expected[spec.name] ?? typicalOf(spec));
  let learnt: Chances[][] = classes.map(() =>
    typical.map((levels, c) => ({ m: [...levels], u: observed[c]!.map(chance => Math.max(chance, rarest)) })),
  );
  const start = Math.log2(prior / (1 - prior));

  for (let round = 0; round < ROUNDS; round++) {
    const weights = learnt.map(chances =>
      chances.map(({ m, u }) => m.map((chance, level) => Math.log2(chance / u[level]!))),
    );
    const same = typical.map(levels => levels.map(chance => chance * faithInTypical));
    const strangers = typical.map(levels => levels.map(() => 0));
    const others = classes.map(() => typical.map((_, c) => learnt[0]![c]!.u.map(chance => chance * FAITH_IN_ANY)));
    let matches = 0;
    const expect = async (
      given: Patterns,
      take: (levels: Uint8Array, of: number, matching: number, not: number) => void,
    ) => {
      for (const [p, levels] of given.levels.entries()) {
        if (p % PATTERNS_A_TURN === 0) await breathe();
        const of = decider < 0 ? 0 : classOf(levels[decider]!);
        let bits = start;
        for (let c = 0; c < levels.length; c++) {
          if (levels[c] !== MISSING) bits += weights[c === decider ? 0 : of]![c]![levels[c]! - 1]!;
        }
        const count = given.counts[p]! * given.weight;
        const matching = count * probability(bits);
        take(levels, of, matching, count - matching);
      }
    };
    const tally = (into: number[][], levels: Uint8Array, count: number) => {
      for (let c = 0; c < levels.length; c++) if (levels[c] !== MISSING) into[c]![levels[c]! - 1]! += count;
    };
    await expect(patterns, (levels, of, matching, not) => {
      matches += matching;
      tally(same, levels, matching);
      if (of === 0 || framed[of - 1]) return;
      tally(others[of]!, levels, not);
      tally(strangers, levels, not);
    });
    for (const [i, drawn] of framed.entries()) {
      if (drawn) await expect(drawn, (levels, of, _, not) => of === i + 1 && tally(others[of]!, levels, not));
    }
    // Random pairs hold true ones too, and where values are nearly unique, hardly any others agree.
    const known = Math.min(matches / total, prior);
    const next = classes.map(k =>
      specs.map(({ certain }, c) => {
        const m = certain ? [...certain] : shares(same[c]!);
        if (k > 0) return { m, u: shares(others[k]![c]!) };
        const u = observed[c]!.map((chance, level) => Math.max((chance - known * m[level]!) / (1 - known), rarest));
        // Namesakes are too few to be met in random pairs, but the blocks hold them all.
        if (c === decider) {
          for (let level = 0; level < u.length; level++) {
            if (strangers[c]![level]! > 0) u[level] = Math.max(strangers[c]![level]! / total, rarest);
          }
        }
        return { m, u };
      }),
    );
    const moved = Math.max(
      ...next.flatMap((chances, k) =>
        chances.flatMap(({ m }, c) => m.map((chance, l) => Math.abs(chance - learnt[k]![c]!.m[l]!))),
      ),
    );
    learnt = next;
    if (moved < STILL) break;
  }
  return specs.map((spec, c) => ({
    spec,
    chances: c === decider ? [learnt[0]![c]!] : classes.map(k => learnt[k]![c]!),
  }));
}

function shares(sums: readonly number[]): number[] {
  const all = sums.reduce((total, one) => total + one, 0);
  return sums.map(one => Math.max(one / all, 1e-6));
}

/** From log odds to base 2, in bits, to a probability. */
export const probability = (bits: number): number => 1 / (1 + 2 ** -bits);
