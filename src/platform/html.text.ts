import { compile, type HtmlToTextOptions } from 'html-to-text';

/** Longest HTML turned into text, in characters: a whole book as one entry is read in part. */
const MAX_HTML = 500_000;

const options: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: 200 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, options: { uppercase: false } })),
  ],
};
const toText = compile(options);
const toTextKeepingLines = compile({ ...options, preserveNewlines: true });

/** Plain text of HTML, paragraphs apart. What has no tag is text whose own line breaks are kept. */
export function textOfHtml(html: string): string {
  const part = html.slice(0, MAX_HTML);
  return clean(isMarkup(part) ? toText(part) : toTextKeepingLines(part)) ?? '';
}

export function isMarkup(html: string): boolean {
  return /<[a-z!/]/i.test(html);
}

/** Trimmed, without control characters and halves of surrogate pairs, which no database takes; undefined when empty. */
export function clean(text: string | undefined): string | undefined {
  const cleaned = text
    ?.toWellFormed()
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .trim();
  return cleaned || undefined;
}
