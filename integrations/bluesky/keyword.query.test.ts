import { describe, expect, test } from '@jest/globals';
import { matchesKeywords, parseKeywordQuery } from './keyword.query.js';

function matches(query: string, text: string, hashtags: string[] = []): boolean {
  return matchesKeywords(parseKeywordQuery(query), text, hashtags);
}

describe('a keyword source', () => {
  test.each([
    ['panadería', 'La PANADERIA de la esquina'],
    ['pan', '¿Hay #pan?'],
    ['pan', 'pan'],
    ['"masa madre"', 'Pan de masa\n  madre.'],
    ['“masa madre”', 'MASA MADRE'],
    ['vino OR pan', 'un buen pan'],
    ['pan integral', 'Integral, de centeno: el pan'],
    ['#PanDulce', 'viva el #pandulce!'],
    ['café', 'cafe\u0301 con leche'],
    ['ｐａｎ', 'pan'],
    ['パン', 'おいしいパンです'],
    ['c++', 'escrito en C++, creo'],
    ['🥖', 'hoy🥖🥖'],
  ])('finds %s in “%s”', (query, text) => {
    expect(matches(query, text)).toBe(true);
  });

  test.each([
    ['pan', 'compañía panadera en expansión'],
    ['pan', 'el pan_ de molde'],
    ['"masa madre"', 'masa de la madre'],
    ['pan integral', 'un pan blanco'],
    ['#pan', 'el pan'],
    ['#pan', 'viva el #pandulce'],
    ['パン', 'おいしいハンです'],
  ])('does not find %s in “%s”', (query, text) => {
    expect(matches(query, text)).toBe(false);
  });

  test('finds a hashtag that stands beside the text', () => {
    expect(matches('#desayuno', 'Domingo', ['Desayuno'])).toBe(true);
    expect(matches('desayuno', 'Domingo', ['Desayuno'])).toBe(true);
  });

  test.each([
    ['OR pan', 'both sides of OR'],
    ['pan OR', 'both sides of OR'],
    ['', 'at least one word'],
    ['"masa madre', 'not closed'],
    ['pan ""', 'no letter, digit or emoji'],
  ])('refuses %j and says why', (query, reason) => {
    expect(() => parseKeywordQuery(query)).toThrow(reason);
  });

  test('refuses more words than one stream can be searched for', () => {
    const words = Array.from({ length: 51 }, (_, at) => `pan${at}`);
    expect(() => parseKeywordQuery(words.join(' OR '))).toThrow('At most 50');
  });
});
