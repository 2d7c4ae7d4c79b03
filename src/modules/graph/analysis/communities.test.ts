import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf, denseOf } from '../../../../test/support/graphs.js';
import { karateClub } from '../../../../test/support/karate.js';
import { findCommunities } from './communities.js';
import { weakComponents } from './components.js';
import { buildCsr, undirected } from './csr.js';
import { modularity } from './modularity.js';
import { AnalysisStopped } from './progress.js';

/** Modularity from its definition over pairs (Newman and Girvan 2004), a loop counted twice. */
function slowly(square: number[][], community: Int32Array, resolution: number): number {
  const doubled = square.map((row, v) => row.map((weight, u) => (u === v ? 2 * weight : weight)));
  const strengths = doubled.map(row => row.reduce((a, b) => a + b, 0));
  const all = strengths.reduce((a, b) => a + b, 0);
  let sum = 0;
  for (const [v, row] of doubled.entries())
    for (const [u, weight] of row.entries())
      if (community[v] === community[u]) sum += weight - (resolution * strengths[v]! * strengths[u]!) / all;
  return all > 0 ? sum / all : 0;
}

describe('modularity', () => {
  test('is what its definition gives', () => {
    fc.assert(
      fc.property(
        anyGraph(),
        fc.infiniteStream(fc.nat({ max: 3 })),
        fc.constantFrom(0.5, 1, 2),
        (graph, any, resolution) => {
          const both = undirected(csrOf(graph));
          const labels = Int32Array.from({ length: graph.nodeCount }, () => any.next().value! % graph.nodeCount);
          const expected = slowly(denseOf(both), labels, resolution);
          expect(modularity(both, labels, resolution)).toBeCloseTo(expected, 9);
        },
      ),
    );
  });
});

describe('communities', () => {
  test('of a karate club are the four of the literature, whatever the seed', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const found = findCommunities(karateClub(), { seed });
      expect(found.count).toBe(4);
      expect(found.modularity).toBeGreaterThan(0.4188034188034187);
    }
  });

  test('are never worse than everyone alone or all in one, and the same seed finds them again', () => {
    fc.assert(
      fc.property(anyGraph(20), fc.constantFrom(0.5, 1, 2), (graph, resolution) => {
        const both = undirected(csrOf(graph));
        const found = findCommunities(both, { resolution });
        expect(found.modularity).toBeCloseTo(modularity(both, found.community, resolution), 12);
        const alone = Int32Array.from({ length: graph.nodeCount }, (_, node) => node);
        expect(found.modularity).toBeGreaterThanOrEqual(modularity(both, alone, resolution) - 1e-9);
        expect(findCommunities(both, { resolution })).toEqual(found);
        expect([...found.sizes]).toEqual([...found.sizes].sort((a, b) => b - a));
      }),
    );
  });

  test('hang together within themselves, unlike those of Louvain', () => {
    fc.assert(
      fc.property(anyGraph(30), graph => {
        const edges = graph.edges.map(([from, to, weight]) => [from, to, weight + 1] as [number, number, number]);
        const both = undirected(csrOf({ ...graph, edges }));
        const { community, count } = findCommunities(both);
        expect(weakComponents(both, community).count).toBe(count);
      }),
    );
  });

  test('begun with what was found before are as good, and found again where nothing has changed', () => {
    const both = undirected(karateClub());
    const found = findCommunities(both);
    const again = findCommunities(both, { start: found.community });
    expect(again.modularity).toBeCloseTo(found.modularity, 12);
    fc.assert(
      fc.property(anyGraph(), graph => {
        const view = undirected(csrOf(graph));
        // Begun with the worst there is, it gets away from it.
        const start = new Int32Array(graph.nodeCount);
        const { modularity: reached } = findCommunities(view, { start });
        expect(reached).toBeGreaterThanOrEqual(modularity(view, start) - 1e-9);
      }),
    );
    expect(() => findCommunities(both, { start: new Int32Array(3) })).toThrow(RangeError);
  });

  test('are smaller the higher the resolution', () => {
    const counts = [0.2, 1, 3].map(resolution => findCommunities(karateClub(), { resolution }).count);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(new Set(counts).size).toBe(3);
  });

  test('lone nodes are alone, and no nodes have none', () => {
    const none = new Int32Array(0);
    expect(findCommunities(buildCsr(3, none, none, null))).toMatchObject({ count: 3, modularity: 0 });
    expect(findCommunities(buildCsr(0, none, none, null))).toMatchObject({ count: 0, modularity: 0 });
  });

  test('are given up when asked to, and refuse what makes no sense', () => {
    expect(() => findCommunities(karateClub(), { shouldStop: () => true })).toThrow(AnalysisStopped);
    expect(() => findCommunities(karateClub(), { resolution: NaN })).toThrow('resolution of NaN');
    expect(() => findCommunities(karateClub(), { rounds: 0 })).toThrow('0 rounds');
  });
});
