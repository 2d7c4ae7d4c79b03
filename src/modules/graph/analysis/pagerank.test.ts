import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf, denseOf } from '../../../../test/support/graphs.js';
import { karateClub } from '../../../../test/support/karate.js';
import { buildCsr, transpose } from './csr.js';
import { pageRank } from './pagerank.js';
import { AnalysisStopped } from './progress.js';

/** The power iteration as it is defined, on a square. */
function slowly(square: number[][], damping: number): number[] {
  const n = square.length;
  let ranks = new Array<number>(n).fill(1 / n);
  for (let iteration = 0; iteration < 500; iteration++) {
    const next = new Array<number>(n).fill((1 - damping) / n);
    for (const [from, row] of square.entries()) {
      const sum = row.reduce((a, b) => a + b, 0);
      for (const to of row.keys()) next[to]! += damping * ranks[from]! * (sum > 0 ? row[to]! / sum : 1 / n);
    }
    ranks = next;
  }
  return ranks;
}

describe('PageRank', () => {
  test('is what the power iteration gives, whatever the graph', () => {
    fc.assert(
      fc.property(anyGraph(), fc.constantFrom(0, 0.5, 0.85, 0.95), (graph, damping) => {
        const csr = csrOf(graph);
        const { ranks, converged } = pageRank(transpose(csr), { damping, maxIterations: 2000 });
        expect(converged).toBe(true);
        for (const [node, rank] of slowly(denseOf(csr), damping).entries()) expect(ranks[node]).toBeCloseTo(rank, 8);
      }),
    );
  });

  test('of a karate club is that of igraph', () => {
    const { ranks } = pageRank(karateClub());
    expect(ranks[33]).toBeCloseTo(0.1009191823326258, 9);
    expect(ranks[0]).toBeCloseTo(0.09699728538829475, 9);
    expect(ranks[13]).toBeCloseTo(0.029536456151913672, 9);
  });

  test('weights of 1 are as good as none', () => {
    const { offsets, targets, nodeCount } = karateClub();
    const weighted = pageRank({ nodeCount, offsets, targets, weights: new Float32Array(targets.length).fill(1) });
    const plain = pageRank({ nodeCount, offsets, targets, weights: null });
    for (let node = 0; node < nodeCount; node++) expect(weighted.ranks[node]).toBeCloseTo(plain.ranks[node]!, 12);
  });

  test('is even where there are no edges, and nothing where there are no nodes', () => {
    const none = new Int32Array(0);
    for (const rank of pageRank(buildCsr(4, none, none, null)).ranks) expect(rank).toBeCloseTo(0.25, 12);
    expect(pageRank(buildCsr(0, none, none, null)).ranks).toHaveLength(0);
  });

  test('takes no longer for one who mostly engages with himself, and survives weights of any size', () => {
    const loop = buildCsr(3, Int32Array.of(0, 0, 1, 2), Int32Array.of(0, 1, 2, 1), Float64Array.of(99, 1, 1, 1));
    expect(pageRank(transpose(loop)).iterations).toBeLessThan(70);
    for (const weight of [Number.MIN_VALUE, Number.MAX_VALUE]) {
      const { ranks } = pageRank(
        buildCsr(2, Int32Array.of(1, 1), Int32Array.of(0, 0), Float64Array.of(weight, weight)),
      );
      expect(ranks[0]! + ranks[1]!).toBeCloseTo(1, 12);
    }
  });

  test('says when it had to end before it was exact', () => {
    expect(pageRank(karateClub(), { maxIterations: 2 })).toMatchObject({ iterations: 2, converged: false });
  });

  test('tells how far it is and stops when asked to', () => {
    const told: number[] = [];
    pageRank(karateClub(), { onProgress: done => told.push(done) });
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(() => pageRank(karateClub(), { shouldStop: () => true })).toThrow(AnalysisStopped);
  });

  test.each([
    [{ damping: 1 }, 'damping of 1'],
    [{ damping: NaN }, 'damping of NaN'],
    [{ tolerance: 0 }, 'tolerance of 0'],
    [{ maxIterations: 0 }, '0 iterations'],
  ])('refuses %j', (options, message) => {
    expect(() => pageRank(karateClub(), options)).toThrow(message);
  });
});
