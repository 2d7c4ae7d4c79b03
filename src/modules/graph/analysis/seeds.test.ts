import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf } from '../../../../test/support/graphs.js';
import { simulateCascade } from './cascade.js';
import { buildCsr, type Csr, rowShares } from './csr.js';
import { AnalysisStopped } from './progress.js';
import { coverGreedily, seedSet } from './seeds.js';

/** Two stars: nodes 1 to 30 are drawn along by 0, nodes 32 to 41 by 31, each for certain. */
function stars(probability = 1): Csr {
  const followers = Int32Array.from({ length: 40 }, (_, i) => (i < 30 ? i + 1 : i + 2));
  const leaders = followers.map(node => (node <= 30 ? 0 : 31));
  return buildCsr(42, followers, leaders, new Float64Array(40).fill(probability));
}

/** Expected reach over all outcomes of all edges. */
function exactReach(influencers: Csr, seeds: number[]): number {
  const edges: [from: number, to: number, probability: number][] = [];
  for (let node = 0; node < influencers.nodeCount; node++) {
    for (let i = influencers.offsets[node]!; i < influencers.offsets[node + 1]!; i++) {
      edges.push([influencers.targets[i]!, node, influencers.weights![i]!]);
    }
  }
  let expected = 0;
  for (let outcome = 0; outcome < 2 ** edges.length; outcome++) {
    let chance = 1;
    const open = edges.filter(([, , probability], i) => {
      const isOpen = ((outcome >> i) & 1) === 1;
      chance *= isOpen ? probability : 1 - probability;
      return isOpen;
    });
    if (chance === 0) continue;
    const reached = new Set(seeds);
    for (const node of reached) for (const [from, to] of open) if (from === node) reached.add(to);
    expected += chance * reached.size;
  }
  return expected;
}

describe('a set of seeds', () => {
  test('begins with who reaches most, and says how far each choice gets', () => {
    const { seeds, reach, guarantee } = seedSet(stars(), 3);
    expect([...seeds.subarray(0, 2)]).toEqual([0, 31]);
    expect(reach[0]).toBeGreaterThan(30.5);
    expect(reach[0]).toBeLessThan(31.5);
    expect(reach[1]).toBeGreaterThan(41.5);
    expect(reach[1]).toBeLessThanOrEqual(42);
    expect(guarantee).toBeGreaterThan(1 - 1 / Math.E - 0.05);
  });

  test('reaches at least 1 - 1/e of the best pair, and as far as it says, whatever the graph', () => {
    fc.assert(
      fc.property(anyGraph(6), graph => {
        const shares = rowShares(
          csrOf({ ...graph, edges: graph.edges.slice(0, 8) }, { parallel: 'sum', loops: 'drop' }),
        );
        const { seeds, reach } = seedSet(shares, 2);
        const nodes = Array.from({ length: graph.nodeCount }, (_, node) => node);
        const best = Math.max(...nodes.flatMap(a => nodes.map(b => exactReach(shares, [a, b]))));
        const own = exactReach(shares, [...seeds]);
        expect(own).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best - 1e-9);
        expect(Math.abs(reach.at(-1)! - own)).toBeLessThan(0.1);
        expect(Math.abs(simulateCascade(shares, seeds, { plays: 4000 }).mean - own)).toBeLessThan(0.2);
      }),
      { numRuns: 20 },
    );
  });

  test('is chosen among the candidates only, each once', () => {
    expect([...seedSet(stars(), 2, { within: Int32Array.of(31, 5, 31) }).seeds]).toEqual([31, 5]);
    expect(seedSet(stars(), 9, { within: Int32Array.of(31, 5, 31) }).seeds).toHaveLength(2);
    expect(seedSet(stars(), 9, { within: new Int32Array(0) }).seeds).toHaveLength(0);
    expect(() => seedSet(stars(), 1, { within: Int32Array.of(42) })).toThrow('42 is not a node');
  });

  test('is everyone where more are asked for than there are, and no one where none are', () => {
    const everyone = seedSet(stars(), 1_000);
    expect([...everyone.seeds].sort((a, b) => a - b)).toEqual(Array.from({ length: 42 }, (_, node) => node));
    expect(everyone.reach.at(-1)).toBe(42);
    expect(seedSet(stars(), 0).seeds).toHaveLength(0);
    const none = new Int32Array(0);
    expect(seedSet(buildCsr(0, none, none, new Float64Array(0)), 5).seeds).toHaveLength(0);
    expect(seedSet(buildCsr(3, none, none, new Float64Array(0)), 2).reach[1]).toBeCloseTo(2, 1);
  });

  test('is the same for the same seed, and honest where there is no room to sample', () => {
    expect(seedSet(stars(0.3), 5, { seed: 7 })).toEqual(seedSet(stars(0.3), 5, { seed: 7 }));
    const poor = seedSet(stars(0.3), 2, { maxSampled: 200 });
    expect(poor.samples).toBeLessThan(300);
    expect(poor.guarantee).toBeLessThan(0.5);
  });

  test('covers greedily: each choice is in as many sets not covered yet as any', () => {
    const anySets = fc.array(fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(anySets, fc.integer({ min: 1, max: 8 }), (lists, size) => {
        const offsets = new Int32Array(lists.length + 1);
        for (const [i, list] of lists.entries()) offsets[i + 1] = offsets[i]! + list.length;
        const sets = { count: lists.length, offsets, nodes: Int32Array.from(lists.flat()) };
        const { seeds, covered, atMost } = coverGreedily(sets, 8, new Uint8Array(8).fill(1), size);
        let left = lists;
        for (const seed of seeds) {
          const gains = Array.from({ length: 8 }, (_, node) => left.filter(list => list.includes(node)).length);
          expect(gains[seed]).toBe(Math.max(...gains));
          left = left.filter(list => !list.includes(seed));
        }
        expect(covered).toBe(lists.length - left.length);
        expect(atMost).toBeGreaterThanOrEqual(covered);
      }),
    );
  });

  test('refuses what makes no sense, and stops when asked to', () => {
    expect(() => seedSet(stars(2), 1)).toThrow('edge 0, 2, is not a probability');
    expect(() => seedSet({ ...stars(), weights: null }, 1)).toThrow('no probabilities');
    expect(() => seedSet(stars(), -1)).toThrow('-1 seeds');
    expect(() => seedSet(stars(), 1, { epsilon: 0 })).toThrow('epsilon of 0');
    expect(() => seedSet(stars(), 1, { shouldStop: () => true })).toThrow(AnalysisStopped);
    expect(() => simulateCascade(stars(), Int32Array.of(42))).toThrow('42 is not a node');
    expect(() => simulateCascade(stars(), Int32Array.of(0), { plays: 0 })).toThrow('0 plays');
  });
});

describe('a cascade', () => {
  test('reaches on average what its probabilities say', () => {
    const { mean, error } = simulateCascade(stars(0.5), Int32Array.of(0, 0), { plays: 20_000 });
    expect(Math.abs(mean - 16)).toBeLessThan(5 * error);
    expect(simulateCascade(stars(), Int32Array.of(0))).toEqual({ mean: 31, error: 0 });
    expect(simulateCascade(stars(), new Int32Array(0))).toEqual({ mean: 0, error: 0 });
  });
});
