import { z } from 'zod';
import type { PostKind, UpsertEvent } from '../../src/ingest/connector.js';

const text = z.string().optional().catch(undefined);

/** A comment as YouTube gives it, alone or inside of its thread. */
export const comment = z.object({
  id: z.string(),
  snippet: z.object({
    textOriginal: text,
    textDisplay: text,
    authorDisplayName: text,
    authorChannelUrl: text,
    authorProfileImageUrl: text,
    authorChannelId: z.object({ value: z.string() }).optional().catch(undefined),
    parentId: text,
    videoId: text,
    publishedAt: z.coerce.date(),
    updatedAt: z.coerce.date(),
  }),
});
export type Comment = z.infer<typeof comment>;

export const thread = z.object({
  id: z.string(),
  snippet: z.object({
    topLevelComment: comment,
    videoId: text,
    canReply: z.boolean().optional().catch(undefined),
    totalReplyCount: z.number().optional().catch(undefined),
  }),
  replies: z
    .object({ comments: z.array(comment.nullable().catch(null)) })
    .optional()
    .catch(undefined),
});
export type Thread = z.infer<typeof thread>;

/** Undefined for a comment whose author has no channel any more. YouTube has two levels: every answer hangs on the first comment. */
export function commentEvent(
  { id, snippet }: Comment,
  top: { id: string; author?: Comment },
  channelId: string,
  canReply = true,
): UpsertEvent | undefined {
  const author = snippet.authorChannelId?.value;
  const words = snippet.textOriginal ?? snippet.textDisplay ?? '';
  if (!author || !words) return undefined;
  const isAnswer = id !== top.id;
  const isEdited = snippet.updatedAt > snippet.publishedAt;
  const topAuthor = top.author?.snippet.authorChannelId?.value;
  return {
    op: 'upsert',
    ref: {
      id,
      ...(snippet.videoId && { url: `https://www.youtube.com/watch?v=${snippet.videoId}&lc=${id}` }),
    },
    revision: snippet.updatedAt.toISOString(),
    kind: 'COMMENT' as PostKind,
    author: {
      id: author,
      ...(snippet.authorDisplayName && {
        handle: snippet.authorDisplayName.replace(/^@/, ''),
        displayName: snippet.authorDisplayName,
      }),
      ...(snippet.authorChannelUrl && { url: snippet.authorChannelUrl }),
      ...(snippet.authorProfileImageUrl && { avatarUrl: snippet.authorProfileImageUrl }),
    },
    own: author === channelId,
    ...(isAnswer && { parent: { id: top.id, ...(topAuthor && { author: { id: topAuthor } }) } }),
    root: { id: top.id },
    occurredAt: snippet.publishedAt,
    ...(isEdited && { editedAt: snippet.updatedAt }),
    text: words,
    media: [],
    auto: false,
    replyability: { public: canReply, private: false, ...(!canReply && { reason: 'COMMENTS_CLOSED' as const }) },
    replyTo: { topId: top.id },
  };
}
