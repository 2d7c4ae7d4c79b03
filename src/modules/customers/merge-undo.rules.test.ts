import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fieldNameOf, restorationOf, restoredKeys, restoredWords } from './merge-undo.rules.js';

describe('a row', () => {
  const before = { from: 'm', to: 'x', note: 'a' };
  const after = { from: 's', to: 'x', note: 'b' };
  const of = (current: object, unit: string[] = []) =>
    restorationOf({ id: '1', before, after, current: { ...after, ...current } }, unit);

  test('gets back what is as the merge left it, and nothing that is as before already', () => {
    expect(of({})).toEqual({ columns: ['from', 'note'], changedSince: [] });
    expect(of({ note: 'a' })).toEqual({ columns: ['from'], changedSince: [] });
    expect(of({ note: 'c', other: 'changed' })).toEqual({ columns: ['from'], changedSince: ['note'] });
  });

  test('gets back of what belongs together everything or nothing', () => {
    const swapped = { id: '1', before: { from: 'm', to: 'x' }, after: { from: 'x', to: 's' } };
    const current = { from: 'y', to: 's' };
    expect(restorationOf({ ...swapped, current }, ['from', 'to'])).toEqual({ columns: [], changedSince: ['from'] });
    expect(restorationOf({ ...swapped, current })).toEqual({ columns: ['to'], changedSince: ['from'] });
  });
});

const words = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd'));

test('words come back as they were, less what was taken away since, with what was added since', () => {
  expect(restoredWords(['b', 'a'], ['b', 'a', 'c'], ['b', 'a', 'c'])).toEqual(['b', 'a']);
  expect(restoredWords(['a'], ['a', 'b', 'c'], ['c', 'd'])).toEqual(['d']);
  fc.assert(
    fc.property(words, words, words, (before, after, current) => {
      const restored = restoredWords(before, after, current);
      for (const word of ['a', 'b', 'c', 'd']) {
        const wasChanged = after.includes(word) !== current.includes(word);
        expect(restored.includes(word)).toBe((wasChanged ? current : before).includes(word));
      }
    }),
  );
});

const values = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom<unknown>(1, 'x', false));

test('values by key come back one by one, and what was changed since stays and is told', () => {
  fc.assert(
    fc.property(values, values, values, (before, after, current) => {
      const { value, changedSince } = restoredKeys(before, after, current);
      for (const key of ['a', 'b', 'c']) {
        const isTouched = before[key] !== after[key];
        const isKept = !isTouched || current[key] !== after[key];
        expect(value[key]).toBe(isKept ? current[key] : before[key]);
        expect(changedSince.includes(key)).toBe(isTouched && isKept && current[key] !== before[key]);
      }
    }),
  );
});

test('columns are told by the names the schema has for them', () => {
  expect(['given_name', 'owner_id', 'external_id', 'tags'].map(fieldNameOf)).toEqual([
    'givenName',
    'owner',
    'externalId',
    'tags',
  ]);
});
