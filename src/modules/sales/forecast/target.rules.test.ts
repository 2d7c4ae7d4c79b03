import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, periodOf, periodsBetween } from './period.rules.js';
import { type KnownTarget, spreadTarget, targetsOf } from './target.rules.js';

const january = { start: '2026-01-01', end: '2026-01-31' };
const target = (amount: string, whose: Partial<KnownTarget> = {}): KnownTarget => ({
  ownerId: null,
  teamId: null,
  days: january,
  amount,
  ...whose,
});

describe('periods', () => {
  test('are whole, in a row and without gaps, wherever the days lie', () => {
    const day = fc.integer({ min: 0, max: 40_000 }).map(days => addDays('1950-01-01', days));
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 700 }),
        fc.constantFrom('WEEK', 'MONTH', 'QUARTER'),
        (from, length, interval) => {
          const periods = periodsBetween(from, addDays(from, length), interval as never);
          expect(periods[0]!.start <= from && periods.at(-1)!.end >= addDays(from, length)).toBe(true);
          for (const [at, period] of periods.entries()) {
            expect(periodOf(period.start, interval as never)).toEqual(period);
            expect(periodOf(period.end, interval as never)).toEqual(period);
            if (at > 0) expect(period.start).toBe(addDays(periods[at - 1]!.end, 1));
          }
        },
      ),
    );
  });

  test('know leap years and weeks of two years', () => {
    expect(periodOf('2024-02-10', 'MONTH')).toEqual({ start: '2024-02-01', end: '2024-02-29' });
    expect(periodOf('2027-01-01', 'WEEK')).toEqual({ start: '2026-12-28', end: '2027-01-03' });
    expect(periodOf('2026-12-31', 'QUARTER')).toEqual({ start: '2026-10-01', end: '2026-12-31' });
    expect(() => periodsBetween('2000-01-01', '2026-01-01', 'MONTH' as never)).toThrow('At most');
    expect(() => periodsBetween('2026-02-01', '2026-01-01', 'MONTH' as never)).toThrow('before');
  });
});

describe('a target', () => {
  test('comes to its amount exactly over the periods that hold its days', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 365 }),
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('WEEK', 'MONTH', 'QUARTER'),
        (cents, first, length, interval) => {
          const days = { start: addDays('2026-01-01', first), end: addDays('2026-01-01', first + length) };
          const parts = spreadTarget(
            target((cents / 100).toFixed(2), { days }),
            periodsBetween(days.start, days.end, interval as never),
            2,
          );
          expect(parts.reduce((all, part) => all + Number(part.times(100)), 0)).toBe(cents);
        },
      ),
    );
  });

  test('of whoever has one stands before those below; otherwise they add up, nobody twice', () => {
    const teams = [
      { id: 'north', parentId: null, memberIds: ['ana'] },
      { id: 'city', parentId: 'north', memberIds: ['ana', 'luis'] },
      { id: 'south', parentId: null, memberIds: ['luis', 'eva'] },
    ];
    const of = (holder: object, targets: KnownTarget[]) =>
      targetsOf(holder, [january], { targets, teams, places: 2 })[0]?.toFixed(2) ?? null;
    const people = [
      target('1', { ownerId: 'ana' }),
      target('10', { ownerId: 'luis' }),
      target('100', { ownerId: 'eva' }),
    ];
    expect(of({}, people)).toBe('111.00');
    expect(of({ teamId: 'north' }, people)).toBe('11.00');
    expect(of({ ownerId: 'eva' }, people)).toBe('100.00');
    expect(of({ ownerId: 'none' }, people)).toBeNull();
    expect(of({ teamId: 'none' }, people)).toBeNull();
    const city = target('50', { teamId: 'city' });
    // Who belongs to a team with a target of its own is in that one.
    expect(of({ teamId: 'north' }, [...people, city])).toBe('50.00');
    expect(of({}, [...people, city])).toBe('150.00');
    expect(of({}, [...people, city, target('7')])).toBe('7.00');
    expect(of({}, [target('3', { ownerId: 'stranger' })])).toBe('3.00');
  });
});
