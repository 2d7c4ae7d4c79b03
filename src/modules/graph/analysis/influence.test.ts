import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countEngagers, type Engagements, engagementTrend, influenceScores, percentileRanks } from './influence.js';

const DAY = 86_400;
const NOW = 1_341_388_800;

/** Engagements given as [from, to, age in days]. */
function engaged(nodeCount: number, ...rows: [from: number, to: number, days: number][]): Engagements {
  return {
    nodeCount,
    from: Int32Array.from(rows, ([from]) => from),
    to: Int32Array.from(rows, ([, to]) => to),
    at: Float64Array.from(rows, ([, , days]) => NOW - days * DAY),
  };
}

describe('engagers', () => {
  test('count once each, by the age of their last engagement, and oneself not at all', () => {
    const rows = engaged(4, [1, 0, 30], [1, 0, 7], [2, 0, 14], [0, 0, 0], [3, 1, 0]);
    const { distinct, decayed } = countEngagers(rows, NOW, 7 * DAY);
    expect([...distinct]).toEqual([2, 1, 0, 0]);
    expect([...decayed]).toEqual([0.75, 1, 0, 0]);
  });

  test('of the future count as of now', () => {
    expect(countEngagers(engaged(2, [1, 0, -3]), NOW, DAY).decayed[0]).toBe(1);
  });

  test('a million engagements of one are one engager', () => {
    const million = {
      nodeCount: 2,
      from: new Int32Array(1e6).fill(1),
      to: new Int32Array(1e6),
      at: new Float64Array(1e6),
    };
    expect(countEngagers(million, 0, 1)).toMatchObject({
      distinct: Int32Array.of(1, 0),
      decayed: Float64Array.of(1, 0),
    });
  });

  test('need a half-life and a time', () => {
    expect(() => countEngagers(engaged(1), NOW, 0)).toThrow('half-life of 0');
    expect(() => countEngagers(engaged(1), NaN, 1)).toThrow('time NaN');
  });
});

describe('a trend', () => {
  test('sets the engagers of a week against those of the week before', () => {
    const rows = engaged(5, [1, 0, 1], [2, 0, 2], [3, 0, 6.9], [1, 0, 8], [1, 0, 15], [2, 4, 7], [0, 3, -1]);
    const { recent, before, change } = engagementTrend(rows, NOW, 7 * DAY);
    expect([...recent]).toEqual([3, 0, 0, 0, 0]);
    expect([...before]).toEqual([1, 0, 0, 0, 1]);
    expect([...change]).toEqual([1, 0, 0, 0, -1]);
  });

  test('needs a window', () => {
    expect(() => engagementTrend(engaged(1), NOW, -1)).toThrow('window of -1');
  });
});

describe('percentile ranks', () => {
  test('are the share of the others a value lies above, ties sharing', () => {
    expect([...percentileRanks(Float64Array.of(5, 0, -0, 7, 5))]).toEqual([50, 0, 0, 100, 50]);
    expect([...percentileRanks(Float64Array.of(3))]).toEqual([0]);
    expect(percentileRanks(new Float64Array(0))).toHaveLength(0);
    expect(() => percentileRanks(Float64Array.of(1, NaN))).toThrow('Value 1 is not a number');
  });

  test('count who is below, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2 }), values => {
        const ranks = percentileRanks(Float64Array.from(values));
        for (const [i, value] of values.entries()) {
          expect(ranks[i]).toBeCloseTo((100 * values.filter(other => other < value).length) / (values.length - 1), 9);
        }
      }),
    );
  });
});

describe('the score', () => {
  test('is led by engagers, then by PageRank: 100 for the first in both, 0 for whom nobody engaged with', () => {
    const scores = influenceScores(Float64Array.of(100, 10, 10, 0), Float64Array.of(0.4, 0.3, 0.2, 0.1));
    expect(scores[0]).toBeCloseTo(100, 9);
    expect(scores[1]).toBeGreaterThan(scores[2]!);
    expect(scores[2]).toBeGreaterThan(0);
    expect(scores[3]).toBe(0);
  });

  test('is a number from 0 to 100, whatever it is made of', () => {
    const node = fc.tuple(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.double({ min: 1e-12, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(node), nodes => {
        const decayed = Float64Array.from(nodes, ([engagers]) => engagers);
        for (const score of influenceScores(
          decayed,
          Float64Array.from(nodes, ([, rank]) => rank),
        )) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100 + 1e-9);
        }
      }),
    );
    expect(() => influenceScores(new Float64Array(1), new Float64Array(2))).toThrow('1 nodes have engagers and 2 have');
    expect(() => influenceScores(Float64Array.of(NaN), Float64Array.of(1))).toThrow('Node 0 has NaN engagers');
    expect(() => influenceScores(Float64Array.of(1), Float64Array.of(0))).toThrow('the rank 0');
  });
});
