import type { Csr } from './csr.js';
import { checkpoint, type Watch } from './progress.js';

export interface PageRankOptions extends Watch {
  /** Share of rank passed on along edges rather than spread over all nodes: 0 to below 1. Default 0.85. */
  damping?: number;
  /** The sum of all changes of one iteration, as a share of all rank, at which to stop. Default 1e-10. */
  tolerance?: number;
  /** Default 200. */
  maxIterations?: number;
}

export interface PageRanks {
  /** One a node; they add up to 1. */
  ranks: Float64Array;
  iterations: number;
  /** False where `maxIterations` came first. */
  converged: boolean;
}

/**
 * Weighted PageRank (Page, Brin, Motwani and Winograd 1999) of a graph given by its incoming edges: row `v` holds those who point
 * at `v`. A node passes its rank on in proportion to its edges' weights; what a node without any has is spread over all nodes.
 *
 * Solved by Gauss and Seidel's iteration, which reads what the same pass has just written and so needs about half the passes of the
 * power iteration (Gleich 2015, "PageRank beyond the Web", 2.3). What is spread evenly is reckoned anew after each pass from the
 * rank there is: left at (1 - d)/n, the whole would grow towards its sum over some seventy passes. What a node gives itself is
 * solved for where it is met, not passed round: a node that mostly engages with itself would hold up all others.
 * @throws RangeError where an option is out of its range
 */
export function pageRank(incoming: Csr, options: PageRankOptions = {}): PageRanks {
  const { damping = 0.85, tolerance = 1e-10, maxIterations = 200 } = options;
  if (!(damping >= 0 && damping < 1)) throw new RangeError(`A damping of ${damping} is not from 0 to below 1.`);
  if (!(tolerance > 0)) throw new RangeError(`A tolerance of ${tolerance} is not above 0.`);
  if (!(maxIterations >= 1)) throw new RangeError(`${maxIterations} iterations are less than one.`);
  const { nodeCount } = incoming;
  const ranks = new Float64Array(nodeCount);
  if (nodeCount === 0) return { ranks, iterations: 0, converged: true };
  const { passOn, loops } = passingFactors(incoming, damping);
  let base = 1 / nodeCount;
  // What a node gives along an edge of weight 1.
  const given = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    ranks[node] = base;
    given[node] = base * passOn[node]!;
  }
  base *= 1 - damping;
  const pass = incoming.weights ? weightedPass : plainPass;
  let iterations = 0;
  let converged = false;
  let done = 0;
  while (!converged && iterations < maxIterations) {
    const { change, sum, stranded } = pass(incoming, base, passOn, loops, given, ranks);
    base = ((1 - damping) * sum + damping * stranded) / nodeCount;
    iterations++;
    converged = change <= tolerance * sum;
    // Changes shrink geometrically, so the distance done is measured on their logarithm; the first is at most 2.
    done = Math.max(done, Math.min(1, Math.log((2 * sum) / change) / Math.log(2 / tolerance)));
    checkpoint(options, converged ? 1 : done);
  }
  normalise(ranks);
  return { ranks, iterations, converged };
}

/** For each node, damping over the summed weight of its outgoing edges, 0 where it has none; and the weight of its edges to itself. */
function passingFactors({ nodeCount, offsets, targets, weights }: Csr, damping: number) {
  const passOn = new Float64Array(nodeCount);
  const loops = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const weight = weights ? weights[i]! : 1;
      const source = targets[i]!;
      passOn[source]! += weight;
      if (source === node) loops[node]! += weight;
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    const factor = damping / passOn[node]!;
    // Weights too small or too large to divide by are as good as none.
    passOn[node] = factor < Number.POSITIVE_INFINITY ? factor : 0;
  }
  return { passOn, loops };
}

interface Pass {
  /** Sum of what ranks changed by. */
  change: number;
  /** Sum of ranks. */
  sum: number;
  /** Of it, at nodes that pass nothing on. */
  stranded: number;
}

function plainPass(
  { nodeCount, offsets, targets }: Csr,
  base: number,
  passOn: Float64Array,
  loops: Float64Array,
  given: Float64Array,
  ranks: Float64Array,
): Pass {
  let change = 0;
  let sum = 0;
  let stranded = 0;
  let i = 0;
  for (let node = 0; node < nodeCount; node++) {
    const end = offsets[node + 1]!;
    let rank = base;
    for (; i < end; i++) rank += given[targets[i]!]!;
    const own = loops[node]!;
    if (own > 0) rank = (rank - given[node]! * own) / (1 - passOn[node]! * own);
    change += Math.abs(rank - ranks[node]!);
    sum += rank;
    if (passOn[node] === 0) stranded += rank;
    ranks[node] = rank;
    given[node] = rank * passOn[node]!;
  }
  return { change, sum, stranded };
}

function weightedPass(
  { nodeCount, offsets, targets, weights }: Csr,
  base: number,
  passOn: Float64Array,
  loops: Float64Array,
  given: Float64Array,
  ranks: Float64Array,
): Pass {
  let change = 0;
  let sum = 0;
  let stranded = 0;
  let i = 0;
  for (let node = 0; node < nodeCount; node++) {
    const end = offsets[node + 1]!;
    let rank = base;
    for (; i < end; i++) rank += weights![i]! * given[targets[i]!]!;
    const own = loops[node]!;
    if (own > 0) rank = (rank - given[node]! * own) / (1 - passOn[node]! * own);
    change += Math.abs(rank - ranks[node]!);
    sum += rank;
    if (passOn[node] === 0) stranded += rank;
    ranks[node] = rank;
    given[node] = rank * passOn[node]!;
  }
  return { change, sum, stranded };
}

function normalise(ranks: Float64Array): void {
  let sum = 0;
  for (let node = 0; node < ranks.length; node++) sum += ranks[node]!;
  for (let node = 0; node < ranks.length; node++) ranks[node]! /= sum;
}
