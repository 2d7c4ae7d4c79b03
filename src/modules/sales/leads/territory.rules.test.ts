import { expect, test } from '@jest/globals';
import { liesIn, type TerritoryRule, territoryOf } from './territory.rules.js';

const rule = (id: string, given: Partial<TerritoryRule> = {}): TerritoryRule => ({
  id,
  parentId: null,
  countries: [],
  postalPrefixes: [],
  languages: [],
  industries: [],
  ...given,
});
const place = { country: 'ES', postalCode: '41-001', language: 'es-AR', industry: 'Bakery' };

test('a place lies in the deepest territory whose every list fits, its own and those above', () => {
  const rules = [
    rule('a', { countries: ['ES'] }),
    rule('b', { parentId: 'a', postalPrefixes: ['41 0'] }),
    rule('c', { parentId: 'a', postalPrefixes: ['28'] }),
    rule('d', { parentId: 'b' }),
    rule('e', { countries: ['PT'] }),
    rule('f', { parentId: 'e', languages: ['es'] }),
  ];
  expect(territoryOf(rules, place)).toBe('d');
  expect(territoryOf(rules, { ...place, postalCode: null })).toBe('a');
  expect(territoryOf(rules, { ...place, country: 'PT' })).toBe('f');
  expect(territoryOf(rules, { ...place, country: null })).toBeNull();
  expect(liesIn(rules, 'd', 'a')).toBe(true);
  expect(liesIn(rules, 'a', 'd')).toBe(false);
  expect(liesIn(rules, null, 'a')).toBe(false);
});

test('of two alike the one that asks for more counts, and one that asks for nothing holds nothing', () => {
  const rules = [rule('a'), rule('b', { languages: ['es'] }), rule('c', { languages: ['ES'], industries: ['bakery'] })];
  expect(territoryOf(rules, place)).toBe('c');
  expect(territoryOf(rules, { ...place, industry: null })).toBe('b');
  expect(territoryOf(rules, { ...place, language: 'est' })).toBeNull();
});

test('a broken tree ends', () => {
  const rules = [rule('a', { parentId: 'b', countries: ['ES'] }), rule('b', { parentId: 'a' })];
  expect(territoryOf(rules, place)).toBe('a');
});
