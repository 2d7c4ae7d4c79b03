import type { Csr } from './csr.js';

/**
 * How much more weight lies within communities than chance would put there (Newman and Girvan 2004; with resolution γ, Reichardt
 * and Bornholdt 2006): Q = Σ over communities of [ inside/m - γ (strength/2m)² ], where a node's strength counts a loop twice.
 * 0 for a graph without weight.
 * @param graph an undirected view, as `undirected` makes it
 * @param community for each node a number from 0 to below the number of nodes
 * @param resolution γ; above 1 asks for smaller communities
 */
export function modularity(
  { nodeCount, offsets, targets, weights }: Csr,
  community: Int32Array,
  resolution = 1,
): number {
  const strength = new Float64Array(nodeCount);
  // Twice the weight inside: each edge is met from both its ends, a loop once and counted twice.
  let inside = 0;
  let all = 0;
  for (let node = 0; node < nodeCount; node++) {
    const own = community[node]!;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const weight = (weights ? weights[i]! : 1) * (targets[i] === node ? 2 : 1);
      all += weight;
      strength[own]! += weight;
      if (community[targets[i]!] === own) inside += weight;
    }
  }
  if (all === 0) return 0;
  let expected = 0;
  for (let c = 0; c < nodeCount; c++) expected += (strength[c]! / all) ** 2;
  return inside / all - resolution * expected;
}
