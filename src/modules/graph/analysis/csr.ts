export type Weights = Float64Array | Float32Array;

/**
 * A directed graph in compressed sparse rows: the edges out of node `v` are at the places `offsets[v]` to
 * `offsets[v + 1] - 1` of `targets`, and of `weights` where there are any. Nodes are 0 … nodeCount - 1.
 */
export interface Csr {
  nodeCount: number;
  /** nodeCount + 1 places, rising. */
  offsets: Int32Array;
  /** One an edge. */
  targets: Int32Array;
  /** One an edge, finite and not negative; null where every edge weighs 1. */
  weights: Weights | null;
}

export interface CsrOptions {
  /**
   * What becomes of several edges from one node to another: kept apart (the default), one edge of their summed weight
   * (of their number, where there are no weights), or one edge of the largest weight.
   */
  parallel?: 'keep' | 'sum' | 'max';
  /** Whether an edge from a node to itself is kept (the default) or dropped. */
  loops?: 'keep' | 'drop';
}

/**
 * Sorts a list of edges into rows by their first end, by counting (Knuth 1998, 5.2), in time linear in nodes and edges.
 * Within a row, edges keep the order they were given in. The incoming edges of a graph are got by exchanging `from` and `to`.
 * @param weight one an edge, or null; a Float32Array stays one
 * @throws RangeError where lengths differ, an end is not a node, or a weight is negative or not a finite number
 */
export function buildCsr(
  nodeCount: number,
  from: Int32Array,
  to: Int32Array,
  weight: Weights | null,
  { parallel = 'keep', loops = 'keep' }: CsrOptions = {},
): Csr {
  const dropsLoops = loops === 'drop';
  const { cursors, kept } = countRows(nodeCount, from, to, dropsLoops);
  if (weight) checkWeights(weight, from.length);
  const targets = new Int32Array(kept);
  const weights = weight && emptyWeights(weight, kept);
  if (weight && weights) scatterWeighted(cursors, from, to, weight, targets, weights, dropsLoops);
  else scatter(cursors, from, to, targets, dropsLoops);
  const csr = { nodeCount, offsets: cursors.subarray(0, nodeCount + 1), targets, weights };
  return parallel === 'keep' ? csr : mergeParallel(csr, parallel);
}

/** The same edges turned round, each row in the order of its sources. */
export function transpose({ nodeCount, offsets, targets, weights }: Csr): Csr {
  const cursors = new Int32Array(nodeCount + 2);
  for (let i = 0; i < targets.length; i++) cursors[targets[i]! + 2]!++;
  accumulate(cursors);
  const sources = new Int32Array(targets.length);
  const turned = weights && emptyWeights(weights, targets.length);
  for (let node = 0; node < nodeCount; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const place = cursors[targets[i]! + 1]!++;
      sources[place] = node;
      if (weights && turned) turned[place] = weights[i]!;
    }
  }
  return { nodeCount, offsets: cursors.subarray(0, nodeCount + 1), targets: sources, weights: turned };
}

/**
 * The undirected view: each edge stands in the rows of both its ends. All edges between two nodes, of either direction, are one edge
 * of their summed weight (null weights: of their number), unless parallel ones are to be kept. A loop, if kept, stands once in its row.
 */
export function undirected(csr: Csr, { parallel = 'sum', loops = 'keep' }: CsrOptions = {}): Csr {
  const { nodeCount, offsets, targets, weights } = csr;
  const dropsLoops = loops === 'drop';
  const cursors = new Int32Array(nodeCount + 2);
  for (let node = 0; node < nodeCount; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const other = targets[i]!;
      if (other !== node) cursors[other + 2]!++;
      if (other !== node || !dropsLoops) cursors[node + 2]!++;
    }
  }
  accumulate(cursors);
  const ends = new Int32Array(cursors[nodeCount + 1]!);
  const shared = weights && emptyWeights(weights, ends.length);
  const put = (node: number, other: number, edge: number) => {
    const place = cursors[node + 1]!++;
    ends[place] = other;
    if (weights && shared) shared[place] = weights[edge]!;
  };
  for (let node = 0; node < nodeCount; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const other = targets[i]!;
      if (other !== node) put(other, node, i);
      if (other !== node || !dropsLoops) put(node, other, i);
    }
  }
  const both = { nodeCount, offsets: cursors.subarray(0, nodeCount + 1), targets: ends, weights: shared };
  return parallel === 'keep' ? both : mergeParallel(both, parallel);
}

/**
 * Each weight as a share of its row's sum, so that the shares of a row add up to 1: of all that a node gives, how much goes where.
 * With the engagements of each node as rows, this is the weighted-cascade probability that whom it engages with draws it along
 * (Kempe, Kleinberg and Tardos 2003). A row of weights 0 has shares 0.
 */
export function rowShares({ nodeCount, offsets, targets, weights }: Csr): Csr & { weights: Float64Array } {
  const shares = new Float64Array(targets.length);
  for (let node = 0; node < nodeCount; node++) {
    const [start, end] = [offsets[node]!, offsets[node + 1]!];
    let sum = 0;
    for (let i = start; i < end; i++) sum += weights ? weights[i]! : 1;
    if (sum > 0) for (let i = start; i < end; i++) shares[i] = (weights ? weights[i]! : 1) / sum;
  }
  return { nodeCount, offsets, targets, weights: shares };
}

export function emptyWeights(like: Weights, length: number): Weights {
  return like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** @throws RangeError where a weight is negative or not a finite number, or there are not `length` of them */
function checkWeights(weight: Weights, length: number): void {
  if (weight.length !== length) throw new RangeError(`${length} edges have ${weight.length} weights.`);
  for (let i = 0; i < weight.length; i++) {
    const value = weight[i]!;
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`The weight of edge ${i} is ${value}: a weight is finite and not negative.`);
    }
  }
}

/** Where each row begins, one place late: scattering moves each mark on to where its row ends, which is where the next begins. */
function countRows(nodeCount: number, from: Int32Array, to: Int32Array, dropsLoops: boolean) {
  if (!Number.isInteger(nodeCount) || nodeCount < 0) throw new RangeError(`A graph cannot have ${nodeCount} nodes.`);
  if (from.length !== to.length) throw new RangeError(`${from.length} edges begin and ${to.length} end.`);
  const cursors = new Int32Array(nodeCount + 2);
  let kept = 0;
  for (let i = 0; i < from.length; i++) {
    const source = from[i]!;
    const target = to[i]!;
    if (source < 0 || source >= nodeCount || target < 0 || target >= nodeCount) {
      throw new RangeError(`Edge ${i} goes from ${source} to ${target}: nodes are 0 to ${nodeCount - 1}.`);
    }
    if (dropsLoops && source === target) continue;
    cursors[source + 2]!++;
    kept++;
  }
  accumulate(cursors);
  return { cursors, kept };
}

function accumulate(counts: Int32Array): void {
  for (let i = 1; i < counts.length; i++) counts[i]! += counts[i - 1]!;
}

function scatter(
  cursors: Int32Array,
  from: Int32Array,
  to: Int32Array,
  targets: Int32Array,
  dropsLoops: boolean,
): void {
  for (let i = 0; i < from.length; i++) {
    const source = from[i]!;
    const target = to[i]!;
    if (dropsLoops && source === target) continue;
    targets[cursors[source + 1]!++] = target;
  }
}

function scatterWeighted(
  cursors: Int32Array,
  from: Int32Array,
  to: Int32Array,
  weight: Weights,
  targets: Int32Array,
  weights: Weights,
  dropsLoops: boolean,
): void {
  for (let i = 0; i < from.length; i++) {
    const source = from[i]!;
    const target = to[i]!;
    if (dropsLoops && source === target) continue;
    const place = cursors[source + 1]!++;
    targets[place] = target;
    weights[place] = weight[i]!;
  }
}

/** Merges within each row, where the row stands: what is written never overtakes what is read. */
function mergeParallel({ nodeCount, offsets, targets, weights }: Csr, parallel: 'sum' | 'max'): Csr {
  const merged = new Int32Array(nodeCount + 1);
  const sums = weights ?? (parallel === 'sum' ? new Float64Array(targets.length).fill(1) : null);
  // Where a target was last written; a place before this row's start is another row's.
  const places = new Int32Array(nodeCount).fill(-1);
  let written = 0;
  for (let node = 0; node < nodeCount; node++) {
    const start = written;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const target = targets[i]!;
      const place = places[target]!;
      if (place < start) {
        places[target] = written;
        targets[written] = target;
        if (sums) sums[written] = sums[i]!;
        written++;
      } else if (sums) {
        sums[place] = parallel === 'sum' ? sums[place]! + sums[i]! : Math.max(sums[place]!, sums[i]!);
      }
    }
    merged[node + 1] = written;
  }
  const shrunk = written < targets.length;
  return {
    nodeCount,
    offsets: merged,
    targets: shrunk ? targets.slice(0, written) : targets,
    weights: sums && (shrunk ? sums.slice(0, written) : sums),
  };
}
