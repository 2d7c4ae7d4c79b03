import { buildCsr, type Csr, type CsrOptions } from './csr.js';

/** Edges as they happened: `from` engaged with `to` (reshared, answered, mentioned) at a time in seconds since 1970. */
export interface Engagements {
  nodeCount: number;
  from: Int32Array;
  to: Int32Array;
  /** Seconds since 1970; of an edge that stands for several engagements, the last. */
  at: Float64Array;
}

export interface EngagerCounts {
  /** How many different others engaged with each node. */
  distinct: Int32Array;
  /** The same, each counted as 2^-(age of the last engagement / half-life). */
  decayed: Float64Array;
}

/**
 * How many different others engaged with each node, recent ones counting most. Engaging with oneself counts for nothing, and one
 * engager a thousand times counts once. An engagement after `now` counts as one at `now`.
 * @param now seconds since 1970
 * @param halfLife seconds, above 0
 * @throws RangeError where an argument is out of its range
 */
export function countEngagers(engagements: Engagements, now: number, halfLife: number): EngagerCounts {
  if (!(halfLife > 0)) throw new RangeError(`A half-life of ${halfLife} seconds is not above 0.`);
  if (!Number.isFinite(now)) throw new RangeError(`The time ${now} is not a number of seconds.`);
  const { nodeCount, from, to, at } = engagements;
  const { offsets, weights } = buildCsr(nodeCount, to, from, at, { parallel: 'max', loops: 'drop' });
  const distinct = new Int32Array(nodeCount);
  const decayed = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    distinct[node] = offsets[node + 1]! - offsets[node]!;
    let sum = 0;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      sum += 2 ** (-Math.max(0, now - weights![i]!) / halfLife);
    }
    decayed[node] = sum;
  }
  return { distinct, decayed };
}

export interface Trend {
  /** Different engagers within the last window: (now - window, now]. */
  recent: Int32Array;
  /** Different engagers within the window before. */
  before: Int32Array;
  /** log2((recent + 1) / (before + 1)): 0 unchanged, 1 doubled, -1 halved; the 1 keeps one engager from being a sensation. */
  change: Float64Array;
}

/**
 * Compares the engagers of two windows of the same length.
 * @param engagements one row an engagement, or one a day and pair: rows merged over all time would lack the earlier window
 * @param now seconds since 1970
 * @param window seconds, above 0
 * @throws RangeError where an argument is out of its range
 */
export function engagementTrend(engagements: Engagements, now: number, window: number): Trend {
  if (!(window > 0)) throw new RangeError(`A window of ${window} seconds is not above 0.`);
  if (!Number.isFinite(now)) throw new RangeError(`The time ${now} is not a number of seconds.`);
  const recent = engagersBetween(engagements, now - window, now);
  const before = engagersBetween(engagements, now - 2 * window, now - window);
  const change = new Float64Array(recent.length);
  for (let node = 0; node < change.length; node++) change[node] = Math.log2((recent[node]! + 1) / (before[node]! + 1));
  return { recent, before, change };
}

/** Different engagers of each node after `start` and not after `end`. */
function engagersBetween({ nodeCount, from, to, at }: Engagements, start: number, end: number): Int32Array {
  const kept = new Int32Array(at.length);
  let count = 0;
  for (let i = 0; i < at.length; i++) if (at[i]! > start && at[i]! <= end) kept[count++] = i;
  const engagers = new Int32Array(count);
  const engaged = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    engagers[i] = from[kept[i]!]!;
    engaged[i] = to[kept[i]!]!;
  }
  const options: CsrOptions = { parallel: 'max', loops: 'drop' };
  return rowLengths(buildCsr(nodeCount, engaged, engagers, null, options));
}

function rowLengths({ nodeCount, offsets }: Csr): Int32Array {
  const lengths = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) lengths[node] = offsets[node + 1]! - offsets[node]!;
  return lengths;
}

/**
 * The share of the others, in percent, that a value lies above: 0 for the lowest, 100 for a highest that stands alone; equal
 * values share a rank (`percent_rank` of SQL, times 100). A single value ranks 0.
 * @throws RangeError where a value is not a number
 */
export function percentileRanks(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) throw new RangeError(`Value ${i} is not a number: it has no rank.`);
  }
  // Adding 0 makes -0 the same as 0.
  const sorted = values.map(value => value + 0).sort();
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    ranks[i] = values.length > 1 ? (100 * countBelow(sorted, values[i]!)) / (values.length - 1) : 0;
  }
  return ranks;
}

/** How many of the rising `sorted` are below `value`. */
function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of the score: how much the engagers decide; PageRank decides the rest. */
export const WEIGHT_OF_ENGAGERS = 0.8;

/**
 * Influence from 0 to 100: 80 % for the decayed number of different engagers, 20 % for PageRank, each on a logarithmic scale from
 * nothing (0) to the graph's highest (1): log(1 + x) / log(1 + highest), PageRank counted in multiples of the least there is. A
 * step of ten points is so about the same factor of audience low and high on the scale. A node nobody engaged with scores 0.
 * @param decayed as `countEngagers` gives it
 * @param ranks as `pageRank` gives them
 * @throws RangeError where lengths differ, a number of engagers is negative or not finite, or a rank is not above 0
 */
export function influenceScores(decayed: Float64Array, ranks: Float64Array): Float64Array {
  if (decayed.length !== ranks.length) {
    throw new RangeError(`${decayed.length} nodes have engagers and ${ranks.length} have ranks.`);
  }
  let [most, least, highest] = [0, Number.POSITIVE_INFINITY, 0];
  for (let node = 0; node < ranks.length; node++) {
    if (!(decayed[node]! >= 0 && decayed[node]! < Number.POSITIVE_INFINITY && ranks[node]! > 0)) {
      throw new RangeError(`Node ${node} has ${decayed[node]} engagers and the rank ${ranks[node]}: it has no score.`);
    }
    most = Math.max(most, decayed[node]!);
    least = Math.min(least, ranks[node]!);
    highest = Math.max(highest, ranks[node]!);
  }
  const engagersScale = Math.log1p(most);
  const rankScale = Math.log(highest / least);
  const scores = new Float64Array(ranks.length);
  for (let node = 0; node < scores.length; node++) {
    if (!(decayed[node]! > 0)) continue;
    const engagers = Math.log1p(decayed[node]!) / engagersScale;
    const rank = rankScale > 0 ? Math.log(ranks[node]! / least) / rankScale : 1;
    scores[node] = 100 * (WEIGHT_OF_ENGAGERS * engagers + (1 - WEIGHT_OF_ENGAGERS) * rank);
  }
  return scores;
}
