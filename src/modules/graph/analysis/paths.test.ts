import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf, denseOf, type EdgeList } from '../../../../test/support/graphs.js';
import { type Csr, rowShares } from './csr.js';
import { strongestPath } from './paths.js';

/** The largest product over all walks of at most `hops` edges (Bellman and Ford). */
function slowly(graph: Csr, from: number, to: number, hops: number): number {
  const square = denseOf(graph);
  let best: number[] = square.map((_, node) => (node === from ? 1 : 0));
  for (let hop = 0; hop < hops; hop++) {
    best = best.map((product, node) =>
      Math.max(product, ...best.map((before, other) => before * square[other]![node]!)),
    );
  }
  return best[to]!;
}

describe('the strongest path', () => {
  test('has the largest product there is within its hops, and is a path', () => {
    fc.assert(
      fc.property(anyGraph(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 5 }), (graph, a, b, hops) => {
        const shares = rowShares(csrOf(graph, { parallel: 'sum' }));
        const [from, to] = [a % graph.nodeCount, b % graph.nodeCount];
        const found = strongestPath(shares, from, to, hops);
        expect(found?.strength ?? 0).toBeCloseTo(slowly(shares, from, to, hops), 9);
        if (!found) return;
        const square = denseOf(shares);
        const nodes = [...found.nodes];
        expect([nodes[0], nodes.at(-1)]).toEqual([from, to]);
        expect(nodes.length).toBeLessThanOrEqual(hops + 1);
        expect(nodes.slice(1).reduce((product, node, i) => product * square[nodes[i]!]![node]!, 1)).toBeCloseTo(
          found.strength,
          9,
        );
      }),
      { numRuns: 300 },
    );
  });

  test('takes the weak short way where the strong one is too long', () => {
    const graph = csrOf({
      nodeCount: 4,
      edges: [
        [0, 1, 0.9],
        [1, 2, 0.9],
        [2, 3, 0.9],
        [0, 3, 0.1],
      ],
    });
    expect(strongestPath(graph, 0, 3, 3)).toMatchObject({ nodes: Int32Array.of(0, 1, 2, 3) });
    expect(strongestPath(graph, 0, 3, 2)).toMatchObject({ nodes: Int32Array.of(0, 3) });
    expect(strongestPath(graph, 3, 0)).toBeNull();
    expect(strongestPath(graph, 2, 2)).toEqual({ nodes: Int32Array.of(2), strength: 1 });
  });

  test('goes on from a node come to in fewer hops, though it was come to by a stronger way before', () => {
    const edges: EdgeList['edges'] = [
      [0, 1, 0.9],
      [1, 2, 0.9],
      [2, 4, 0.9],
      [0, 3, 0.5],
      [3, 4, 1],
      [4, 5, 1],
    ];
    expect(strongestPath(csrOf({ nodeCount: 6, edges }), 0, 5, 3)).toMatchObject({ nodes: Int32Array.of(0, 3, 4, 5) });
  });

  test('refuses what makes no sense', () => {
    const graph = csrOf({ nodeCount: 2, edges: [[0, 1, 2]] });
    expect(() => strongestPath(graph, 0, 2)).toThrow('2 is not a node');
    expect(() => strongestPath(graph, 0, 1)).toThrow('edge 0, 2, is above 1');
    expect(() => strongestPath(graph, 0, 1, 0)).toThrow('at most 0 hops');
    expect(() => strongestPath({ ...graph, weights: null }, 0, 1)).toThrow('no weights');
  });
});
