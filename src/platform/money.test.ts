import { describe, expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { isCurrency, minorDigits, printAmount, roundMoney, splitByLargestRemainder } from './money.js';

const texts = (parts: Big[]) => parts.map(part => part.toString());

describe('money', () => {
  test('has as many digits as its currency', () => {
    expect(['EUR', 'CLP', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
    expect(isCurrency('EUR')).toBe(true);
    expect(isCurrency('XQX')).toBe(false);
  });

  test('is rounded half away from zero', () => {
    expect(texts([Big('0.125'), Big('-0.125'), Big('2.675')].map(amount => roundMoney(amount, 'EUR')))).toEqual([
      '0.13',
      '-0.13',
      '2.68',
    ]);
  });

  test('is printed with the digits that say something', () => {
    expect([
      printAmount('100.0000', 'EUR'),
      printAmount('0.0025', 'EUR'),
      printAmount('15', 'CLP'),
      printAmount('15.0000', 'CLP'),
      printAmount('-3.5', 'EUR'),
    ]).toEqual(['100.00', '0.0025', '15', '15', '-3.50']);
  });

  test('is split by the largest remainder', () => {
    expect(texts(splitByLargestRemainder(Big('100'), [Big(1), Big(1), Big(1)], 2))).toEqual([
      '33.34',
      '33.33',
      '33.33',
    ]);
    expect(texts(splitByLargestRemainder(Big('-0.05'), [Big(3), Big(1)], 2))).toEqual(['-0.04', '-0.01']);
    expect(texts(splitByLargestRemainder(Big('0.03'), [Big(0), Big(0)], 2))).toEqual(['0.02', '0.01']);
  });

  test('is never lost or made by splitting, and nobody is a whole coin away from their share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 30 }),
        (cents, weights) => {
          const total = Big(cents).div(100);
          const parts = splitByLargestRemainder(
            total,
            weights.map(weight => Big(weight)),
            2,
          );
          expect(parts.reduce((sum, part) => sum.plus(part), Big(0)).eq(total)).toBe(true);
          const sum = weights.reduce((all, weight) => all + weight, 0);
          if (sum === 0) return;
          for (const [at, part] of parts.entries())
            expect(part.minus(total.times(weights[at]!).div(sum)).abs().lt('0.01')).toBe(true);
        },
      ),
    );
  });
});
