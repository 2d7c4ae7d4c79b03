import type { Csr } from './csr.js';

/**
 * Core numbers: the largest k such that the node belongs to a set of nodes each of which has k neighbours in the set.
 * Batagelj and Zaversnik 2003, linear in edges.
 * @param graph an undirected view: of different neighbours, `undirected(csr, { loops: 'drop' })`; with parallel edges and loops kept,
 *   two who engage with each other are neighbours twice and a loop counts as two, as igraph counts in a directed graph. Weights
 *   are not looked at
 */
export function coreNumbers({ nodeCount, offsets, targets }: Csr): Int32Array {
  const degree = new Int32Array(nodeCount);
  let largest = 0;
  for (let node = 0; node < nodeCount; node++) {
    degree[node] = offsets[node + 1]! - offsets[node]!;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) if (targets[i] === node) degree[node]!++;
    largest = Math.max(largest, degree[node]!);
  }
  // Nodes in the order of their degree; `start[d]` is where those of degree d begin.
  const start = new Int32Array(largest + 2);
  for (let node = 0; node < nodeCount; node++) start[degree[node]! + 1]!++;
  for (let d = 1; d < start.length; d++) start[d]! += start[d - 1]!;
  const cursor = start.slice();
  const order = new Int32Array(nodeCount);
  const place = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    place[node] = cursor[degree[node]!]!++;
    order[place[node]!] = node;
  }
  for (let at = 0; at < nodeCount; at++) {
    const node = order[at]!;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const other = targets[i]!;
      const d = degree[other]!;
      if (d <= degree[node]!) continue;
      // The neighbour loses a degree: it changes places with the first of its own and the border moves past it.
      const border = start[d]!;
      const first = order[border]!;
      order[place[other]!] = first;
      place[first] = place[other]!;
      order[border] = other;
      place[other] = border;
      start[d] = border + 1;
      degree[other] = d - 1;
    }
  }
  return degree;
}
