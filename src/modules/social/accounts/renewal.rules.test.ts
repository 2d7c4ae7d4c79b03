import { expect, test } from '@jest/globals';
import { renewalOf } from './renewal.rules.js';

const minutes = (life: number) => {
  const from = new Date('2026-11-01T10:00:00Z');
  const end = new Date(from.getTime() + life * 60_000);
  return Math.round((renewalOf(from, end).getTime() - from.getTime()) / 6000) / 10;
};

test('access is renewed ten minutes before it ends, or at 80 % of a long life, or half-way through a very short one', () => {
  expect([40, 120, 60 * 24 * 60, 15, 2, 0].map(minutes)).toEqual([30, 96, 48 * 24 * 60, 7.5, 1, 0]);
});
