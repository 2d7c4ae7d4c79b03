import { type Blocks, eachPair, type Share } from './blocking.js';
import { type Comparison, MISSING } from './comparison.js';
import { prepareComparison } from './comparisons.js';
import { type Model, probability } from './model.js';
import type { Table } from './table.js';

/** How much one comparison says about one pair. */
export interface Contribution {
  name: string;
  /** As in `levelsOf`; 0 is nothing to compare. */
  level: number;
  /** In bits, log2(m / u); negative where it speaks against. */
  weight: number;
  /** Of all values, the share that are the one agreed on, where that counted; else null. */
  share: number | null;
}

/** How often a value is, of all: by its id in the comparison's dictionary. Known from elsewhere than the table when given. */
export type ShareOf = (comparison: Comparison, id: number) => number;

/** Levels below "same" at which the pair still agrees on a value whose rarity counts, and the widest correction, in bits. */
const MOST_RARITY_BITS = 12;

export interface Scorer {
  /** Log odds to base 2 that the two are the same person; below `enough` it may stop early and answer -Infinity. */
  bits(a: number, b: number, enough?: number): number;
  explain(a: number, b: number): Contribution[];
}

export function makeScorer(table: Table, model: Model, shareOf: ShareOf = shareInTable): Scorer {
  const start = Math.log2(model.prior / (1 - model.prior));
  const parts = model.comparisons
    .map(({ spec, m, u }) => {
      const comparison = prepareComparison(table, spec);
      const weights = [0, ...m.map((chance, level) => Math.log2(chance / u[level]!))];
      // What agreeing on this value is worth beside what agreeing on any is: u gives way to the value's own share (Winkler 1989).
      const rarity = (level: number): number => {
        if (!spec.rarity || comparison.agreed === 0) return 0;
        const correction = Math.log2(exactChance(u, spec.kind) / shareOf(comparison, comparison.agreed));
        const bits = Math.max(-MOST_RARITY_BITS, Math.min(MOST_RARITY_BITS, correction));
        // A common value never turns an agreement into evidence against.
        return Math.max(bits, Math.min(0, -weights[level]!));
      };
      const most = Math.max(...weights) + (spec.rarity ? MOST_RARITY_BITS : 0);
      return { comparison, weights, rarity, most };
    })
    // What says most first: most pairs can be given up soon.
    .sort((one, other) => span(other.weights) - span(one.weights));
  const rest: number[] = [];
  for (let c = parts.length - 1, sum = 0; c >= 0; c--) {
    rest[c] = sum;
    sum += parts[c]!.most;
  }
  return {
    bits(a, b, enough = Number.NEGATIVE_INFINITY) {
      let bits = start;
      for (let c = 0; c < parts.length; c++) {
        const { comparison, weights, rarity } = parts[c]!;
        const level = comparison.compare(a, b);
        if (level !== MISSING) {
          bits += weights[level]!;
          if (comparison.agreed !== 0) bits += rarity(level);
        }
        if (bits + rest[c]! < enough) return Number.NEGATIVE_INFINITY;
      }
      return bits;
    },
    explain: (a, b) =>
      parts.map(({ comparison, weights, rarity }) => {
        const level = comparison.compare(a, b);
        const counted = level !== MISSING && comparison.agreed !== 0 && comparison.spec.rarity;
        return {
          name: comparison.spec.name,
          level,
          weight: weights[level]! + (counted ? rarity(level) : 0),
          share: counted ? shareOf(comparison, comparison.agreed) : null,
        };
      }),
  };
}

const span = (weights: readonly number[]) => Math.max(...weights) - Math.min(...weights);

/** The chance that strangers agree on any value at all. */
function exactChance(u: readonly number[], kind: string): number {
  return kind === 'surname' ? u[0]! + u[1]! : u[0]!;
}

/** Without the pair's own two values, which are no sign of how many others have it. */
const shareInTable: ShareOf = ({ dictionary }, id) =>
  (Math.max(0, dictionary.counts[id]! - 2) + 1) / (dictionary.total + 1);

export interface ScoredPairs {
  a: Int32Array;
  b: Int32Array;
  bits: Float32Array;
  compared: number;
}

/** Scores every blocked pair of a share of the blocks, and keeps those of `enough` bits and more. */
export function scoreBlocks(table: Table, blocks: Blocks, model: Model, enough: number, share: Share): ScoredPairs {
  const scorer = makeScorer(table, model);
  const a: number[] = [];
  const b: number[] = [];
  const bits: number[] = [];
  let compared = 0;
  eachPair(blocks, table.split, share, (left, right) => {
    compared++;
    const found = scorer.bits(left, right, enough);
    if (found < enough) return;
    a.push(left);
    b.push(right);
    bits.push(found);
  });
  return { a: Int32Array.from(a), b: Int32Array.from(b), bits: Float32Array.from(bits), compared };
}

/** The log odds at which the probability is `confidence`. */
export const bitsAt = (confidence: number): number => Math.log2(confidence / (1 - confidence));

export { probability };
