import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  isPopplerInstalled,
  picturesOf,
  textOfPages,
  type Word,
  wordsOf,
} from '../../../../../test/support/pdf-pages.js';
import { documentTotals } from '../../documents/totals.rules.js';
import { QuoteStatus } from '../quote.states.rules.js';
import type { DocumentLine, QuoteDocument } from './document.queries.js';
import { pdfOfQuote } from './quote.pdf.js';

const MARGIN = 48;
const A4 = { width: 595, height: 842 };

const line = (at: number, more: Partial<DocumentLine> = {}): DocumentLine => ({
  description: `Harina de trigo n.º ${at + 1}`,
  quantity: String(at + 1),
  unit: 'kg',
  unitPrice: '12.5',
  discountPercent: at % 3 === 0 ? '5' : '0',
  taxPercent: at % 2 === 0 ? '21' : '10',
  ...more,
});

function quote(more: Partial<QuoteDocument> = {}): QuoteDocument {
  const lines = more.lines ?? [line(0), line(1)];
  const currency = more.currency ?? 'EUR';
  const discountPercent = more.discountPercent ?? '0';
  const { net, total, taxes } = documentTotals(lines, { currency, discountPercent });
  return {
    number: 'Q-2026-0042',
    revision: 2,
    status: QuoteStatus.SENT,
    language: 'es',
    title: 'Obrador nuevo en la calle de la Peña',
    terms: 'Pago a 30 días.\n\nLa entrega se hace en el obrador, de lunes a viernes.',
    date: '2026-11-27',
    validUntil: '2026-12-27',
    isOver: false,
    organization: 'Panadería Ñandú',
    customer: 'Confitería La Española, Müller & Söhne',
    address: 'Avenida de la Constitución 12, 3.º izquierda, 41001 Sevilla',
    orderNumber: null,
    ...more,
    currency,
    discountPercent,
    lines,
    net,
    total,
    taxes,
  };
}

/** For somebody to look at: QUOTE_PDF_FOLDER=/somewhere. */
async function print(name: string, document: QuoteDocument): Promise<Buffer> {
  const pdf = await pdfOfQuote(document);
  const folder = process.env['QUOTE_PDF_FOLDER'];
  if (folder) writeFileSync(`${folder}/${name}.pdf`, pdf);
  return pdf;
}

const plain = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ').replaceAll(' %', '%');

/** No ink outside of the margins, and no two words over one another. */
function expectTidy(pdf: Buffer): void {
  for (const { width, height, greys } of picturesOf(pdf)) {
    expect([Math.abs(width - A4.width) <= 1, Math.abs(height - A4.height) <= 1]).toEqual([true, true]);
    const inked = (x: number, y: number) => greys[y * width + x]! < 200;
    let outside = 0;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        if ((x < MARGIN - 3 || x > width - MARGIN + 3 || y < MARGIN - 6 || y > height - MARGIN + 14) && inked(x, y))
          outside++;
    expect(outside).toBe(0);
  }
  const words = wordsOf(pdf);
  const over = words.flatMap((one, at) =>
    words
      .slice(at + 1, at + 80)
      .filter(other => overlap(one, other))
      .map(other => [one.text, other.text]),
  );
  expect(over).toEqual([]);
}

const overlap = (a: Word, b: Word): boolean =>
  a.page === b.page &&
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;

(isPopplerInstalled ? describe : describe.skip)('the document of a quote', () => {
  test('is in Spanish, with numbers and days as they are written there', async () => {
    const pdf = await print('es', quote({ discountPercent: '10' }));
    const [page] = textOfPages(pdf).map(plain);
    for (const text of [
      'Presupuesto Q-2026-0042 · revisión 2 Página 1 de 1',
      'Panadería Ñandú',
      'Confitería La Española, Müller & Söhne',
      'Fecha 27 de noviembre de 2026',
      'Válido hasta 27 de diciembre de 2026',
      'Harina de trigo n.º 1 1 kg 12,50 5% 21% 11,87',
      'Subtotal 36,87 €',
      'Descuentos 10% -3,69 €',
      'Base imponible 33,18 €',
      'Condiciones',
    ])
      expect(page).toContain(text);
    expectTidy(pdf);
  });

  test('is in Portuguese and in English', async () => {
    const [pt] = textOfPages(await print('pt', quote({ language: 'pt-BR', currency: 'BRL' }))).map(plain);
    for (const text of ['Orçamento Q-2026-0042', 'revisão 2', 'Válido até 27 de dezembro de 2026', 'R$', 'Condições'])
      expect(pt).toContain(text);
    const [en] = textOfPages(await print('en', quote({ language: 'en', currency: 'USD' }))).map(plain);
    for (const text of [
      'Quote Q-2026-0042',
      'revision 2',
      'Valid until December 27, 2026',
      'Unit price',
      'Terms',
      'Page 1 of 1',
    ])
      expect(en).toContain(text);
  });

  test('goes over several pages, each with the head of the table', async () => {
    const lines = Array.from({ length: 60 }, (_, at) =>
      line(
        at,
        at % 7 === 0
          ? { description: `${'Descripción muy larga de un horno con cámara de fermentación, '.repeat(3)}n.º ${at}` }
          : {},
      ),
    );
    const pdf = await print('long', quote({ lines, terms: 'Una condición más, y otra. '.repeat(150) }));
    const pages = textOfPages(pdf).map(plain);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.filter(page => page.includes('Descripción Cantidad'))).toHaveLength(
      pages.filter(page => /\d kg \d/.test(page)).length,
    );
    expect(pages.join(' ').match(/ kg 12,50/g)).toHaveLength(60);
    expect(pages.at(-1)).toContain(`Página ${pages.length} de ${pages.length}`);
    expectTidy(pdf);
  });

  test('keeps what is far too long on the page', async () => {
    const pdf = await print(
      'wide',
      quote({
        organization: 'O'.repeat(150),
        customer:
          'Compañía Internacional de Panificación y Confitería Artesana de los Hermanos Fernández-Villaverde y Asociados, S.L.U.',
        address: 'x'.repeat(200),
        title: 'y'.repeat(200),
        terms: 'z'.repeat(3000),
        currency: 'CLP',
        lines: [
          line(0, {
            description: 'w'.repeat(500),
            quantity: '99999999.9999',
            unit: 'unidades de venta al por mayor',
            unitPrice: '999999999',
          }),
        ],
      }),
    );
    expectTidy(pdf);
  });
});
