import { expect, test } from '@jest/globals';
import { convert, moneyIn, weigh } from './board.rules.js';

test('sums of several currencies are converted exactly and rounded once', () => {
  const row = (currency: string, amount: string, rate: string | null) => ({ currency, amount, rate, count: 1 });
  const { total, sums, unconverted } = convert(
    [row('EUR', '0.10', null), row('USD', '0.055', '0.1'), row('MXN', '0.99', '0.05'), row('CLP', '7', null)],
    'EUR',
  );
  // 0.10 + 0.0055 + 0.0495 = 0.155: a half goes up.
  expect(moneyIn(total, 'EUR')).toEqual({ amount: '0.16', currency: 'EUR' });
  expect(sums.at(-1)).toEqual({ amount: '7', currency: 'CLP' });
  expect(unconverted).toEqual(['CLP']);
  expect(weigh(total, 0.1, 'EUR').toFixed(2)).toBe('0.02');
});

test('a currency without a rate is named only where there is something of it', () => {
  expect(convert([{ currency: 'USD', amount: '0', rate: null, count: 2 }], 'EUR').unconverted).toEqual([]);
});
