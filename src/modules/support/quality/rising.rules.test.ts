import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { risingWords, wordsIn } from './rising.rules.js';

test('a text is read as its telling words and what stands side by side', () => {
  expect([...wordsIn('The delivery truck was late: la furgoneta llegó tarde, https://a.example/x 42')]).toEqual(
    expect.arrayContaining(['delivery', 'truck', 'delivery truck', 'furgoneta']),
  );
  expect(wordsIn('the of la de que 42 @rosa').size).toBe(0);
});

test('what is spoken of more than before comes first, and a phrase stands for its words', () => {
  const usual = Array.from({ length: 40 }, (_, at) => `Bread order number${at} arrived`);
  const now = [...usual, ...Array.from({ length: 12 }, () => 'The payment terminal is broken')];
  const rising = risingWords(now, usual, 5);
  expect(rising[0]).toEqual({ words: 'payment terminal', now: 12, before: 0 });
  expect(rising.map(({ words }) => words)).not.toContain('bread');
});

test('what is spoken of as ever is not told', () => {
  const usual = Array.from({ length: 30 }, () => 'Bread arrived');
  expect(risingWords(usual, usual, 5)).toEqual([]);
});

test('no texts break it', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 20 });
  fc.assert(
    fc.property(texts, texts, (now, before) => {
      for (const { words, now: count, before: past } of risingWords(now, before, 10)) {
        expect(words).not.toBe('');
        expect(count).toBeGreaterThan(past === 0 ? 0 : (past / before.length) * now.length);
      }
    }),
  );
});
