import type { Csr } from './csr.js';

export interface StrongestPath {
  /** From the one end to the other, both included. */
  nodes: Int32Array;
  /** The product of the path's weights. */
  strength: number;
}

/**
 * The path whose product of weights is largest, of at most `maxHops` edges: Dijkstra over -log(weight), where a node is looked at
 * again only if it is come to in fewer hops than by any stronger way. Null where there is no such path.
 * @param graph weights from 0 to 1, as `rowShares` gives them; an edge of weight 0 leads nowhere
 * @param maxHops 1 to 254
 * @throws RangeError where an end is not a node, `maxHops` is out of its range, or a weight met is above 1
 */
export function strongestPath(graph: Csr, from: number, to: number, maxHops = 6): StrongestPath | null {
  const { nodeCount, offsets, targets, weights } = graph;
  for (const node of [from, to]) {
    if (!(Number.isInteger(node) && node >= 0 && node < nodeCount)) {
      throw new RangeError(`${node} is not a node: they are 0 to ${nodeCount - 1}.`);
    }
  }
  if (!(Number.isInteger(maxHops) && maxHops >= 1 && maxHops <= 254)) {
    throw new RangeError(`A path of at most ${maxHops} hops is not one of 1 to 254.`);
  }
  if (!weights) throw new RangeError('The edges have no weights: weigh them, for example with rowShares.');
  const labels = new Labels();
  labels.add(from, -1, 0, 0);
  // The fewest hops each node has been left in; 255 is never.
  const fewest = new Uint8Array(nodeCount).fill(255);
  for (;;) {
    const label = labels.takeCheapest();
    if (label < 0) return null;
    const node = labels.node[label]!;
    const hops = labels.hops[label]!;
    if (node === to) return { nodes: labels.trace(label), strength: Math.exp(-labels.cost[label]!) };
    if (hops >= fewest[node]!) continue;
    fewest[node] = hops;
    if (hops === maxHops) continue;
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) {
      const other = targets[i]!;
      const weight = weights[i]!;
      if (!(weight <= 1)) throw new RangeError(`The weight of edge ${i}, ${weight}, is above 1.`);
      if (weight === 0 || hops + 1 >= fewest[other]!) continue;
      labels.add(other, label, hops + 1, labels.cost[label]! - Math.log(weight));
    }
  }
}

/** Ways found so far, each by its last node and the way it prolongs, with a binary heap of those not yet gone on with. */
class Labels {
  node = new Int32Array(64);
  hops = new Uint8Array(64);
  cost = new Float64Array(64);
  private previous = new Int32Array(64);
  private heap = new Int32Array(64);
  private count = 0;
  private waiting = 0;

  add(node: number, previous: number, hops: number, cost: number): void {
    if (this.count === this.node.length) this.grow();
    const label = this.count++;
    this.node[label] = node;
    this.previous[label] = previous;
    this.hops[label] = hops;
    this.cost[label] = cost;
    let at = this.waiting++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.isBefore(this.heap[above]!, label)) break;
      this.heap[at] = this.heap[above]!;
      at = above;
    }
    this.heap[at] = label;
  }

  /** The cheapest way not taken yet, of equals that of fewer hops; -1 where none is left. */
  takeCheapest(): number {
    if (this.waiting === 0) return -1;
    const taken = this.heap[0]!;
    const moved = this.heap[--this.waiting]!;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= this.waiting) break;
      if (below + 1 < this.waiting && this.isBefore(this.heap[below + 1]!, this.heap[below]!)) below++;
      if (this.isBefore(moved, this.heap[below]!)) break;
      this.heap[at] = this.heap[below]!;
      at = below;
    }
    this.heap[at] = moved;
    return taken;
  }

  trace(label: number): Int32Array {
    const nodes = new Int32Array(this.hops[label]! + 1);
    for (let at = label, i = nodes.length - 1; i >= 0; i--) {
      nodes[i] = this.node[at]!;
      at = this.previous[at]!;
    }
    return nodes;
  }

  /** Equal ways keep the order they were found in, so that the answer is always the same. */
  private isBefore(a: number, b: number): boolean {
    return (
      this.cost[a]! < this.cost[b]! ||
      (this.cost[a] === this.cost[b] && (this.hops[a]! < this.hops[b]! || (this.hops[a] === this.hops[b] && a < b)))
    );
  }

  private grow(): void {
    const length = this.node.length * 2;
    const [node, hops, cost] = [new Int32Array(length), new Uint8Array(length), new Float64Array(length)];
    const [previous, heap] = [new Int32Array(length), new Int32Array(length)];
    node.set(this.node);
    hops.set(this.hops);
    cost.set(this.cost);
    previous.set(this.previous);
    heap.set(this.heap);
    [this.node, this.hops, this.cost, this.previous, this.heap] = [node, hops, cost, previous, heap];
  }
}
