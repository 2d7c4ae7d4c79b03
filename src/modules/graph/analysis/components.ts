import type { Csr } from './csr.js';

export interface Components {
  /** The component of each node, 0 … count - 1; the largest is 0, and of equals the one whose first node is lower comes first. */
  component: Int32Array;
  /** How many nodes each has. */
  sizes: Int32Array;
  count: number;
}

/**
 * Weakly connected components: what hangs together when directions are ignored. Union-find with halved paths (Tarjan 1975).
 * @param group where given, one a node: edges between nodes of different groups are passed over
 */
export function weakComponents({ nodeCount, offsets, targets }: Csr, group?: Int32Array): Components {
  const parent = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) parent[node] = node;
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (let node = 0; node < nodeCount; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      if (group && group[node] !== group[targets[i]!]) continue;
      const a = root(node);
      const b = root(targets[i]!);
      // The lower end stays root: no ranks to keep, and the order does not depend on that of the edges.
      if (a < b) parent[b] = a;
      else parent[a] = b;
    }
  }
  for (let node = 0; node < nodeCount; node++) parent[node] = root(node);
  const { labels, sizes } = numberBySize(parent);
  return { component: labels, sizes, count: sizes.length };
}

/**
 * Gives groups the numbers 0 … count - 1, largest first; of equals, the one whose first node is lower.
 * @param group for each node a number from 0 to below the number of nodes
 */
export function numberBySize(group: Int32Array): { labels: Int32Array; sizes: Int32Array } {
  const members = new Int32Array(group.length);
  for (let node = 0; node < group.length; node++) members[group[node]!]!++;
  const inOrder: number[] = [];
  const seen = new Uint8Array(group.length);
  for (let node = 0; node < group.length; node++) {
    if (seen[group[node]!]) continue;
    seen[group[node]!] = 1;
    inOrder.push(group[node]!);
  }
  const bySize = Int32Array.from(inOrder);
  stableSortDescending(bySize, members);
  const number = new Int32Array(group.length);
  const sizes = new Int32Array(bySize.length);
  for (let i = 0; i < bySize.length; i++) {
    number[bySize[i]!] = i;
    sizes[i] = members[bySize[i]!]!;
  }
  const labels = new Int32Array(group.length);
  for (let node = 0; node < group.length; node++) labels[node] = number[group[node]!]!;
  return { labels, sizes };
}

/** Counting sort by `key`, largest first. */
function stableSortDescending(items: Int32Array, key: Int32Array): void {
  let largest = 0;
  for (let i = 0; i < items.length; i++) largest = Math.max(largest, key[items[i]!]!);
  const places = new Int32Array(largest + 2);
  for (let i = 0; i < items.length; i++) places[largest - key[items[i]!]! + 1]!++;
  for (let i = 1; i < places.length; i++) places[i]! += places[i - 1]!;
  const sorted = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) sorted[places[largest - key[items[i]!]!]!++] = items[i]!;
  items.set(sorted);
}
