import type { Level } from './communities.levels.js';
import type { Random } from './random.js';

/** Gains below this share of a node's own scale are rounding, and would let nodes wander for ever. */
const ROUNDING = 1e-12;

const CHECK_EVERY = 1 << 16;

/**
 * Moves nodes to the community where modularity gains most, each node again when a neighbour has moved away from it, until none
 * would gain (the fast local move of Traag, Waltman and van Eck 2019, algorithm A.2).
 * @param start for each node a community from 0 to below the number of nodes
 * @param check called seldom; may throw to end it
 */
export function moveNodes(
  level: Level,
  start: Int32Array,
  resolution: number,
  random: Random,
  check: () => void,
): Int32Array {
  const { nodeCount, offsets, targets, weights, strength, total } = level;
  const community = start.slice();
  if (total === 0) return community;
  const factor = resolution / (2 * total);
  const sums = new Float64Array(nodeCount);
  const sizes = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    sums[community[node]!]! += strength[node]!;
    sizes[community[node]!]!++;
  }
  const empty = new Int32Array(nodeCount);
  let empties = 0;
  for (let c = nodeCount - 1; c >= 0; c--) if (sizes[c] === 0) empty[empties++] = c;

  // A ring: no node is in it twice, so it holds at most all of them.
  const queue = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) queue[node] = node;
  random.shuffle(queue);
  const queued = new Uint8Array(nodeCount).fill(1);
  let head = 0;
  let waiting = nodeCount;

  const links = new Float64Array(nodeCount);
  const touched = new Int32Array(nodeCount);
  let untilCheck = CHECK_EVERY;
  while (waiting > 0) {
    if (--untilCheck === 0) {
      untilCheck = CHECK_EVERY;
      check();
    }
    const node = queue[head]!;
    head = head + 1 === nodeCount ? 0 : head + 1;
    waiting--;
    queued[node] = 0;

    const own = community[node]!;
    const [from, to] = [offsets[node]!, offsets[node + 1]!];
    let count = 0;
    for (let i = from; i < to; i++) {
      const other = targets[i]!;
      if (other === node) continue;
      const c = community[other]!;
      // A sum of weights above 0 marks a community as met; edges of weight 0 bind nobody.
      if (links[c] === 0) touched[count++] = c;
      links[c]! += weights ? weights[i]! : 1;
    }
    const cost = strength[node]! * factor;
    const staying = links[own]! - cost * (sums[own]! - strength[node]!);
    const least = staying + ROUNDING * (strength[node]! + Math.abs(staying));
    let best = own;
    let most = least;
    for (let t = 0; t < count; t++) {
      const c = touched[t]!;
      if (c !== own) {
        const gain = links[c]! - cost * sums[c]!;
        if (gain > most) {
          most = gain;
          best = c;
        }
      }
      links[c] = 0;
    }
    // Alone is worth exactly 0.
    if (most < 0 && sizes[own]! > 1 && least < 0) best = empty[empties - 1]!;
    if (best === own) continue;

    if (sizes[best] === 0) empties--;
    sums[own]! -= strength[node]!;
    sums[best]! += strength[node]!;
    sizes[best]!++;
    if (--sizes[own]! === 0) {
      sums[own] = 0;
      empty[empties++] = own;
    }
    community[node] = best;
    for (let i = from; i < to; i++) {
      const other = targets[i]!;
      if (queued[other] || community[other] === best || other === node) continue;
      queued[other] = 1;
      let tail = head + waiting;
      if (tail >= nodeCount) tail -= nodeCount;
      queue[tail] = other;
      waiting++;
    }
  }
  return community;
}
