import { readFileSync } from 'node:fs';
import TestSequencer from '@jest/test-sequencer';

/** What a file says that asks for more time than others get: `jest.setTimeout(180_000)`, or a test that ends with `}, 60_000);`. */
const LONG = /jest\.setTimeout\(|^ *\}?, ?\d+_000\b|^ *\d+_000,$/m;

/** Long files first, so that none is still running alone at the end. Durations are remembered; a new clone has none yet. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(test => test.duration !== undefined)) return sorted;
    const isLong = new Set(sorted.filter(({ path }) => LONG.test(readFileSync(path, 'utf8'))));
    return [...sorted.filter(test => isLong.has(test)), ...sorted.filter(test => !isLong.has(test))];
  }
}
