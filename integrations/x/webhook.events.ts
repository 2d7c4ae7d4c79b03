import { z } from 'zod';
import type { HookContext, InboundEvent, RawRequest, WebhookContent } from '../../src/ingest/connector.js';
import { isCalledAt } from '../../src/platform/hook.address.js';
import { invalid, type XConfig } from './account.config.js';
import { readFormerPost } from './former.post.js';
import { messageEvent, messageShape, peopleShape } from './message.event.js';
import { toUpsert, type Viewer } from './post.event.js';
import { includesShape, postShape } from './post.shapes.js';

const word = z.string().optional().catch(undefined);
const many = z.array(z.unknown()).catch([]);

/** X Activity: one event a delivery. */
const activityShape = z.object({
  data: z.object({
    event_type: z.string(),
    filter: z.object({ user_id: word }).catch({ user_id: undefined }),
    payload: z.unknown().optional(),
    includes: z.unknown().optional(),
  }),
});

type Activity = z.infer<typeof activityShape>['data'] & { viewer: Viewer; now: Date };

/** What of all that X can tell is a post or a message to us; the rest is left out. */
const READERS: Record<string, (activity: Activity) => WebhookContent> = {
  'post.create': readPost,
  'post.mention.create': readPost,
  'post.reply.create': readPost,
  'post.quote.create': readPost,
  'post.repost.create': readPost,
  'post.delete': readDeletion,
  'dm.received': readMessages,
  'dm.sent': readMessages,
  // Reading once finds that the keys are dead, and says so where everybody sees it.
  'oauth.revoke': () => ({ events: [], poll: true }),
};

/** Account Activity, the older kind: several lists of events a delivery, for one user. */
const formerShape = z.object({
  for_user_id: word,
  tweet_create_events: many,
  tweet_delete_events: many,
  direct_message_events: many,
  users: peopleShape,
  user_event: z.object({ revoke: z.unknown().optional() }).optional().catch(undefined),
});

/** Pure. Throws `ConnectorError` of class `invalid` when it is no event of X at all. */
export function parseWebhook({ config, now, hookUrl }: HookContext<XConfig>, request: RawRequest): WebhookContent {
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString('utf8'));
  } catch {
    throw invalid('The event is not JSON.');
  }
  const activity = activityShape.safeParse(body).data?.data;
  const isOurs = (subscribedId: string | undefined): boolean =>
    isCalledAt(request.url, hookUrl) || (subscribedId !== undefined && subscribedId === viewerOf(config).userId);
  if (activity) {
    if (!isOurs(activity.filter.user_id)) return { events: [] };
    const read = Object.hasOwn(READERS, activity.event_type) ? READERS[activity.event_type] : undefined;
    return (
      read?.({ ...activity, viewer: viewerOf({ ...config, ...whose(activity.filter.user_id) }), now: now() }) ?? {
        events: [],
      }
    );
  }
  const former = formerShape.safeParse(body).data;
  if (!former) throw invalid('The event is not one of X.');
  if (!isOurs(former.for_user_id)) return { events: [] };
  return readFormer(former, viewerOf({ ...config, ...whose(former.for_user_id) }));
}

/** Ours is the account that the owner named; without a name it is the one that is followed. */
export function viewerOf({ follows, userId, isEnterprise }: XConfig, followedId?: string): Viewer {
  const account: { id?: string; handle?: string } = follows.kind === 'ACCOUNT' ? follows : {};
  const followed = followedId ?? account.id;
  const ours = userId ?? followed;
  return {
    ...(ours && { userId: ours }),
    ...(account.handle && !userId && { handle: account.handle }),
    ...(followed && { followedId: followed }),
    isEnterprise,
  };
}

function whose(subscribedId: string | undefined): { userId?: string } {
  return subscribedId ? { userId: subscribedId } : {};
}

function readPost({ event_type: type, payload, includes, viewer: given }: Activity): WebhookContent {
  const viewer = { ...given, isSummoned: type === 'post.mention.create' || type === 'post.quote.create' };
  const post = postShape.safeParse(payload).data;
  const event = post && toUpsert(post, includesShape.parse(includes ?? {}), viewer);
  return { events: event ? [event] : [] };
}

function readDeletion({ payload, now }: Activity): WebhookContent {
  const shape = z.object({ id: z.string(), edit_history_tweet_ids: many, edit_history_post_ids: many });
  const gone = shape.safeParse(payload).data;
  if (!gone) return { events: [] };
  const versions = [...gone.edit_history_post_ids, ...gone.edit_history_tweet_ids];
  return { events: [deletion(typeof versions[0] === 'string' ? versions[0] : gone.id, now)] };
}

/** X demands that what was deleted there is deleted wherever it was copied. */
function deletion(id: string, occurredAt: Date): InboundEvent {
  return { op: 'delete', ref: { id }, occurredAt, tombstone: true };
}

function readMessages({ payload, viewer }: Activity): WebhookContent {
  const told = z.object({ direct_message_events: many, users: peopleShape }).safeParse(payload).data;
  return { events: told ? messagesIn(told.direct_message_events, told.users, viewer) : [] };
}

function messagesIn(all: unknown[], users: z.infer<typeof peopleShape>, viewer: Viewer): InboundEvent[] {
  return all.flatMap(each => {
    const message = messageShape.safeParse(each).data;
    return message ? [messageEvent(message, users, viewer.userId)] : [];
  });
}

function readFormer(told: z.infer<typeof formerShape>, viewer: Viewer): WebhookContent {
  const deletionShape = z.object({ status: z.object({ id: z.string() }), timestamp_ms: z.string().regex(/^\d{13}$/) });
  const posts = told.tweet_create_events.flatMap(each => {
    const read = readFormerPost(each);
    return (read && toUpsert(read.post, read.includes, viewer)) ?? [];
  });
  const gone = told.tweet_delete_events.flatMap(each => {
    const read = deletionShape.safeParse(each).data;
    return read ? [deletion(read.status.id, new Date(Number(read.timestamp_ms)))] : [];
  });
  const messages = messagesIn(told.direct_message_events, told.users, viewer);
  return { events: [...posts, ...messages, ...gone], ...(told.user_event?.revoke !== undefined && { poll: true }) };
}
