import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ExternalRef, InboundEvent, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { momentOf } from './app.hook.js';

const text = z.string().optional().catch(undefined);
const author = z.object({ id: z.string(), name: text }).optional().catch(undefined);
const change = z.object({
  item: z.string(),
  verb: z.string(),
  from: author,
  comment_id: text,
  post_id: text,
  parent_id: text,
  message: text,
  photo: text,
  created_time: z.union([z.number(), z.string()]).optional().catch(undefined),
});

/** A comment, or a post, as the Graph API gives it. */
export const GRAPH_FIELDS = 'id,message,from{id,name},created_time,permalink_url';
export const COMMENT_FIELDS = `${GRAPH_FIELDS},parent{id,from{id,name}},can_comment,is_hidden`;
export const graphComment = z.object({
  id: z.string(),
  message: text,
  from: author,
  created_time: z.coerce.date(),
  permalink_url: text,
  parent: z.object({ id: z.string(), from: author }).optional().catch(undefined),
  can_comment: z.boolean().optional().catch(undefined),
});

const ITEMS = new Set(['post', 'status', 'photo', 'video', 'share']);

/** A change of a page's feed. Nothing for reactions, and for what says nothing. */
export function readFeedChange(value: unknown, pageId: string, now: Date): InboundEvent[] {
  const parsed = change.safeParse(value);
  if (!parsed.success) return [];
  const given = parsed.data;
  const id = given.item === 'comment' ? given.comment_id : ITEMS.has(given.item) ? given.post_id : undefined;
  if (!id) return [];
  const at = momentOf(given.created_time) ?? now;
  if (given.verb === 'remove') return [{ op: 'delete', ref: { id }, occurredAt: now, tombstone: true }];
  if (!['add', 'edited', 'edit', 'unhide'].includes(given.verb)) return [];
  const event =
    given.item === 'comment'
      ? commentEvent({ ...given, id, at, postId: given.post_id, parentId: given.parent_id }, pageId)
      : postEvent({ ...given, id, at }, pageId);
  return event ? [given.verb.startsWith('edit') ? { ...event, editedAt: now } : event] : [];
}

interface GivenComment {
  id: string;
  at: Date;
  message?: string;
  photo?: string;
  from?: { id: string; name?: string };
  postId?: string;
  parentId?: string;
  url?: string;
  parentAuthor?: { id: string; name?: string };
  canComment?: boolean;
}

export function commentEvent(given: GivenComment, pageId: string): UpsertEvent | undefined {
  const { id, at, message = '', photo, from, postId, parentId, url, parentAuthor, canComment = true } = given;
  if (!message && !photo) return undefined;
  // Who comments is told only to those with the permission; without it each is a stranger of their own.
  const speaker = from ?? { id: `unknown:${id}` };
  const parent = parentId ?? postId;
  const own = speaker.id === pageId;
  return {
    op: 'upsert',
    ref: { id, ...(url && { url }) },
    revision: revisionOf(message, photo),
    kind: 'COMMENT' as PostKind,
    author: identityOf(speaker),
    own,
    ...(parent && {
      parent: {
        id: parent,
        ...(parentAuthor ? { author: identityOf(parentAuthor) } : parent === postId && { author: { id: pageId } }),
      },
    }),
    ...(postId && { root: { id: postId } }),
    occurredAt: at,
    text: message,
    media: photo?.startsWith('https://') ? [{ url: photo, kind: 'image' }] : [],
    auto: false,
    replyability: {
      public: canComment,
      private: !own,
      ...(!canComment && { reason: 'COMMENTS_CLOSED' as const }),
    },
    replyTo: { commentId: id },
  };
}

/** What a visitor writes on the page mentions us; what the page writes is our own. */
export function postEvent(
  given: { id: string; at: Date; message?: string; from?: { id: string; name?: string }; url?: string },
  pageId: string,
): UpsertEvent | undefined {
  const { id, at, message = '', from, url } = given;
  if (!message || !from) return undefined;
  const own = from.id === pageId;
  return {
    op: 'upsert',
    ref: { id, ...(url && { url }) },
    revision: revisionOf(message),
    kind: (own ? 'POST' : 'MENTION') as PostKind,
    author: identityOf(from),
    own,
    occurredAt: at,
    text: message,
    media: [],
    auto: false,
    replyability: { public: true, private: false },
    replyTo: { commentId: id },
  };
}

const identityOf = ({ id, name }: { id: string; name?: string }) => ({ id, ...(name && { displayName: name }) });

const revisionOf = (message: string, photo = ''): string =>
  createHash('sha256')
    .update(JSON.stringify([message, photo]))
    .digest('base64url')
    .slice(0, 22);

/** A page that is mentioned is told where, not by what words: they have to be read. */
export function readMention(value: unknown): ExternalRef[] {
  const { comment_id: comment, post_id: post } = (value ?? {}) as Record<string, unknown>;
  const id = comment ?? post;
  return typeof id === 'string' && id !== '' ? [{ id }] : [];
}
