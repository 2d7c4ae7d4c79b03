import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lexiconSentiment } from './lexicon.rules.js';

const scoreOf = (text: string, language: string) => lexiconSentiment(text, language).score;

describe('sentiment by word lists', () => {
  test.each([
    ['I love this bread, thank you!', 'en', 'POSITIVE'],
    ['worst service ever', 'en', 'NEGATIVE'],
    ['The office opens at nine', 'en', 'NEUTRAL'],
    ['Can you please help me?', 'en', 'NEUTRAL'],
    ['Me encanta el pan bien cocido', 'es', 'POSITIVE'],
    ['Pésimo servicio, no funciona nada', 'es', 'NEGATIVE'],
    ['La tienda abre a las nueve', 'es', 'NEUTRAL'],
    ['Buenos días, ¿a qué hora abren?', 'es', 'NEUTRAL'],
    ['Adorei o atendimento, obrigada', 'pt', 'POSITIVE'],
    ['O sinal caiu, que raiva', 'pt', 'NEGATIVE'],
    ['A loja abre às nove', 'pt', 'NEUTRAL'],
    ['😍', 'und', 'POSITIVE'],
    ['送料 😡', 'ja', 'NEGATIVE'],
    ['horrible', 'und', 'NEGATIVE'],
  ])('«%s» (%s) is %s', (text, language, label) => {
    expect(lexiconSentiment(text, language).label).toBe(label);
  });

  test.each([
    ['not good', 'good', 'en'],
    ['not so good', 'so good', 'en'],
    ["I don't like it", 'I like it', 'en'],
    ['no es bueno', 'es bueno', 'es'],
    ['não é bom', 'é bom', 'pt'],
  ])('«%s» is the opposite of «%s»', (negated, plain, language) => {
    expect(scoreOf(negated, language)).toBeLessThan(0);
    expect(scoreOf(plain, language)).toBeGreaterThan(0);
  });

  test('«no solo» and «not only» negate nothing', () => {
    expect(scoreOf('not only good', 'en')).toBeGreaterThan(0);
    expect(scoreOf('no solo bueno', 'es')).toBeGreaterThan(0);
  });

  test.each([
    ['very good', 'good', 'en'],
    ['goooood', 'good', 'en'],
    ['good!!!', 'good', 'en'],
    ['this is GREAT', 'this is great', 'en'],
    ['muy bueno', 'bueno', 'es'],
    ['gosto muito', 'gosto', 'pt'],
  ])('«%s» is stronger than «%s»', (strong, plain, language) => {
    expect(scoreOf(strong, language)).toBeGreaterThan(scoreOf(plain, language));
  });

  test.each([
    ['the food was good but the service was bad', 'en'],
    ['el pan es bueno pero el servicio es malo', 'es'],
    ['o pão é bom mas o atendimento é ruim', 'pt'],
  ])('what follows the contrast decides: «%s»', (text, language) => {
    expect(lexiconSentiment(text, language).label).toBe('NEGATIVE');
  });

  test('the words that decided it are told, strongest first, at most eight', () => {
    const { words } = lexiconSentiment('Me encanta, pero el servicio es pésimo y lento', 'es');
    expect(words.map(({ word }) => word)).toEqual(expect.arrayContaining(['Me encanta', 'pésimo', 'lento']));
    expect(words[0]!.weight).toBeLessThan(0);
    const many = 'good great nice happy love joy best fun win cool lovely sweet';
    expect(lexiconSentiment(many, 'en').words).toHaveLength(8);
  });

  test('letters of links and handles are not words', () => {
    expect(lexiconSentiment('@LoveAirlines https://example.com/great', 'en')).toMatchObject({
      label: 'NEUTRAL',
      words: [],
    });
  });

  test('a hashtag is read word by word', () => {
    expect(lexiconSentiment('#WorstAirlineEver', 'en').label).toBe('NEGATIVE');
  });

  test('any text in any language gets a bounded answer, the same each time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('en', 'es-MX', 'pt-BR', 'und', 'ja', '', '__proto__'),
        (text, language) => {
          const found = lexiconSentiment(text, language);
          expect(Math.abs(found.score)).toBeLessThanOrEqual(1);
          expect(['NEGATIVE', 'NEUTRAL', 'POSITIVE']).toContain(found.label);
          expect(found.words.length).toBeLessThanOrEqual(8);
          expect(lexiconSentiment(text, language)).toEqual(found);
        },
      ),
    );
  });

  test('words such as constructor are words like any other', () => {
    for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(lexiconSentiment(word, 'en').label).toBe('NEUTRAL');
    }
  });
});
