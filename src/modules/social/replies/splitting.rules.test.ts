import { expect, test } from '@jest/globals';
import { MOST_PARTS, splitText } from './splitting.rules.js';

const upTo = (most: number) => (part: string) => part.length > 0 && part.length <= most;

test('a text that fits stays whole', () => {
  expect(splitText(' El pan sale a las ocho. ', upTo(30))).toEqual(['El pan sale a las ocho.']);
});

test('a longer text is cut between sentences, then between words, then between characters', () => {
  expect(splitText('Abrimos a las ocho. Cerramos a las dos. Los lunes no.', upTo(40))).toEqual([
    'Abrimos a las ocho. Cerramos a las dos.',
    'Los lunes no.',
  ]);
  expect(splitText('uno dos tres cuatro', upTo(8))).toEqual(['uno dos', 'tres', 'cuatro']);
  expect(splitText('aaaaaaaaaa', upTo(4))).toEqual(['aaaa', 'aaaa', 'aa']);
});

test('an address is not cut, and neither is a character made of several', () => {
  expect(splitText('Mira aquí: https://example.com/pan/de/ayer', upTo(35))).toEqual([
    'Mira aquí:',
    'https://example.com/pan/de/ayer',
  ]);
  const family = '👨‍👩‍👧';
  expect(splitText(family.repeat(3), upTo(family.length * 2))).toEqual([family.repeat(2), family]);
});

test('what would take too many parts, or cannot fit at all, is not cut', () => {
  expect(splitText('a'.repeat(MOST_PARTS + 1), upTo(1))).toBeNull();
  expect(splitText('👨‍👩‍👧', upTo(2))).toBeNull();
});

test('what fits is found without measuring much more than it', () => {
  for (const text of ['a'.repeat(50_000), 'una frase. '.repeat(4500), '👩‍👩‍👧‍👦'.repeat(4500)]) {
    let measured = 0;
    const most = 280;
    splitText(text, part => {
      measured = Math.max(measured, part.length);
      return part.length <= most;
    });
    expect(measured).toBeLessThanOrEqual(2 * most);
  }
});
