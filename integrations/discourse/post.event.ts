import { createHash } from 'node:crypto';
import type { DeleteEvent, ExternalIdentity, ExternalRef, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { textOfHtml } from '../../src/platform/html.text.js';
import type { DiscourseConfig } from './discourse.client.js';
import { type DiscoursePost, postSchema } from './discourse.schema.js';

/** Others are notes that a topic was closed or moved, and staff's whispers to each other. */
const REGULAR = 1;

/** What it takes to answer. */
export interface ReplyTo {
  topicId: string;
  postNumber: number;
  title?: string;
  private?: boolean;
}

/** A post by its place, as its address has it: what it answers is told by place too. */
export function refAt(
  { host, site }: DiscourseConfig,
  topicId: string,
  number: number,
  url?: string | null,
): ExternalRef {
  const path = url?.startsWith('/t/') ? url : `/t/${topicId}/${number}`;
  return { id: `${host}/t/${topicId}/${number}`, url: site + path };
}

export function placeOf(ref: ExternalRef): { topicId: string; number: number } | undefined {
  const [, topicId, number] = ref.id.match(/\/t\/(\d+)\/(\d+)$/) ?? [];
  return topicId ? { topicId, number: Number(number) } : undefined;
}

/** Undefined for what is no post, or not one that people wrote for people. */
export function readPost(item: unknown): DiscoursePost | undefined {
  const post = postSchema.safeParse(item);
  const isReadable = post.success && post.data.post_type === REGULAR && !Number.isNaN(Date.parse(post.data.created_at));
  return isReadable ? post.data : undefined;
}

export function isDeleted(post: DiscoursePost): boolean {
  return Boolean(post.deleted_at || post.user_deleted);
}

export function postEvent(post: DiscoursePost, config: DiscourseConfig): UpsertEvent {
  const { topic_id: topicId, post_number: number } = post;
  const isFirst = number === 1;
  const isPrivate = post.topic_archetype === 'private_message';
  const canAnswer = config.apiKey !== undefined;
  const title = post.topic_title || undefined;
  const editedAt = post.version > 1 && post.updated_at ? new Date(post.updated_at) : undefined;
  const replyTo: ReplyTo = {
    topicId,
    postNumber: number,
    ...(title && { title }),
    ...(isPrivate && { private: true }),
  };
  return {
    op: 'upsert',
    ref: refAt(config, topicId, number, post.post_url),
    revision: revisionOf(post),
    kind: (isPrivate ? 'DIRECT_MESSAGE' : isFirst ? 'POST' : 'COMMENT') as PostKind,
    author: authorOf(post, config),
    own: isOwn(post, config),
    ...(!isFirst && {
      parent: refAt(config, topicId, post.reply_to_post_number ?? 1),
      root: refAt(config, topicId, 1),
    }),
    occurredAt: new Date(post.created_at),
    ...(editedAt && !Number.isNaN(editedAt.getTime()) && { editedAt }),
    text: textOfHtml(post.cooked),
    html: post.cooked,
    ...(title && { title }),
    media: [],
    // Discourse's own accounts have negative numbers.
    auto: post.user_id.startsWith('-'),
    replyability: {
      public: canAnswer && !isPrivate,
      private: canAnswer,
      ...(!canAnswer && { reason: 'NOT_POSSIBLE' as const }),
    },
    replyTo: { ...replyTo },
  };
}

export function deleteEvent(post: DiscoursePost, config: DiscourseConfig, now: Date): DeleteEvent {
  const ref = refAt(config, post.topic_id, post.post_number, post.post_url);
  return { op: 'delete', ref, occurredAt: now, tombstone: true };
}

export function isOwn(post: DiscoursePost, { username }: DiscourseConfig): boolean {
  return username !== undefined && post.username.toLowerCase() === username.toLowerCase();
}

function authorOf(post: DiscoursePost, { host, site }: DiscourseConfig): ExternalIdentity {
  const avatar = post.avatar_template?.replace('{size}', '120');
  const avatarUrl = avatar ? URL.parse(avatar, site)?.href : undefined;
  return {
    id: `${host}/u/${post.user_id}`,
    handle: post.username,
    displayName: post.name || post.username,
    url: `${site}/u/${encodeURIComponent(post.username)}`,
    ...(avatarUrl && { avatarUrl }),
  };
}

/** Edits of the first minutes keep the version, so the text counts too; as it was typed, for its HTML is made anew at times. */
export function revisionOf({ version, raw, cooked }: DiscoursePost): string {
  const digest = createHash('sha256')
    .update(raw ?? cooked)
    .digest('base64url');
  return `${version}.${digest.slice(0, 16)}`;
}
