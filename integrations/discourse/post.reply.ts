import { z } from 'zod';
import {
  ConnectorError,
  type Draft,
  type ExternalRef,
  type HookContext,
  type ParentPost,
  type Rendered,
  type RenderFault,
  type SendCommand,
  type SendResult,
  type Sent,
} from '../../src/ingest/connector.js';
import { refusal } from '../../src/ingest/rendering.js';
import { ask, askFor, type DiscourseConfig, type DiscourseContext, faultOf } from './discourse.client.js';
import {
  type DiscoursePost,
  enqueuedSchema,
  topicListSchema,
  topicPeopleSchema,
  topicPostsSchema,
  topicSchema,
} from './discourse.schema.js';
import { isOwn, placeOf, type ReplyTo, readPost, refAt } from './post.event.js';

/** Forums allow so many characters unless they are set otherwise. */
export const LONGEST_POST = 32_000;
const LONGEST_TITLE = 100;
const LOOKED_THROUGH = 20;
/** Clocks differ: what was posted this long before the first try, in ms, may be ours. */
const CLOCK_SKEW = 5 * 60_000;

const replyToSchema = z.object({
  topicId: z.string(),
  postNumber: z.number(),
  title: z.string().optional(),
  private: z.boolean().optional(),
});

/** As Discourse takes it: an answer in a topic, or, with a title, a private message that begins one. */
interface NewPost {
  raw: string;
  topic_id?: number;
  reply_to_post_number?: number;
  title?: string;
}

export function render(
  { config }: HookContext<DiscourseConfig>,
  draft: Draft,
  parent: ParentPost | null,
): Rendered | RenderFault {
  const text = draft.text.trim();
  const length = [...text].length;
  const replyTo = replyToSchema.safeParse(parent?.replyTo).data;
  const isPrivate = draft.visibility === 'private';
  if (!text) return refusal('EMPTY', 'There is nothing to say.');
  if (draft.media?.length) return refusal('MEDIA_NOT_POSSIBLE', 'Files cannot be sent to the forum.');
  if (length > LONGEST_POST) {
    return refusal('TEXT_TOO_LONG', 'The post is too long.', { length, max: LONGEST_POST });
  }
  if (!config.apiKey) return refusal('NOT_POSSIBLE', 'Without an API key the forum can only be read.');
  if (replyTo && Boolean(replyTo.private) === isPrivate) {
    const { topicId, postNumber } = replyTo;
    const payload: NewPost = {
      raw: text,
      topic_id: Number(topicId),
      ...(postNumber > 1 && { reply_to_post_number: postNumber }),
    };
    return { text, length, payload };
  }
  if (!isPrivate) return refusal('NOT_POSSIBLE', 'This cannot be answered in public.');
  const title = draft.subject?.trim() || (replyTo?.title ? `Re: ${replyTo.title}` : text.replace(/\s+/g, ' '));
  return {
    text,
    length,
    payload: { raw: text, title: title.slice(0, LONGEST_TITLE).toWellFormed() } satisfies NewPost,
  };
}

/** Discourse answers the very same request within two minutes with the same post. */
export async function send(context: DiscourseContext, command: SendCommand): Promise<SendResult> {
  const payload = command.rendered.payload as NewPost;
  const recipient = payload.title === undefined ? undefined : (command.recipient ?? command.parent?.author)?.handle;
  if (payload.title !== undefined && !recipient) {
    const message = 'The forum does not say who this would go to.';
    return { state: 'failed', fault: { class: 'invalid', message, scope: 'message' } };
  }
  const json = { ...payload, ...(recipient && { target_recipients: recipient, archetype: 'private_message' }) };
  const response = await ask(context, '/posts.json', { method: 'POST', json });
  if (response.status < 300) {
    const enqueued = enqueuedSchema.safeParse(response.json());
    if (enqueued.success) {
      const ref = { id: `${context.config.host}/pending/${enqueued.data.pending_post?.id ?? command.key}` };
      return { state: 'queued', ref };
    }
    const post = readPost(response.json());
    return post ? { state: 'sent', ...sentOf(post, context, payload) } : { state: 'unknown' };
  }
  // "Too similar to what you recently posted": our own message, when an earlier answer was lost.
  const sent = response.status === 422 ? await findSent(context, command) : null;
  if (sent) return { state: 'sent', ...sent };
  const fault = faultOf(context, response, true);
  return fault.mayHaveHappened ? { state: 'unknown' } : { state: 'failed', fault };
}

/** Our newest post in the topic with this text; of a private message, the topic with its title. */
export async function findSent(context: DiscourseContext, command: SendCommand): Promise<Sent | null> {
  const { raw, topic_id, reply_to_post_number, title } = command.rendered.payload as NewPost;
  const since = command.firstTriedAt.getTime() - CLOCK_SKEW;
  const user = context.config.username!;
  if (title !== undefined) {
    const body = await askFor(context, `/topics/private-messages-sent/${encodeURIComponent(user)}.json`);
    const topics = topicListSchema.parse(body).topic_list.topics;
    const isLikely = (each: (typeof topics)[number]) =>
      comparable(each.title) === comparable(title) && Date.parse(each.created_at) >= since;
    for (const topic of topics.filter(isLikely)) {
      if (!(await isFor(context, topic.id, command))) continue;
      const replyTo = { topicId: topic.id, postNumber: 1, title, private: true } satisfies ReplyTo;
      return { ref: refAt(context.config, topic.id, 1), replyTo };
    }
    return null;
  }
  const topic = topicSchema.parse(await askFor(context, `/t/${topic_id}.json`, { query: { username_filters: user } }));
  const ids = topic.post_stream.stream.slice(-LOOKED_THROUGH);
  if (ids.length === 0) return null;
  const query = { 'post_ids[]': ids, include_raw: true };
  const { post_stream } = topicPostsSchema.parse(await askFor(context, `/t/${topic_id}/posts.json`, { query }));
  const found = post_stream.posts
    .flatMap(item => readPost(item) ?? [])
    .reverse()
    .find(
      post =>
        isOwn(post, context.config) &&
        post.raw?.trim() === raw &&
        (post.reply_to_post_number ?? undefined) === reply_to_post_number &&
        Date.parse(post.created_at) >= since,
    );
  return found ? sentOf(found, context, { raw, ...(topic_id && { topic_id }) }) : null;
}

/** Discourse begins titles with a capital letter, and takes away what it finds too much of. */
const comparable = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** The same words may have gone to two people at the same time. */
async function isFor(context: DiscourseContext, topicId: string, command: SendCommand): Promise<boolean> {
  const wanted = (command.recipient ?? command.parent?.author)?.handle?.toLowerCase();
  const people = topicPeopleSchema.safeParse(await askFor(context, `/t/${topicId}.json`)).data?.details.allowed_users;
  return people?.some(({ username }) => username.toLowerCase() === wanted) ?? true;
}

function sentOf(post: DiscoursePost, { config }: DiscourseContext, { title }: NewPost): Sent {
  const { topic_id: topicId, post_number: postNumber } = post;
  const replyTo: ReplyTo = { topicId, postNumber, ...(title !== undefined && { title, private: true }) };
  return { ref: refAt(config, topicId, postNumber, post.post_url), replyTo: { ...replyTo } };
}

/** The post at this place, as it is now; undefined when there is none any more, or none that we may see. */
export async function postAt(context: DiscourseContext, ref: ExternalRef): Promise<DiscoursePost | undefined> {
  const place = placeOf(ref);
  if (!place)
    throw new ConnectorError({ class: 'invalid', message: 'This is not the id of a post.', scope: 'message' });
  const response = await ask(context, `/posts/by_number/${place.topicId}/${place.number}.json`);
  if (response.status === 404 || response.status === 410) return undefined;
  if (response.status >= 300) throw new ConnectorError(faultOf(context, response));
  return readPost(response.json());
}

export async function remove(context: DiscourseContext, ref: ExternalRef): Promise<void> {
  const post = await postAt(context, ref);
  if (!post || post.deleted_at || post.user_deleted) return;
  const response = await ask(context, `/posts/${post.id}.json`, { method: 'DELETE' });
  if (response.status >= 300 && response.status !== 404) throw new ConnectorError(faultOf(context, response, true));
}
