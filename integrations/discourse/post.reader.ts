import type { Batch, InboundEvent } from '../../src/ingest/connector.js';
import { ask, askFor, type DiscourseContext, notDiscourse } from './discourse.client.js';
import { type DiscoursePost, latestSchema } from './discourse.schema.js';
import { deleteEvent, isDeleted, postEvent, readPost, revisionOf } from './post.event.js';

/** Where reading stands. */
export interface DiscourseCursor {
  /** Number of the newest post read; Discourse counts all posts of a forum together. */
  last: number;
  /** The newest posts as they were read, oldest first, so that an edit or a deletion of one is noticed. */
  seen: [id: number, revision: string, topicId: string, postNumber: number][];
}

/** Discourse lists at most 50 posts up to a number, and only those that everybody may see. */
const WINDOW = 50;
/** How many of the newest numbers a first reading begins with. */
const FIRST_READING = 500;

/** New posts, oldest first; the newest window is looked at again each time. */
export async function* readPosts(
  context: DiscourseContext,
  cursor: DiscourseCursor | null,
): AsyncGenerator<Batch<DiscourseCursor>> {
  const newest = await listUpTo(context);
  const head = Math.max(0, ...newest.map(({ id }) => Number(id)));
  const seen = new Map(cursor?.seen.map(entry => [entry[0], entry]));
  let from = Math.max(0, cursor ? Math.min(cursor.last, head) - WINDOW : head - FIRST_READING);
  do {
    const to = from + WINDOW;
    const listed = to >= head ? newest : await listUpTo(context, to);
    const posts = listed.filter(({ id }) => Number(id) > from).sort((a, b) => Number(a.id) - Number(b.id));
    const events: InboundEvent[] = [];
    for (const post of posts) {
      const before = seen.get(Number(post.id));
      if (before?.[1] === revisionOf(post) || isDeleted(post)) continue;
      events.push(postEvent(post, context.config));
    }
    events.push(...(await vanished(context, seen, posts, from, to >= head ? Number.POSITIVE_INFINITY : to)));
    for (const post of posts) {
      if (isDeleted(post)) continue;
      const id = Number(post.id);
      seen.delete(id);
      seen.set(id, [id, revisionOf(post), post.topic_id, post.post_number]);
    }
    if (context.signal.aborted) return;
    from = Math.min(to, head);
    const last = Math.max(cursor?.last ?? 0, from);
    yield { events, cursor: { last, seen: [...seen.values()].slice(-WINDOW) }, more: from < head };
  } while (from < head);
}

/** Posts that a list no longer holds are asked for one by one: it may also have been a topic that was closed to strangers. */
async function vanished(
  context: DiscourseContext,
  seen: Map<number, DiscourseCursor['seen'][number]>,
  posts: DiscoursePost[],
  from: number,
  to: number,
): Promise<InboundEvent[]> {
  const there = new Set(posts.filter(post => !isDeleted(post)).map(({ id }) => Number(id)));
  const events: InboundEvent[] = [];
  for (const [id, , topicId, postNumber] of seen.values()) {
    if (id <= from || id > to || there.has(id)) continue;
    seen.delete(id);
    const response = await ask(context, `/posts/${id}.json`);
    const post = response.status < 300 ? readPost(response.json()) : undefined;
    if (response.status !== 404 && !(post && isDeleted(post))) continue;
    const place = { topic_id: topicId, post_number: postNumber } as DiscoursePost;
    events.push(deleteEvent(post ?? place, context.config, context.now()));
  }
  return events;
}

async function listUpTo(context: DiscourseContext, number?: number): Promise<DiscoursePost[]> {
  const body = await askFor(context, '/posts.json', number ? { query: { before: number } } : {});
  const latest = latestSchema.safeParse(body);
  if (!latest.success) throw notDiscourse();
  return latest.data.latest_posts.flatMap(item => readPost(item) ?? []);
}
