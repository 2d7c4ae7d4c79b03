import { createHmac } from 'node:crypto';
import {
  ConnectorError,
  type HookContext,
  type RawRequest,
  type SourceDescription,
  type WebhookVerdict,
} from '../../src/ingest/connector.js';
import { jsonOf } from '../../src/platform/json.text.js';
import { isSameSecret } from '../../src/platform/secrets.js';
import type { MetaConfig } from './account.client.js';
import type { MetaAccess } from './graph.client.js';

/**
 * Answers Meta's question whether the address is ours, and checks what it then tells: HMAC-SHA256 with the app's secret over the bytes as
 * they came. Meta escapes other signs than JSON.stringify does, so nothing that was parsed and written again would match.
 */
export function verifyMeta({ config, hookSecret }: HookContext<MetaAccess>, request: RawRequest): WebhookVerdict {
  const { headers, body, method, query } = request;
  if (method === 'GET') {
    const isOurs = hookSecret !== undefined && isSameSecret(query['hub.verify_token'] ?? '', hookSecret);
    if (!isOurs || query['hub.mode'] !== 'subscribe')
      return { kind: 'reject', status: 403, reason: 'The verify token is not the one that was agreed on.' };
    return { kind: 'challenge', status: 200, body: query['hub.challenge'] ?? '', type: 'text/plain' };
  }
  const expected = `sha256=${createHmac('sha256', config.appSecret).update(body).digest('hex')}`;
  if (!isSameSecret(headers['x-hub-signature-256'] ?? '', expected))
    return { kind: 'reject', status: 401, reason: 'The signature is not that of our app.' };
  return { kind: 'events' };
}

interface Change {
  /** Id of the page, account or business it is about. */
  entryId: string;
  at: Date;
  field: string;
  value: unknown;
}

/** What a call tells: changes of fields, and messages under the field `messaging`. Throws `ConnectorError` of class `invalid`. */
export function changesOf(request: RawRequest, object: string, now: Date): Change[] {
  const body = objectOf(jsonOf(request.body));
  if (body['object'] !== object)
    throw new ConnectorError({ class: 'invalid', message: `This tells nothing of a ${object}.`, scope: 'message' });
  return listOf(body['entry']).flatMap(given => {
    const entry = objectOf(given);
    const about = { entryId: String(entry['id'] ?? ''), at: momentOf(entry['time']) ?? now };
    return [
      ...listOf(entry['changes']).map(change => {
        const { field, value } = objectOf(change);
        return { ...about, field: String(field ?? ''), value };
      }),
      ...listOf(entry['messaging']).map(value => ({ ...about, field: 'messaging', value })),
    ];
  });
}

/** Seconds or milliseconds since 1970, as a number or as text: Meta has all four. */
export function momentOf(value: unknown): Date | undefined {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) return undefined;
  return new Date(number > 100_000_000_000 ? number : number * 1000);
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** What all of Meta's accounts are configured by. Throws `ConnectorError` of class `invalid`. */
export function configureMeta(source: SourceDescription, idName: string, holderName?: string): MetaConfig {
  const refuse = (message: string): never => {
    throw new ConnectorError({ class: 'invalid', message, scope: 'message' });
  };
  if (source.kind !== 'ACCOUNT' || source.query.trim() === '')
    refuse('Only an account of your own can be followed here.');
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
  const id = text(source.settings?.[idName]);
  const token = text(source.credentials?.['token']);
  const appId = text(source.settings?.['appId']);
  const appSecret = text(source.credentials?.['appSecret']);
  if (!/^\d+$/.test(id)) refuse(`The setting ${idName} is a number that Meta shows.`);
  const holderId = holderName && text(source.settings?.[holderName]);
  if (holderName && !/^\d+$/.test(holderId ?? '')) refuse(`The setting ${holderName} is a number that Meta shows.`);
  if (!token || !appSecret) refuse('The access token and the secret of the app are needed.');
  return { id, appId, token, appSecret, ...(holderId && { holderId }) };
}
