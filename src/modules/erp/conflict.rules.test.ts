import { expect, test } from '@jest/globals';
import { compareFields, isSame } from './conflict.rules.js';

const compare = (ours: object, theirs: object, base: object, more: object = {}) =>
  compareFields({ ours: { ...ours }, theirs: { ...theirs }, base: { ...base }, rules: {}, ...more });

test('a field that one side changed is not asked about', () => {
  expect(compare({ name: 'a' }, { name: 'b' }, { name: 'a' })).toEqual({
    take: { name: 'b' },
    give: {},
    ask: [],
    base: { name: 'b' },
  });
  expect(compare({ name: 'b' }, { name: 'a' }, { name: 'a' })).toMatchObject({
    take: {},
    give: { name: 'b' },
    ask: [],
  });
});

test('a field that both changed to the same thing is no conflict', () => {
  expect(compare({ name: 'b' }, { name: 'b' }, { name: 'a' })).toEqual({
    take: {},
    give: {},
    ask: [],
    base: { name: 'b' },
  });
});

test('a field that both changed to different things is decided by its rule', () => {
  const both = (rules: object, more: object = {}) =>
    compare({ name: 'o' }, { name: 't' }, { name: 'b' }, { rules, ...more });
  expect(both({})).toMatchObject({ ask: ['name'], take: {}, give: {}, base: { name: 'b' } });
  expect(both({ name: 'THEIRS' })).toMatchObject({ take: { name: 't' }, ask: [] });
  expect(both({ name: 'OURS' })).toMatchObject({ give: { name: 'o' }, base: { name: 't' } });
  const at = { oursChangedAt: '2026-11-01T10:00:00Z', theirsChangedAt: '2026-11-01T11:00:00Z' };
  expect(both({ name: 'NEWEST' }, at)).toMatchObject({ take: { name: 't' } });
  expect(both({ name: 'NEWEST' }, { ...at, oursChangedAt: '2026-11-01T12:00:00Z' })).toMatchObject({
    give: { name: 'o' },
  });
  // When it is not known which is newer, a person is asked.
  expect(both({ name: 'NEWEST' })).toMatchObject({ ask: ['name'] });
});

test('where two records meet for the first time, an empty field gives way to a full one', () => {
  expect(compare({ name: null }, { name: 't' }, {})).toMatchObject({ take: { name: 't' }, ask: [] });
  expect(compare({ name: 'o' }, { name: null }, {})).toMatchObject({ give: { name: 'o' }, ask: [] });
  expect(compare({ name: 'o' }, { name: 't' }, {})).toMatchObject({ ask: ['name'] });
});

test('a field they do not speak of is left alone', () => {
  expect(compare({ name: 'o', email: 'a@example.com' }, { name: 'o' }, {})).toMatchObject({
    take: {},
    give: {},
    ask: [],
  });
});

test('the order of keys and what is missing make no difference', () => {
  expect(isSame({ city: 'Sevilla', street: null }, { city: 'Sevilla' })).toBe(true);
  expect(isSame(null, undefined)).toBe(true);
  expect(isSame({ city: 'Sevilla' }, { city: 'Lisboa' })).toBe(false);
});
