import { createRequire } from 'node:module';
import { type QuoteDocument, type WrittenQuote, writeQuote } from './document.rules.js';
import { documentLanguage } from './quote.words.js';
import { setFigure, setTable } from './table.pdf.js';

const { resolve } = createRequire(import.meta.url);
const FACES = {
  plain: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};
const MARGIN = 48;
const FOOT = 36;
/** Laying out a word takes a time that grows with the square of its length. */
const LONGEST_WORD = /\S{60}(?=\S)/gu;

const broken = (text: string): string => text.replace(LONGEST_WORD, '$&\u200b');

/** A quote on A4 pages, in its language; the head of the table is repeated on each page. */
export async function pdfOfQuote(quote: QuoteDocument): Promise<Buffer> {
  // Loaded when it is needed: few processes ever do.
  const { default: Document } = await import('pdfkit');
  const written = writeQuote(quote);
  const document = new Document({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    lang: documentLanguage(quote.language),
    info: {
      Title: written.heading,
      Author: quote.organization,
      CreationDate: new Date(`${quote.date}T00:00:00Z`),
    },
  });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((done, fail) => document.on('end', done).on('error', fail));
  document.registerFont('plain', FACES.plain).registerFont('bold', FACES.bold);
  setHead(document, quote, written);
  setTable(document, written);
  setSums(document, written);
  if (quote.terms) setTerms(document, quote.terms, written);
  numberPages(document, written);
  document.end();
  await ended;
  return Buffer.concat(parts);
}

type Pdf = PDFKit.PDFDocument;

const widthOf = ({ page }: Pdf): number => page.width - page.margins.left - page.margins.right;

function setHead(document: Pdf, quote: QuoteDocument, { heading, revision, facts, words }: WrittenQuote): void {
  const width = widthOf(document);
  const half = (width - 24) / 2;
  const right = MARGIN + half + 24;
  document.font('bold').fontSize(11).text(broken(quote.organization), MARGIN, MARGIN, { width: half });
  const leftEnd = document.y;
  document.font('bold').fontSize(15).text(broken(heading), right, MARGIN, { width: half, align: 'right' });
  if (revision) document.font('plain').fontSize(10).text(revision, { width: half, align: 'right' });
  document.y = Math.max(leftEnd, document.y) + 18;

  const top = document.y;
  document.font('plain').fontSize(8).fillColor('#555').text(words.to, MARGIN, top, { width: half });
  document.font('bold').fontSize(10).fillColor('#000').text(broken(quote.customer), { width: half });
  if (quote.address) document.font('plain').fontSize(9).text(broken(quote.address), { width: half });
  const customerEnd = document.y;
  document.y = top;
  for (const { label, value } of facts) {
    const line = document.y;
    document
      .font('plain')
      .fontSize(9)
      .fillColor('#555')
      .text(label, right, line, { width: half * 0.45 });
    const labelEnd = document.y;
    document.fillColor('#000').text(value, right + half * 0.45, line, { width: half * 0.55, align: 'right' });
    document.y = Math.max(labelEnd, document.y) + 2;
  }
  document.x = MARGIN;
  document.y = Math.max(customerEnd, document.y) + 16;
  if (quote.title) {
    document.font('bold').fontSize(11).text(broken(quote.title), MARGIN, document.y, { width });
    document.moveDown(0.6);
  }
}

/** Kept together: on the next page where this one has no room for it. */
function setSums(document: Pdf, { sums }: WrittenQuote): void {
  const width = widthOf(document);
  const labelWidth = 200;
  const valueWidth = 140;
  const left = MARGIN + width - labelWidth - valueWidth;
  const heights = sums.map(({ label }, at) => {
    document.font(at === sums.length - 1 ? 'bold' : 'plain').fontSize(at === sums.length - 1 ? 11 : 9);
    return document.heightOfString(label, { width: labelWidth - 8 }) + 5;
  });
  const height = heights.reduce((all, one) => all + one, 14);
  if (document.y + height > document.page.height - document.page.margins.bottom) document.addPage();
  let { y } = document;
  y += 8;
  for (const [at, { label, value }] of sums.entries()) {
    const isLast = at === sums.length - 1;
    if (isLast) {
      document
        .moveTo(left, y)
        .lineTo(left + labelWidth + valueWidth, y)
        .lineWidth(0.8)
        .strokeColor('#000')
        .stroke();
      y += 4;
    }
    document
      .font(isLast ? 'bold' : 'plain')
      .fontSize(isLast ? 11 : 9)
      .fillColor('#000');
    document.text(label, left, y, { width: labelWidth - 8 });
    setFigure(document, value, { left: left + labelWidth, width: valueWidth, y, size: isLast ? 11 : 9 });
    y += heights[at]!;
  }
  document.x = MARGIN;
  document.y = y + 14;
}

function setTerms(document: Pdf, terms: string, { words }: WrittenQuote): void {
  const width = widthOf(document);
  // A heading alone at the foot of a page belongs to the next one.
  if (document.y + 50 > document.page.height - document.page.margins.bottom) document.addPage();
  document.font('bold').fontSize(10).text(words.terms, MARGIN, document.y, { width });
  document.moveDown(0.3);
  document.font('plain').fontSize(9).text(broken(terms), { width, lineGap: 2 });
}

function numberPages(document: Pdf, { heading, revision, words }: WrittenQuote): void {
  const { start, count } = document.bufferedPageRange();
  for (let at = 0; at < count; at++) {
    document.switchToPage(start + at);
    const { page } = document;
    // Below the margin pdfkit would begin another page.
    page.margins.bottom = 0;
    document.font('plain').fontSize(8).fillColor('#555');
    const y = page.height - MARGIN;
    document.text([heading, revision].filter(Boolean).join(' · '), MARGIN, y, { width: 300, lineBreak: false });
    document.text(words.page(String(at + 1), String(count)), page.width - MARGIN - 150, y, {
      width: 150,
      align: 'right',
      lineBreak: false,
    });
  }
}
