import { z } from 'zod';
import type { Batch, ConnectorContext, InboundEvent, PostKind, UpsertEvent } from '../../src/ingest/connector.js';
import type { AccountClient } from './account.session.js';
import { identityOfProfile, profileView } from './appview.client.js';
import { type Followed, kindFor, toUpsert } from './post.event.js';
import { parsePostUri, readPostRecord } from './post.record.js';
import { readAnswer } from './xrpc.faults.js';

/** Up to where the notifications were read. */
export interface NotificationCursor {
  /** When the network listed the newest one, ISO 8601. */
  at: string;
  /** The posts of the last minutes before `at`, which are read again each time. */
  seen: string[];
}

const METHOD = 'app.bsky.notification.listNotifications';
const REASONS = ['mention', 'reply', 'quote'];
const PAGE = 100;
const MOST_PAGES = 50;
/** At the very beginning a month is enough: it is for what comes, not an archive. */
const FIRST_DAYS = 30;
/** Listed by the time the author claims, a post may come in behind others that were listed before it. */
const OVERLAP_MS = 10 * 60_000;
const MOST_SEEN = 500;

const page = z.object({
  cursor: z.string().optional().catch(undefined),
  notifications: z.array(z.unknown()),
});
const notification = z.object({
  uri: z.string().max(1000),
  cid: z.string().max(256),
  author: profileView,
  reason: z.string(),
  record: z.unknown(),
  indexedAt: z.coerce.date(),
});
type Notification = z.infer<typeof notification>;

/**
 * What the network itself lists as addressed to the account since the cursor: what the stream missed. Newest first there, so it
 * is paged back to what was seen, and handed over oldest first. Whether the network calls one read says nothing here.
 */
export async function* readNotifications(
  context: ConnectorContext<unknown>,
  account: AccountClient,
  followed: Followed,
  cursor: NotificationCursor | null,
): AsyncGenerator<Batch<NotificationCursor>> {
  const now = context.now();
  const seen = new Set(cursor?.seen);
  const until = cursor ? Date.parse(cursor.at) - OVERLAP_MS : now.getTime() - FIRST_DAYS * 86_400_000;
  const listed: Notification[] = [];
  let next: string | undefined;
  let isComplete = false;
  let unreadable = 0;
  for (let pages = 0; pages < MOST_PAGES && !isComplete && !context.signal.aborted; pages += 1) {
    const query = { reasons: REASONS, limit: PAGE, cursor: next };
    const answer = readAnswer(await account.call({ method: METHOD, query }), page, METHOD);
    for (const each of answer.notifications) {
      const parsed = notification.safeParse(each);
      if (!parsed.success) unreadable += 1;
      else if (parsed.data.indexedAt.getTime() < until) isComplete = true;
      else listed.push(parsed.data);
    }
    next = answer.cursor;
    isComplete ||= next === undefined || answer.notifications.length === 0;
  }
  if (context.signal.aborted) return;
  listed.reverse();
  const events = listed.flatMap(each => (seen.has(each.uri) ? [] : (eventOf(each, followed) ?? [])));
  if (unreadable > 0) context.log.warn({ unreadable }, 'Bluesky notifications that could not be read were skipped');
  const oldest = listed[0]?.indexedAt;
  const gap =
    cursor && !isComplete && oldest
      ? { from: new Date(cursor.at), to: oldest, reason: 'More notifications than can be paged back' }
      : undefined;
  yield { events, cursor: cursorAfter(listed, cursor, now), ...(gap && { gap }), more: false };
}

function cursorAfter(listed: Notification[], before: NotificationCursor | null, now: Date): NotificationCursor {
  const at = listed.reduce(
    (latest, { indexedAt }) => Math.max(latest, indexedAt.getTime()),
    Date.parse(before?.at ?? ''),
  );
  const newest = Number.isNaN(at) ? Math.max(0, ...listed.map(({ indexedAt }) => indexedAt.getTime())) : at;
  // A clock that runs ahead somewhere must not make us skip what comes until then.
  const position = Math.min(newest || now.getTime(), now.getTime());
  const recent = listed.filter(({ indexedAt }) => indexedAt.getTime() >= position - OVERLAP_MS).map(({ uri }) => uri);
  return { at: new Date(position).toISOString(), seen: [...new Set(recent)].slice(-MOST_SEEN) };
}

function eventOf(given: Notification, followed: Followed): InboundEvent | undefined {
  const parts = parsePostUri(given.uri);
  const record = readPostRecord(given.record);
  if (!REASONS.includes(given.reason) || !parts || !record) return undefined;
  // An answer further down in a thread of ours is told here, though it names us nowhere.
  const kind = kindFor(followed, record, parts.did) ?? ((given.reason === 'reply' ? 'COMMENT' : 'MENTION') as PostKind);
  const post = { ...parts, cid: given.cid, record, seenAt: given.indexedAt, edited: false };
  return { ...toUpsert(post, kind, followed), author: identityOfProfile(given.author) } satisfies UpsertEvent;
}
