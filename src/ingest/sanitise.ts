import sanitizeHtml from 'sanitize-html';

const HREF = /<a\s[^>]*?href="([^"]+)"/gi;
const MOST_LINKS = 50;

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

/** What of a post's own markup is kept: structure and links, nothing that runs, loads or hides. */
export function sanitiseHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      'p',
      'br',
      'a',
      'b',
      'strong',
      'i',
      'em',
      'u',
      's',
      'code',
      'pre',
      'blockquote',
      'ul',
      'ol',
      'li',
      'h1',
      'h2',
      'h3',
      'h4',
      'hr',
      'span',
    ],
    allowedAttributes: { a: ['href'], blockquote: ['cite'], span: ['lang'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow noopener noreferrer' }) },
    nestingLimit: 50,
  }).slice(0, 200_000);
}
