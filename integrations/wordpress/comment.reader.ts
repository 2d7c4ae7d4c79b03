import type { Batch, InboundEvent, UpsertEvent } from '../../src/ingest/connector.js';
import { ConnectorError } from '../../src/ingest/connector.js';
import { commentEvent, commentRef, guidOf, postEvent, revisionOf, type Surroundings } from './comment.event.js';
import { ask, get, type Signed, type WordPressContext } from './wordpress.client.js';
import {
  type BlogPost,
  type Comment,
  commentSchema,
  gmtDate,
  listSchema,
  meSchema,
  postSchema,
} from './wordpress.schema.js';

/** Where reading stands. */
export interface WordPressCursor {
  /** Date of the newest comment read (RFC 3339). */
  newest?: string;
  /** Comments of the last days as they were read, oldest first. `revision` is empty for one that was thrown away since. */
  seen: [id: string, revision: string, date: string, post: string][];
  /** Ids in the feeds of the posts they stand under, by number. */
  guids: Record<string, string>;
}

type Seen = Map<string, WordPressCursor['seen'][number]>;

/**
 * How far back each poll looks again, in ms. A comment keeps its old date when it is approved late, and nothing tells of an
 * edit, so that this is also how long both are noticed.
 */
const OVERLAP = 7 * 86_400_000;
const PAGE = 100;
const MAX_SEEN = 3000;
const MAX_PAGES = 1000;
/** Comments that a list no longer holds are asked for one by one, so many a poll. */
const MAX_MISSING = 50;

/** Whom the password belongs to; undefined without one. Throws `ConnectorError`. */
export async function whoAmI(context: WordPressContext): Promise<Signed | undefined> {
  if (!context.config.authorization) return undefined;
  const response = await get(context, '/wp/v2/users/me', { query: { context: 'edit' } });
  const me = meSchema.safeParse(response.json());
  if (!me.success) throw notWordPress();
  const { id, name, capabilities } = me.data;
  return { id, ...(name && { name }), moderates: capabilities['moderate_comments'] === true };
}

export function notWordPress(): ConnectorError {
  const message = 'The address answers, but not as WordPress does.';
  return new ConnectorError({ class: 'invalid', message, scope: 'endpoint' });
}

/** Everything that is new or different since the cursor, oldest first, a page a batch. */
export async function* readComments(
  context: WordPressContext,
  cursor: WordPressCursor | null,
): AsyncGenerator<Batch<WordPressCursor>> {
  const me = await whoAmI(context);
  const seen: Seen = new Map(cursor?.seen.map(entry => [entry[0], entry]));
  const guids = new Map(Object.entries(cursor?.guids ?? {}));
  const since = cursor?.newest && new Date(Date.parse(cursor.newest) - OVERLAP).toISOString();
  const listed = new Set<string>();
  // A comment that is dated ahead must not take the beginning of the next reading with it.
  const now = context.now().toISOString();
  let newest = cursor?.newest;
  for (let page = 1, pages = 1; page <= pages && page <= MAX_PAGES; page += 1) {
    const response = await get(context, '/wp/v2/comments', {
      query: {
        orderby: 'date_gmt',
        order: 'asc',
        per_page: PAGE,
        page,
        ...(since && { after: since }),
        ...(me?.moderates && { status: 'all', context: 'edit' }),
      },
    });
    pages = Number(response.headers['x-wp-totalpages'] ?? 1) || 1;
    const comments = parsed(context, response.json(), commentSchema);
    const changed = comments.filter(comment => seen.get(comment.id)?.[1] !== revisionOf(comment));
    const around = await surroundings(context, comments, changed, me);
    const events: InboundEvent[] = [...around.posts.values()].flatMap(post => postEvent(post, context.config) ?? []);
    for (const comment of changed) {
      const event = commentEvent(comment, around);
      if (event) events.push(edited(event, seen.get(comment.id)?.[1], context.now()));
      guids.set(comment.post, guidOf(context.config, around.posts.get(comment.post), comment.post));
    }
    for (const comment of comments) {
      const date = gmtDate(comment.date_gmt)?.toISOString();
      if (!date) continue;
      listed.add(comment.id);
      seen.delete(comment.id);
      seen.set(comment.id, [comment.id, revisionOf(comment), date, comment.post]);
      if (date <= now && (!newest || date > newest)) newest = date;
    }
    const isLast = page >= pages;
    if (isLast && since) {
      const missing = [...seen.values()].filter(([id, revision, date]) => revision && date > since && !listed.has(id));
      events.push(...(await thrownAway(context, missing.slice(0, MAX_MISSING), seen, guids)));
    }
    if (context.signal.aborted) return;
    yield { events, cursor: cursorOf(newest, seen, guids), more: !isLast };
  }
}

function cursorOf(newest: string | undefined, seen: Seen, guids: Map<string, string>): WordPressCursor {
  const from = newest ? new Date(Date.parse(newest) - OVERLAP).toISOString() : '';
  const kept = [...seen.values()].filter(([, , date]) => date >= from).slice(-MAX_SEEN);
  const posts = new Set(kept.map(([, , , post]) => post));
  return {
    ...(newest && { newest }),
    seen: kept,
    guids: Object.fromEntries([...guids].filter(([post]) => posts.has(post))),
  };
}

/** Approval changes the revision too, but only another text is an edit. */
function edited(event: UpsertEvent, before: string | undefined, now: Date): UpsertEvent {
  const isSameText = before === undefined || before.split('.')[0] === event.revision.split('.')[0];
  return isSameText || before === '' ? event : { ...event, editedAt: now };
}

/** Which of these are in the trash, among the spam or deleted for good: a list may also leave one out for a moment. */
async function thrownAway(
  context: WordPressContext,
  missing: WordPressCursor['seen'],
  seen: Seen,
  guids: Map<string, string>,
): Promise<InboundEvent[]> {
  const events: InboundEvent[] = [];
  for (const [id, , date, post] of missing) {
    if (!(await isGone(context, id))) continue;
    seen.set(id, [id, '', date, post]);
    const ref = commentRef(guids.get(post) ?? guidOf(context.config, undefined, post), id);
    events.push({ op: 'delete', ref, occurredAt: context.now(), tombstone: true });
  }
  return events;
}

async function isGone(context: WordPressContext, id: string): Promise<boolean> {
  const response = await ask(context, `/wp/v2/comments/${id}`);
  if (hidesComment(context, response.status)) return true;
  const comment = response.status < 300 ? commentSchema.safeParse(response.json()) : undefined;
  return isThrownAway(comment?.data);
}

export function isThrownAway(comment: Comment | undefined): boolean {
  return comment?.status === 'trash' || comment?.status === 'spam';
}

/** To strangers WordPress answers 401 for what is in the trash or is not approved any more. */
export function hidesComment({ config }: WordPressContext, status: number): boolean {
  return status === 404 || status === 410 || (status === 401 && !config.authorization);
}

/** The posts and comments that the changed ones answer, those of the same page at hand. */
export async function surroundings(
  context: WordPressContext,
  comments: Comment[],
  changed: Comment[],
  me: Signed | undefined,
): Promise<Surroundings> {
  const known = new Map(comments.map(comment => [comment.id, comment]));
  const missing = [...new Set(changed.map(({ parent }) => parent))].filter(id => id !== '0' && !known.has(id));
  if (missing.length > 0) {
    const query = {
      include: missing.slice(0, PAGE).join(','),
      per_page: PAGE,
      ...(me?.moderates && { status: 'all', context: 'edit' }),
    };
    const above = parsed(context, (await get(context, '/wp/v2/comments', { query })).json(), commentSchema);
    for (const comment of above) known.set(comment.id, comment);
  }
  const posts = await readPosts(context, changed);
  return { config: context.config, posts, comments: known, ...(me && { me: me.id }) };
}

/** By id, asked for where their comments say they are: posts, pages and other kinds lie apart. */
async function readPosts(context: WordPressContext, comments: Comment[]): Promise<Map<string, BlogPost>> {
  const groups = new Map<string, Set<string>>();
  for (const { post, _links } of comments) {
    const path = collectionOf(_links?.up[0]?.href);
    groups.set(path, (groups.get(path) ?? new Set()).add(post));
  }
  const posts = new Map<string, BlogPost>();
  for (const [path, ids] of groups) {
    const query = { include: [...ids].join(','), per_page: PAGE, _fields: Object.keys(postSchema.shape).join(',') };
    try {
      const response = await get(context, path, { query });
      for (const post of parsed(context, response.json(), postSchema)) posts.set(post.id, post);
    } catch (error) {
      // A kind of content that the blog does not show; its comments stand all the same.
      if (!(error instanceof ConnectorError) || !['forbidden', 'invalid', 'not_found'].includes(error.fault.class))
        throw error;
    }
  }
  return posts;
}

/** `/wp/v2/pages` of `https://blog.example/wp-json/wp/v2/pages/7`. Only the path is taken: the host is ours. */
function collectionOf(href: string | undefined): string {
  const path = decodeURIComponent(href?.slice(0, 500).replace(/%(?![\da-f]{2})/gi, '') ?? '').match(
    /(\/wp\/v2\/[\w-]+)\/\d+\/?$/,
  )?.[1];
  return path ?? '/wp/v2/posts';
}

/** Those of a list that can be read; the others are skipped. Throws `ConnectorError` when it is none. */
export function parsed<Value>(
  context: WordPressContext,
  body: unknown,
  schema: { safeParse(item: unknown): { success: true; data: Value } | { success: false } },
): Value[] {
  const list = listSchema.safeParse(body);
  if (!list.success) throw notWordPress();
  const read = list.data.flatMap(item => {
    const result = schema.safeParse(item);
    return result.success ? [result.data] : [];
  });
  if (read.length < list.data.length) {
    context.log.warn({ count: list.data.length - read.length }, 'what WordPress gave could not be read in part');
  }
  return read;
}
