import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HookContext, RawRequest, WebhookVerdict } from '../../src/ingest/connector.js';
import type { XConfig } from './account.config.js';

const HEADER = 'x-twitter-webhooks-signature';

/** X proves itself by an HMAC over the raw body, and asks us to prove ourselves the same way once an hour. */
export function verifyWebhook({ config }: HookContext<XConfig>, request: RawRequest): WebhookVerdict {
  const secret = config.keys.consumerSecret;
  if (!secret) return { kind: 'reject', status: 503, reason: 'The API Key Secret of the app is not known.' };
  if (request.method === 'GET') {
    const token = request.query['crc_token'];
    if (!token) return { kind: 'reject', status: 400, reason: 'There is no crc_token.' };
    const body = JSON.stringify({ response_token: signatureOf(secret, token) });
    return { kind: 'challenge', status: 200, body, type: 'application/json' };
  }
  const shown = digestIn(request.headers[HEADER]);
  const right = digestIn(signatureOf(secret, request.body))!;
  if (shown?.length !== right.length || !timingSafeEqual(shown, right))
    return { kind: 'reject', status: 401, reason: 'The signature is not that of the body.' };
  const deliveryId = /"event_uuid"\s*:\s*"(-?\d{1,20})"/.exec(request.body.subarray(0, 500).toString('latin1'))?.[1];
  return { kind: 'events', ...(deliveryId && { deliveryId }) };
}

export function signatureOf(secret: string, said: string | Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(said).digest('base64')}`;
}

function digestIn(header: string | undefined): Buffer | undefined {
  const encoded = /^sha256=([A-Za-z0-9+/]{43}=)$/.exec(header ?? '')?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
}
