import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asksForMore, indexOf, readScore, SCALES, SurveyKind } from './survey.rules.js';

describe('the score a message gives', () => {
  test.each([
    ['5', 5, null],
    [' 4/5 ', 4, null],
    ['3 de 5', 3, null],
    ['★★★★★', 5, null],
    ['⭐️⭐️⭐️', 3, null],
    ['5 estrellas', 5, null],
    ['2 - nobody called me back', 2, 'nobody called me back'],
    ['5, gracias por todo', 5, 'gracias por todo'],
    ['1\nMuito lento', 1, 'Muito lento'],
    ['5!', 5, null],
  ])('%s is read', (text, score, comment) => {
    expect(readScore(SurveyKind.CSAT, text)).toEqual({ score, comment });
  });

  test.each([
    '',
    '0',
    '6',
    '55',
    '5 loaves please',
    'I waited 5 days',
    '4711',
    '12.5',
    'no',
    '5€',
    '3,5 kg',
    '2:30 sharp',
    '5-6 days',
    '5 – 2 loaves',
  ])('%s is no answer', text => {
    expect(readScore(SurveyKind.CSAT, text)).toBeNull();
  });

  test('every score of every scale is read as itself', () => {
    for (const kind of Object.values(SurveyKind)) {
      for (let score = SCALES[kind].least; score <= SCALES[kind].most; score++)
        expect(readScore(kind, String(score))).toEqual({ score, comment: null });
    }
  });

  test('no text breaks it, and what it reads lies on the scale', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(SurveyKind)), fc.string({ unit: 'grapheme' }), (kind, text) => {
        const read = readScore(kind, text);
        if (read) {
          expect(read.score).toBeGreaterThanOrEqual(SCALES[kind].least);
          expect(read.score).toBeLessThanOrEqual(SCALES[kind].most);
        }
      }),
    );
  });
});

describe('what is said beside a score', () => {
  test.each([
    ['CSAT', 5, null, 0, false],
    ['CSAT', 1, null, -0.5, false],
    ['CSAT', 5, 'gracias', 0.6, false],
    ['CSAT', 3, 'sigue frío', 0, true],
    ['NPS', 6, 'regular', 0, true],
    ['NPS', 9, '¿y la factura?', 0, true],
    ['CES', 7, 'pero llegó roto', -0.4, true],
  ] as const)('%s %i with %s waits for us: %#', (kind, score, comment, sentiment, waits) => {
    expect(asksForMore(SurveyKind[kind], { score, comment }, sentiment)).toBe(waits);
  });
});

describe('the figure of a survey', () => {
  test('satisfaction is the share of fours and fives', () => {
    expect(
      indexOf(
        SurveyKind.CSAT,
        new Map([
          [5, 3],
          [4, 1],
          [2, 4],
        ]),
      ),
    ).toBe(50); // prettier-ignore
  });

  test('recommendation is promoters less detractors', () => {
    expect(
      indexOf(
        SurveyKind.NPS,
        new Map([
          [10, 5],
          [8, 3],
          [3, 2],
        ]),
      ),
    ).toBe(30); // prettier-ignore
  });

  test('effort is the mean', () => {
    expect(
      indexOf(
        SurveyKind.CES,
        new Map([
          [7, 1],
          [4, 2],
        ]),
      ),
    ).toBe(5); // prettier-ignore
  });

  test('nobody answered is not nought', () => {
    expect(indexOf(SurveyKind.NPS, new Map())).toBeNull();
  });
});
