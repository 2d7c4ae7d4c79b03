import type { BlockingRule } from './blocking.js';
import type { ComparisonSpec } from './comparison.js';

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

/** From log odds to base 2, in bits, to a probability. */
export const probability = (bits: number): number => 1 / (1 + 2 ** -bits);
