import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf, denseOf } from '../../../../test/support/graphs.js';
import { karateClub } from '../../../../test/support/karate.js';
import { buildCsr, undirected } from './csr.js';
import { coreNumbers } from './kcore.js';

/** Takes away, for each k, whoever has fewer than k neighbours left. */
function slowly(linked: boolean[][]): number[] {
  const cores = linked.map(() => 0);
  for (let k = 1; k <= linked.length; k++) {
    const left = new Set(linked.keys());
    for (let before = -1; before !== left.size; ) {
      before = left.size;
      for (const node of left) if ([...left].filter(other => linked[node]![other]).length < k) left.delete(node);
    }
    for (const node of left) cores[node] = k;
  }
  return cores;
}

test('core numbers are what is left when the less connected are taken away', () => {
  fc.assert(
    fc.property(anyGraph(), graph => {
      const edges = graph.edges.map(([from, to]) => [from, to, 1] as [number, number, number]);
      const both = undirected(csrOf({ ...graph, edges }), { loops: 'drop' });
      const linked = denseOf(both).map(row => row.map(weight => weight > 0));
      expect([...coreNumbers(both)]).toEqual(slowly(linked));
    }),
  );
});

test('a karate club has a core of 4, and no nodes have none', () => {
  expect(Math.max(...coreNumbers(karateClub()))).toBe(4);
  expect(coreNumbers(buildCsr(0, new Int32Array(0), new Int32Array(0), null))).toHaveLength(0);
});
