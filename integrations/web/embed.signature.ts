import { createHmac, randomBytes } from 'node:crypto';
import { isSameSecret } from '../../src/platform/secrets.js';

const FORM_VALID_MS = 12 * 3_600_000;
/** Clocks of two servers differ. */
const AHEAD_MS = 5 * 60_000;
const VISITOR = /^v-[\w-]{22}$/;

const signatureOf = (secret: string, said: string): string => createHmac('sha256', secret).update(said).digest('hex');

/** What a form carries: seconds since 1970, and HMAC-SHA256 in hexadecimal over origin, line break and these seconds. */
export function signForm(secret: string, origin: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `${seconds}.${signatureOf(secret, `${origin}\n${seconds}`)}`;
}

/** Whether a form was rendered for this origin by who knows the secret, not longer ago than it may lie open. */
export function isSignedForm(secret: string, origin: string, token: string, now: Date): boolean {
  const [, seconds = '', said = ''] = /^(\d{9,12})\.([0-9a-f]{64})$/.exec(token) ?? [];
  const age = now.getTime() - Number(seconds) * 1000;
  if (seconds === '' || age > FORM_VALID_MS || age < -AHEAD_MS) return false;
  return isSameSecret(said, signatureOf(secret, `${origin}\n${seconds}`));
}

/** A visitor nobody has seen yet, with the token by which their browser is known again. */
export function newVisitor(secret: string): string {
  const id = `v-${randomBytes(16).toString('base64url')}`;
  return `${id}.${signatureOf(secret, `visitor\n${id}`)}`;
}

/** The visitor that a token of ours names; undefined when it is not ours. */
export function visitorOf(secret: string | undefined, token: string | undefined): string | undefined {
  const [id = '', said = ''] = (token ?? '').split('.');
  if (!secret || !isVisitor(id) || !isSameSecret(said, signatureOf(secret, `visitor\n${id}`))) return undefined;
  return id;
}

export const isVisitor = (id: unknown): id is string => typeof id === 'string' && VISITOR.test(id);
