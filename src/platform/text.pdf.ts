import { createRequire } from 'node:module';

/** One face with Latin, Greek, Cyrillic, Hebrew and Arabic letters; a sign it lacks is printed as a box. */
const FACE = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** Longer than any word; laying one out takes a time that grows with the square of its length. */
const LONGEST_WORD = /\S{60}(?=\S)/gu;

/**
 * Sets plain text on A4 pages. The text itself stands in the document's subject too, so that it can be found again.
 */
export async function pdfOfText(text: string, at: Date): Promise<Buffer> {
  // Loaded when it is needed: few processes ever do.
  const { default: PdfDocument } = await import('pdfkit');
  const document = new PdfDocument({ size: 'A4', margin: 72, info: { Subject: text, CreationDate: at } });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((done, fail) => document.on('end', done).on('error', fail));
  document.font(FACE).fontSize(11).text(text.replace(LONGEST_WORD, '$&\n'), { lineGap: 3 });
  document.end();
  await ended;
  return Buffer.concat(parts);
}
