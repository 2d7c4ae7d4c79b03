import { compile } from 'html-to-text';

/** No instance publishes this much; what is longer is read in part. */
const MAX_HTML = 500_000;

/**
 * Mastodon shows `@user` and keeps the whole name in the link; as plain text the whole name stands there, or it would be anybody's.
 * The parts of a link that it hides are text like the rest.
 */
const toText = compile({
  wordwrap: false,
  limits: { maxDepth: 100 },
  formatters: {
    mentionOrText(element, walk, builder) {
      const names = (builder as { metadata?: Map<string, string> }).metadata;
      const name = names?.get(element.attribs['href'] ?? '');
      if (name) builder.addInline(`@${name}`);
      else walk(element.children, builder);
    },
  },
  selectors: [
    { selector: 'a', format: 'mentionOrText' },
    { selector: 'img', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
  ],
}) as (html: string, names?: Map<string, string>) => string;

/** Plain text of a status or a profile. `names` has the whole name of each account that is linked to, by its address. */
export function textOfHtml(html: string, names?: Map<string, string>): string {
  return toText(html.slice(0, MAX_HTML), names).toWellFormed().trim();
}
