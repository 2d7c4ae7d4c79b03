import { mf2 } from 'microformats-parser';
import sanitizeHtml from 'sanitize-html';
import { clean, textOfHtml } from '../../src/platform/html.text.js';

export interface OwnSite {
  /** With a slash at the end. */
  site: string;
  host: string;
  path: string;
}

type Item = ReturnType<typeof mf2>['items'][number];
type Value = Item['properties'][string][number];

/** What a page says about us, as far as it says it in microformats2; its title, where it does not. */
export interface MentionPage {
  text: string;
  html?: string;
  title?: string;
  author?: { name?: string; url?: string; photo?: string };
  published?: Date;
  updated?: Date;
  /** What the page does with the page of ours. */
  relation: 'answers' | 'reposts' | 'likes' | 'mentions';
}

const LONGEST_QUOTE = 500;
const MAX_DEPTH = 80;
/** Opening and closing ones. Parsers take ever longer for each; what has more was not written to be read. */
const MAX_TAGS = 20_000;

/** The first link to a page that `isOurs`; those in comments of the markup are none. */
export function linkTo(html: string, base: string, isOurs: (address: string) => boolean): string | undefined {
  for (const [tag] of withoutComments(html).matchAll(
    /<(?:a|area|link|img|video|audio|source|iframe)\s[^<>]{1,5000}>/gi,
  )) {
    const address = tag.match(/\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i);
    const url = URL.parse((address?.[1] ?? address?.[2] ?? address?.[3] ?? '').replaceAll('&amp;', '&'), base);
    if (url && isOurs(url.href)) return url.href;
  }
  return undefined;
}

function withoutComments(html: string): string {
  let rest = '';
  let at = 0;
  for (let start = html.indexOf('<!--'); start >= 0; start = html.indexOf('<!--', at)) {
    rest += html.slice(at, start);
    const end = html.indexOf('-->', start + 4);
    if (end < 0) return rest;
    at = end + 3;
  }
  return rest + html.slice(at);
}

/** Reads the entry that links to `target`. What is not marked up is read as a page with a title. */
export function readPage(html: string, url: string, target: string): MentionPage {
  const items = itemsOf(html, url);
  const entries = items.filter(item => item.type?.includes('h-entry'));
  const entry = entries.find(each => JSON.stringify(each.properties).includes(target)) ?? entries[0];
  const title = textOfHtml(html.match(/<title[^<>]*>([^<]{0,1000})<\/title>/i)?.[1] ?? '');
  if (!entry) return { text: title || url, ...(title && { title }), relation: 'mentions' };
  const { properties } = entry;
  const content = properties['content']?.[0];
  const name = clean(textOf(properties['name']?.[0]));
  const markup = typeof content === 'object' && 'html' in content ? content.html : undefined;
  const text = markup ? textOfHtml(markup) : (clean(textOf(content ?? properties['summary']?.[0])) ?? '');
  const author = authorOf(properties['author']?.[0] ?? items.find(item => item.type?.includes('h-card')));
  const published = dateOf(properties['published']?.[0]);
  const updated = dateOf(properties['updated']?.[0]);
  // Without a name of its own an entry's is its whole text.
  const hasTitle = name !== undefined && !text.startsWith(name.slice(0, LONGEST_QUOTE)) && !name.startsWith(text);
  return {
    text: text || name || title || url,
    ...(markup && { html: markup }),
    ...(hasTitle && { title: name }),
    ...(author && { author }),
    ...(published && { published }),
    ...(updated && { updated }),
    relation: relationOf(properties, target),
  };
}

function relationOf(properties: Item['properties'], target: string): MentionPage['relation'] {
  const names = (property: string) =>
    (properties[property] ?? []).some(value => withoutFragment(addressOf(value)) === withoutFragment(target));
  if (names('in-reply-to')) return 'answers';
  if (names('repost-of')) return 'reposts';
  return names('like-of') ? 'likes' : 'mentions';
}

function withoutFragment(address: string | undefined): string | undefined {
  return address?.replace(/#.*$/, '');
}

/**
 * What an entry is marked up with, balanced. Emphasis is left out: unclosed, the HTML standard makes parsers open each again in
 * every paragraph, so that a small page fills the memory.
 */
function harmless(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      ...[
        'html',
        'body',
        'main',
        'article',
        'section',
        'aside',
        'header',
        'footer',
        'nav',
        'address',
        'div',
        'span',
        'p',
      ],
      ...['a', 'img', 'link', 'time', 'data', 'abbr', 'cite', 'figure', 'figcaption', 'blockquote', 'pre', 'br', 'hr'],
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
    ],
    allowedAttributes: { '*': ['class', 'href', 'src', 'alt', 'datetime', 'value', 'title', 'rel', 'cite'] },
    allowedSchemes: ['http', 'https'],
    nestingLimit: MAX_DEPTH,
  });
}

/** With those inside others, such as the entries of a feed. Nothing a page holds may stop us, so what cannot be read is none. */
function itemsOf(html: string, baseUrl: string): Item[] {
  try {
    const all = (items: Item[]): Item[] => items.flatMap(item => [item, ...all(item.children ?? [])]);
    if (html.split('<').length > MAX_TAGS) return [];
    return all(mf2(harmless(html), { baseUrl }).items);
  } catch {
    return [];
  }
}

function authorOf(value: Value | undefined): MentionPage['author'] {
  if (!value) return undefined;
  if (typeof value === 'string') return /^https?:/i.test(value) ? { url: value } : { name: clean(value) };
  if (!('properties' in value)) return undefined;
  const { name, url, photo } = value.properties;
  return { name: clean(textOf(name?.[0])), url: addressOf(url?.[0]), photo: addressOf(photo?.[0]) };
}

function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (!value) return undefined;
  if ('properties' in value) return textOf(value.properties['name']?.[0]);
  return typeof value.value === 'string' ? value.value : undefined;
}

function addressOf(value: Value | undefined): string | undefined {
  if (value && typeof value === 'object' && 'properties' in value) return addressOf(value.properties['url']?.[0]);
  const url = URL.parse(textOf(value) ?? '');
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}

function dateOf(value: Value | undefined): Date | undefined {
  const date = new Date(textOf(value)?.slice(0, 50) ?? '');
  return Number.isNaN(date.getTime()) || date.getTime() < 0 ? undefined : date;
}
