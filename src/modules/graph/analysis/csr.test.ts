import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf, denseOf, type EdgeList } from '../../../../test/support/graphs.js';
import { buildCsr, type Csr, rowShares, transpose, undirected } from './csr.js';

const ints = (...values: number[]) => Int32Array.from(values);

function rowsOf({ nodeCount, offsets, targets }: Csr): number[][] {
  return Array.from({ length: nodeCount }, (_, v) => [...targets.subarray(offsets[v]!, offsets[v + 1]!)]);
}

function expectDense(actual: number[][], expected: number[][]): void {
  for (const [v, row] of expected.entries())
    for (const [u, weight] of row.entries()) expect(actual[v]![u]).toBeCloseTo(weight, 6);
}

/** The square of weights, summed edge by edge. */
function summed({ nodeCount, edges }: EdgeList, mirrored = false): number[][] {
  const square = Array.from({ length: nodeCount }, () => new Array<number>(nodeCount).fill(0));
  for (const [from, to, weight] of edges) {
    square[from]![to]! += weight;
    if (mirrored && from !== to) square[to]![from]! += weight;
  }
  return square;
}

describe('a graph in rows', () => {
  test('keeps the order of a row and every edge, parallel ones and loops too', () => {
    const csr = buildCsr(4, ints(2, 0, 2, 0, 2), ints(1, 3, 0, 3, 2), Float32Array.of(1, 2, 3, 4, 5));
    expect(rowsOf(csr)).toEqual([[3, 3], [], [1, 0, 2], []]);
    expect(csr.weights).toEqual(Float32Array.of(2, 4, 1, 3, 5));
  });

  test('merges parallel edges by sum, by number or by the largest, and drops loops, when asked to', () => {
    const [from, to] = [ints(0, 0, 0, 1, 0), ints(1, 0, 1, 0, 1)];
    const weight = Float64Array.of(1, 7, 5, 2, 3);
    expect(buildCsr(2, from, to, weight, { parallel: 'sum', loops: 'drop' }).weights).toEqual(Float64Array.of(9, 2));
    expect(buildCsr(2, from, to, weight, { parallel: 'max', loops: 'drop' }).weights).toEqual(Float64Array.of(5, 2));
    expect(buildCsr(2, from, to, null, { parallel: 'sum' }).weights).toEqual(Float64Array.of(3, 1, 1));
    expect(buildCsr(2, from, to, null, { parallel: 'max' })).toMatchObject({ weights: null, targets: ints(1, 0, 0) });
    expect(weight).toEqual(Float64Array.of(1, 7, 5, 2, 3));
  });

  test('has the weights of its edges, turned round those of the turned edges, undirected those of both', () => {
    fc.assert(
      fc.property(anyGraph(), graph => {
        const csr = csrOf(graph);
        expectDense(denseOf(csr), summed(graph));
        expectDense(denseOf(csrOf(graph, { parallel: 'sum' })), summed(graph));
        const turned = transpose(csr);
        expectDense(denseOf(turned), summed({ ...graph, edges: graph.edges.map(([from, to, w]) => [to, from, w]) }));
        for (const row of rowsOf(turned)) expect(row).toEqual([...row].sort((a, b) => a - b));
        const both = undirected(csr);
        expectDense(denseOf(both), summed(graph, true));
        for (const row of rowsOf(both)) expect(new Set(row).size).toBe(row.length);
      }),
    );
  });

  test('shares of a row add up to 1 where the row weighs anything', () => {
    const shares = rowShares(
      csrOf({
        nodeCount: 2,
        edges: [
          [0, 1, 3],
          [0, 0, 1],
          [1, 0, 0],
        ],
      }),
    );
    expect(shares.weights).toEqual(Float64Array.of(0.75, 0.25, 0));
  });

  test('may be empty, of lone nodes only, or of one edge a million times over', () => {
    expect(rowsOf(buildCsr(0, ints(), ints(), null))).toEqual([]);
    expect(rowsOf(undirected(buildCsr(3, ints(), ints(), null)))).toEqual([[], [], []]);
    const million = buildCsr(2, new Int32Array(1e6), new Int32Array(1e6).fill(1), null, { parallel: 'sum' });
    expect(million).toMatchObject({ targets: ints(1), weights: Float64Array.of(1e6) });
  });

  test.each([
    ['a negative number of nodes', () => buildCsr(-1, ints(), ints(), null), 'cannot have -1 nodes'],
    ['an end that is no node', () => buildCsr(2, ints(0), ints(2), null), 'Edge 0 goes from 0 to 2'],
    ['ends of different number', () => buildCsr(2, ints(0), ints(), null), '1 edges begin and 0 end'],
    ['a weight that is no number', () => buildCsr(2, ints(0), ints(1), Float64Array.of(NaN)), 'edge 0 is NaN'],
    ['a negative weight', () => buildCsr(2, ints(0), ints(1), Float32Array.of(-1)), 'edge 0 is -1'],
    ['a weight without end', () => buildCsr(2, ints(0), ints(1), Float64Array.of(Infinity)), 'edge 0 is Infinity'],
    ['too few weights', () => buildCsr(2, ints(0), ints(1), new Float64Array(0)), '1 edges have 0 weights'],
  ])('refuses %s', (_, build, message) => {
    expect(build).toThrow(RangeError);
    expect(build).toThrow(message);
  });
});
