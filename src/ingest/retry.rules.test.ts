import { describe, expect, test } from '@jest/globals';
import type { Fault, FaultClass } from './connector.js';
import { nextAttempt, nextTurn } from './retry.rules.js';

const now = new Date('2026-11-22T12:00:00Z');
const seconds = (
  faultClass: FaultClass,
  failures: number,
  random: number,
  more: Partial<Fault> = {},
): number | null => {
  const fault: Fault = { class: faultClass, message: '', scope: 'endpoint', ...more };
  const at = nextAttempt({ fault, failures, intervalSeconds: 300, now, random });
  return at && (at.getTime() - now.getTime()) / 1000;
};

describe('after a failure', () => {
  test('that usually passes we try again within a second to five minutes, at random below a doubling bound', () => {
    expect([0, 1, 4, 8, 50].map(failures => seconds('transient', failures, 0.999_999))).toEqual([
      expect.closeTo(2, 2),
      expect.closeTo(4, 2),
      expect.closeTo(32, 2),
      expect.closeTo(300, 2),
      expect.closeTo(300, 2),
    ]);
    expect(seconds('transient', 50, 0)).toBe(1);
  });

  test('the word of the network counts, a little later and up to a day', () => {
    const retryAt = (after: number) => ({ retryAt: new Date(now.getTime() + after * 1000) });
    expect(seconds('rate', 0, 0, retryAt(600))).toBe(601);
    expect(seconds('transient', 9, 0.5, retryAt(-50))).toBe(1.5);
    expect(seconds('quota', 0, 0, retryAt(9_999_999))).toBe(86_400);
    expect(seconds('rate', 0, 0, { retryAt: new Date(Number.NaN) })).toBe(60);
  });

  test('that somebody must mend we look ever more rarely, and not at all when our access is refused', () => {
    expect([0, 1, 2, 9].map(failures => seconds('not_found', failures, 0))).toEqual([300, 600, 1200, 3600]);
    expect(seconds('auth', 0, 0)).toBeNull();
  });
});

test('sources that are well are read at their interval, spread over its last tenth', () => {
  expect(nextTurn(300, now, 0).getTime() - now.getTime()).toBe(300_000);
  expect(nextTurn(300, now, 1).getTime() - now.getTime()).toBe(270_000);
});
