import type { Csr } from './csr.js';
import { checkpoint, type Watch } from './progress.js';
import { Random } from './random.js';
import { checkProbabilities, drawSets, emptySets, membershipOf, type ReverseSets } from './seeds.sets.js';

/** Sets each half has at least: the standard error of a reach is then at most 0.3 % of all nodes. */
const FEWEST_SETS = 1 << 15;

export interface SeedOptions extends Watch {
  /** Only these may be chosen; whom they reach is counted over all nodes. Default: any node. */
  within?: Int32Array;
  /** ε: how far below the reachable 1 - 1/e of the best the choice may be. Above 0, below 1. Default 0.05. */
  epsilon?: number;
  /** The same seed gives the same answer. Default 1. */
  seed?: number;
  /** Most places that samples may take (4 bytes each, about three times over); when they are full the guarantee is what it is. Default 30 million. */
  maxSampled?: number;
}

export interface SeedSet {
  /** In the order they were chosen: the first i are the choice for i. */
  seeds: Int32Array;
  /** Expected number of nodes reached, seeds included, by the first i + 1 seeds; unbiased, from samples that chose nothing. */
  reach: Float64Array;
  /** Proven share of the best possible set's reach, with probability 1 - 1/n. */
  guarantee: number;
  /** Reverse-reachable sets drawn, both halves. */
  samples: number;
}

/**
 * The k nodes that together reach most under the independent cascade (Kempe, Kleinberg and Tardos 2003): a node once reached
 * gets one chance with each it may draw along. By reverse-reachable sets (Borgs and others 2014; Tang, Shi and Xiao 2015), doubled in number until the
 * choice is proven good enough (OPIM-C: Tang, Tang, Xiao and Yuan 2018): one half chooses by greedy cover, the other judges.
 * @param influencers row `v` holds those who may draw `v` along, each with its probability as weight: of a graph of engagements,
 *   the outgoing edges, as `rowShares` weighs them
 * @param k at least 0; no more are answered than may be chosen
 * @throws RangeError where an option is out of its range or a weight is not a probability
 */
export function seedSet(influencers: Csr, k: number, options: SeedOptions = {}): SeedSet {
  const { within, epsilon = 0.05, seed = 1, maxSampled = 30_000_000 } = options;
  if (!Number.isInteger(k) || k < 0) throw new RangeError(`${k} seeds cannot be chosen.`);
  if (!(epsilon > 0 && epsilon < 1)) throw new RangeError(`An epsilon of ${epsilon} is not between 0 and 1.`);
  checkProbabilities(influencers);
  const { nodeCount } = influencers;
  const { allowed, count } = candidatesOf(nodeCount, within);
  const size = Math.min(k, count);
  if (size === 0) return { seeds: new Int32Array(0), reach: new Float64Array(0), guarantee: 1, samples: 0 };

  const random = new Random(seed);
  // Both names and sizes are the paper's: δ = 1/n.
  const logDelta = Math.log(Math.max(nodeCount, 2));
  const share = 1 - 1 / Math.E;
  const a = Math.log(6) + logDelta;
  const most =
    (2 * nodeCount * (share * Math.sqrt(a) + Math.sqrt(share * (logChoose(count, size) + a))) ** 2) /
    (epsilon ** 2 * size);
  const first = Math.max(FEWEST_SETS, Math.ceil((most * epsilon ** 2 * size) / nodeCount));
  const steps = Math.max(1, Math.ceil(Math.log2(most / first)));
  const confidence = Math.log(3 * steps) + logDelta;
  const choosing = emptySets();
  const judging = emptySets();
  let target = first;
  for (let step = 1; ; step++) {
    const check = () => checkpoint(options, (step - 1) / steps);
    const limit = Math.floor(maxSampled / 2);
    drawSets(influencers, choosing, target, limit, random, check);
    drawSets(influencers, judging, choosing.count, limit, random, check);
    const { seeds, covered, atMost } = coverGreedily(choosing, nodeCount, allowed, size);
    const coverage = coverageOfFirst(judging, nodeCount, seeds);
    const proven = lowerBound(coverage[size - 1]!, confidence) / judging.count;
    const possible = upperBound(Math.min(covered / share, atMost), confidence) / choosing.count;
    const guarantee = Math.min(1, Math.max(0, proven / possible));
    const isFull = choosing.count < target || judging.count < target;
    if (guarantee >= share - epsilon || step >= steps || isFull) {
      checkpoint(options, 1);
      // Seeds reach themselves at least, whatever the samples happened to say.
      const reach = Float64Array.from(coverage, (sets, i) => Math.max(i + 1, (sets * nodeCount) / judging.count));
      return { seeds, reach, guarantee, samples: choosing.count + judging.count };
    }
    target *= 2;
  }
}

function candidatesOf(nodeCount: number, within: Int32Array | undefined): { allowed: Uint8Array; count: number } {
  const allowed = new Uint8Array(nodeCount);
  if (!within) return { allowed: allowed.fill(1), count: nodeCount };
  let count = 0;
  for (const node of within) {
    if (node < 0 || node >= nodeCount) throw new RangeError(`${node} is not a node: they are 0 to ${nodeCount - 1}.`);
    if (allowed[node] === 0) count++;
    allowed[node] = 1;
  }
  return { allowed, count };
}

/**
 * Chooses, one after the other, the node in most sets not covered yet. Counts only fall, so a node that is found under a count it
 * no longer has is put back lower: each is looked at when it might be next, not at every step (lazy: Minoux 1978).
 * @returns the choice, how many sets it covers, and a bound on how many any choice of that size can
 */
export function coverGreedily(sets: ReverseSets, nodeCount: number, allowed: Uint8Array, size: number) {
  const { offsets, members } = membershipOf(sets, nodeCount);
  const counts = new Int32Array(nodeCount);
  let largest = 0;
  for (let node = 0; node < nodeCount; node++) {
    counts[node] = offsets[node + 1]! - offsets[node]!;
    if (allowed[node]) largest = Math.max(largest, counts[node]!);
  }
  // Chains of nodes believed to have the same count, the lowest node first.
  const head = new Int32Array(largest + 1).fill(-1);
  const next = new Int32Array(nodeCount);
  const chain = (node: number) => {
    next[node] = head[counts[node]!]!;
    head[counts[node]!] = node;
  };
  for (let node = nodeCount - 1; node >= 0; node--) if (allowed[node]) chain(node);

  const seeds = new Int32Array(size);
  const isCovered = new Uint8Array(sets.count);
  let covered = 0;
  let chosen = 0;
  for (let level = largest; chosen < size; ) {
    const node = head[level]!;
    if (node < 0) {
      level--;
      continue;
    }
    head[level] = next[node]!;
    if (counts[node]! < level) {
      chain(node);
      continue;
    }
    seeds[chosen++] = node;
    covered += counts[node]!;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const set = members[i]!;
      if (isCovered[set]) continue;
      isCovered[set] = 1;
      for (let j = sets.offsets[set]!; j < sets.offsets[set + 1]!; j++) counts[sets.nodes[j]!]!--;
    }
  }
  // What any other choice covers is at most this and the sets each of its nodes would add to it.
  const left = new Int32Array(largest + 1);
  for (let node = 0; node < nodeCount; node++) if (allowed[node]) left[counts[node]!]!++;
  let atMost = covered;
  for (let level = largest, room = size; level > 0 && room > 0; level--) {
    const taken = Math.min(room, left[level]!);
    atMost += taken * level;
    room -= taken;
  }
  return { seeds, covered, atMost };
}

/** For each i, how many sets the first i + 1 seeds cover. */
function coverageOfFirst(sets: ReverseSets, nodeCount: number, seeds: Int32Array): Int32Array {
  const order = new Int32Array(nodeCount).fill(seeds.length);
  for (let i = 0; i < seeds.length; i++) order[seeds[i]!] = i;
  const coverage = new Int32Array(seeds.length + 1);
  for (let set = 0; set < sets.count; set++) {
    let earliest = seeds.length;
    for (let j = sets.offsets[set]!; j < sets.offsets[set + 1]!; j++) {
      if (order[sets.nodes[j]!]! < earliest) earliest = order[sets.nodes[j]!]!;
    }
    coverage[earliest]!++;
  }
  for (let i = 1; i < seeds.length; i++) coverage[i]! += coverage[i - 1]!;
  return coverage.subarray(0, seeds.length);
}

/** Tang and others 2018, lemma 4.2: sets covered in expectation, at least, with probability 1 - e^-confidence. */
function lowerBound(covered: number, confidence: number): number {
  const root = Math.sqrt(covered + (2 * confidence) / 9) - Math.sqrt(confidence / 2);
  return Math.max(0, root ** 2 - confidence / 18);
}

/** Tang and others 2018, lemma 4.3: sets covered in expectation, at most. */
function upperBound(covered: number, confidence: number): number {
  return (Math.sqrt(covered + confidence / 2) + Math.sqrt(confidence / 2)) ** 2;
}

/** The natural logarithm of the number of choices of k among n. */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= Math.min(k, n - k); i++) sum += Math.log((n - i + 1) / i);
  return sum;
}
