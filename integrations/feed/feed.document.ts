import type { MediaRef } from '../../src/ingest/connector.js';

/** A feed, whichever of the formats it came in. Texts are as published; nothing is judged or completed yet. */
export interface FeedDocument {
  title?: string;
  /** The page the feed belongs to. */
  siteUrl?: string;
  /** The address it gives for itself. */
  selfUrl?: string;
  /** Servers that tell of what is new in it (WebSub). */
  hubs?: string[];
  language?: string;
  /** Who wrote the entries that do not say it themselves. */
  author?: FeedAuthor;
  /** In the order of the document, which is newest first nearly everywhere. */
  entries: FeedEntry[];
}

export interface FeedAuthor {
  name?: string;
  uri?: string;
  email?: string;
  avatarUrl?: string;
}

export interface FeedEntry {
  id?: string;
  url?: string;
  title?: string;
  html?: string;
  /** Content that is declared to be plain text, instead of `html`. */
  text?: string;
  author?: FeedAuthor;
  /** Never an invalid Date: what cannot be read is left out. */
  publishedAt?: Date;
  updatedAt?: Date;
  language?: string;
  /** `thr:in-reply-to` (RFC 4685): the id of what this answers, and its address. */
  inReplyTo?: { id: string; url?: string };
  /** Where a reply to a comment also names its post: that one. */
  root?: { id: string; url?: string };
  media: MediaRef[];
}

/** An absolute http or https address, or undefined. */
export function httpUrl(address: string | undefined, base?: string): string | undefined {
  const url = address ? URL.parse(address.trim(), base) : null;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.href : undefined;
}

export function validDate(value: Date | string | null | undefined): Date | undefined {
  const date = typeof value === 'string' ? new Date(value) : value;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

const MEDIA_KINDS = new Set(['image', 'video', 'audio']);

/** `type` is a MIME type, or the bare "image" of Media RSS; what is neither picture, film nor sound is a file. */
export function mediaRef(url: string | undefined, type: string | undefined, description?: string): MediaRef[] {
  const address = httpUrl(url);
  if (!address) return [];
  const family = type?.split('/', 1)[0]?.trim().toLowerCase() ?? '';
  const kind = MEDIA_KINDS.has(family) ? (family as MediaRef['kind']) : 'file';
  return [{ url: address, kind, ...(description && { description }) }];
}
