import { Marked } from 'marked';
import { textOfHtml } from '../../../platform/html.text.js';
import { sanitiseHtml } from '../../../platform/markup.js';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const marked = new Marked({
  gfm: true,
  async: false,
  renderer: {
    // Markup in the source is shown as it was typed.
    html: ({ text }) => escaped(text),
    // Nothing is loaded from elsewhere while somebody reads: a picture is a link to it.
    image: ({ href, text }) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`,
  },
});

const DEEPEST = 50;
const MOST_EMPHASIS = 10_000;
const TOO_DEEP = new RegExp(`^[ \\t]*(?:(?:>|[-*+][ \\t]|\\d+[.)][ \\t])[ \\t]*){${DEEPEST + 1}}`, 'm');

/** Why it is no text but work for whoever renders it, which nests and looks for the ends of emphasis; null when it is fine. */
export function tangleOf(source: string): string | null {
  if (TOO_DEEP.test(source)) return `Quotes and lists are at most ${DEEPEST} deep.`;
  const signs = source.match(/[*_~]/g)?.length ?? 0;
  return signs > MOST_EMPHASIS ? `It has at most ${MOST_EMPHASIS} of the signs *, _ and ~.` : null;
}

/** Markdown as HTML that is safe to show (structure, and links to http, https and mailto), and as plain text. */
export function renderMarkdown(source: string): { html: string; text: string } {
  const html = sanitiseHtml(marked.parse(source) as string);
  return { html, text: textOfHtml(html) };
}
