import { createHash } from 'node:crypto';
import type { ExternalIdentity, ExternalRef, MediaRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { clean, isMarkup, textOfHtml } from '../../src/platform/html.text.js';
import { anonymousIdentity, authorIdentity, siteHost, siteIdentity } from './author.identity.js';
import { isCommentRef, threadOf } from './comment.thread.js';
import type { FeedDocument, FeedEntry } from './feed.document.js';

/** Before this no feed existed: a date that old is a machine's zero. */
const EARLIEST = Date.UTC(1990, 0, 1);
/** How far ahead a server's clock may be, in ms, before its date is no longer believed. */
const CLOCK_SKEW = 10 * 60_000;
const MAX_MEDIA = 20;

/** An event, and what it takes to tell later whether it is new. */
export interface EntryEvent {
  event: UpsertEvent;
  /** The feed says when; otherwise `occurredAt` is to be the moment it was first seen. */
  isDated: boolean;
  updatedAt?: Date;
}

interface EntryReading {
  feed: FeedDocument;
  feedUrl: string;
  /** What all entries are taken for, when the source says so. */
  kind?: PostKind;
  now: Date;
}

/** Translates one entry. Never throws: what an entry lacks is completed from the feed, or left out. */
export function entryEvent(entry: FeedEntry, reading: EntryReading): EntryEvent {
  const { feed, feedUrl, now } = reading;
  const host = siteHost(feed, feedUrl);
  const ref: ExternalRef = { id: entryId(entry, host), url: entry.url };
  const isComment = entry.inReplyTo !== undefined || isCommentRef(ref);
  const declared = entry.inReplyTo && { id: scopedId(entry.inReplyTo.id, host), url: entry.inReplyTo.url };
  const root = entry.root && { id: scopedId(entry.root.id, host), url: entry.root.url };
  const thread = isComment ? threadOf(ref, declared, entry.html) : { html: entry.html };
  const author = isComment
    ? (authorIdentity(entry.author, host, true) ?? anonymousIdentity(host))
    : (authorIdentity(entry.author ?? feed.author, host, false) ?? siteIdentity(feed, feedUrl));
  const title = clean(entry.title && textOfHtml(entry.title));
  const text = clean(entry.text) ?? (textOfHtml(thread.html ?? '') || title || '');
  const html = entry.html && isMarkup(entry.html) ? entry.html : undefined;
  const media = entry.media.slice(0, MAX_MEDIA);
  const publishedAt = believable(entry.publishedAt, now);
  return {
    event: {
      op: 'upsert',
      ref,
      revision: revisionOf(title, html ?? text, author, thread.parent, media),
      kind: reading.kind ?? ((isComment ? 'COMMENT' : 'POST') as PostKind),
      author,
      own: false,
      parent: thread.parent,
      root: thread.root ?? root,
      occurredAt: publishedAt ?? now,
      text,
      html,
      title,
      language: languageOf(entry.language ?? (isComment ? undefined : feed.language)),
      media,
      auto: false,
      replyability: { public: false, private: false, reason: 'NOT_POSSIBLE' },
    },
    isDated: publishedAt !== undefined,
    updatedAt: believable(entry.updatedAt, now),
  };
}

/** An entry's id, or its address, or, when it has neither, a digest of what it says. */
function entryId(entry: FeedEntry, host: string): string {
  const given = clean(entry.id) ?? entry.url;
  return given ? scopedId(given, host) : `${host}#${digest([entry.title, entry.html, entry.text, entry.publishedAt])}`;
}

/** An absolute URI is unique by itself; anything shorter, like "1234", only within its site. */
function scopedId(id: string, host: string): string {
  return /^[a-z][a-z\d+.-]*:\S/i.test(id) ? id : `${host}#${id}`;
}

/** Dates and addresses are left out, and so are the queries of media addresses: they change while the content does not. */
function revisionOf(
  title: string | undefined,
  content: string,
  author: ExternalIdentity,
  parent: ExternalRef | undefined,
  media: MediaRef[],
): string {
  return digest([
    title,
    content,
    author.id,
    author.displayName,
    parent?.id,
    media.map(({ url }) => url.replace(/\?.*$/, '')),
  ]);
}

/** 96 bits of SHA-256, enough to tell apart what one feed ever shows. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}

function believable(date: Date | undefined, now: Date): Date | undefined {
  const time = date?.getTime() ?? 0;
  return time >= EARLIEST && time <= now.getTime() + CLOCK_SKEW ? date : undefined;
}

/** BCP 47, in its canonical spelling; what is none is left for the language to be detected. */
function languageOf(tag: string | undefined): string | undefined {
  try {
    return tag && Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
