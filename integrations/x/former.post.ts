import { z } from 'zod';
import { personOf } from './message.event.js';
import { type Includes, includesShape, postShape, type XPost } from './post.shapes.js';

const word = z.string().nullish().catch(undefined);
const mentionShape = z.object({ id_str: word, screen_name: word });
const linkShape = z.object({ url: z.string(), expanded_url: word });
const entitiesShape = z.object({
  user_mentions: z.array(mentionShape).catch([]),
  urls: z.array(linkShape).catch([]),
});

/** A post as the API of version 1.1 has it, which Account Activity webhooks still send. */
const formerShape = z.object({
  id_str: z.string(),
  created_at: z.string(),
  text: z.string(),
  lang: word,
  user: z.unknown().optional(),
  in_reply_to_status_id_str: word,
  in_reply_to_user_id_str: word,
  quoted_status_id_str: word,
  retweeted_status: z.object({ id_str: z.string() }).optional().catch(undefined),
  entities: entitiesShape.optional().catch(undefined),
  extended_tweet: z
    .object({ full_text: z.string(), entities: entitiesShape.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** The same post in today's shape, with its author. Undefined when it cannot be read. */
export function readFormerPost(given: unknown): { post: XPost; includes: Includes } | undefined {
  const former = formerShape.safeParse(given).data;
  const author = personOf(former?.user);
  const at = new Date(former?.created_at ?? '');
  if (!former || !author || Number.isNaN(at.getTime())) return undefined;
  const entities = former.extended_tweet?.entities ?? former.entities;
  const post = postShape.safeParse({
    id: former.id_str,
    text: former.extended_tweet?.full_text ?? former.text,
    author_id: author.id,
    created_at: at.toISOString(),
    lang: former.lang ?? undefined,
    in_reply_to_user_id: former.in_reply_to_user_id_str ?? undefined,
    referenced_posts: [
      { type: 'replied_to', id: former.in_reply_to_status_id_str },
      { type: 'quoted', id: former.quoted_status_id_str },
      { type: 'retweeted', id: former.retweeted_status?.id_str },
    ],
    entities: {
      mentions: entities?.user_mentions.map(({ id_str, screen_name }) => ({ id: id_str, username: screen_name })),
      urls: entities?.urls,
    },
  }).data;
  return post && { post, includes: includesShape.parse({ users: [author] }) };
}
