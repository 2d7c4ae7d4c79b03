import { describe, expect, test } from '@jest/globals';
import { excerptOf, languageAsked, rememberedQuery, slugOf, wordsOf } from './query.rules.js';

test('a search is its words, whatever stands between them', () => {
  expect(wordsOf('  ¿Cómo  devuelvo:e-mail? ')).toEqual(['Cómo', 'devuelvo', 'e', 'mail']);
  expect(wordsOf("'; drop table articles; -- & | !")).toEqual(['drop', 'table', 'articles']);
  expect(wordsOf(' … ')).toEqual([]);
  expect(wordsOf('x '.repeat(500))).toHaveLength(12);
});

describe('what is remembered of a search', () => {
  test.each([
    ['Cómo Devolver', 'cómo devolver'],
    ['factura 2026', 'factura 2026'],
    ['rosa@example.com', null],
    ['pedido 600 123 456', null],
    ['tarjeta 4111-1111-1111-1111', null],
    ['+34 (600) 12', 'nothing'],
    ['llame al 600_123_456', null],
    ['600,123|456', null],
    ['٦٠٠ ١٢٣ ٤٥٦', null],
    ['rosa＠example.com', null],
    ['rosa%40example.com', null],
    ['ab', null],
  ])('of "%s" is %s', (typed, expected) => {
    expect(rememberedQuery(typed)).toBe(expected === 'nothing' ? null : expected);
  });
});

test('an excerpt is text, and says which of it was looked for', () => {
  expect(excerptOf('a \u0002b\u0003 <i>c\u0002d\u0003')).toEqual([
    { text: 'a ', isMatch: false },
    { text: 'b', isMatch: true },
    { text: ' <i>c', isMatch: false },
    { text: 'd', isMatch: true },
  ]);
  expect(excerptOf('')).toEqual([]);
});

test('a language that we do not have is the one of the reader', () => {
  expect(languageAsked('pt-BR', 'en')).toBe('pt');
  expect(languageAsked('de', 'es')).toBe('es');
  expect(languageAsked(null, 'fr')).toBe('en');
});

test('a title becomes a name in addresses', () => {
  expect(slugOf('¿Cómo devuelvo un pedido?')).toBe('como-devuelvo-un-pedido');
  expect(slugOf('???')).toBe('');
});
