import type { Level } from './communities.levels.js';
import type { Random } from './random.js';

const CHECK_EVERY = 1 << 16;

/**
 * Splits each community into well-connected parts (Traag, Waltman and van Eck 2019, algorithm A.2, `MergeNodesSubset`): every node
 * starts alone; one that is still alone and well connected to its community joins the part of it, itself well connected, where
 * modularity gains most. Whatever is merged was linked, so parts are connected.
 * @param community the partition to stay within
 * @returns for each node its part, named by one of its nodes
 */
export function refine(
  level: Level,
  community: Int32Array,
  resolution: number,
  random: Random,
  check: () => void,
): Int32Array {
  const { nodeCount, offsets, targets, weights, strength, total } = level;
  const part = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) part[node] = node;
  if (total === 0) return part;
  const factor = resolution / (2 * total);
  const communitySums = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) communitySums[community[node]!]! += strength[node]!;
  const sums = strength.slice();
  const sizes = new Int32Array(nodeCount).fill(1);
  // Weight from each part to the rest of its community.
  const outward = new Float64Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const other = targets[i]!;
      if (other !== node && community[other] === community[node]) outward[node]! += weights ? weights[i]! : 1;
    }
  }
  const isWellConnected = (p: number, c: number) => outward[p]! >= factor * sums[p]! * (communitySums[c]! - sums[p]!);

  const order = random.shuffle(part.slice());
  const links = new Float64Array(nodeCount);
  const touched = new Int32Array(nodeCount);
  let untilCheck = CHECK_EVERY;
  for (const node of order) {
    if (--untilCheck === 0) {
      untilCheck = CHECK_EVERY;
      check();
    }
    const c = community[node]!;
    // Others may have joined it meanwhile: then it stays where they came.
    if (part[node] !== node || sizes[node] !== 1 || !isWellConnected(node, c)) continue;
    let count = 0;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const other = targets[i]!;
      if (other === node || community[other] !== c) continue;
      const p = part[other]!;
      if (links[p] === 0) touched[count++] = p;
      links[p]! += weights ? weights[i]! : 1;
    }
    const cost = strength[node]! * factor;
    let best = -1;
    let most = 0;
    for (let t = 0; t < count; t++) {
      const p = touched[t]!;
      const gain = links[p]! - cost * sums[p]!;
      if (gain > most && isWellConnected(p, c)) {
        most = gain;
        best = p;
      }
    }
    if (best >= 0) {
      part[node] = best;
      sums[best]! += strength[node]!;
      sizes[best]!++;
      sizes[node] = 0;
      // What bound the two is inside now, seen from both.
      outward[best] = outward[best]! + outward[node]! - 2 * links[best]!;
    }
    for (let t = 0; t < count; t++) links[touched[t]!] = 0;
  }
  return part;
}
