import type { Csr } from './csr.js';
import type { Random } from './random.js';

/** Reverse-reachable sets one after the other: set `s` is at the places `offsets[s]` to `offsets[s + 1] - 1` of `nodes`. */
export interface ReverseSets {
  count: number;
  /** Grows; `count` + 1 places are in use. */
  offsets: Int32Array;
  /** Grows; `offsets[count]` places are in use. */
  nodes: Int32Array;
}

const CHECK_EVERY = 1 << 12;

export const emptySets = (): ReverseSets => ({ count: 0, offsets: new Int32Array(1024), nodes: new Int32Array(4096) });

/** @throws RangeError where a weight is not a probability, or there are no weights */
export function checkProbabilities({ targets, weights }: Csr): void {
  if (!weights) throw new RangeError('The edges have no probabilities: weigh them, for example with rowShares.');
  for (let i = 0; i < targets.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight <= 1))
      throw new RangeError(`The weight of edge ${i}, ${weight}, is not a probability.`);
  }
}

/**
 * Draws sets until there are `target`, or until they hold `limit` nodes. A set is who would have reached one node, itself drawn
 * evenly, in one play of the cascade: every edge is tossed once, when what it leads to is looked at.
 */
export function drawSets(
  { nodeCount, offsets, targets, weights }: Csr,
  sets: ReverseSets,
  target: number,
  limit: number,
  random: Random,
  check: () => void,
): void {
  if (sets.offsets.length <= target) sets.offsets = grown(sets.offsets, target + 1);
  // Set s marks its nodes with s + 1; each call starts anew.
  const seen = new Int32Array(nodeCount);
  let { nodes } = sets;
  let end = sets.offsets[sets.count]!;
  for (; sets.count < target && (end < limit || sets.count === 0); sets.count++) {
    if (sets.count % CHECK_EVERY === 0) check();
    const mark = sets.count + 1;
    const root = random.below(nodeCount);
    // A set holds no node twice, so this is room for all that it may hold.
    if (end + nodeCount > nodes.length) nodes = grown(nodes, Math.max(end + nodeCount, nodes.length * 2));
    let head = end;
    nodes[end++] = root;
    seen[root] = mark;
    for (; head < end; head++) {
      const node = nodes[head]!;
      for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
        const other = targets[i]!;
        if (seen[other] === mark || random.unit() >= weights![i]!) continue;
        seen[other] = mark;
        nodes[end++] = other;
      }
    }
    sets.offsets[sets.count + 1] = end;
  }
  sets.nodes = nodes;
}

/** For each node, the sets it is in: at the places `offsets[node]` to `offsets[node + 1] - 1` of `members`. */
export function membershipOf({ count, offsets, nodes }: ReverseSets, nodeCount: number) {
  const used = offsets[count]!;
  const cursors = new Int32Array(nodeCount + 2);
  for (let i = 0; i < used; i++) cursors[nodes[i]! + 2]!++;
  for (let i = 1; i < cursors.length; i++) cursors[i]! += cursors[i - 1]!;
  const members = new Int32Array(used);
  for (let set = 0; set < count; set++) {
    for (let i = offsets[set]!; i < offsets[set + 1]!; i++) members[cursors[nodes[i]! + 1]!++] = set;
  }
  return { offsets: cursors.subarray(0, nodeCount + 1), members };
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
