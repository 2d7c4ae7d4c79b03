import { expect, test } from '@jest/globals';
import { segmentsOf } from './gsm.text.js';

test.each([
  ['', 'GSM7', 0, 0],
  ['a'.repeat(160), 'GSM7', 1, 160],
  ['a'.repeat(161), 'GSM7', 2, 161],
  ['€'.repeat(80), 'GSM7', 1, 160],
  // 152 septets and an escaped one: it would be torn apart at 153.
  [`${'a'.repeat(152)}€${'a'.repeat(150)}`, 'GSM7', 2, 304],
  [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM7', 3, 306],
  ['ç'.repeat(70), 'UCS2', 1, 70],
  ['ã'.repeat(71), 'UCS2', 2, 71],
  ['🥖'.repeat(35), 'UCS2', 1, 70],
  // 67 units hold 33 pairs and no half.
  ['🥖'.repeat(67), 'UCS2', 3, 134],
  ['ñandú ¿qué? ', 'UCS2', 1, 12],
  ['Mañana a las 8, ¿vale?', 'GSM7', 1, 22],
] as const)('"%.12s…" goes as %s in %i messages', (text, encoding, segments, length) => {
  expect(segmentsOf(text)).toEqual({ encoding, segments, length });
});
