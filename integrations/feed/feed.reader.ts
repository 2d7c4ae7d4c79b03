import { type FeedDocument, httpUrl } from './feed.document.js';
import { invalidFeed } from './feed.faults.js';
import { readJsonFeed } from './json.reader.js';
import { readXmlFeed, skipProlog } from './xml.reader.js';

/** How much of a page is looked through for the address of its feed, in characters; it stands in the head. */
const PAGE_HEAD = 256 * 1024;
const FEED_TYPES = /^application\/(rss\+xml|atom\+xml|feed\+json|rdf\+xml)\b/i;

/**
 * Reads a feed by what it is, not by the content type, which is wrong too often. `url` is where it was found.
 * Throws `ConnectorError` of class `invalid` for anything else; for a page it names the feeds the page points to.
 */
export async function readFeed(text: string, url: string): Promise<FeedDocument> {
  const start = skipProlog(text.replace(/^\ufeff/, ''));
  if (start.startsWith('{')) return readJsonFeed(start, url);
  if (start === '') throw invalidFeed('The address answers with an empty document.');
  if (!start.startsWith('<')) throw invalidFeed('What was found is text, but not a feed (RSS, Atom or JSON Feed).');
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(start)) throw invalidFeed(pageMessage(start, url));
  return readXmlFeed(text, url);
}

function pageMessage(html: string, url: string): string {
  const feeds = feedsOfPage(html, url);
  const hint = feeds.length > 0 ? ` It points to its feed at ${feeds.join(' and at ')}` : '';
  return `The address is a web page, not a feed.${hint}`;
}

/** The addresses in `<link rel="alternate">` whose type is a feed's, in the page's order, at most three. */
function feedsOfPage(html: string, url: string): string[] {
  const found = new Set<string>();
  for (const [tag] of html.slice(0, PAGE_HEAD).matchAll(/<link\s[^<>]*>/gi)) {
    const isAlternate = /\balternate\b/i.test(attributeOf(tag, 'rel') ?? '');
    const address = httpUrl(attributeOf(tag, 'href'), url);
    if (isAlternate && address && FEED_TYPES.test(attributeOf(tag, 'type') ?? '')) found.add(address);
  }
  return [...found].slice(0, 3);
}

function attributeOf(tag: string, name: string): string | undefined {
  const value = tag.match(new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i'));
  return (value?.[1] ?? value?.[2] ?? value?.[3])?.replaceAll('&amp;', '&').trim();
}
