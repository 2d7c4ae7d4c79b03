import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import FeedParser from 'feedparser';
import { type FeedAuthor, type FeedDocument, type FeedEntry, httpUrl, mediaRef, validDate } from './feed.document.js';
import { invalidFeed } from './feed.faults.js';

/** Bytes parsed between two turns of the event loop, so that a large feed holds nobody up. */
const SLICE_BYTES = 64 * 1024;
/** What may stand before the document element: white space, comments, and the XML declaration or other instructions. */
const PROLOG_PART = /\s+|<!--[\s\S]*?-->|<\?[\s\S]*?\?>/y;
/** The one document type that feeds have a use for; it names a file, which is never fetched, and declares nothing. */
const NETSCAPE_RSS = /^<!DOCTYPE\s+rss\s+PUBLIC\s+"[^"<>]*"\s+"[^"<>]*"\s*>/i;

/** The document without what stands before its first element. Throws for a DOCTYPE, the only door to entities. */
function withoutProlog(xml: string): string {
  const rest = skipProlog(xml);
  if (!/^<!DOCTYPE/i.test(rest)) return rest;
  const harmless = rest.match(NETSCAPE_RSS)?.[0];
  if (harmless) return skipProlog(rest.slice(harmless.length));
  throw invalidFeed(
    'The feed declares a document type (DOCTYPE). Such declarations can hide entities, so it is not read.',
  );
}

/** Skips white space, comments and processing instructions. */
export function skipProlog(xml: string): string {
  PROLOG_PART.lastIndex = 0;
  let end = 0;
  while (PROLOG_PART.test(xml)) end = PROLOG_PART.lastIndex;
  return xml.slice(end);
}

/**
 * Reads RSS 2 (and its elders, 0.9x and RDF) and Atom. `url` is where the feed was found, for relative addresses.
 * Throws `ConnectorError` of class `invalid` for XML that is no feed or has a DOCTYPE.
 */
export async function readXmlFeed(xml: string, url: string): Promise<FeedDocument> {
  // The text is decoded already: the declaration goes with the prolog, for its charset no longer holds.
  const bytes = Buffer.from(withoutProlog(xml));
  const parser = new FeedParser({ addmeta: false, feedurl: url });
  // It can report more than one error, and one without a listener would end the process.
  parser.on('error', () => {});
  const entries: FeedEntry[] = [];
  try {
    for await (const item of Readable.from(slices(bytes)).pipe(parser)) entries.push(entryOf(item, url));
  } catch (error) {
    throw invalidFeed('What was found is XML, but neither RSS nor Atom.', error);
  }
  const meta = parser.meta;
  return {
    title: meta.title || undefined,
    siteUrl: httpUrl(meta.link, url),
    language: meta.language || undefined,
    author: meta['#type'] === 'atom' ? authorOf(meta['atom:author']) : undefined,
    entries,
  };
}

async function* slices(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    yield bytes.subarray(start, start + SLICE_BYTES);
    await setImmediate();
  }
}

function entryOf(item: FeedParser.Item, url: string): FeedEntry {
  const reply = attributesOf(item['thr:in-reply-to']);
  const repliedTo = reply.ref || reply.href;
  return {
    id: item.guid || undefined,
    url: httpUrl(item.origlink ?? item.link ?? undefined, url),
    title: item.title || undefined,
    ...contentOf(item),
    author: authorOf(item['atom:author']) ?? rssAuthorOf(item),
    publishedAt: validDate(item.pubdate) ?? validDate(item.date),
    updatedAt: validDate(item.date),
    language:
      attributesOf(item['atom:content'])['xml:lang'] || attributesOf(item)['xml:lang'] || textOf(item['dc:language']),
    inReplyTo: repliedTo ? { id: repliedTo, url: httpUrl(reply.href, url) } : undefined,
    media: item.enclosures.flatMap(enclosure => mediaRef(enclosure.url, enclosure.type)),
  };
}

/** RSS content is HTML always; Atom says what it is, and plain text when it says nothing (RFC 4287, 3.1.1). */
function contentOf(item: FeedParser.Item): Pick<FeedEntry, 'html' | 'text'> {
  const node = [item['atom:content'], item['atom:summary']].find(candidate => textOf(candidate) !== undefined);
  if (node === undefined) return { html: item.description || undefined };
  const type = attributesOf(node).type ?? 'text';
  return type === 'text' || type === 'text/plain' ? { text: textOf(node) } : { html: textOf(node) };
}

function authorOf(node: unknown): FeedAuthor | undefined {
  const first = (Array.isArray(node) ? node[0] : node) as Record<string, unknown> | undefined;
  if (typeof first !== 'object' || first === null) return undefined;
  const author = { name: textOf(first['name']), uri: textOf(first['uri']), email: textOf(first['email']) };
  return author.name || author.uri || author.email ? author : undefined;
}

/** `dc:creator` is a name; RSS's own `author` is an e-mail address, which the parser takes apart. */
function rssAuthorOf(item: FeedParser.Item): FeedAuthor | undefined {
  const name = textOf(item['dc:creator']);
  const author = authorOf(item['rss:author']) ?? { name: textOf(item['rss:author']) ?? textOf(item['itunes:author']) };
  if (name) return { ...author, name };
  return author.name || author.email ? author : undefined;
}

/** The parser keeps an element as its text, as { '@': attributes, '#': text, …children }, or as an array of those. */
function textOf(node: unknown): string | undefined {
  const first = Array.isArray(node) ? node[0] : node;
  const text = typeof first === 'object' && first !== null ? (first as Record<string, unknown>)['#'] : first;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

function attributesOf(node: unknown): Record<string, string | undefined> {
  const first = (Array.isArray(node) ? node[0] : node) as Record<string, unknown> | null | undefined;
  const attributes = first?.['@'] ?? first?.['atom:@'];
  return typeof attributes === 'object' && attributes !== null ? (attributes as Record<string, string>) : {};
}
