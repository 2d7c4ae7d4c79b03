import type { WrittenQuote } from './document.rules.js';

const SIZE = 9;
const LEAST_SIZE = 4.5;
const PADDING = 4;

interface Column {
  left: number;
  width: number;
  align: 'left' | 'right';
}

type Pdf = PDFKit.PDFDocument;

/** The lines of a quote; a row that does not fit goes to the next page whole, under a head of its own. */
export function setTable(document: Pdf, { columns, rows, hasDiscounts }: WrittenQuote): void {
  const places = placesOf(document, hasDiscounts);
  setHead(document, columns, places);
  for (const row of rows) {
    const height = heightOf(document, row, places);
    if (document.y + height > document.page.height - document.page.margins.bottom) {
      document.addPage();
      setHead(document, columns, places);
    }
    const { y } = document;
    document.fillColor('#000');
    for (const [at, text] of row.entries()) setCell(document, text, places[at]!, y + PADDING);
    rule(document, y + height, 0.3, '#bbb');
    document.y = y + height;
  }
  document.x = document.page.margins.left;
}

/** The description takes what the figures leave. */
function placesOf({ page }: Pdf, hasDiscounts: boolean): Column[] {
  const figures = [70, 80, ...(hasDiscounts ? [48] : []), 56, 88];
  const whole = page.width - page.margins.left - page.margins.right;
  const widths = [whole - figures.reduce((all, one) => all + one, 0), ...figures];
  let { left } = page.margins;
  return widths.map((width, at) => {
    const column: Column = { left, width, align: at === 0 ? 'left' : 'right' };
    left += width;
    return column;
  });
}

function setHead(document: Pdf, columns: readonly string[], places: readonly Column[]): void {
  const { y } = document;
  document.font('bold').fontSize(8);
  const height =
    Math.max(...columns.map((text, at) => document.heightOfString(text, { width: places[at]!.width - PADDING }))) +
    2 * PADDING;
  document
    .rect(document.page.margins.left, y, document.page.width - 2 * document.page.margins.left, height)
    .fill('#eee');
  document.fillColor('#000');
  for (const [at, text] of columns.entries()) {
    const { left, width, align } = places[at]!;
    document.text(text, left + (align === 'left' ? PADDING : 0), y + PADDING, { width: width - PADDING, align });
  }
  document.y = y + height;
}

function heightOf(document: Pdf, [description = '']: readonly string[], [first]: readonly Column[]): number {
  document.font('plain').fontSize(SIZE);
  return document.heightOfString(description, { width: first!.width - 2 * PADDING }) + 2 * PADDING;
}

function setCell(document: Pdf, text: string, { left, width, align }: Column, y: number): void {
  document.font('plain').fontSize(SIZE);
  if (align === 'left') document.text(text, left + PADDING, y, { width: width - 2 * PADDING });
  else setFigure(document, text, { left, width: width - PADDING, y, size: SIZE });
}

interface FigurePlace {
  left: number;
  width: number;
  y: number;
  size: number;
}

/** A figure at the right end of its place, on one line: set smaller where it would run into its neighbour. The face is set already. */
export function setFigure(document: Pdf, text: string, { left, width, y, size }: FigurePlace): void {
  document.fontSize(size);
  const needed = document.widthOfString(text);
  if (needed > width - 4) document.fontSize(Math.max(LEAST_SIZE, (size * (width - 4)) / needed));
  document.text(text, left, y, { width, align: 'right' });
}

function rule(document: Pdf, y: number, width: number, colour: string): void {
  const { margins, width: whole } = document.page;
  document
    .moveTo(margins.left, y)
    .lineTo(whole - margins.right, y)
    .lineWidth(width)
    .strokeColor(colour)
    .stroke();
}
