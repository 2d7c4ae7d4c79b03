import { type Csr, transpose } from './csr.js';
import { checkpoint, type Watch } from './progress.js';
import { Random } from './random.js';
import { checkProbabilities } from './seeds.sets.js';

export interface CascadeOptions extends Watch {
  /** How often the cascade is played. Default 1,000. */
  plays?: number;
  /** The same seed gives the same answer. Default 1. */
  seed?: number;
}

export interface CascadeResult {
  /** Mean number of nodes reached, seeds included. */
  mean: number;
  /** Standard error of the mean. */
  error: number;
}

/**
 * Plays the independent cascade from given seeds and counts whom it reaches (Kempe, Kleinberg and Tardos 2003).
 * @param influencers as for `seedSet`: row `v` holds those who may draw `v` along, each with its probability
 * @throws RangeError where a seed is not a node, a weight not a probability, or `plays` below 1
 */
export function simulateCascade(influencers: Csr, seeds: Int32Array, options: CascadeOptions = {}): CascadeResult {
  const { plays = 1000, seed = 1 } = options;
  if (!(plays >= 1)) throw new RangeError(`${plays} plays are less than one.`);
  checkProbabilities(influencers);
  const { nodeCount, offsets, targets, weights } = transpose(influencers);
  for (const node of seeds) {
    if (node < 0 || node >= nodeCount) throw new RangeError(`${node} is not a node: they are 0 to ${nodeCount - 1}.`);
  }
  const random = new Random(seed);
  const seen = new Int32Array(nodeCount);
  const reached = new Int32Array(nodeCount);
  let sum = 0;
  let squares = 0;
  for (let play = 1; play <= plays; play++) {
    if (play % 64 === 0) checkpoint(options, play / plays);
    let count = 0;
    for (const node of seeds) {
      if (seen[node] === play) continue;
      seen[node] = play;
      reached[count++] = node;
    }
    for (let head = 0; head < count; head++) {
      const node = reached[head]!;
      for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
        const other = targets[i]!;
        if (seen[other] === play || random.unit() >= weights![i]!) continue;
        seen[other] = play;
        reached[count++] = other;
      }
    }
    sum += count;
    squares += count * count;
  }
  const mean = sum / plays;
  const variance = plays > 1 ? Math.max(0, (squares - plays * mean * mean) / (plays - 1)) : 0;
  return { mean, error: Math.sqrt(variance / plays) };
}
