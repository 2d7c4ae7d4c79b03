import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf } from '../../../../test/support/graphs.js';
import { weakComponents } from './components.js';
import { buildCsr, undirected } from './csr.js';

describe('weakly connected components', () => {
  test('hold together exactly whom one can walk to', () => {
    fc.assert(
      fc.property(anyGraph(20), graph => {
        const csr = csrOf(graph);
        const { offsets, targets, nodeCount } = undirected(csr);
        const { component, sizes, count } = weakComponents(csr);
        for (let start = 0; start < nodeCount; start++) {
          const reached = new Set([start]);
          for (const node of reached)
            for (let i = offsets[node]!; i < offsets[node + 1]!; i++) reached.add(targets[i]!);
          for (let node = 0; node < nodeCount; node++)
            expect(component[node] === component[start]).toBe(reached.has(node));
          expect(sizes[component[start]!]).toBe(reached.size);
        }
        expect(count).toBe(new Set(component).size);
        expect([...sizes]).toEqual([...sizes].sort((a, b) => b - a));
      }),
    );
  });

  test('stay within their groups where there are any', () => {
    const chain = buildCsr(5, Int32Array.of(0, 1, 2, 3), Int32Array.of(1, 2, 3, 4), null);
    expect([...weakComponents(chain, Int32Array.of(7, 7, 8, 8, 7)).component]).toEqual([0, 0, 1, 1, 2]);
  });

  test('a chain of a million nodes is one, and no nodes are none', () => {
    const from = Int32Array.from({ length: 999_999 }, (_, i) => i);
    expect(
      weakComponents(
        buildCsr(
          1_000_000,
          from.map(node => node + 1),
          from,
          null,
        ),
      ).count,
    ).toBe(1);
    expect(weakComponents(buildCsr(0, new Int32Array(0), new Int32Array(0), null)).count).toBe(0);
  });
});
