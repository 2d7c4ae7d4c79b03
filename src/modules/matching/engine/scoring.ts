import { type Blocks, eachPair, type Share } from './blocking.js';
import { type Agreement, type Comparison, MISSING } from './comparison.js';
import { prepareComparison } from './comparisons.js';
import { classOfLevel, type Model } from './model.js';
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
export type ShareOf = (agreement: Agreement, id: number) => number;

/** The widest correction for rarity, in bits. */
const MOST_RARITY_BITS = 12;
/** Of a name less: two of one rare name may be kin, or somebody borrows it. */
const MOST_NAME_BITS = 6;

export interface Scorer {
  /** Log odds to base 2 that the two are the same person; below `enough` it may stop early and answer -Infinity. */
  bits(a: number, b: number, enough?: number): number;
  explain(a: number, b: number): Contribution[];
}

export function makeScorer(table: Table, model: Model, shareOf: ShareOf = shareInTable): Scorer {
  const start = Math.log2(model.prior / (1 - model.prior));
  const classOf = classOfLevel(model.contexts);
  const parts = model.comparisons
    .map(({ spec, chances, sharing }) => {
      const comparison = prepareComparison(table, spec);
      const weights = chances.map(({ m, u }) => weightsOf(m, u));
      const rarity = rarityOf(comparison, comparison.second ? sharing : [chances[0]!.u[0]!], shareOf);
      const most = Math.max(...weights.flat()) + (spec.rarity ? MOST_RARITY_BITS : 0);
      return { comparison, weights, rarity, most, decides: spec.name === model.contexts?.by };
    })
    // First what decides how the rest counts; then what says most, as most pairs can be given up soon.
    .sort(
      (one, other) => Number(other.decides) - Number(one.decides) || span(other.weights[0]!) - span(one.weights[0]!),
    );
  const rest: number[] = [];
  for (let c = parts.length - 1, sum = 0; c >= 0; c--) {
    rest[c] = sum;
    sum += parts[c]!.most;
  }
  return {
    bits(a, b, enough = Number.NEGATIVE_INFINITY) {
      let bits = start;
      let of = 0;
      for (let c = 0; c < parts.length; c++) {
        const { comparison, weights, rarity, decides } = parts[c]!;
        const level = comparison.compare(a, b);
        if (decides) of = classOf(level);
        if (level !== MISSING) {
          const weight = weights[decides ? 0 : of]![level]!;
          bits += weight + rarity(weight);
        }
        if (bits + rest[c]! < enough) return Number.NEGATIVE_INFINITY;
      }
      return bits;
    },
    explain(a, b) {
      let of = 0;
      return parts.map(({ comparison, weights, rarity, decides }) => {
        const level = comparison.compare(a, b);
        if (decides) of = classOf(level);
        const weight = weights[decides ? 0 : of]![level]!;
        const isWeighed = level !== MISSING && comparison.spec.rarity && comparison.agreed !== 0 && weight > 0;
        return {
          name: comparison.spec.name,
          level,
          weight: weight + (level === MISSING ? 0 : rarity(weight)),
          share: isWeighed ? shareOf(comparison, comparison.agreed) : null,
        };
      });
    },
  };
}

/**
 * What agreeing on this value is worth beside agreeing on any, in bits: u gives way to the value's own share (Winkler 1989).
 * `sharing` are the chances that strangers agree on any value, and on any second one.
 */
function rarityOf(comparison: Comparison, sharing: readonly number[], shareOf: ShareOf): (weight: number) => number {
  const { spec, second } = comparison;
  if (!spec.rarity) return () => 0;
  return weight => {
    if (weight <= 0) return 0;
    let bits = 0;
    if (comparison.agreed !== 0) bits += Math.log2(sharing[0]! / shareOf(comparison, comparison.agreed));
    if (second && second.agreed !== 0) bits += Math.log2(sharing[1]! / shareOf(second, second.agreed));
    // A common value never turns an agreement into evidence against.
    return Math.max(Math.min(second ? MOST_NAME_BITS : MOST_RARITY_BITS, bits), -weight);
  };
}

const weightsOf = (m: readonly number[], u: readonly number[]) => [
  0,
  ...m.map((chance, level) => Math.log2(chance / u[level]!)),
];

const span = (weights: readonly number[]) => Math.max(...weights) - Math.min(...weights);

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
