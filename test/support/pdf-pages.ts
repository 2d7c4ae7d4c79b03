import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Poppler, as Debian has it (test/servers/debian.txt). */
export const isPopplerInstalled = ['pdftotext', 'pdftoppm'].every(
  program => !spawnSync(program, ['-v'], { stdio: 'ignore' }).error,
);
if (!isPopplerInstalled) console.warn('poppler-utils is not installed; the tests that look at pages are skipped.');

function within<Result>(pdf: Buffer, work: (folder: string, file: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    return work(folder, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of each page, as it is laid out. */
export function textOfPages(pdf: Buffer): string[] {
  const text = within(pdf, (_folder, file) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
  return text.split('\f').slice(0, -1);
}

export interface Word {
  page: number;
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Every word with the box it fills, in points from the upper left corner. */
export function wordsOf(pdf: Buffer): Word[] {
  const html = within(pdf, (_folder, file) => execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' }));
  let page = 0;
  return html.split('\n').flatMap(line => {
    if (line.includes('<page ')) page += 1;
    const found = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/.exec(line);
    if (!found) return [];
    const [left, top, right, bottom] = found.slice(1, 5).map(Number) as [number, number, number, number];
    return [{ page, text: found[5]!, left, top, right, bottom }];
  });
}

export interface Picture {
  width: number;
  height: number;
  /** One byte a point, 255 is white. */
  greys: Buffer;
}

/** Each page as grey points, 72 to the inch. */
export function picturesOf(pdf: Buffer): Picture[] {
  return within(pdf, (folder, file) => {
    execFileSync('pdftoppm', ['-gray', '-r', '72', file, join(folder, 'page')]);
    return readdirSync(folder)
      .filter(name => name.endsWith('.pgm'))
      .sort()
      .map(name => pictureOf(readFileSync(join(folder, name))));
  });
}

function pictureOf(pgm: Buffer): Picture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 60).toString('latin1'));
  if (!head) throw new Error('That is no picture.');
  return { width: Number(head[1]), height: Number(head[2]), greys: pgm.subarray(head[0].length) };
}
