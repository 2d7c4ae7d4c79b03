import { hash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Finding } from './verdict.cache.js';

const PORTAL_TOKEN = /^vnp_[\w-]{43}$/;

export const isPortalToken = (token: string): boolean => PORTAL_TOKEN.test(token);

/** A new token for the session of a customer: 32 random bytes behind a prefix that says what it is. */
export const newPortalToken = (): string => `vnp_${randomBytes(32).toString('base64url')}`;

/** What is kept of a token that nobody could guess. */
export const portalDigest = (token: string): string => hash('sha256', token, 'base64url');

/** The session that a customer's token opens; null when there is none, or it is over. */
export async function readPortalToken(pool: Pool, token: string): Promise<Finding | null> {
  const { rows } = await pool.query<{ organization_id: string; id: string; expires_at: Date }>({
    name: 'access.portal-token',
    text: `select organization_id, id, expires_at from portal_sessions
            where token_digest = $1 and ended_at is null and expires_at > now()`,
    values: [portalDigest(token)],
  });
  const [session] = rows;
  if (!session) return null;
  const { organization_id: organizationId, id: sessionId, expires_at: expiresAt } = session;
  return { subject: `portal:${sessionId}`, verdict: { kind: 'portal', sessionId, organizationId, expiresAt } };
}
