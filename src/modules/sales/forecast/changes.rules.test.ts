import { describe, expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { contributionOf, explain, type KnownState, NOTHING, plus } from './changes.rules.js';

const open: KnownState = {
  status: 'OPEN',
  category: 'PIPELINE',
  stageId: 'offer',
  pipelineId: 'sales',
  position: 2,
  probability: Big('0.5'),
  amount: '100',
  currency: 'EUR',
  value: Big(100),
  isInDays: true,
  matches: true,
};

const reasonsOf = (then: KnownState | null, now: KnownState | null): string[] =>
  explain(then, now, 'EUR').map(({ reason }) => reason);

describe('what explains a change', () => {
  test.each<[string, KnownState | null, KnownState | null]>([
    ['', open, open],
    ['NEW', null, open],
    ['', null, { ...open, isInDays: false }],
    ['REMOVED', open, null],
    ['WON', open, { ...open, status: 'WON', probability: Big(1) }],
    ['WON', { ...open, isInDays: false }, { ...open, status: 'WON', probability: Big(1) }],
    ['LOST', open, { ...open, status: 'LOST' }],
    ['REOPENED', { ...open, status: 'LOST' }, open],
    ['REOPENED', { ...open, status: 'WON', probability: Big(1) }, open],
    ['MOVED_OUT', open, { ...open, isInDays: false, amount: '200', value: Big(200) }],
    ['MOVED_IN', { ...open, isInDays: false }, open],
    ['TRANSFERRED_OUT', open, { ...open, matches: false }],
    ['TRANSFERRED_IN', { ...open, matches: false }, open],
    ['EXCHANGE_RATE', { ...open, value: Big(90) }, open],
    [
      'DECREASED,CATEGORY_UP,STAGE_DOWN',
      open,
      { ...open, amount: '9', value: Big(9), category: 'COMMITTED', stageId: 'new', position: 1 },
    ],
    ['ODDS', open, { ...open, probability: Big('0.6') }],
    ['', { ...open, category: 'OMITTED' }, { ...open, category: 'OMITTED', probability: Big('0.6') }],
  ])('%s', (expected, then, now) => {
    expect(reasonsOf(then, now).join()).toBe(expected);
  });

  test('adds up to the difference, to the coin', () => {
    const state = fc
      .record({
        status: fc.constantFrom('OPEN', 'OPEN', 'WON', 'LOST'),
        category: fc.constantFrom('OMITTED', 'PIPELINE', 'BEST_CASE', 'COMMITTED'),
        stage: fc.integer({ min: 1, max: 3 }),
        cents: fc.option(fc.integer({ min: 0, max: 100_000 })),
        probability: fc.integer({ min: 0, max: 1_000_000 }),
        isInDays: fc.boolean(),
        matches: fc.boolean(),
      })
      .map(
        ({ stage, cents, status, probability, ...rest }): KnownState => ({
          ...open,
          ...rest,
          status: status as KnownState['status'],
          stageId: `stage ${stage}`,
          position: stage,
          probability: status === 'WON' ? Big(1) : Big(probability).div(1_000_000),
          amount: cents === null ? '1' : (cents / 100).toFixed(2),
          value: cents === null ? null : Big(cents).div(100),
        }),
      );
    const worth = (one: KnownState | null) =>
      one?.matches && one.isInDays && one.value
        ? contributionOf(
            one.status,
            one.category,
            one.value,
            one.value.times(one.probability).round(2, Big.roundHalfUp),
          )
        : NOTHING;
    fc.assert(
      fc.property(fc.option(state), fc.option(state), (then, now) => {
        const told = explain(then, now, 'EUR').reduce((all, { by }) => plus(all, by), worth(then));
        expect(JSON.stringify(told)).toBe(JSON.stringify(plus(worth(now), NOTHING)));
      }),
      { numRuns: 2000 },
    );
  });
});
