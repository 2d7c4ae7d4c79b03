import { fitSeries, type SmoothingMethod } from './smoothing.rules.js';

/** What a series of past periods says of the coming ones. */
export interface StatisticalForecast {
  method: SmoothingMethod | null;
  /** The first coming period first; null where it could not be checked how well one foretells so far ahead. */
  points: ({ expected: number; low: number; high: number } | null)[];
  level: number;
  backtest: Backtest | null;
  /** Why there are no points; null when there are. */
  reason: 'TOO_LITTLE_HISTORY' | null;
}

export interface Backtest {
  /** Mean absolute error one period ahead. */
  error: number;
  /** That of saying the last period again. */
  naiveError: number;
  /** Below 1: better than naive. Null where the series never changed, so that there is nothing to compare with. */
  mase: number | null;
  /** How many periods were foretold. */
  periods: number;
}

/** Two out of ten periods lie outside of the interval. */
const LEVEL = 0.8;
const FEWEST_PERIODS = 8;
const FEWEST_BEFORE = 4;
const MOST_ORIGINS = 24;
const FARTHEST = 24;

/**
 * Foretells `steps` periods after `values` (what was won in each completed period, the earliest first). From each of the latest
 * periods on, the whole way of choosing and fitting is done again with only what came before it (rolling origin; Tashman 2000),
 * so its error is that of the future. The mean absolute scaled error is the mean of |e| over the mean absolute one-step naive
 * error of what came before (Hyndman & Koehler 2006). The interval reaches as far as the ⌈0.8(n+1)⌉-th smallest of the n absolute
 * errors so far ahead (split conformal: Lei et al. 2018), never less far than one step nearer. Errors in a row are not quite
 * exchangeable, so 80 % is what it was, not a promise. Nothing falls below zero: nobody wins less than nothing.
 */
export function foretell(values: readonly number[], season: number, steps: number): StatisticalForecast {
  const none = { method: null, points: Array.from({ length: steps }, () => null), level: LEVEL, backtest: null };
  if (values.length < FEWEST_PERIODS) return { ...none, reason: 'TOO_LITTLE_HISTORY' };
  const farthest = Math.min(steps, FARTHEST);
  const errors: number[][] = Array.from({ length: Math.max(farthest, 1) }, () => []);
  const naive: number[] = [];
  const scaled: number[] = [];
  let isFlat = false;
  for (let origin = Math.max(FEWEST_BEFORE, values.length - MOST_ORIGINS); origin < values.length; origin++) {
    const before = values.slice(0, origin);
    const fit = fitSeries(before, season);
    for (let step = 1; step <= errors.length && origin + step <= values.length; step++)
      errors[step - 1]!.push(Math.abs(values[origin + step - 1]! - Math.max(0, fit.ahead(step))));
    naive.push(Math.abs(values[origin]! - before.at(-1)!));
    const scale = mean(before.slice(1).map((value, at) => Math.abs(value - before[at]!)));
    if (scale === 0) isFlat = true;
    else scaled.push(errors[0]!.at(-1)! / scale);
  }
  const fit = fitSeries(values, season);
  let reach = 0;
  const points = Array.from({ length: steps }, (_, at) => {
    const found = at < farthest ? conformal(errors[at]!) : null;
    if (found === null) return null;
    reach = Math.max(reach, found);
    const expected = Math.max(0, fit.ahead(at + 1));
    return { expected, low: Math.max(0, expected - reach), high: expected + reach };
  });
  const backtest = {
    error: mean(errors[0]!),
    naiveError: mean(naive),
    mase: isFlat || scaled.length === 0 ? null : mean(scaled),
    periods: errors[0]!.length,
  };
  return { method: fit.method, points, level: LEVEL, backtest, reason: null };
}

const mean = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0) / values.length;

/** Null where there are too few errors for the level. */
function conformal(errors: readonly number[]): number | null {
  // Less than a hair, so that no binary fraction pushes a whole number up to the next.
  const rank = Math.ceil((errors.length + 1) * LEVEL - 1e-9);
  if (rank > errors.length) return null;
  return [...errors].sort((a, b) => a - b)[rank - 1]!;
}
