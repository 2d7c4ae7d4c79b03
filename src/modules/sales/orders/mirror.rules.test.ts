import { describe, expect, test } from '@jest/globals';
import { type MirroredLine, type MirroredOrder, planMirror, type StoredLine } from './mirror.rules.js';

const line = (more: Partial<MirroredLine> = {}): MirroredLine => ({
  description: 'Bread',
  quantity: '2',
  unitPrice: '2',
  discountPercent: '0',
  taxPercent: '10',
  ...more,
});
const order = (lines: MirroredLine[], status: MirroredOrder['status'] = 'CONFIRMED'): MirroredOrder => ({
  externalId: '1',
  customerId: 'c',
  status,
  currency: 'EUR',
  placedAt: '2026-10-01T00:00:00Z',
  net: '4',
  tax: '0.40',
  total: '4.40',
  lines,
});
const stored = (id: string, more: Partial<StoredLine> = {}): StoredLine => ({
  id,
  externalId: null,
  productId: null,
  description: 'Bread',
  quantity: '2.0000',
  deliveredQuantity: '0.0000',
  returnedQuantity: '0.0000',
  ...more,
});

describe('lines of an order in the ERP', () => {
  test('are known by their id there, then by product and quantity', () => {
    const known = [
      stored('a', { productId: 'p', quantity: '1' }),
      stored('b', { productId: 'p' }),
      stored('c', { externalId: '7', productId: 'p' }),
      stored('d', { description: 'Cake' }),
    ];
    const plan = planMirror(
      order([
        line({ externalId: '8', productId: 'p' }),
        line({ externalId: '7', productId: 'q' }),
        line({ externalId: '9', productId: 'p', quantity: '5' }),
        line({ externalId: '10', description: 'Something new' }),
      ]),
      known,
    );
    expect(plan.lines.map(({ id }) => id)).toEqual(['b', 'c', 'a', undefined]);
    expect(plan.removed).toEqual(['d']);
  });

  test.each([
    ['DRAFT', {}, 'PLACED'],
    ['CONFIRMED', {}, 'CONFIRMED'],
    ['CONFIRMED', { deliveredQuantity: '1' }, 'PARTIALLY_DELIVERED'],
    ['CONFIRMED', { deliveredQuantity: '3' }, 'DELIVERED'],
    ['PARTIALLY_DELIVERED', {}, 'PARTIALLY_DELIVERED'],
    ['DELIVERED', { deliveredQuantity: '1' }, 'DELIVERED'],
    ['DELIVERED', { deliveredQuantity: '2', returnedQuantity: '2' }, 'RETURNED'],
    ['CANCELLED', { deliveredQuantity: '2' }, 'CANCELLED'],
  ] as const)('make %s with %j to %s', (status, quantities, expected) => {
    expect(planMirror(order([line(quantities)], status), []).status).toBe(expected);
  });

  test('tell what newly left and came back, within what was ordered', () => {
    const known = [stored('a', { externalId: '7', deliveredQuantity: '1', returnedQuantity: '0' })];
    const [row] = planMirror(
      order([line({ externalId: '7', deliveredQuantity: '9', returnedQuantity: '-1' })]),
      known,
    ).lines;
    expect(row).toMatchObject({
      deliveredQuantity: '2',
      newlyDelivered: '1',
      returnedQuantity: '0',
      newlyReturned: '0',
    });
  });
});
