import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { detectLanguage } from './language.rules.js';

describe('the language of a post', () => {
  test.each([
    ['No me funciona el internet desde ayer', 'es'],
    ['O atendimento de vocês não funciona', 'pt'],
    ['I have been waiting for an hour', 'en'],
    ['Où est le train de dix heures ?', 'fr'],
    ['送料はいくらですか', 'ja'],
    ['gracias', 'es'],
    ['bom dia', 'pt'],
    ['Thanks!', 'en'],
  ])('«%s» is %s', (text, code) => {
    expect(detectLanguage(text).code).toBe(code);
  });

  test.each(['', '👍👍', '123', 'ok', '@VirginAmerica https://t.co/abc'])('«%s» says nothing of its language', text => {
    expect(detectLanguage(text)).toEqual({ code: 'und', confidence: 0 });
  });

  test('handles, links and hashtag signs do not sway it', () => {
    expect(detectLanguage('@LaCasaDelPan https://example.com/el-mejor-pan I am so tired of waiting').code).toBe('en');
  });

  test('any text gets a code and a confidence from 0 to 1, the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), text => {
        const found = detectLanguage(text);
        expect(found.code).toMatch(/^[a-z]{2,3}$/);
        expect(found.confidence).toBeGreaterThanOrEqual(0);
        expect(found.confidence).toBeLessThanOrEqual(1);
        expect(detectLanguage(text)).toEqual(found);
      }),
    );
  });
});
