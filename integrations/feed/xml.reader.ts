import { pipeline } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import FeedParser from 'feedparser';
import { ConnectorError } from '../../src/ingest/connector.js';
import { type FeedAuthor, type FeedDocument, type FeedEntry, httpUrl, mediaRef, validDate } from './feed.document.js';
import { invalidFeed } from './feed.faults.js';

/** Bytes parsed between two turns of the event loop, so that a large feed holds nobody up. */
const SLICE_BYTES = 16 * 1024;
/** A real feed of 5 MiB takes one or two seconds; what takes this long, in ms, was built to. */
const PARSING_BUDGET_MS = 10_000;
/** Elements within elements; feeds have five levels, and XHTML inside them some dozens. */
const MAX_DEPTH = 1000;
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
 * Throws `ConnectorError` of class `invalid` for XML that is no feed, has a DOCTYPE or takes too long.
 */
export async function readXmlFeed(xml: string, url: string): Promise<FeedDocument> {
  // The text is decoded already: the declaration goes with the prolog, for its charset no longer holds.
  const bytes = Buffer.from(withoutProlog(xml));
  // Its own normalising looks through unclosed tags again and again: a minute for one crafted title.
  const parser = new FeedParser({ addmeta: false, feedurl: url, normalize: false });
  // It can report more than one error, and one without a listener would end the process.
  parser.on('error', () => {});
  const entries: FeedEntry[] = [];
  try {
    for await (const item of pipeline(
      slices(bytes, () => depthOf(parser)),
      parser,
      () => {},
    )) {
      entries.push(entryOf(item, parser.meta['#type'], url));
    }
  } catch (error) {
    throw error instanceof ConnectorError
      ? error
      : invalidFeed('What was found is XML, but neither RSS nor Atom.', error);
  }
  const type = parser.meta['#type'];
  const own = (name: string) => parser.meta[`${type}:${name}`];
  return {
    title: textOf(own('title')),
    siteUrl: httpUrl(linkOf(own('link')), url),
    selfUrl: linksOf(parser.meta['atom:link'], 'self', url)[0],
    hubs: linksOf(parser.meta['atom:link'], 'hub', url),
    language:
      textOf(own('language')) ??
      textOf(parser.meta['dc:language']) ??
      (own('@') as Attributes | undefined)?.['xml:lang'],
    author: type === 'atom' ? authorOf(own('author')) : undefined,
    entries,
  };
}

async function* slices(bytes: Buffer, depth: () => number): AsyncGenerator<Buffer> {
  let spent = 0;
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    const begun = performance.now();
    yield bytes.subarray(start, start + SLICE_BYTES);
    spent += performance.now() - begun;
    if (depth() > MAX_DEPTH) throw invalidFeed('The feed is nested too deeply.');
    if (spent > PARSING_BUDGET_MS) throw invalidFeed('The feed takes too long to read.');
    await setImmediate();
  }
}

/** How many elements are open; the parser's types leave its stack out. */
function depthOf(parser: FeedParser): number {
  return (parser as unknown as { stack: unknown[] }).stack.length;
}

/** The parser names the format's own elements with its type before them, and others by their usual prefix, in lower case. */
function entryOf(item: FeedParser.Item, type: FeedParser.Type, url: string): FeedEntry {
  const own = (name: string) => item[`${type}:${name}`];
  const guid = textOf(own('guid')) ?? textOf(own('id'));
  const isPermalink = type === 'rss' && !/false/i.test(attributesOf(own('guid'))['ispermalink'] ?? '');
  const link = textOf(item['feedburner:origlink']) ?? linkOf(own('link')) ?? linkOf(item['atom:link']);
  const published = dateOf(own('published') ?? own('pubdate') ?? own('issued') ?? item['dc:date']);
  const updated = dateOf(own('updated') ?? own('modified') ?? item['atom:updated']);
  const reply = attributesOf(item['thr:in-reply-to']);
  const repliedTo = reply['ref'] || reply['href'];
  const post = repliedTo ? { id: repliedTo, url: httpUrl(reply['href'], url) } : undefined;
  const comment = post && bloggerComment(guid, linksOf(own('link'), 'related', url)[0]);
  return {
    id: guid,
    url: httpUrl(link, url) ?? (isPermalink ? httpUrl(guid) : undefined),
    title: textOf(own('title')),
    ...contentOf(item, type),
    author: type === 'atom' ? authorOf(own('author')) : rssAuthorOf(item, own('author')),
    publishedAt: published ?? updated,
    updatedAt: updated,
    language:
      attributesOf(own('content'))['xml:lang'] ||
      (own('@') as Attributes | undefined)?.['xml:lang'] ||
      textOf(item['dc:language']),
    inReplyTo: comment ? { id: comment } : post,
    root: comment ? post : undefined,
    media: [
      ...nodes(own('enclosure')),
      ...nodes(item['media:content']),
      ...nodes(own('link')).filter(node => attributesOf(node)['rel'] === 'enclosure'),
    ].flatMap(node => {
      const { url: address, href, type: mime, medium } = attributesOf(node);
      return mediaRef(address ?? href, mime || medium);
    }),
  };
}

/** RSS content is HTML always; Atom says what it is, and plain text when it says nothing (RFC 4287, 3.1.1). */
function contentOf(item: FeedParser.Item, type: FeedParser.Type): Pick<FeedEntry, 'html' | 'text'> {
  if (type !== 'atom') return { html: textOf(item['content:encoded']) ?? textOf(item[`${type}:description`]) };
  const node = [item['atom:content'], item['atom:summary']].find(candidate => textOf(candidate) !== undefined);
  const mime = attributesOf(node)['type'] || 'text';
  return mime === 'text' || mime === 'text/plain' ? { text: textOf(node) } : { html: textOf(node) };
}

/** The page behind an entry or a feed: RSS has it as text, Atom as the alternate among its links. */
function linkOf(links: unknown): string | undefined {
  const candidates = nodes(links).map(node => ({ text: textOf(node), ...attributesOf(node) }));
  const page = candidates.find(({ rel, href }: Attributes) => href && (!rel || rel === 'alternate')) as Attributes;
  return page?.['href'] ?? candidates.find(({ text }) => text)?.text;
}

/** Addresses of the links with this relation. */
function linksOf(links: unknown, relation: string, url: string): string[] {
  return nodes(links).flatMap(node => {
    const { rel, href } = attributesOf(node);
    const address = rel?.toLowerCase().split(/\s+/).includes(relation) ? httpUrl(href, url) : undefined;
    return address ? [address] : [];
  });
}

/** Blogger names the post in `thr:in-reply-to` always; the comment that is answered only as a related link. */
function bloggerComment(id: string | undefined, related: string | undefined): string | undefined {
  const blog = id?.match(/^tag:blogger\.com,1999:blog-\d+/)?.[0];
  const comment = related?.match(/\/comments\/(?:default|full|summary)\/(\d+)$/)?.[1];
  return blog && comment ? `${blog}.post-${comment}` : undefined;
}

function authorOf(node: unknown): FeedAuthor | undefined {
  const first = nodes(node)[0] as Record<string, unknown> | undefined;
  if (typeof first !== 'object') return undefined;
  const author = { name: textOf(first['name']), uri: textOf(first['uri']), email: textOf(first['email']) };
  return author.name || author.uri || author.email ? author : undefined;
}

/** `dc:creator` is a name; RSS's own `author` is an e-mail address, with a name in brackets, or, often, just a name. */
function rssAuthorOf(item: FeedParser.Item, node: unknown): FeedAuthor | undefined {
  const author = textOf(node)?.slice(0, 300) ?? '';
  const email = author.match(/[^\s()<>"]+@[^\s()<>"]+/)?.[0];
  const besides = author
    .replace(email ?? '', '')
    .replace(/[()<>"]/g, '')
    .trim();
  const name = textOf(item['dc:creator']) || besides || textOf(item['itunes:author']);
  return name || email ? { name, email } : undefined;
}

type Attributes = Record<string, string | undefined>;

/** The parser keeps an element as its text, or as { '@': attributes, '#': text, …children }; several as an array of those. */
function nodes(value: unknown): unknown[] {
  return (Array.isArray(value) ? value : [value]).filter(node => node !== undefined && node !== null);
}

function textOf(value: unknown): string | undefined {
  const first = nodes(value)[0];
  const text = typeof first === 'object' ? (first as Record<string, unknown>)['#'] : first;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

function attributesOf(value: unknown): Attributes {
  const first = nodes(value)[0];
  if (typeof first !== 'object') return {};
  return ((first as Record<string, unknown>)['@'] ?? {}) as Attributes;
}

function dateOf(value: unknown): Date | undefined {
  return validDate(textOf(value)?.slice(0, 100));
}
