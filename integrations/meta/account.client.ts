import {
  type Batch,
  type CheckResult,
  type ConnectionField,
  type ConnectorContext,
  ConnectorError,
  type ExternalIdentity,
  type Hook,
  type UpsertEvent,
} from '../../src/ingest/connector.js';
import { askGraph, type MetaAccess } from './graph.client.js';

export type MetaConfig = MetaAccess & { id: string; appId: string };

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

/** Up to when everything was read. */
export interface SinceCursor {
  until: string;
}

const OVERLAP_MS = 3_600_000;

/** What is new of what the latest posts hold, with an hour read again: Meta's lists lag behind its calls. */
export async function* recentEvents(
  context: ConnectorContext<MetaConfig>,
  cursor: SinceCursor | null,
  read: () => Promise<UpsertEvent[]>,
): AsyncGenerator<Batch<SinceCursor>> {
  const began = context.now();
  const since = cursor ? Date.parse(cursor.until) - OVERLAP_MS : context.since.getTime();
  const events = await read().catch(error => {
    if (context.signal.aborted) return undefined;
    if (error instanceof ConnectorError) throw error;
    const message = 'Meta answered something other than comments.';
    throw new ConnectorError({ class: 'transient', message, scope: 'endpoint' }, { cause: error });
  });
  if (!events) return;
  const recent = events
    .filter(event => event.occurredAt.getTime() >= since)
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  yield { events: recent, cursor: { until: began.toISOString() }, more: false };
}

/**
 * Says to Meta where the app is called, in the app's own name, and that it wants to hear of this page. Both may be said again at
 * any time.
 */
export async function subscribeApp(
  context: ConnectorContext<MetaConfig>,
  origin: string,
  hook: Hook,
  object: string,
  fields: string[],
  ofPage: boolean,
): Promise<Record<string, never>> {
  const { appId, appSecret, id } = context.config;
  if (appId) {
    const app = { ...context, config: { token: `${appId}|${appSecret}`, appSecret } };
    await askGraph(app, origin, `${appId}/subscriptions`, {
      method: 'POST',
      json: { object, callback_url: hook.url, verify_token: hook.secret, fields: fields.join(',') },
    });
  }
  if (ofPage)
    await askGraph(context, origin, `${id}/subscribed_apps`, {
      method: 'POST',
      json: { subscribed_fields: fields.join(',') },
    });
  return {};
}
