import { describe, expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { documentTotals, wholeDiscount } from './totals.rules.js';

const line = (quantity: string, unitPrice: string, taxPercent = '21', discountPercent = '0') => ({
  quantity,
  unitPrice,
  taxPercent,
  discountPercent,
});

describe('the totals of a document', () => {
  test('round tax once a rate, so that three thirds make a whole', () => {
    const totals = documentTotals([line('1', '0.33'), line('1', '0.33'), line('1', '0.33')], { currency: 'EUR' });
    // A line at a time it would be 0.07 × 3 = 0.21, too.
    expect(totals).toMatchObject({ subtotal: '0.99', tax: '0.21', total: '1.20' });
    const small = documentTotals([line('1', '0.02'), line('1', '0.02'), line('1', '0.02')], { currency: 'EUR' });
    // A line at a time nothing would be owed at all.
    expect(small).toMatchObject({
      tax: '0.01',
      total: '0.07',
      lines: [{ tax: '0.01' }, { tax: '0.00' }, { tax: '0.00' }],
    });
  });

  test('take off the line’s discount and then the document’s, split by the largest remainder', () => {
    const totals = documentTotals([line('3', '9.99', '10', '5'), line('1', '100', '21')], {
      currency: 'EUR',
      discountPercent: '10',
    });
    expect(totals).toEqual({
      subtotal: '129.97',
      discount: '14.35',
      net: '115.62',
      tax: '21.46',
      total: '137.08',
      taxes: [
        { percent: '10', base: '25.62', amount: '2.56' },
        { percent: '21', base: '90.00', amount: '18.90' },
      ],
      lines: [
        { net: '25.62', tax: '2.56', total: '28.18' },
        { net: '90.00', tax: '18.90', total: '108.90' },
      ],
    });
  });

  test('know currencies without coins', () => {
    expect(documentTotals([line('3', '333.3', '19')], { currency: 'CLP' })).toMatchObject({
      subtotal: '1000',
      tax: '190',
      total: '1190',
    });
  });

  test('agree to the coin, whatever is sold', () => {
    const decimal = (most: number, places: number) =>
      fc.integer({ min: 0, max: most }).map(value =>
        Big(value)
          .div(10 ** places)
          .toString(),
      );
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            quantity: decimal(100_000, 3),
            unitPrice: decimal(1_000_000, 4),
            discountPercent: decimal(10_000, 2),
            taxPercent: fc.constantFrom('0', '4', '10', '21'),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        decimal(10_000, 2),
        (lines, discountPercent) => {
          const totals = documentTotals(lines, { currency: 'EUR', discountPercent });
          const sum = (values: string[]) => values.reduce((all, value) => all.plus(value), Big(0)).toFixed(2);
          expect(sum(totals.lines.map(({ net }) => net))).toBe(totals.net);
          expect(sum(totals.lines.map(({ total }) => total))).toBe(totals.total);
          expect(sum(totals.taxes.map(({ amount }) => amount))).toBe(totals.tax);
          expect(sum(totals.taxes.map(({ base }) => base))).toBe(totals.net);
          expect(Big(totals.subtotal).minus(totals.discount).toFixed(2)).toBe(totals.net);
        },
      ),
    );
  });

  test('are the same where the document’s discount has become that of its lines', () => {
    const lines = [
      line('3', '9.99', '10', '5'),
      line('1', '100', '21'),
      line('7', '1234.5678', '21'),
      line('2', '0', '21'),
    ];
    const totals = documentTotals(lines, { currency: 'EUR', discountPercent: '12.5' });
    const whole = lines.map((one, at) => ({
      ...one,
      discountPercent: wholeDiscount({ ...one, net: totals.lines[at]!.net }, 'EUR'),
    }));
    expect(whole[1]).toMatchObject({ discountPercent: '12.5' });
    expect(documentTotals(whole, { currency: 'EUR' }).net).toBe(totals.net);
    expect(wholeDiscount({ ...line('3', '9.99', '10', '5'), net: '28.47' }, 'EUR')).toBe('5');
  });
});
