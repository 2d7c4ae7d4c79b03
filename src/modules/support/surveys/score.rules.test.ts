import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readScore } from './score.rules.js';
import { SCALES, SurveyKind } from './survey.rules.js';

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
    ['5 gracias', 5, 'gracias'],
    ['5 muy bien gracias', 5, 'muy bien gracias'],
    ['5 gracias por todo', 5, 'gracias por todo'],
    ['un 5', 5, null],
    ['nota: 4', 4, null],
    ['Mi nota es un 4', 4, null],
    ['le doy un 5', 5, null],
    ['Hola, le doy un 5, gracias', 5, 'gracias'],
    ["I'd give you a 4", 4, null],
    ['minha nota é 5', 5, null],
    ['four', 4, null],
    ['Cinco', 5, null],
    ['três', 3, null],
    ['cinco estrellas', 5, null],
    ['una estrella', 1, null],
    ['five out of five', 5, null],
    ['muito bom, 5', 5, 'muito bom'],
    ['excelente servicio 5', 5, 'excelente servicio'],
    ['1 el servicio fue pésimo', 1, 'el servicio fue pésimo'],
    ['2 porque nadie contesta', 2, 'porque nadie contesta'],
    ['4 but slow', 4, 'but slow'],
    ['5 muy bien, pero llegó en 3 días', 5, 'muy bien, pero llegó en 3 días'],
    ['5️⃣', 5, null],
    ['5 ⭐', 5, null],
    ['👍 5 🙏', 5, null],
    ['⭐⭐⭐⭐ gracias', 4, 'gracias'],
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
    'el pedido 5 no llegó',
    'llevo 3 días esperando',
    '3 días mal',
    'at 5 pm',
    'a las 5',
    'por 5',
    'son 5',
    '5 veces he llamado',
    'cinco veces he llamado',
    '2 of 3 arrived',
    '2 of 5 arrived',
    '5 minutos',
    '5 mil',
    '10€',
    '5 €',
    '5 %',
    '5?',
    '#5',
    'A5',
    '5th',
    '5-star hotel',
    'un 5 por ciento',
    'I give you 2 days',
    'no le doy un 5',
    'gracias, llevo 3 horas',
    'servicio 5, no funciona',
    '2 bien, 1 mal',
    '2 bien y 3 rotos',
    '5 but only 3 arrived',
    '4 y media',
    'one of your agents',
    'one more thing',
    'una pregunta',
    'un',
    'dos, tres',
    'gracias',
  ])('%s is no answer', text => {
    expect(readScore(SurveyKind.CSAT, text)).toBeNull();
  });

  test.each([
    ['le doy un 10', 10],
    ['diez', 10],
    ['10 de 10', 10],
    ['nota zero', 0],
  ])('%s is read on the scale of recommendation', (text, score) => {
    expect(readScore(SurveyKind.NPS, text)).toEqual({ score, comment: null });
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
