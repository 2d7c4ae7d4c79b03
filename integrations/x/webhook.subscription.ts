import { z } from 'zod';
import { type ConnectorContext, ConnectorError, type Hook } from '../../src/ingest/connector.js';
import { invalid, type XConfig } from './account.config.js';
import type { XClient } from './api.client.js';

/** A reply that only mentions us because it answers us comes as a reply, not as a mention: both are needed. */
const EVENTS = [
  'post.create',
  'post.delete',
  'post.mention.create',
  'post.reply.create',
  'post.quote.create',
  'dm.received',
  'dm.sent',
] as const;

const word = z.string().optional().catch(undefined);
const webhooksShape = z.object({
  data: z.array(z.object({ id: z.string(), url: z.string(), valid: z.boolean().catch(true) })).catch([]),
});
const webhookShape = z.object({ data: z.object({ id: z.string() }) });
const subscriptionShape = z.object({
  event_type: z.string(),
  webhook_id: word,
  filter: z.object({ user_id: word }).catch({ user_id: undefined }),
});
const subscriptionsShape = z.object({
  data: z.array(subscriptionShape).catch([]),
  meta: z.object({ next_token: word }).catch({ next_token: undefined }),
});

const DAY_MS = 86_400_000;
const MOST_PAGES = 5;

/** Registers the address, lets X check it again where that failed, and subscribes to what is not yet. */
export async function subscribe(
  context: ConnectorContext<XConfig>,
  client: XClient,
  hook: Hook,
  userId: string,
): Promise<{ renewAt: Date }> {
  if (hook.url.length > 200) throw invalid('X takes no webhook address of more than 200 characters.');
  const webhookId = await register(client, hook.url);
  const there = await subscribed(client, userId, webhookId);
  const missing = EVENTS.filter(event => !there.has(event));
  const refusals: ConnectorError[] = [];
  for (const event of missing) {
    try {
      const body = { event_type: event, filter: { user_id: userId }, tag: 'vinculo', webhook_id: webhookId };
      await client.ask('post', { path: 'activity/subscriptions', body, as: 'user' }, z.unknown());
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      const { class: faultClass } = error.fault;
      if (faultClass === 'duplicate') continue;
      // What the keys do not allow, such as direct messages, must not keep the rest from coming.
      if (faultClass !== 'forbidden') throw error;
      context.log.warn({ event, fault: error.fault }, 'X does not let us subscribe to an event');
      refusals.push(error);
    }
  }
  if (refusals.length === EVENTS.length) throw refusals[0];
  return { renewAt: new Date(context.now().getTime() + DAY_MS) };
}

async function register(client: XClient, url: string): Promise<string> {
  const { data } = await client.ask('get', { path: 'webhooks' }, webhooksShape);
  const known = data.find(webhook => webhook.url === url);
  if (!known) return (await client.ask('post', { path: 'webhooks', body: { url } }, webhookShape)).data.id;
  const params = { webhook_id: known.id };
  if (!known.valid) await client.ask('put', { path: 'webhooks/:webhook_id', params }, z.unknown());
  return known.id;
}

async function subscribed(client: XClient, userId: string, webhookId: string): Promise<Set<string>> {
  const found = new Set<string>();
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { max_results: 1000, pagination_token: next };
    const { data, meta } = await client.ask('get', { path: 'activity/subscriptions', query }, subscriptionsShape);
    for (const { event_type, webhook_id, filter } of data)
      if (filter.user_id === userId && webhook_id === webhookId) found.add(event_type);
    next = meta.next_token;
    if (!next) break;
  }
  return found;
}
