import { compile } from 'html-to-text';

/** Longest HTML turned into text, in characters. */
const MAX_HTML = 500_000;

const toText = compile({
  wordwrap: false,
  limits: { maxDepth: 200 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table'].map(selector => ({ selector, options: { uppercase: false } })),
  ],
});

/** Plain text of a mail's HTML; what it quotes begins with ">", as in plain mails. */
export function textOfHtml(html: string): string {
  return toText(html.slice(0, MAX_HTML));
}

/** The plainest HTML that says the same: paragraphs and line breaks. */
export function htmlOfText(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return escaped
    .split(/\n{2,}/)
    .map(paragraph => `<p>${paragraph.replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
}
