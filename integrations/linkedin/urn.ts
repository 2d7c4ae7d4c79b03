export interface CommentUrn {
  /** What was commented on: urn:li:activity:…, urn:li:share:… or urn:li:ugcPost:… */
  thread: string;
  id: string;
}

/** LinkedIn writes the thread within a comment's name with or without its urn:li. Undefined for what is no comment. */
export function readCommentUrn(urn: string | undefined): CommentUrn | undefined {
  const [, thread, id] = /^urn:li:comment:\((?:urn:li:)?(\w+:\d+),(\d+)\)$/.exec(urn ?? '') ?? [];
  return thread && id ? { thread: `urn:li:${thread}`, id } : undefined;
}

export const commentUrn = ({ thread, id }: CommentUrn): string => `urn:li:comment:(${thread},${id})`;

/** Ids of posts and comments begin with the milliseconds since 1970, before 22 bits of something else. */
export function momentOfId(urnOrId: string): Date | undefined {
  const id = /(\d{18,20})\)?$/.exec(urnOrId)?.[1];
  return id ? new Date(Number(BigInt(id) >> 22n)) : undefined;
}

const FEED = 'https://www.linkedin.com/feed/update';

export function addressOf(urn: string): string {
  const comment = readCommentUrn(urn);
  if (!comment) return `${FEED}/${urn}`;
  const short = `urn:li:comment:(${comment.thread.replace('urn:li:', '')},${comment.id})`;
  return `${FEED}/${comment.thread}?commentUrn=${encodeURIComponent(short)}`;
}
