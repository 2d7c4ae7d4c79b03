import { expect, test } from '@jest/globals';
import { subjectOf } from '../../test/support/pdf-subject.js';
import { pdfOfText } from './text.pdf.js';

const AT = new Date('2026-11-25T10:00:00Z');

test.each(['Hola', 'Ñandú 🥐 (dos) \\ שלום مرحبا 𝒜\nsegunda línea', 'a)b(c'])(
  'sets %j on a page that says what it was',
  async text => {
    const pdf = await pdfOfText(text, AT);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(subjectOf(pdf)).toBe(text);
    expect(pdf.length).toBeLessThan(100_000);
  },
);

test('a long text takes several pages', async () => {
  const pdf = await pdfOfText('una línea\n'.repeat(200), AT);
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(2);
});

test('a word without an end does not hold everybody up', async () => {
  const began = performance.now();
  const pdf = await pdfOfText('a'.repeat(20_000), AT);
  expect(performance.now() - began).toBeLessThan(5000);
  expect(subjectOf(pdf)).toHaveLength(20_000);
});
