import { createHmac } from 'node:crypto';
import { z } from 'zod';
import {
  type ConnectorContext,
  ConnectorError,
  type Hook,
  type HookContext,
  type RawRequest,
  type WebhookContent,
  type WebhookVerdict,
} from '../../src/ingest/connector.js';
import { jsonOf } from '../../src/platform/json.text.js';
import { isSameSecret } from '../../src/platform/secrets.js';
import { askLinkedin, escaped, type LinkedinConfig } from './api.client.js';
import { readNotifications } from './notification.event.js';

const PREFIX = 'hmacsha256=';

/**
 * Proves to LinkedIn that we know the app's secret, now and every two hours, and checks that it does: its signature is made of a
 * prefix and the bytes as they came.
 */
export function verify({ config }: HookContext<LinkedinConfig>, request: RawRequest): WebhookVerdict {
  const { method, query, headers, body } = request;
  const sign = () => createHmac('sha256', config.clientSecret);
  if (method === 'GET') {
    const challengeCode = query['challengeCode'] ?? '';
    // It is a UUID. Nothing else is signed for whoever asks, least of all what begins like a call.
    if (!/^[\w-]{8,64}$/.test(challengeCode))
      return { kind: 'reject', status: 400, reason: 'There is no challenge code.' };
    const challengeResponse = sign().update(challengeCode).digest('hex');
    const answer = JSON.stringify({ challengeCode, challengeResponse });
    return { kind: 'challenge', status: 200, body: answer, type: 'application/json' };
  }
  const expected = sign().update(PREFIX).update(body).digest('hex');
  const said = (headers['x-li-signature'] ?? '').toLowerCase();
  if (!isSameSecret(said.startsWith(PREFIX) ? said.slice(PREFIX.length) : said, expected))
    return { kind: 'reject', status: 401, reason: 'The signature is not that of our app.' };
  return { kind: 'events' };
}

const call = z.object({ type: z.string(), notifications: z.array(z.unknown()).catch([]) });

export function parse({ config, now }: HookContext<LinkedinConfig>, { body }: RawRequest): WebhookContent {
  const found = call.safeParse(jsonOf(body));
  if (!found.success)
    throw new ConnectorError({ class: 'invalid', message: 'This is no notification of LinkedIn.', scope: 'message' });
  const { type, notifications } = found.data;
  if (type !== 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS') return { events: [] };
  return readNotifications(notifications, config.organization, now());
}

const DAY_MS = 86_400_000;

/** Asks for the page's notifications on behalf of who signed in. The address must be known to the app already: only people add it there. */
export async function subscribe(context: ConnectorContext<LinkedinConfig>, origin: string, hook: Hook) {
  const { applicationId, organization } = context.config;
  const renewAt = new Date(context.now().getTime() + DAY_MS);
  if (!applicationId) {
    context.log.info({}, 'without the setting applicationId LinkedIn is only asked, and does not call');
    return { renewAt };
  }
  const person = z.object({ id: z.string() }).safeParse((await askLinkedin(context, origin, '/v2/me')).json());
  if (!person.success)
    throw new ConnectorError({ class: 'transient', message: 'LinkedIn did not say who signed in.', scope: 'endpoint' });
  const key = [
    `developerApplication:${escaped(`urn:li:developerApplication:${applicationId}`)}`,
    `user:${escaped(`urn:li:person:${person.data.id}`)}`,
    `entity:${escaped(organization)}`,
    'eventType:ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
  ].join(',');
  await askLinkedin(context, origin, `/rest/eventSubscriptions/(${key})`, {
    method: 'PUT',
    json: { webhook: hook.url },
  });
  return { renewAt };
}
