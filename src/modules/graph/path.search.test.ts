import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyGraph, csrOf, denseOf, type EdgeList } from '../../../test/support/graphs.js';
import { rowShares } from './analysis/csr.js';
import { type Attention, type ChainOptions, strongestChain } from './path.search.js';

/** `square[a][b]`: the share of a's attention that goes to b. Answers only what is above what is asked for, as a database would. */
function search(square: number[][], from: number[], to: number[], options: Partial<ChainOptions<string>> = {}) {
  return strongestChain<string>(from.map(String), to.map(String), {
    mostHops: 6,
    mostRead: 1000,
    lastSteps: null,
    attentionOf: async wanted =>
      wanted.map(({ id, above }) =>
        square[Number(id)]!.map((share, other) => ({ to: String(other), share, kind: `${id}>${other}` })).filter(
          ({ share, to: other }) => share > above || (share > 0 && from.includes(Number(other))),
        ),
      ),
    ...options,
  });
}

function lastSteps(square: number[][], movers: number[]): Map<string, Attention<string>> {
  const steps = new Map<string, Attention<string>>();
  for (const [node, shares] of square.entries()) {
    const [mover] = movers.toSorted((a, b) => shares[b]! - shares[a]!);
    if (shares[mover!]! > 0)
      steps.set(String(node), { to: String(mover), share: shares[mover!]!, kind: `${node}>${mover}` });
  }
  return steps;
}

const squareOf = (graph: EdgeList) => denseOf(rowShares(csrOf(graph, { parallel: 'sum' })));

/** The largest product over all walks of at most `hops` steps from a mover to the moved (Bellman and Ford). */
function slowly(square: number[][], from: number[], to: number[], hops: number): number {
  let best: number[] = square.map((_, node) => (from.includes(node) ? 1 : 0));
  for (let hop = 0; hop < hops; hop++) {
    best = best.map((product, moved) => Math.max(product, ...best.map((before, by) => before * square[moved]![by]!)));
  }
  return Math.max(...to.map(node => best[node]!));
}

const chain = (hops: { from: string; to: string }[] | null) => hops?.map(({ from, to }) => `${from}>${to}`);

describe('the strongest chain', () => {
  test('has the largest product there is within its hops, and is a chain', async () => {
    const ends = fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        anyGraph(),
        ends,
        ends,
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (graph, a, b, mostHops, areLastKnown) => {
          const square = squareOf(graph);
          const [from, to] = [a, b].map(list => list.map(node => node % graph.nodeCount)) as [number[], number[]];
          const found = await search(square, from, to, {
            mostHops,
            lastSteps: areLastKnown ? lastSteps(square, from) : null,
          });
          const strength = found ? found.reduce((product, { weight }) => product * weight, 1) : 0;
          expect(strength).toBeCloseTo(slowly(square, from, to, mostHops), 9);
          if (!found || found.length === 0) return;
          expect(found.length).toBeLessThanOrEqual(mostHops);
          expect(from.map(String)).toContain(found[0]!.from);
          expect(to.map(String)).toContain(found.at(-1)!.to);
          for (const [at, hop] of found.entries()) {
            expect(hop.weight).toBe(square[Number(hop.to)]![Number(hop.from)]);
            expect(hop.kind).toBe(`${hop.to}>${hop.from}`);
            if (at > 0) expect(hop.from).toBe(found[at - 1]!.to);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('goes on from a node come to in fewer hops, though it was come to by a stronger way before', async () => {
    const square = Array.from({ length: 6 }, () => new Array<number>(6).fill(0));
    for (const [moved, mover, share] of [
      [0, 1, 0.9],
      [1, 2, 0.9],
      [2, 4, 0.9],
      [0, 3, 0.5],
      [3, 4, 1],
      [4, 5, 1],
    ] as const)
      square[moved]![mover] = share;
    expect(chain(await search(square, [5], [0], { mostHops: 3 }))).toEqual(['5>4', '4>3', '3>0']);
    expect(chain(await search(square, [5], [0]))).toEqual(['5>4', '4>2', '2>1', '1>0']);
  });

  test('makes do with what it may read', async () => {
    // 0 attends to 1, 1 to 2 and so on; and all a little to 9.
    const square = Array.from({ length: 10 }, (_, node) =>
      Array.from({ length: 10 }, (_, other) => (other === node + 1 ? 0.9 : other === 9 ? 0.1 : 0)),
    );
    // What 9 attends to is read with 1's.
    expect(chain(await search(square, [5], [0], { mostRead: 6 }))).toHaveLength(5);
    expect(await search(square, [5], [0], { mostRead: 4 })).toBeNull();
    expect(chain(await search(square, [9], [0], { mostRead: 1 }))).toEqual(['9>0']);
  });
});
