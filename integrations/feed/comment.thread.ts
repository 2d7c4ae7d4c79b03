import type { ExternalRef } from '../../src/ingest/connector.js';

/** WordPress, and others after it, give a comment the id and the address of its post, and this behind. */
const COMMENT_FRAGMENT = /#comment-\d+$/;
/**
 * "In reply to …." with a link to the comment answered, in a paragraph of its own at the start: what WordPress puts before a
 * reply in every feed, in the site's language. In an RSS 2 feed it is the only trace of the thread.
 */
const REPLY_LINE = /^\s*<p>[^<>]{1,60}<a href="([^"<>]+)"[^<>]*>[^<>]{0,200}<\/a>[^<>]{0,5}<\/p>\s*/i;

export function isCommentRef(ref: ExternalRef): boolean {
  return COMMENT_FRAGMENT.test(ref.id) || COMMENT_FRAGMENT.test(ref.url ?? '');
}

interface CommentThread {
  parent?: ExternalRef;
  root?: ExternalRef;
  /** The comment without the line that only says whom it answers. */
  html?: string;
}

/** Places a comment: `declared` is its `thr:in-reply-to`; without one, its own id and its first line are read. */
export function threadOf(ref: ExternalRef, declared: ExternalRef | undefined, html: string | undefined): CommentThread {
  const line = html?.match(REPLY_LINE);
  const answered = line?.[1]?.match(COMMENT_FRAGMENT)?.[0];
  const isOnSamePage = line?.[1] !== undefined && withoutFragment(line[1]) === withoutFragment(ref.url ?? '');
  const post = isCommentRef(ref) ? postOf(ref) : undefined;
  const parent = declared ?? (post && answered && isOnSamePage ? append(post, answered) : post);
  const isToldByLine = answered !== undefined && parent?.id.endsWith(answered);
  return {
    parent,
    root: post ?? (parent && isCommentRef(parent) ? postOf(parent) : undefined),
    html: isToldByLine ? html?.slice(line?.[0].length) : html,
  };
}

/** The post's own guid is the comment's without the fragment; where only the address has one, the address is the id. */
function postOf(comment: ExternalRef): ExternalRef {
  const url = comment.url && withoutFragment(comment.url);
  return { id: COMMENT_FRAGMENT.test(comment.id) ? withoutFragment(comment.id) : (url ?? comment.id), url };
}

function append(post: ExternalRef, fragment: string): ExternalRef {
  return { id: post.id + fragment, url: post.url && post.url + fragment };
}

function withoutFragment(address: string): string {
  return address.replace(/#.*$/, '');
}
