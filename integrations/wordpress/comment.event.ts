import { createHash } from 'node:crypto';
import type { ExternalIdentity, ExternalRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { clean, textOfHtml } from '../../src/platform/html.text.js';
import type { WordPressConfig } from './wordpress.client.js';
import { type BlogPost, type Comment, gmtDate } from './wordpress.schema.js';

const COMMENT_ID = /#comment-(\d+)$/;
/** Other blogs' links to a post, which WordPress keeps among its comments. */
const LINKBACKS = new Set(['pingback', 'trackback', 'webmention']);

/** What is known of everything a comment may hang on. */
export interface Surroundings {
  config: WordPressConfig;
  /** Our own user's id there. */
  me?: string;
  posts: ReadonlyMap<string, BlogPost>;
  comments: ReadonlyMap<string, Comment>;
}

/** What it takes to answer. */
export interface ReplyTo {
  post: string;
  /** 0 for the blog post itself. */
  comment: string;
  /** The id of the post in the blog's feeds, on which ids are built. */
  guid: string;
  /** `hold` while it waits for approval. */
  status?: string;
}

/** The id that the blog's own feeds give a comment, so that it is one and the same however it is read. */
export function commentRef(guid: string, id: string, link?: string): ExternalRef {
  return { id: `${guid}#comment-${id}`, ...(link && { url: link }) };
}

export function commentIdOf(ref: ExternalRef): string | undefined {
  return ref.id.match(COMMENT_ID)?.[1];
}

export function guidOf(config: WordPressConfig, post: BlogPost | undefined, id: string): string {
  return post?.guid?.rendered.replace(/&(#0?38|amp);/g, '&') || `${config.site}?p=${id}`;
}

/** Undefined for a comment without a date, which nobody could place. */
export function commentEvent(comment: Comment, around: Surroundings): UpsertEvent | undefined {
  const { config, posts, comments, me } = around;
  const occurredAt = gmtDate(comment.date_gmt);
  if (!occurredAt) return undefined;
  const post = posts.get(comment.post);
  const guid = guidOf(config, post, comment.post);
  const root: ExternalRef = { id: guid, ...(post?.link && { url: post.link }) };
  const above = comments.get(comment.parent);
  const isReply = comment.parent !== '0';
  const isLinkback = LINKBACKS.has(comment.type);
  const isClosed = post?.comment_status === 'closed';
  const canReply = config.authorization !== undefined && !isClosed;
  return {
    op: 'upsert',
    ref: commentRef(guid, comment.id, comment.link),
    revision: revisionOf(comment),
    kind: (isLinkback ? 'MENTION' : 'COMMENT') as PostKind,
    author: authorOf(comment, config),
    own: me !== undefined && comment.author === me,
    parent: isReply
      ? { ...commentRef(guid, comment.parent, above?.link), ...(above && { author: authorOf(above, config) }) }
      : { ...root, author: siteIdentity(config) },
    root,
    occurredAt,
    text: textOfHtml(comment.content.rendered),
    html: comment.content.rendered,
    ...(post?.title && { title: textOfHtml(post.title.rendered) }),
    media: [],
    auto: isLinkback,
    replyability: {
      public: canReply,
      private: false,
      ...(!canReply && { reason: isClosed ? 'COMMENTS_CLOSED' : 'NOT_POSSIBLE' }),
    },
    replyTo: { post: comment.post, comment: comment.id, guid, status: comment.status } satisfies ReplyTo,
  };
}

/** The post that comments stand under: ours, as the whole blog is. A protected one says nothing, and is left out. */
export function postEvent(post: BlogPost, config: WordPressConfig): UpsertEvent | undefined {
  const occurredAt = gmtDate(post.date_gmt);
  if (!occurredAt || !post.content || post.content.protected) return undefined;
  const guid = guidOf(config, post, post.id);
  const html = post.content.rendered;
  const title = textOfHtml(post.title?.rendered ?? '');
  return {
    op: 'upsert',
    ref: { id: guid, ...(post.link && { url: post.link }) },
    revision: digest([title, html]),
    kind: 'POST' as PostKind,
    author: siteIdentity(config),
    own: true,
    occurredAt,
    text: textOfHtml(html) || title,
    html,
    ...(title && { title }),
    media: [],
    auto: false,
    replyability: { public: config.authorization !== undefined && post.comment_status !== 'closed', private: false },
    replyTo: { post: post.id, comment: '0', guid } satisfies ReplyTo,
  };
}

function siteIdentity({ host, site }: WordPressConfig): ExternalIdentity {
  return { id: host, handle: host, url: site };
}

/**
 * Who wrote it: a user of the blog by their id; a visitor by a digest of the e-mail address, where we are shown it, and else by
 * the name. Whoever comments may type any name and address, so neither is told as proof.
 */
export function authorOf(comment: Comment, { host }: WordPressConfig): ExternalIdentity {
  const name = clean(comment.author_name);
  const email = clean(comment.author_email)?.toLowerCase();
  const avatarUrl = URL.parse(comment.author_avatar_urls?.['96'] ?? '')?.href;
  const known = { ...(name && { displayName: name }), ...(avatarUrl && { avatarUrl }) };
  if (comment.author !== '0') return { id: `${host}/user/${comment.author}`, ...known };
  if (email) return { id: `${host}/visitor/${digest([host, email])}`, ...known };
  return { id: `${host}/${slug(name ?? '')}`, ...known };
}

function slug(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s/:]+/g, ' ')
    .trim();
}

/** WordPress keeps no date of a change: another text, author or state is another revision. */
export function revisionOf({ content, author_name, parent, status }: Comment): string {
  return `${digest([content.rendered, author_name, parent])}.${status}`;
}

function digest(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
