import { z } from 'zod';
import type { PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import { plainOf } from './markdown.text.js';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** A comment (t1), a link (t3) or a message (t4); `name` is its id with the kind before it. */
const data = z.object({
  name: z.string().regex(/^t[134]_\w+$/),
  created_utc: z.number(),
  author: text,
  author_fullname: text,
  subreddit: text,
  body: text,
  body_html: text,
  selftext: text,
  selftext_html: text,
  title: text,
  link_title: text,
  subject: text,
  url: text,
  post_hint: text,
  permalink: text,
  parent_id: text,
  link_id: text,
  first_message_name: text,
  dest: text,
  type: text,
  distinguished: text,
  removed_by_category: text,
  // False, or when.
  edited: z.union([z.number(), z.boolean()]).optional().catch(undefined),
  locked: flag,
  archived: flag,
});
export type Thing = z.infer<typeof data>;

const listing = z.object({
  data: z.object({ children: z.array(z.unknown()), after: z.string().nullable().optional().catch(undefined) }),
});

/** What a listing holds, without what cannot be read, and the name to go on after. Null for what is no listing. */
export function readListing(answer: unknown): { things: Thing[]; unread: number; after?: string } | null {
  const found = listing.safeParse(answer);
  if (!found.success) return null;
  const { children, after } = found.data.data;
  const things = children.flatMap(child => z.object({ data }).safeParse(child).data?.data ?? []);
  return { things, unread: children.length - things.length, ...(after && { after }) };
}

/** The things that an answer to /api/comment made. */
export function readMade(answer: unknown): Thing | undefined {
  const made = z
    .object({ json: z.object({ data: z.object({ things: z.tuple([z.object({ data })]).rest(z.unknown()) }) }) })
    .safeParse(answer);
  return made.success ? made.data.json.data.things[0].data : undefined;
}

const GONE = new Set(['[deleted]', '[removed]', '[ Removed by Reddit ]']);

/** Deleted by its author or taken away by others: nothing of it may be kept. */
export const isGone = (thing: Thing): boolean =>
  GONE.has(thing.author ?? '') ||
  GONE.has(thing.body?.trim() ?? '') ||
  GONE.has(thing.selftext?.trim() ?? '') ||
  Boolean(thing.removed_by_category);

const SITE = 'https://www.reddit.com';

/** Undefined for what nobody wrote. `username` is ours. */
export function thingEvent(thing: Thing, kind: PostKind, username: string): UpsertEvent | undefined {
  const isMessage = thing.name.startsWith('t4_');
  // Moderators' mail comes from a subreddit.
  const handle = thing.author || (isMessage && thing.subreddit ? `r/${thing.subreddit}` : undefined);
  if (!handle) return undefined;
  const occurredAt = new Date(thing.created_utc * 1000);
  const editedAt = typeof thing.edited === 'number' ? new Date(thing.edited * 1000) : undefined;
  const title = thing.title ?? thing.link_title ?? thing.subject;
  const words = thing.body ?? (thing.selftext || thing.url || thing.title) ?? '';
  const html = thing.body_html ?? thing.selftext_html;
  const isClosed = thing.locked === true || thing.archived === true;
  return {
    op: 'upsert',
    ref: { id: thing.name, ...(thing.permalink && { url: `${SITE}${thing.permalink}` }) },
    revision: String((editedAt ?? occurredAt).getTime()),
    kind,
    author: {
      ...(thing.author_fullname && { id: thing.author_fullname }),
      handle,
      displayName: thing.author ? `u/${handle}` : handle,
      url: thing.author ? `${SITE}/user/${handle}` : `${SITE}/${handle}`,
    },
    own: handle.toLowerCase() === username.toLowerCase(),
    ...threadOf(thing),
    occurredAt,
    ...(editedAt && { editedAt }),
    text: plainOf(words),
    ...(html && { html }),
    ...(title && { title }),
    media: thing.post_hint === 'image' && thing.url ? [{ url: thing.url, kind: 'image' }] : [],
    auto: handle === 'AutoModerator' || !thing.author,
    replyability: isMessage
      ? { public: false, private: true }
      : { public: !isClosed, private: true, ...(isClosed && { reason: 'COMMENTS_CLOSED' as const }) },
    replyTo: { thingId: thing.name },
  };
}

function threadOf({ name, parent_id, link_id, first_message_name }: Thing): Pick<UpsertEvent, 'parent' | 'root'> {
  const root = name.startsWith('t1_') ? link_id : (first_message_name ?? name);
  return { ...(parent_id && { parent: { id: parent_id } }), ...(root && { root: { id: root } }) };
}
