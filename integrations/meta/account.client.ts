import {
  type Batch,
  type CheckResult,
  type ConnectionField,
  type ConnectorContext,
  ConnectorError,
  type Draft,
  type ExternalIdentity,
  type Hook,
  type ParentPost,
  type RenderFault,
  type UpsertEvent,
} from '../../src/ingest/connector.js';
import { refusal } from '../../src/ingest/rendering.js';
import { askGraph, type MetaAccess } from './graph.client.js';

export type MetaConfig = MetaAccess & {
  id: string;
  appId: string;
  /** The page that an Instagram account is joined to, or the business that has a number of WhatsApp's. */
  holderId?: string;
};

export interface MetaOptions {
  /** Of the Graph API with its version; Meta's own unless given. */
  origin?: string;
}

export const APP_FIELDS: ConnectionField[] = [
  {
    name: 'appId',
    kind: 'setting',
    required: true,
    description: 'The App ID, at the top of the app’s page at developers.facebook.com.',
  },
  {
    name: 'appSecret',
    kind: 'secret',
    required: true,
    description: 'The App secret under App settings → Basic. It also signs what Meta tells us.',
  },
  {
    name: 'token',
    kind: 'secret',
    required: false,
    description: 'A long-lived access token of the page or system user; signing in brings it by itself.',
  },
];

export async function checkMeta(
  context: ConnectorContext<MetaConfig>,
  origin: string,
  fields: string,
  read: (answer: unknown) => ExternalIdentity,
): Promise<CheckResult> {
  try {
    return { ok: true, account: read(await askGraph(context, origin, context.config.id, { query: { fields } })) };
  } catch (error) {
    if (error instanceof ConnectorError) return { ok: false, problem: error.fault };
    const message = 'Meta answered something other than an account.';
    return { ok: false, problem: { class: 'transient', message, scope: 'endpoint' } };
  }
}

const PRIVATE_MS = 7 * 86_400_000;

/** A comment may be answered in private once and within a week; in public for ever. Undefined while it may. */
export function tooLate({ visibility }: Draft, parent: ParentPost | null, now: Date): RenderFault | undefined {
  const isComment = parent?.replyTo?.['commentId'] !== undefined;
  if (visibility === 'public' || !isComment || parent.occurredAt.getTime() + PRIVATE_MS > now.getTime())
    return undefined;
  const message = 'A comment can be answered in private for a week.';
  return { ...refusal('WINDOW_CLOSED', message), class: 'window_closed' };
}

/** Up to when everything was read. */
export interface SinceCursor {
  until: string;
}

const OVERLAP_MS = 3_600_000;
const RENEW_MS = 3_600_000;

/** Comments on one post, as many as are listed at once: `isCut` when there are more, older ones. */
export interface Comments {
  events: UpsertEvent[];
  isCut: boolean;
}

/** What is new of what the latest posts hold, with an hour read again: Meta's lists lag behind its calls. */
export async function* recentEvents(
  context: ConnectorContext<MetaConfig>,
  cursor: SinceCursor | null,
  read: () => Promise<Comments[]>,
): AsyncGenerator<Batch<SinceCursor>> {
  const began = context.now();
  const since = cursor ? Date.parse(cursor.until) - OVERLAP_MS : context.since.getTime();
  const posts = await read().catch(error => {
    if (context.signal.aborted) return undefined;
    if (error instanceof ConnectorError) throw error;
    const message = 'Meta answered something other than comments.';
    throw new ConnectorError({ class: 'transient', message, scope: 'endpoint' }, { cause: error });
  });
  if (!posts) return;
  const recent = posts
    .flatMap(({ events }) => events)
    .filter(event => event.occurredAt.getTime() >= since)
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  const starts = posts
    .filter(({ isCut }) => isCut)
    .map(({ events }) => Math.min(...events.map(event => event.occurredAt.getTime())))
    .filter(start => Number.isFinite(start) && start > since);
  const missed = cursor && starts.length > 0 && { from: new Date(since), to: new Date(Math.max(...starts)) };
  const reason = 'A post has more new comments than are listed at once.';
  yield {
    events: recent,
    cursor: { until: began.toISOString() },
    more: false,
    ...(missed && { gap: { ...missed, reason } }),
  };
}

/**
 * Says to Meta where the app is called, in the app's own name, and that it wants to hear of this page or business, `of`: without the
 * second, nothing is told. Both may be said again at any time.
 */
export async function subscribeApp(
  context: ConnectorContext<MetaConfig>,
  origin: string,
  hook: Hook,
  object: string,
  fields: string[],
  of: { id: string; fields?: string[] },
): Promise<{ renewAt: Date }> {
  const { appId, appSecret } = context.config;
  if (appId) {
    const app = { ...context, config: { token: `${appId}|${appSecret}`, appSecret } };
    await askGraph(app, origin, `${appId}/subscriptions`, {
      method: 'POST',
      json: { object, callback_url: hook.url, verify_token: hook.secret, fields: fields.join(',') },
    });
  }
  await askGraph(context, origin, `${of.id}/subscribed_apps`, {
    method: 'POST',
    json: of.fields ? { subscribed_fields: of.fields.join(',') } : {},
  });
  // An app has one address for all of its accounts: when the one that it is at goes, another takes over.
  return { renewAt: new Date(context.now().getTime() + RENEW_MS) };
}
