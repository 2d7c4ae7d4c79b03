import { createHmac } from 'node:crypto';
import type { RawRequest } from '../../src/ingest/connector.js';
import { isSameSecret } from '../../src/platform/secrets.js';

const TOLERANCE_MS = 5 * 60_000;

/** HMAC-SHA256, in hex, over the time in seconds, a full stop, and the body. */
export function signatureOf(secret: string, timestamp: string, body: Buffer): string {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
}

/** Why records that were posted to us are refused; undefined for those that are ours, and of now. */
export function refusalOf({ headers, body }: RawRequest, secret: string | undefined, now: Date): string | undefined {
  if (!secret) return 'No secret was agreed on with this Asterisk, so it cannot post records.';
  const timestamp = headers['x-timestamp'] ?? '';
  const given = (headers['x-signature'] ?? '').replace(/^sha256=/i, '').toLowerCase();
  if (!isSameSecret(given, signatureOf(secret, timestamp, body))) return 'The signature is not that of our Asterisk.';
  const age = Math.abs(now.getTime() - Number(timestamp) * 1000);
  // Not a number is not recent either.
  return age <= TOLERANCE_MS ? undefined : 'It was signed too long ago, or its clock is wrong.';
}
