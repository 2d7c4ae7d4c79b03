import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitSeries } from './smoothing.rules.js';
import { foretell } from './statistical.rules.js';

/** Numbers from 0 to 1 that look like chance, and are the same every time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

const amounts = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 0, maxLength: 40 });

describe('the statistical forecast', () => {
  test('goes on with a steady rise, and levels off', () => {
    const { method, ahead } = fitSeries(
      Array.from({ length: 24 }, (_, at) => 100 + 10 * at),
      0,
    );
    expect(method).toBe('DAMPED_TREND');
    expect(ahead(1)).toBeGreaterThan(330);
    expect(ahead(2) - ahead(1)).toBeLessThan(10);
  });

  test('finds what returns every year once there are years enough, and beats naive by it', () => {
    const random = noise(7);
    const values = Array.from({ length: 60 }, (_, at) => 1000 + 500 * Math.sin((at * Math.PI) / 6) + 20 * random());
    const { method, points, backtest } = foretell(values, 12, 6);
    expect(method).toBe('DAMPED_SEASONAL');
    expect(backtest!.mase).toBeLessThan(0.4);
    expect(points[0]!.expected).toBeGreaterThan(900);
    expect(points[3]!.expected).toBeGreaterThan(1400);
  });

  test('stays at a level among noise rather than following its last value', () => {
    let [error, naiveError] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const random = noise(seed * 104729);
      const { backtest } = foretell(
        Array.from({ length: 40 }, () => 100 * random()),
        12,
        3,
      );
      error += backtest!.error;
      naiveError += backtest!.naiveError;
    }
    expect(error).toBeLessThan(0.9 * naiveError);
  });

  test('holds about eight of ten of what then came, over many series', () => {
    let [held, all] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const random = noise(seed * 7919);
      const values = Array.from({ length: 31 }, () => 500 + 400 * (random() + random() - 1));
      const { points } = foretell(values.slice(0, 30), 0, 1);
      const [point, came] = [points[0]!, values[30]!];
      all++;
      if (point.low <= came && came <= point.high) held++;
    }
    expect(held / all).toBeGreaterThan(0.7);
    expect(held / all).toBeLessThan(0.97);
  });

  test('says nothing from too little, and no farther ahead than it could be checked', () => {
    expect(foretell([1, 2, 3, 4, 5, 6, 7], 12, 2)).toMatchObject({
      points: [null, null],
      reason: 'TOO_LITTLE_HISTORY',
      backtest: null,
    });
    const { points } = foretell([5, 6, 5, 7, 6, 5, 6, 7], 12, 3);
    expect(points.map(point => point !== null)).toEqual([true, false, false]);
  });

  test('has no scaled error where nothing ever changed', () => {
    expect(
      foretell(
        Array.from({ length: 12 }, () => 0),
        12,
        1,
      ),
    ).toMatchObject({
      points: [{ expected: 0, low: 0, high: 0 }],
      backtest: { error: 0, naiveError: 0, mase: null },
    });
  });

  test('is the same every time, in order, never below nothing, and never narrower farther ahead', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom(0, 4, 12), (values, season) => {
        const told = foretell(values, season, 8);
        expect(foretell(values, season, 8)).toEqual(told);
        let width = 0;
        for (const point of told.points) {
          if (!point) continue;
          expect(point.low).toBeGreaterThanOrEqual(0);
          expect(point.low).toBeLessThanOrEqual(point.expected);
          const reach = point.high - point.expected;
          expect(reach).toBeGreaterThanOrEqual(width - 1e-6 * (1 + width));
          width = reach;
        }
      }),
      { numRuns: 40 },
    );
  });
});
