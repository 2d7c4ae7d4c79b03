import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isOneSlipApart, jaroWinkler } from './similarity.js';
import { TableBuilder } from './table.js';

function textsOf(...values: string[]) {
  const builder = new TableBuilder([{ name: 'text' }]);
  for (const text of values) builder.add({ text });
  const table = builder.finish();
  return { texts: table.dictionaries['text']!, ids: [...table.columns['text']!.values] };
}

const likeness = (one: string, other: string) => {
  const { texts, ids } = textsOf(one, other);
  return jaroWinkler(texts, ids[0]!, texts, ids[1]!);
};
const slip = (one: string, other: string) => {
  const { texts, ids } = textsOf(one, other);
  return isOneSlipApart(texts, ids[0]!, ids[1]!);
};

describe('Jaro and Winkler’s similarity', () => {
  // Winkler (1990), table of examples.
  test.each([
    ['shackleford', 'shackelford', 0.982],
    ['dunningham', 'cunnigham', 0.896],
    ['nichleson', 'nichulson', 0.956],
    ['jones', 'johnson', 0.832],
    ['massey', 'massie', 0.933],
    ['abroms', 'abrams', 0.922],
    ['martha', 'marhta', 0.961],
    ['dixon', 'dicksonx', 0.813],
  ])('of %s and %s is as published', (one, other, value) => expect(likeness(one, other)).toBeCloseTo(value, 2));

  test('is the same both ways, 1 for equals, and never outside 0 to 1', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.string({ minLength: 1, maxLength: 60 }), (a, b) => {
        expect(likeness(a, a)).toBe(1);
        const value = likeness(a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('one slip', () => {
  test.each([
    ['19840506', '19840506', true],
    ['19840506', '19840560', true],
    ['19840506', '1984506', true],
    ['19840506', '19840516', true],
    ['19840506', '19850516', false],
    ['ab', 'ba', true],
    ['abc', 'a', false],
    ['abcd', 'badc', false],
  ])('between %s and %s: %s', (one, other, is) => expect(slip(one, other)).toBe(is));
});
