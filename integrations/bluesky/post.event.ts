import type { ExternalIdentity, ExternalRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { type KeywordQuery, matchesKeywords } from './keyword.query.js';
import {
  clean,
  hashtagsOf,
  mediaOf,
  mentionsOf,
  type PostRecord,
  parsePostUri,
  postUri,
  quotedUriOf,
} from './post.record.js';

/** What a source follows, once an account's handle has been resolved. */
export type Followed = { kind: 'ACCOUNT'; did: string } | { kind: 'KEYWORD'; query: KeywordQuery };

/** A post as the stream or the AppView gives it. */
export interface SeenPost {
  did: string;
  rkey: string;
  cid: string;
  record: PostRecord;
  /** When the network saw this version. */
  seenAt: Date;
  edited: boolean;
}

/**
 * What a post is to the one who follows, or `undefined` when it is nothing to them. For an account: a reply to one of its
 * posts is a COMMENT, as is what it answers others itself, whichever app it used; being mentioned or quoted is a MENTION. For keywords every match is a MENTION of what is followed.
 */
export function kindFor(followed: Followed, record: PostRecord, author: string): PostKind | undefined {
  if (followed.kind === 'KEYWORD') {
    return matchesKeywords(followed.query, record.text, hashtagsOf(record)) ? ('MENTION' as PostKind) : undefined;
  }
  const isAnswer = record.reply && (author === followed.did || isBy(record.reply.parent.uri, followed.did));
  if (isAnswer) return 'COMMENT' as PostKind;
  const isMentioned = mentionsOf(record).some(mention => mention.did === followed.did);
  return isMentioned || isBy(quotedUriOf(record), followed.did) ? ('MENTION' as PostKind) : undefined;
}

function isBy(uri: string | undefined, did: string): boolean {
  return uri !== undefined && parsePostUri(uri)?.did === did;
}

/** The event for a post. Identities carry the DID alone, and mentions the handle as written, until profiles are known. */
export function toUpsert(post: SeenPost, kind: PostKind, followed: Followed): UpsertEvent {
  const { record, did } = post;
  const parent = referTo(record.reply?.parent.uri);
  const quoted = referTo(quotedUriOf(record));
  const root = referTo(record.reply?.root.uri);
  return {
    op: 'upsert',
    ref: { id: postUri(post), url: webUrl(post) },
    revision: post.cid,
    kind,
    author: identityOf(did),
    own: followed.kind === 'ACCOUNT' && followed.did === did,
    parent,
    root: root && { id: root.id, url: root.url },
    quoted,
    mentions: mentionsOf(record).map(mention => ({ ...identityOf(mention.did), handle: mention.handle })),
    occurredAt: publishedAt(record, post.seenAt),
    editedAt: post.edited ? post.seenAt : undefined,
    text: clean(record.text),
    language: languageOf(record),
    media: mediaOf(record, did),
    auto: record.labels?.values.some(label => label.val === 'bot') ?? false,
    replyTo: threadOf(postUri(post), post.cid, record.reply?.root),
  };
}

/** What answering a post takes: each version of it and of its thread's first post has a hash that the answer must name. */
export function threadOf(
  uri: string,
  cid: string,
  root: { uri: string; cid?: string } | undefined,
): Record<string, unknown> {
  return { cid, rootUri: root?.uri ?? uri, rootCid: root ? root.cid : cid };
}

/** Authors set `createdAt` freely; like Bluesky itself, never believe one later than when the network saw the post. */
function publishedAt(record: PostRecord, seenAt: Date): Date {
  const claimed = new Date(record.createdAt ?? Number.NaN);
  return claimed.getTime() <= seenAt.getTime() ? claimed : seenAt;
}

function languageOf(record: PostRecord): string | undefined {
  const language = record.langs?.[0];
  return language && /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(language) ? language : undefined;
}

function referTo(uri: string | undefined): (ExternalRef & { author: ExternalIdentity }) | undefined {
  const parts = uri === undefined ? undefined : parsePostUri(uri);
  return parts && { id: postUri(parts), url: webUrl(parts), author: identityOf(parts.did) };
}

export function identityOf(did: string): ExternalIdentity {
  return { id: did, url: `https://bsky.app/profile/${did}` };
}

export function webUrl({ did, rkey }: { did: string; rkey: string }): string {
  return `https://bsky.app/profile/${did}/post/${rkey}`;
}
