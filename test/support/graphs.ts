import fc from 'fast-check';
import { buildCsr, type Csr, type CsrOptions } from '../../src/modules/graph/analysis/csr.js';

export interface EdgeList {
  nodeCount: number;
  edges: [from: number, to: number, weight: number][];
}

/** Any small directed graph, with loops, parallel edges, isolated nodes, and weights of 0 among them. */
export const anyGraph = (largest = 12): fc.Arbitrary<EdgeList> =>
  fc.integer({ min: 1, max: largest }).chain(nodeCount => {
    const node = fc.nat({ max: nodeCount - 1 });
    const weight = fc.oneof(
      fc.constant(0),
      fc.constant(1),
      fc.double({ min: 0.01, max: 100, noNaN: true, noDefaultInfinity: true }),
    );
    return fc.record({
      nodeCount: fc.constant(nodeCount),
      edges: fc.array(fc.tuple(node, node, weight), { maxLength: 40 }),
    });
  });

export function csrOf({ nodeCount, edges }: EdgeList, options?: CsrOptions): Csr {
  return buildCsr(
    nodeCount,
    Int32Array.from(edges, ([from]) => from),
    Int32Array.from(edges, ([, to]) => to),
    Float64Array.from(edges, ([, , weight]) => weight),
    options,
  );
}

/** The weights between all nodes, as a square: row `from`, column `to`. */
export function denseOf({ nodeCount, offsets, targets, weights }: Csr): number[][] {
  const square = Array.from({ length: nodeCount }, () => new Array<number>(nodeCount).fill(0));
  for (let node = 0; node < nodeCount; node++) {
    for (let i = offsets[node]!; i < offsets[node + 1]!; i++) square[node]![targets[i]!]! += weights ? weights[i]! : 1;
  }
  return square;
}
