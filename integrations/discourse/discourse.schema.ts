import { z } from 'zod';

const id = z.union([z.number().int(), z.string().regex(/^-?\d{1,19}$/)]).transform(String);
const number = z.coerce.number().int().positive();
const text = z.string().nullish().catch(undefined);

/** A post, as lists, single answers and webhooks give it alike. */
export const postSchema = z.object({
  id,
  topic_id: id,
  post_number: number,
  user_id: id,
  username: z.string().min(1),
  name: text,
  avatar_template: text,
  cooked: z.string(),
  raw: text,
  created_at: z.string(),
  updated_at: text,
  version: z.coerce.number().catch(1),
  post_type: z.coerce.number().catch(1),
  reply_to_post_number: number.nullish().catch(undefined),
  topic_title: text,
  topic_slug: text,
  topic_archetype: text,
  post_url: text,
  deleted_at: text,
  user_deleted: z.boolean().nullish().catch(undefined),
});
export type DiscoursePost = z.infer<typeof postSchema>;

export const latestSchema = z.object({ latest_posts: z.array(z.unknown()) });
export const deliverySchema = z.object({ post: z.unknown() });
export const sessionSchema = z.object({
  current_user: z.object({ id, username: z.string(), name: text, avatar_template: text }),
});
export const aboutSchema = z.object({ about: z.object({ title: z.string() }) });
export const topicSchema = z.object({ post_stream: z.object({ stream: z.array(id).catch([]) }) });
/** Who may read a private message. */
export const topicPeopleSchema = z.object({
  details: z.object({ allowed_users: z.array(z.object({ username: z.string() })) }),
});
export const topicPostsSchema = z.object({ post_stream: z.object({ posts: z.array(z.unknown()) }) });
export const topicListSchema = z.object({
  topic_list: z.object({
    topics: z.array(z.object({ id, title: z.string(), created_at: z.string(), slug: text })).catch([]),
  }),
});
export const enqueuedSchema = z.object({ action: z.literal('enqueued'), pending_post: z.object({ id }).optional() });
export const hooksSchema = z.object({
  web_hooks: z.array(z.object({ id, payload_url: z.string() })).catch([]),
});
export const refusalSchema = z.object({
  errors: z.array(z.string()).optional().catch(undefined),
  error_type: z.string().optional().catch(undefined),
  extras: z
    .object({ wait_seconds: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
