import { expect, test } from '@jest/globals';
import { namesSomebody, readCount, readLanguage, readMoment, readWebAddress } from './cell.rules.js';

test.each([
  ['2024-05-31T18:30:00Z', '2024-05-31T18:30:00.000Z'],
  ['2024-05-31t18:30:00.123456+02:00', '2024-05-31T16:30:00.123Z'],
  ['2024-05-31 18:30:00', '2024-05-31T18:30:00.000Z'],
  ['2024-05-31 18:30:00+02', '2024-05-31T16:30:00.000Z'],
  ['2024-05-31 18:30:00 -0330', '2024-05-31T22:00:00.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['1424776500', '2015-02-24T11:15:00.000Z'],
  ['1424776500.5', '2015-02-24T11:15:00.500Z'],
  ['1424776500123', '2015-02-24T11:15:00.123Z'],
])('%s is a moment', (text, expected) => {
  expect(readMoment(text)?.toISOString()).toBe(expected);
});

test.each([
  '',
  'yesterday',
  '2024-05-31',
  '31/05/2024 18:30',
  '05-31-2024',
  '2024-02-30T00:00:00Z',
  '2023-02-29 00:00:00',
  '2024-13-01T00:00:00Z',
  '2024-05-31T24:00:00Z',
  '2024-05-31T18:30:00+25:00',
  '20240531',
  '0',
  '-1424776500',
  '2024-05-31T18:30Z',
  '١٤٢٤٧٧٦٥٠٠',
])('"%s" is no moment, and none is guessed', text => {
  expect(readMoment(text)).toBeNull();
});

test('what only looks like a name, an address, a number or a language is none', () => {
  expect(['ana', '@ana', 'u/ana', '_', '🍞'].filter(namesSomebody)).toHaveLength(5);
  expect(['', '@', ' @ ', 'u/', '​', '...'].filter(namesSomebody)).toEqual([]);
  expect(['javascript:alert(1)', 'example.com', 'ftp://a/b'].map(readWebAddress)).toEqual([null, null, null]);
  expect(['12', '-1', '1.5', '9999999999'].map(readCount)).toEqual([12, null, null, null]);
  expect(['PT-br', 'es', 'not a tag'].map(readLanguage)).toEqual(['pt-BR', 'es', null]);
});
