import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ExternalIdentity, ExternalRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { clean, textOfHtml } from '../../src/platform/html.text.js';

const id = z.union([z.number().int(), z.string().min(1).max(50)]).transform(String);
const text = z.string().nullish().catch(undefined);
const flag = z.boolean().catch(false);

export const commentSchema = z.object({
  id,
  parent: id.nullish().catch(undefined),
  createdAt: z.string(),
  message: z.string(),
  isDeleted: flag,
  isSpam: flag,
  isApproved: z.boolean().catch(true),
  author: z
    .object({ id: id.optional().catch(undefined), username: text, name: text, profileUrl: text, isAnonymous: flag })
    .catch({ username: undefined, name: undefined, profileUrl: undefined, isAnonymous: true }),
  thread: z.union([
    id.transform(thread => ({ id: thread, link: undefined, title: undefined, identifiers: [] as string[] })),
    z.object({ id, link: text, title: text, identifiers: z.array(z.string()).catch([]) }),
  ]),
});
export type Comment = z.infer<typeof commentSchema>;

export function dateOf(comment: Comment): Date {
  return new Date(/z$/i.test(comment.createdAt) ? comment.createdAt : `${comment.createdAt}Z`);
}

export function commentRef(number: string, page?: ExternalRef): ExternalRef {
  return { id: `disqus.com/comment/${number}`, ...(page?.url && { url: `${page.url}#comment-${number}` }) };
}

/** What comments stand under. WordPress tells Disqus the id that its feeds have too, so both meet in one thread. */
function pageOf({ thread }: Comment): ExternalRef {
  const guid = thread.identifiers[0]?.match(/^\d+ (https?:\/\/\S+)$/)?.[1];
  const url = URL.parse(thread.link ?? '')?.href;
  return { id: guid ?? url ?? `disqus.com/thread/${thread.id}`, ...(url && { url }) };
}

export function commentEvent(comment: Comment, known: ReadonlyMap<string, Comment>): UpsertEvent {
  const page = pageOf(comment);
  const above = comment.parent ? known.get(comment.parent) : undefined;
  const title = clean(comment.thread.title ?? undefined);
  return {
    op: 'upsert',
    ref: commentRef(comment.id, page),
    revision: revisionOf(comment),
    kind: 'COMMENT' as PostKind,
    author: authorOf(comment),
    own: false,
    parent: comment.parent ? { ...commentRef(comment.parent, page), ...(above && { author: authorOf(above) }) } : page,
    root: page,
    occurredAt: dateOf(comment),
    text: textOfHtml(comment.message),
    html: comment.message,
    ...(title && { title }),
    media: [],
    auto: false,
    replyability: { public: false, private: false, reason: 'NOT_POSSIBLE' },
    replyTo: { status: comment.isApproved ? 'approved' : 'hold' },
  };
}

/** An account of Disqus by its number; guests type what name they like, so they are known by it and no further. */
function authorOf({ author }: Comment): ExternalIdentity {
  const name = clean(author.name ?? undefined);
  const known = { ...(name && { displayName: name }) };
  if (author.isAnonymous || !author.id) return { id: `disqus.com/guest/${(name ?? '').toLowerCase()}`, ...known };
  const url = URL.parse(author.profileUrl ?? '')?.href;
  return {
    id: `disqus.com/user/${author.id}`,
    ...(author.username && { handle: `disqus.com/${author.username}` }),
    ...known,
    ...(url && { url }),
  };
}

/** Approval changes it too, but only another text is an edit. */
export function revisionOf({ message, parent, isApproved }: Comment): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([message, parent]))
    .digest('base64url')
    .slice(0, 22);
  return `${digest}.${isApproved ? 'approved' : 'hold'}`;
}
