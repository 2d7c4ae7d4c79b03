import type { Scale } from './example.js';
import { randomOf } from './random.js';

const hour = 3_600_000;
const days = 30;

// How much is written in each hour of the day, UTC: the Americas' evening and Spain's afternoon carry most of it.
const byHour = [8, 7, 5, 4, 3, 2, 2, 3, 4, 5, 6, 7, 9, 10, 10, 9, 9, 9, 9, 10, 10, 10, 9, 9];
const byDay = [8, 10, 10, 10, 10, 11, 9];

/**
 * When the `index`-th of the scale's posts is written, in milliseconds since 1970: rising with the index, within the last
 * 30 days, denser by day than by night, never after `now`.
 */
export function schedule({ seed, now, posts }: Pick<Scale, 'seed' | 'now' | 'posts'>): (index: number) => number {
  const start = now.getTime() - days * 24 * hour;
  const sums = [0];
  for (let at = 0; at < days * 24; at++) {
    const moment = new Date(start + at * hour);
    sums.push(sums[at]! + byHour[moment.getUTCHours()]! * byDay[moment.getUTCDay()]!);
  }
  const total = sums[sums.length - 1]!;
  const jitter = randomOf(seed, 'time');
  return index => {
    const wanted = ((index + jitter(index).next()) / posts) * total;
    const bin = Math.min(lastAtMost(sums, wanted), sums.length - 2);
    return Math.floor(start + (bin + (wanted - sums[bin]!) / (sums[bin + 1]! - sums[bin]!)) * hour);
  };
}

function lastAtMost(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
