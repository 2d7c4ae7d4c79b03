import sanitizeHtml from 'sanitize-html';

const HREF = /<a\s[^>]*?href="([^"]+)"/gi;
const MOST_LINKS = 50;
const LONGEST = 200_000;

/** Where the links of sanitised markup lead, as absolute web addresses; relative ones are read from `base`. */
export function linksIn(html: string, base: string | undefined): string[] {
  const links = new Set<string>();
  for (const [, href] of html.matchAll(HREF)) {
    const url = URL.parse(href!.replaceAll('&amp;', '&'), base);
    if (url?.protocol === 'http:' || url?.protocol === 'https:') links.add(url.href);
    if (links.size >= MOST_LINKS) break;
  }
  return [...links];
}

const ALLOWED_TAGS = (
  'p br a b strong i em u s code pre blockquote ul ol li h1 h2 h3 h4 hr span ' +
  // Mail is laid out in tables.
  'table thead tbody tfoot tr th td'
).split(' ');

/** We vouch for no link that others wrote, and tell none where its reader came from. */
const REL = 'nofollow ugc noopener noreferrer';

/**
 * What of somebody's markup is harmless: structure and links; nothing that runs, loads (pictures tell their sender who reads)
 * or hides (styles). Applied on the way in and again on the way out, where rules may have become stricter since.
 */
export function sanitiseHtml(html: string): string {
  const clean = sanitizeHtml(html, {
    allowedTags: ALLOWED_TAGS,
    allowedAttributes: { a: ['href', 'rel'], blockquote: ['cite'], span: ['lang'], td: ['colspan'], th: ['colspan'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template'],
    transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: REL }) },
    nestingLimit: 50,
  });
  return clean.length <= LONGEST ? clean : withoutTornEnd(clean.slice(0, LONGEST));
}

/** A cut may leave half a tag or half a character. */
function withoutTornEnd(html: string): string {
  const opened = html.lastIndexOf('<');
  return (opened > html.lastIndexOf('>') ? html.slice(0, opened) : html).toWellFormed();
}
