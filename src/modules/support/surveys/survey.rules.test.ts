import { describe, expect, test } from '@jest/globals';
import { asksForMore, indexOf, SurveyKind } from './survey.rules.js';

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
