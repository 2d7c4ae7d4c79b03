import sanitizeHtml from 'sanitize-html';

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
