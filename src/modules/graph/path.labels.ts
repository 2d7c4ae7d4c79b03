/** Ways found so far, each by its last node and the way it prolongs, with a binary heap of those not yet gone on with. */
export class Labels {
  node = new Int32Array(64);
  hops = new Uint8Array(64);
  /** Product of the shares along the way, 0 to 1. */
  strength = new Float64Array(64);
  previous = new Int32Array(64);
  private heap = new Int32Array(64);
  private count = 0;
  private waiting = 0;

  /** Answers the number of the new label: they are counted from 0. */
  add(node: number, previous: number, hops: number, strength: number): number {
    if (this.count === this.node.length) this.grow();
    const label = this.count++;
    this.node[label] = node;
    this.previous[label] = previous;
    this.hops[label] = hops;
    this.strength[label] = strength;
    let at = this.waiting++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.isBefore(this.heap[above]!, label)) break;
      this.heap[at] = this.heap[above]!;
      at = above;
    }
    this.heap[at] = label;
    return label;
  }

  /** The strongest way not taken yet, of equals that of fewer hops; -1 where none is left. */
  takeStrongest(): number {
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

  /** Ways not taken yet, the stronger ones roughly before the weaker. */
  *ahead(): Generator<number> {
    for (let at = 0; at < this.waiting; at++) yield this.heap[at]!;
  }

  /** Equal ways keep the order they were found in, so that the answer is always the same. */
  private isBefore(a: number, b: number): boolean {
    const [one, other] = [this.strength[a]!, this.strength[b]!];
    if (one !== other) return one > other;
    return this.hops[a]! < this.hops[b]! || (this.hops[a] === this.hops[b] && a < b);
  }

  private grow(): void {
    const length = this.node.length * 2;
    const [node, hops, strength] = [new Int32Array(length), new Uint8Array(length), new Float64Array(length)];
    const [previous, heap] = [new Int32Array(length), new Int32Array(length)];
    node.set(this.node);
    hops.set(this.hops);
    strength.set(this.strength);
    previous.set(this.previous);
    heap.set(this.heap);
    [this.node, this.hops, this.strength, this.previous, this.heap] = [node, hops, strength, previous, heap];
  }
}
