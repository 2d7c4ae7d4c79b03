import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deserialiseSentiment, serialiseSentiment } from './model.codec.js';
import { predictSentiment } from './model.js';
import type { SentimentLabel } from './sentiment.types.js';
import { macroF1, type SentimentExample, trainSentiment } from './training.js';

// An organisation whose customers say «crujiente» and «blando»: words no list knows.
const SAYINGS: Record<SentimentLabel, string[]> = {
  POSITIVE: [
    'el pan salió crujiente',
    'crujiente como siempre',
    'hoy estaba crujientísimo',
    'qué crujiente la corteza',
  ],
  NEGATIVE: ['el pan salió blando', 'blando otra vez', 'hoy estaba blandísimo', 'qué blanda la corteza'],
  NEUTRAL: ['a qué hora abren', 'hay pan de centeno', 'dónde queda la tienda', 'reparten el domingo'],
};
const examples: SentimentExample[] = Object.entries(SAYINGS).flatMap(([label, texts]) =>
  Array.from({ length: 40 }, (_, i) => ({
    text: `${texts[i % texts.length]} ${'abcdefghij'[i % 10]}${i}`,
    language: 'es',
    label: label as SentimentLabel,
  })),
);
const model = await trainSentiment(examples, { seed: 7 });

describe('sentiment learned from corrections', () => {
  test('it learns words that no list knows, and what is near them', () => {
    expect(predictSentiment(model, 'un pan muy crujiente', 'es').label).toBe('POSITIVE');
    expect(predictSentiment(model, 'estaba blandito', 'es').label).toBe('NEGATIVE');
    expect(predictSentiment(model, 'a qué hora reparten', 'es').label).toBe('NEUTRAL');
  });

  test('it tells the words that decided', () => {
    const { words, model: kind } = predictSentiment(model, 'el pan salió blando', 'es');
    expect(kind).toBe('learned');
    expect(words[0]).toMatchObject({ word: 'blando' });
    expect(words[0]!.weight).toBeLessThan(0);
  });

  test('it says how good it is beside the word lists on unseen examples', () => {
    expect(model.crossValidatedF1).toBeGreaterThan(0.9);
    expect(model.lexiconF1).toBeLessThan(model.crossValidatedF1);
    expect(model.examples).toBe(120);
  });

  test('the same examples and seed give the same bytes', async () => {
    const again = await trainSentiment(examples, { seed: 7 });
    expect(serialiseSentiment(again).equals(serialiseSentiment(model))).toBe(true);
  });

  test('stored and read again it is the same model', () => {
    const bytes = serialiseSentiment(model);
    expect(deserialiseSentiment(bytes)).toEqual(model);
    expect(bytes.length).toBeLessThan(20_000);
  });

  test('bytes that were cut, lengthened or written by another version are refused', () => {
    const bytes = serialiseSentiment(model);
    expect(() => deserialiseSentiment(bytes.subarray(0, 10))).toThrow('damaged');
    expect(() => deserialiseSentiment(bytes.subarray(0, -1))).toThrow('damaged');
    expect(() => deserialiseSentiment(Buffer.concat([bytes, Buffer.alloc(1)]))).toThrow('damaged');
    const later = Buffer.from(bytes);
    later[0] = 9;
    expect(() => deserialiseSentiment(later)).toThrow('version 9');
  });

  test('too few examples, or all of one label, are refused', async () => {
    await expect(trainSentiment(examples.slice(0, 10), { seed: 1 })).rejects.toThrow(RangeError);
    await expect(
      trainSentiment(
        examples.filter(({ label }) => label === 'NEUTRAL'),
        { seed: 1 },
      ),
    ).rejects.toThrow(RangeError);
  });

  test('training lets other work run in between', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await trainSentiment(examples, { seed: 2 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  test('any text gets a bounded answer, the same each time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom('es', 'und', 'ja'),
        (text, language) => {
          const found = predictSentiment(model, text, language);
          expect(Math.abs(found.score)).toBeLessThanOrEqual(1);
          expect(found.words.length).toBeLessThanOrEqual(8);
          expect(predictSentiment(model, text, language)).toEqual(found);
        },
      ),
    );
  });
});

test('macro-F1 is the mean over the labels that occur', () => {
  expect(macroF1([0, 1, 2], [0, 1, 2])).toBe(1);
  expect(macroF1([0, 0, 2, 2], [0, 2, 2, 2])).toBeCloseTo((2 / 3 + 4 / 5) / 2);
  expect(macroF1([], [])).toBe(0);
});
