import { z } from 'zod';
import type { Batch, ConnectorContext, InboundEvent, PostKind } from '../../src/ingest/connector.js';
import { type InstanceCall, type InstanceClient, readAnswer } from './instance.client.js';
import { type Followed, invalid, type MastodonConfig } from './source.config.js';
import { eventOf, kindOf, type View, wholeName } from './status.event.js';
import { notification, type Status, status } from './status.shape.js';

/** Up to which notification, or status for hashtags and words, everything was read. */
export interface MastodonCursor {
  minId: string;
}

const NOTIFICATIONS = '/api/v1/notifications';
/** `quote` came with version 4.5; an older instance leaves it out. */
export const NOTIFICATION_TYPES = ['mention', 'quote'];
const MOST_NOTIFICATIONS = 80;
const MOST_STATUSES = 40;
const OVERLAP_MS = 300_000n;

/** Who looks, once the instance and the account have said who they are. Throws `invalid` when the token is somebody else's. */
export async function viewOf({ config }: ConnectorContext<MastodonConfig>, client: InstanceClient): Promise<View> {
  const { domain } = await client.describe();
  if (!config.accessToken) return { instance: config.instance, domain };
  const own = await client.whoami();
  const view = { instance: config.instance, domain, ownId: own.id };
  if (config.kind === 'ACCOUNT' && config.user && config.user !== own.acct.toLowerCase()) {
    throw invalid(`The access token belongs to @${wholeName(own.acct, view)}`);
  }
  return view;
}

/**
 * Reads forward from the cursor, a page at a time, oldest first: with `min_id`, for `since_id` would jump to the newest and lose what
 * lies between. At the very beginning it is the newest page.
 */
export async function* readTimeline(
  context: ConnectorContext<MastodonConfig>,
  client: InstanceClient,
  view: View,
  cursor: MastodonCursor | null,
): AsyncGenerator<Batch<MastodonCursor>> {
  let position = cursor?.minId;
  let from = position !== undefined && context.config.kind !== 'ACCOUNT' ? withOverlap(position) : position;
  for (;;) {
    const { ids, events, unreadable } = await readPage(client, context.config, view, from);
    if (context.signal.aborted) return;
    if (unreadable > 0) context.log.warn({ unreadable }, 'Mastodon posts that could not be read were skipped');
    const newest = ids[0];
    const more = from !== undefined && newest !== undefined && newest !== from;
    position = newest ?? position ?? '0';
    yield { events: events.reverse(), cursor: { minId: position }, more };
    if (!more) return;
    from = newest;
  }
}

/**
 * A post of another instance is filed under the moment it was written, behind others that were here before it: a few minutes are read
 * again. Ids that are no such times are left as they are.
 */
function withOverlap(minId: string): string {
  return /^\d{17,19}$/.test(minId) ? String(BigInt(minId) - (OVERLAP_MS << 16n)) : minId;
}

/** The newest notification there is: where following begins. */
export async function newestId(client: InstanceClient): Promise<string> {
  const query = { limit: 1, include_filtered: true, 'types[]': NOTIFICATION_TYPES };
  const page = readAnswer(await client.call({ path: NOTIFICATIONS, query }), z.array(z.unknown()), NOTIFICATIONS);
  const newest = notification.safeParse(page[0]);
  return newest.success ? newest.data.id : '0';
}

interface Page {
  /** Newest first, as the instance gives them. */
  ids: string[];
  events: InboundEvent[];
  unreadable: number;
}

async function readPage(
  client: InstanceClient,
  followed: Followed,
  view: View,
  minId: string | undefined,
): Promise<Page> {
  const call = { ...callOf(followed, minId), bucket: 'paging' as const };
  const response = await client.call(call);
  const items =
    followed.kind === 'WORDS'
      ? readAnswer(response, z.object({ statuses: z.array(z.unknown()) }), call.path).statuses
      : readAnswer(response, z.array(z.unknown()), call.path);
  const page: Page = { ids: [], events: [], unreadable: 0 };
  for (const item of items) {
    const id = z.object({ id: z.string() }).safeParse(item);
    if (id.success) page.ids.push(id.data.id);
    const given = followed.kind === 'ACCOUNT' ? statusIn(item) : status.safeParse(item).data;
    if (!given) page.unreadable += 1;
    else page.events.push(eventOf(given, view, kindFor(followed, given, view)));
  }
  return page;
}

export function kindFor(followed: Followed, given: Status, view: View): PostKind {
  return followed.kind === 'ACCOUNT' ? kindOf(given, view) : ('MENTION' as PostKind);
}

/** The status a notification is of. */
export function statusIn(item: unknown): Status | undefined {
  const told = notification.safeParse(item).data;
  return told && NOTIFICATION_TYPES.includes(told.type) ? status.safeParse(told.status).data : undefined;
}

function callOf(followed: Followed, minId: string | undefined): InstanceCall {
  const paging = { min_id: minId };
  if (followed.kind === 'ACCOUNT') {
    // Without what is filtered, strangers' mentions would stay hidden behind the account's own notification policy.
    const query = { ...paging, 'types[]': NOTIFICATION_TYPES, include_filtered: true, limit: MOST_NOTIFICATIONS };
    return { path: NOTIFICATIONS, query };
  }
  if (followed.kind === 'WORDS') {
    return { path: '/api/v2/search', query: { ...paging, q: followed.words, type: 'statuses', limit: MOST_STATUSES } };
  }
  const { first, any, all, none } = followed.query;
  const query = { ...paging, 'any[]': any, 'all[]': all, 'none[]': none, limit: MOST_STATUSES };
  return { path: `/api/v1/timelines/tag/${encodeURIComponent(first)}`, query };
}
