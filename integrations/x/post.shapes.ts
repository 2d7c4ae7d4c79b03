import { z } from 'zod';

/** Anything that is missing or odd is left out; only what a post cannot be without makes it unreadable. */
const word = z.string().optional().catch(undefined);
const ids = z.array(z.string()).optional().catch(undefined);
const id = z.string().regex(/^\d{1,19}$/);

function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .catch([])
    .transform(all => all.flatMap(each => (item.safeParse(each).data ?? []) as z.infer<Item>[] | z.infer<Item>));
}

const entitiesShape = z.object({
  mentions: listOf(z.object({ id: word, username: word })),
  urls: listOf(z.object({ url: z.string(), expanded_url: word, media_key: word })),
});
const longText = z.object({ text: z.string(), entities: entitiesShape.optional().catch(undefined) });
const referencesShape = listOf(z.object({ type: z.string(), id }));

/** A post in either generation of names. */
export const postShape = z
  .object({
    id,
    text: z.string(),
    author_id: word,
    created_at: word,
    conversation_id: word,
    in_reply_to_user_id: word,
    in_reply_to_tweet_id: word,
    in_reply_to_post_id: word,
    edit_history_tweet_ids: ids,
    edit_history_post_ids: ids,
    referenced_tweets: referencesShape,
    referenced_posts: referencesShape,
    note_tweet: longText.optional().catch(undefined),
    note_post: longText.optional().catch(undefined),
    entities: entitiesShape.optional().catch(undefined),
    attachments: z.object({ media_keys: ids }).optional().catch(undefined),
    lang: word,
    reply_settings: word,
  })
  .transform(({ text, entities, ...post }) => {
    const long = post.note_post ?? post.note_tweet;
    const history = post.edit_history_post_ids ?? post.edit_history_tweet_ids ?? [];
    const references = [...post.referenced_posts, ...post.referenced_tweets];
    const answered = post.in_reply_to_post_id ?? post.in_reply_to_tweet_id;
    if (answered && !references.some(({ type }) => type === 'replied_to'))
      references.push({ type: 'replied_to', id: answered });
    return {
      id: post.id,
      text: long?.text ?? text,
      authorId: post.author_id,
      createdAt: post.created_at,
      conversationId: post.conversation_id,
      answeredUserId: post.in_reply_to_user_id,
      /** From the first version to the last. */
      history: history.length > 0 ? history : [post.id],
      references,
      mentions: long?.entities?.mentions ?? entities?.mentions ?? [],
      urls: [...(long?.entities?.urls ?? []), ...(entities?.urls ?? [])],
      mediaKeys: post.attachments?.media_keys ?? [],
      language: post.lang,
      replySettings: post.reply_settings,
    };
  });

export type XPost = z.infer<typeof postShape>;

const userFields = z.object({
  id,
  username: word,
  name: word,
  description: word,
  profile_image_url: word,
  public_metrics: z
    .object({ followers_count: z.int().nonnegative().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  affiliation: z.object({ description: word }).optional().catch(undefined),
});

/** Some events wrap each account once more. */
export const userShape = z.preprocess(
  given => (typeof given === 'object' && given !== null && 'data' in given ? given.data : given),
  userFields,
);

export type XUser = z.infer<typeof userFields>;

const mediaShape = z.object({
  media_key: z.string(),
  type: word,
  url: word,
  preview_image_url: word,
  alt_text: word,
  variants: listOf(z.object({ url: z.string(), content_type: word, bit_rate: z.number().optional().catch(undefined) })),
});

export type XMedia = z.infer<typeof mediaShape>;

export const includesShape = z
  .object({
    users: listOf(userShape),
    tweets: listOf(postShape),
    posts: listOf(postShape),
    media: listOf(mediaShape),
  })
  .catch({ users: [], tweets: [], posts: [], media: [] })
  .transform(({ users, tweets, posts, media }) => ({
    users: new Map(users.map(user => [user.id, user])),
    posts: new Map([...tweets, ...posts].map(post => [post.id, post])),
    media: new Map(media.map(each => [each.media_key, each])),
  }));

export type Includes = z.infer<typeof includesShape>;

export const problemsShape = listOf(
  z.object({ type: word, title: word, detail: word, resource_id: word, value: word, disconnect_type: word }),
);

/** A page of posts. */
export const pageShape = z.object({
  data: z
    .array(z.unknown())
    .optional()
    .catch(undefined)
    .transform(all => all ?? []),
  includes: includesShape,
  errors: problemsShape,
  meta: z.object({ next_token: word }).catch({ next_token: undefined }),
});

export type Page = z.infer<typeof pageShape>;
