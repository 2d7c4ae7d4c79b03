import { describe, expect, test } from '@jest/globals';
import { mentionedIn } from './mention.rules.js';

const colleagues = [
  { id: 'ana', name: 'Ana Ruiz' },
  { id: 'ana2', name: 'Ana María Sol' },
  { id: 'beto', name: 'Beto Peña' },
];

describe('a note', () => {
  test.each([
    ['@Ana Ruiz, ¿puedes mirar?', ['ana']],
    ['Pregunta a @ana maría sol y a @beto.', ['ana2', 'beto']],
    ['@Ana ¿quién?', []],
    ['@Betostrong no es nadie', []],
    ['escribe a beto@example.com', []],
    ['(@BETO PEÑA)', ['beto']],
    ['', []],
  ])('that says “%s” calls %j', (text, called) => {
    expect(mentionedIn(text, colleagues)).toEqual(called);
  });
});
