import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ExternalRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';

const text = z.string().optional().catch(undefined);
const speaker = z.object({ id: text, username: text }).optional().catch(undefined);
const media = z.object({ id: z.string(), permalink: text }).optional().catch(undefined);

/** A comment: as it is told under the field `comments`, and as the Graph API lists it. */
export const instagramComment = z.object({
  id: z.string(),
  text,
  from: speaker,
  username: text,
  timestamp: z.coerce.date().optional().catch(undefined),
  parent_id: text,
  media,
});
export const COMMENT_FIELDS = 'id,text,timestamp,from,username,parent_id';

export const instagramMedia = z.object({
  id: z.string(),
  caption: text,
  username: text,
  timestamp: z.coerce.date(),
  permalink: text,
});

/** Instagram tells neither edits nor when a comment was written; the call's own moment stands in. */
export function commentEvent(
  given: z.infer<typeof instagramComment>,
  mediaId: string | undefined,
  own: { id: string; username?: string },
  at: Date,
  kind: `${PostKind}` = 'COMMENT',
): UpsertEvent | undefined {
  const handle = given.from?.username ?? given.username;
  const authorId = given.from?.id;
  if (!given.text || !(authorId || handle)) return undefined;
  const root = given.media?.id ?? mediaId;
  const parent = given.parent_id ?? root;
  const isOwn = authorId === own.id || (handle !== undefined && handle === own.username);
  return {
    op: 'upsert',
    ref: { id: given.id, ...(given.media?.permalink && { url: given.media.permalink }) },
    revision: createHash('sha256').update(given.text).digest('base64url').slice(0, 22),
    kind: kind as PostKind,
    author: {
      ...(authorId && { id: authorId }),
      ...(handle && { handle, url: `https://www.instagram.com/${handle}/` }),
    },
    own: isOwn,
    ...(parent && { parent: { id: parent, ...(parent === root && kind === 'COMMENT' && { author: { id: own.id } }) } }),
    ...(root && { root: { id: root } }),
    occurredAt: given.timestamp ?? at,
    text: given.text,
    media: [],
    auto: false,
    replyability: {
      public: true,
      private: !isOwn && kind === 'COMMENT',
    },
    replyTo:
      kind === 'MENTION'
        ? { mentionMediaId: root, mentionCommentId: given.id }
        : { commentId: given.id, ...(parent && parent !== root && { topId: parent }) },
  };
}

/** Somebody else's picture whose caption names us. */
export function mentionedMediaEvent(given: z.infer<typeof instagramMedia>): UpsertEvent | undefined {
  if (!given.caption || !given.username) return undefined;
  return {
    op: 'upsert',
    ref: { id: given.id, ...(given.permalink && { url: given.permalink }) },
    revision: createHash('sha256').update(given.caption).digest('base64url').slice(0, 22),
    kind: 'MENTION' as PostKind,
    author: { handle: given.username, url: `https://www.instagram.com/${given.username}/` },
    own: false,
    occurredAt: given.timestamp,
    text: given.caption,
    media: [],
    auto: false,
    replyability: { public: true, private: false },
    replyTo: { mentionMediaId: given.id },
  };
}

/** A mention is told by ids only, and can be read only through our own account. */
export function mentionRef(value: unknown): ExternalRef[] {
  const { media_id: mediaId, comment_id: commentId } = (value ?? {}) as Record<string, unknown>;
  if (typeof mediaId !== 'string') return [];
  return [{ id: typeof commentId === 'string' ? `mention:${mediaId}:${commentId}` : `mention:${mediaId}` }];
}

export function mentionOf(ref: ExternalRef): { mediaId: string; commentId?: string } | undefined {
  const [, mediaId, commentId] = /^mention:(\d+)(?::(\d+))?$/.exec(ref.id) ?? [];
  return mediaId ? { mediaId, ...(commentId && { commentId }) } : undefined;
}
