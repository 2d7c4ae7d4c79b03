import { createHmac } from 'node:crypto';
import {
  ConnectorError,
  type Hook,
  type HookContext,
  type RawRequest,
  type WebhookContent,
  type WebhookVerdict,
} from '../../src/ingest/connector.js';
import { isCalledAt } from '../../src/platform/hook.address.js';
import { isSameSecret } from '../../src/platform/secrets.js';
import { ask, askFor, type DiscourseConfig, type DiscourseContext, faultOf } from './discourse.client.js';
import { deliverySchema, hooksSchema } from './discourse.schema.js';
import { deleteEvent, isDeleted, postEvent, readPost } from './post.event.js';

/** Of posts: made, edited, deleted, brought back. Older forums have one number for all four. */
const EVENT_TYPES = [[201, 202, 203, 204], [2]];

/** Sets up the webhook, which takes an administrator's key; one set up by hand is left as it is. */
export async function subscribe(context: DiscourseContext, hook: Hook): Promise<Record<string, never>> {
  const { apiKey, webhookSecret } = context.config;
  if (webhookSecret || !apiKey) return {};
  const { web_hooks } = hooksSchema.parse(await askFor(context, '/admin/api/web_hooks.json'));
  const known = web_hooks.find(({ payload_url }) => payload_url === hook.url);
  const path = known ? `/admin/api/web_hooks/${known.id}.json` : '/admin/api/web_hooks.json';
  let refused: Awaited<ReturnType<typeof ask>> | undefined;
  for (const web_hook_event_type_ids of EVENT_TYPES) {
    const web_hook = {
      payload_url: hook.url,
      secret: hook.secret,
      content_type: 1,
      wildcard_web_hook: false,
      verify_certificate: true,
      active: true,
      web_hook_event_type_ids,
      category_ids: [],
      group_ids: [],
    };
    refused = await ask(context, path, { method: known ? 'PUT' : 'POST', json: { web_hook } });
    if (refused.status < 300) return {};
    if (refused.status !== 400 && refused.status !== 422) break;
  }
  throw new ConnectorError(faultOf(context, refused!));
}

/** A retry has another id than the first try, so what is the same is told by the post and its revision. */
export function verifyWebhook(context: HookContext<DiscourseConfig>, request: RawRequest): WebhookVerdict {
  const said = request.headers['x-discourse-event-signature'] ?? '';
  const secrets = [context.config.webhookSecret, context.hookSecret].filter(secret => secret !== undefined);
  if (
    !secrets.some(secret =>
      isSameSecret(said, `sha256=${createHmac('sha256', secret).update(request.body).digest('hex')}`),
    )
  ) {
    return { kind: 'reject', status: 403, reason: 'The signature is not that of the webhook.' };
  }
  const deliveryId = request.headers['x-discourse-event-id'];
  return { kind: 'events', ...(deliveryId && { deliveryId }) };
}

/** Forums whose webhooks were given the same secret are told apart by what they call themselves. */
function isOfForum({ headers }: RawRequest, { host }: DiscourseConfig): boolean {
  const url = URL.parse(headers['x-discourse-instance'] ?? '');
  return url !== null && url.host + url.pathname.replace(/\/+$/, '') === host;
}

export function parseWebhook(
  { config, now, hookUrl }: HookContext<DiscourseConfig>,
  request: RawRequest,
): WebhookContent {
  // A ping, or something else than posts that an administrator ticked too.
  if (request.headers['x-discourse-event-type'] !== 'post') return { events: [] };
  if (!isCalledAt(request.url, hookUrl) && !isOfForum(request, config)) return { events: [] };
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString('utf8'));
  } catch (cause) {
    throw unreadable(cause);
  }
  const delivery = deliverySchema.safeParse(body);
  if (!delivery.success || !delivery.data.post) throw unreadable();
  const post = readPost(delivery.data.post);
  if (!post) return { events: [] };
  const isGone = request.headers['x-discourse-event'] === 'post_destroyed' || isDeleted(post);
  return { events: [isGone ? deleteEvent(post, config, now()) : postEvent(post, config)] };
}

function unreadable(cause?: unknown): ConnectorError {
  const fault = {
    class: 'invalid',
    message: 'This is not what a webhook of Discourse sends.',
    scope: 'message',
  } as const;
  return new ConnectorError(fault, { cause });
}
