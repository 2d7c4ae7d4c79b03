import { describe, expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { roundMoney } from '../../../platform/money.js';
import { type Component, effectiveDiscount, explode } from './quote-line.rules.js';

const line = (unitPrice: string, listPrice: string | null, discountPercent = '0') => ({
  unitPrice,
  listPrice,
  discountPercent,
});

describe('what is taken off', () => {
  test('is judged by the line that gives most, both discounts together', () => {
    expect(effectiveDiscount([line('10', '10', '5'), line('10', '10')], '10')).toBe('14.5');
    expect(effectiveDiscount([line('10', '10')], '0')).toBe('0');
    expect(effectiveDiscount([line('0', null, '100')], '50')).toBe('100');
  });

  test('counts a price lowered by hand, and lets no raised one make up for it', () => {
    expect(effectiveDiscount([line('8', '10')], '0')).toBe('20');
    expect(effectiveDiscount([line('8', '10', '10')], '0')).toBe('28');
    expect(effectiveDiscount([line('20', '10', '50')], '0')).toBe('50');
    expect(effectiveDiscount([line('5', '10'), line('500', '10')], '0')).toBe('50');
    expect(effectiveDiscount([line('2', '3')], '0')).toBe('33.3334');
  });

  test('of what has no list price is what is said', () => {
    expect(effectiveDiscount([line('1', null, '7.5')], '0')).toBe('7.5');
    expect(effectiveDiscount([line('1', '0', '7.5')], '0')).toBe('7.5');
  });
});

const component = (productId: string, quantity: string, listPrice: string | null): Component => ({
  productId,
  description: productId,
  quantity,
  unit: null,
  listPrice,
  taxPercent: '21',
});
const bundle = (quantity: string, unitPrice: string, listPrice: string | null = unitPrice) => ({
  quantity,
  unitPrice,
  listPrice,
  discountPercent: '0',
});

describe('a bundle', () => {
  test('is split over its components by the largest remainder of their own prices', () => {
    const lines = explode(
      bundle('1', '100'),
      ['a', 'b', 'c'].map(id => component(id, '1', '40')),
      'EUR',
    )!;
    expect(lines.map(({ unitPrice }) => unitPrice)).toEqual(['33.34', '33.33', '33.33']);
    expect(lines.map(({ listPrice }) => listPrice)).toEqual(['33.34', '33.33', '33.33']);
  });

  test('becomes two lines where no price of one gives the part', () => {
    const lines = explode(bundle('1', '10'), [component('a', '3', '5')], 'CLP')!;
    expect(lines.map(({ quantity, unitPrice }) => [quantity, unitPrice])).toEqual([['3', '3.3333']]);
    const many = explode(bundle('1000', '10'), [component('a', '3', '5')], 'CLP')!;
    expect(many.map(({ quantity, unitPrice }) => [quantity, unitPrice])).toEqual([['3000', '3.3333']]);
    const more = explode(bundle('10000', '10'), [component('a', '3', '5')], 'CLP')!;
    expect(more.map(({ quantity, unitPrice }) => [quantity, unitPrice])).toEqual([
      ['20000', '3'],
      ['10000', '4'],
    ]);
  });

  test('keeps its price to the coin, and is no cheaper for being split', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(
          fc.record({ quantity: fc.integer({ min: 1, max: 12 }), price: fc.integer({ min: 0, max: 100_000 }) }),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        (quantity, cents, parts) => {
          const price = Big(cents).div(100).toFixed();
          const components = parts.map((part, at) =>
            component(String(at), String(part.quantity), Big(part.price).div(100).toFixed()),
          );
          const lines = explode(bundle(String(quantity), price), components, 'EUR')!;
          const sum = lines.reduce(
            (all, one) => all.plus(roundMoney(Big(one.unitPrice).times(one.quantity), 'EUR')),
            Big(0),
          );
          expect(sum.toFixed(2)).toBe(Big(price).times(quantity).toFixed(2));
          expect(effectiveDiscount(lines, '0')).toBe('0');
        },
      ),
    );
  });
});
