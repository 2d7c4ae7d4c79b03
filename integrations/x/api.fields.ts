import { ConnectorError } from '../../src/ingest/connector.js';

/** X is renaming its fields, one endpoint after the other: which names does a request use? */
export type Generation = 'post' | 'tweet';

const SHARED_FIELDS = [
  'id',
  'text',
  'created_at',
  'conversation_id',
  'entities',
  'attachments',
  'lang',
  'reply_settings',
];
const USER_FIELDS = 'id,name,username,description,profile_image_url,public_metrics,url';
const MEDIA_FIELDS = 'media_key,type,url,preview_image_url,alt_text,variants';

/** What is asked of posts. In the new names, who wrote a post and what it answers come with the expansions. */
export function postFields(generation: Generation): Record<string, string> {
  const common = { 'user.fields': USER_FIELDS, 'media.fields': MEDIA_FIELDS };
  if (generation === 'post') {
    return {
      ...common,
      'post.fields': [...SHARED_FIELDS, 'note_post'].join(),
      expansions: 'author_id,in_reply_to_user_id,referenced_posts,edit_history_post_ids,attachments.media_keys',
    };
  }
  const own = ['author_id', 'in_reply_to_user_id', 'referenced_tweets', 'edit_history_tweet_ids', 'note_tweet'];
  return {
    ...common,
    'tweet.fields': [...SHARED_FIELDS, ...own].join(),
    expansions: 'author_id,in_reply_to_user_id,referenced_tweets.id,attachments.media_keys',
  };
}

/** Which names each endpoint took last; the stream still has the old ones. */
export type Dialect = Map<string, Generation>;

/** Asks in the names that the endpoint took last and, when it does not know them, in the others. */
export async function inItsNames<Answer>(
  dialect: Dialect,
  endpoint: string,
  ask: (fields: Record<string, string>) => Promise<Answer>,
): Promise<Answer> {
  const usual = dialect.get(endpoint) ?? (endpoint.endsWith('/stream') ? 'tweet' : 'post');
  try {
    return await ask(postFields(usual));
  } catch (error) {
    if (!isAboutNames(error)) throw error;
    const other = usual === 'post' ? 'tweet' : 'post';
    const answer = await ask(postFields(other));
    dialect.set(endpoint, other);
    return answer;
  }
}

function isAboutNames(error: unknown): boolean {
  if (!(error instanceof ConnectorError) || error.fault.class !== 'invalid') return false;
  return /\b(?:post|tweet)\.fields\b|\breferenced_(?:posts|tweets)\b|\bedit_history_(?:post|tweet)_ids\b/.test(
    error.message,
  );
}
