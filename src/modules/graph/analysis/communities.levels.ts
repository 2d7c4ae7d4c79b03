import type { Csr, Weights } from './csr.js';

/** The graph at one level: its nodes are parts of the level below, edges between them summed. */
export interface Level {
  nodeCount: number;
  offsets: Int32Array;
  /** Edges to other nodes, each in the rows of both its ends. May hold the node itself at the ground, where it is passed over. */
  targets: Int32Array;
  weights: Weights | null;
  /** Summed weight at each node, what lies within it counted twice. */
  strength: Float64Array;
  /** Half the sum of all strengths. */
  total: number;
}

export function levelOf({ nodeCount, offsets, targets, weights }: Csr): Level {
  const strength = new Float64Array(nodeCount);
  let all = 0;
  for (let node = 0; node < nodeCount; node++) {
    let sum = 0;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      sum += (weights ? weights[i]! : 1) * (targets[i] === node ? 2 : 1);
    }
    strength[node] = sum;
    all += sum;
  }
  return { nodeCount, offsets, targets, weights, strength, total: all / 2 };
}

/**
 * The level above: one node a part. Weight inside a part stays in its strength and is dropped from its edges.
 * @param part the part of each node, 0 … parts - 1
 * @param sizes how many nodes each part has
 */
export function aggregate(level: Level, part: Int32Array, sizes: Int32Array): Level {
  const { nodeCount, offsets, targets, weights } = level;
  const parts = sizes.length;
  const starts = new Int32Array(parts + 1);
  for (let p = 0; p < parts; p++) starts[p + 1] = starts[p]! + sizes[p]!;
  const cursor = starts.slice(0, parts);
  const members = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) members[cursor[part[node]!]!++] = node;

  const aboveOffsets = new Int32Array(parts + 1);
  // Room for the most there can be; the system gives memory only to what is written.
  const aboveTargets = new Int32Array(targets.length);
  const aboveWeights = new Float64Array(targets.length);
  const strength = new Float64Array(parts);
  const places = new Int32Array(parts).fill(-1);
  let written = 0;
  for (let p = 0; p < parts; p++) {
    const start = written;
    for (let m = starts[p]!; m < starts[p + 1]!; m++) {
      const node = members[m]!;
      strength[p]! += level.strength[node]!;
      for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
        const other = part[targets[i]!]!;
        if (other === p) continue;
        const weight = weights ? weights[i]! : 1;
        const place = places[other]!;
        if (place >= start) {
          aboveWeights[place]! += weight;
        } else {
          places[other] = written;
          aboveTargets[written] = other;
          aboveWeights[written] = weight;
          written++;
        }
      }
    }
    aboveOffsets[p + 1] = written;
  }
  return {
    nodeCount: parts,
    offsets: aboveOffsets,
    targets: aboveTargets.slice(0, written),
    weights: aboveWeights.slice(0, written),
    strength,
    total: level.total,
  };
}
