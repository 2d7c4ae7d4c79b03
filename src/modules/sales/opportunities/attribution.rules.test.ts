import { describe, expect, test } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import { attribute, type TouchShare } from './attribution.rules.js';
import { AttributionModel } from './touch.kinds.rules.js';

const share = (key: string | null, touches: number, hasFirst = false, hasLast = false): TouchShare => ({
  key,
  touches,
  hasFirst,
  hasLast,
});
const under = (model: keyof typeof AttributionModel, shares: TouchShare[], amount = '100.00') =>
  Object.fromEntries(
    attribute([{ amount: Big(amount), shares }], AttributionModel[model], 'EUR').map(part => [
      part.key ?? 'nobody',
      part.amount.toFixed(2),
    ]),
  );

describe('attribution', () => {
  const five = [share('blog', 1, true), share('mastodon', 3), share('mail', 1, false, true)];

  test('puts what was won down to the touches its model means', () => {
    expect(under('FIRST_TOUCH', five)).toEqual({ blog: '100.00' });
    expect(under('LAST_TOUCH', five)).toEqual({ mail: '100.00' });
    expect(under('LINEAR', five)).toEqual({ mastodon: '60.00', blog: '20.00', mail: '20.00' });
    expect(under('POSITION_BASED', five)).toEqual({ blog: '40.00', mail: '40.00', mastodon: '20.00' });
  });

  test('gives halves where there are two, and all where there is one', () => {
    expect(under('POSITION_BASED', [share('a', 1, true), share('b', 1, false, true)], '0.03')).toEqual({
      a: '0.02',
      b: '0.01',
    });
    expect(under('POSITION_BASED', [share('a', 1, true, true)])).toEqual({ a: '100.00' });
  });

  test('leaves to nobody what nobody touched', () => {
    for (const model of Object.keys(AttributionModel) as (keyof typeof AttributionModel)[])
      expect(under(model, [])).toEqual({ nobody: '100.00' });
  });

  test('adds up to what was won, whatever the model and the touches', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 0, maxLength: 4 });
    const deal = fc.record({
      amount: fc.integer({ min: 0, max: 10_000_000 }),
      keys,
      touches: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(
        fc.array(deal, { maxLength: 8 }),
        fc.constantFrom(...Object.values(AttributionModel)),
        (given, model) => {
          const deals = given.map(one => ({
            amount: Big(one.amount).div(100),
            shares: one.keys.map((key, at) => share(key, one.touches[at]! + 1, at === 0, at === one.keys.length - 1)),
          }));
          const won = deals.reduce((all, one) => all.plus(one.amount), Big(0));
          const parts = attribute(deals, model, 'EUR').reduce((all, part) => all.plus(part.amount), Big(0));
          expect(parts.toFixed(2)).toBe(won.toFixed(2));
        },
      ),
    );
  });
});
