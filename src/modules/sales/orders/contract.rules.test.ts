import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { daysBefore, monthsAfter } from './contract.rules.js';

describe('the days of a contract', () => {
  test('keep to the end of the month without creeping forward', () => {
    expect([1, 2, 3, 12, 13].map(months => monthsAfter('2026-01-31', months))).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2027-01-31',
      '2027-02-28',
    ]);
    expect(monthsAfter('2024-02-29', 12)).toBe('2025-02-28');
    expect(monthsAfter('2024-02-29', 48)).toBe('2028-02-29');
    expect(monthsAfter('2026-11-30', 3)).toBe('2027-02-28');
  });

  test('fall into the month that was meant, on no later a day', () => {
    const start = fc.date({ min: new Date('1900-01-01'), max: new Date('2900-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 1200 }), (moment, months) => {
        const day = moment.toISOString().slice(0, 10);
        const [year, month, date] = monthsAfter(day, months).split('-').map(Number) as [number, number, number];
        const [firstYear, firstMonth, firstDate] = day.split('-').map(Number) as [number, number, number];
        expect(year * 12 + month - (firstYear * 12 + firstMonth)).toBe(months);
        expect(date).toBeLessThanOrEqual(firstDate);
      }),
    );
  });

  test('of notice are counted back over months and years', () => {
    expect(daysBefore('2027-01-01', 30)).toBe('2026-12-02');
    expect(daysBefore('2028-03-01', 1)).toBe('2028-02-29');
  });
});
