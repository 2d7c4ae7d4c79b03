import { defaultKeyHasher } from '@better-auth/api-key';
import { isAPIError } from 'better-auth/api';
import { z } from 'zod';
import { Role } from '../roles.js';
import { ACCESS_TOKEN_PREFIX, API_KEY_LENGTH, API_KEY_PREFIX, type Auth } from './auth.server.js';
import type { Finding } from './verdict.cache.js';

/** What keys and clients carry, so that a verdict needs no second look-up. */
const grantSchema = z.object({ organizationId: z.string(), role: z.enum(Role) });
const keyGrantSchema = grantSchema.extend({ apiKeyId: z.string() });

const LONGEST_TOKEN = 4096;
const API_KEY = new RegExp(`^${API_KEY_PREFIX}[A-Za-z]{${API_KEY_LENGTH}}$`);
const OPAQUE_ACCESS_TOKEN = new RegExp(`^${ACCESS_TOKEN_PREFIX}[A-Za-z]{32}$`);
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const SIGNED_SESSION_TOKEN = /^[\w-]{16,128}\.[\w+/=-]{40,64}$/;

/**
 * Reads what a token stands for from the database, without writing (except that a session is prolonged once a day).
 * `null` for a token that is no good, whatever is wrong with it; throws only when the database fails.
 * The shape decides which table is asked, so that garbage costs no query.
 */
export async function readToken(auth: Auth, token: string): Promise<Finding | null> {
  if (token.length > LONGEST_TOKEN) return null;
  if (API_KEY.test(token)) return readApiKey(auth, token);
  if (OPAQUE_ACCESS_TOKEN.test(token) || JWT.test(token)) return readAccessToken(auth, token);
  if (SIGNED_SESSION_TOKEN.test(token)) return readSession(auth, token);
  return null;
}

interface StoredKey {
  id: string;
  enabled: boolean | null;
  expiresAt: Date | null;
  metadata: unknown;
}

// The plugin's own verifyApiKey updates the row on every call, even with its limits off; this is its look-up without the write.
async function readApiKey(auth: Auth, token: string): Promise<Finding | null> {
  const { adapter } = await auth.$context;
  const where = [{ field: 'key', value: await defaultKeyHasher(token) }];
  const key = await adapter.findOne<StoredKey>({ model: 'apikey', where });
  if (!key || key.enabled === false) return null;
  const grant = keyGrantSchema.safeParse(parsed(key.metadata));
  if (!grant.success) return null;
  const { apiKeyId, organizationId, role } = grant.data;
  const expiresAt = key.expiresAt ?? undefined;
  return { subject: `key:${key.id}`, verdict: { kind: 'apiKey', apiKeyId, organizationId, role, expiresAt } };
}

async function readSession(auth: Auth, token: string): Promise<Finding | null> {
  const headers = new Headers({ authorization: `Bearer ${token}` });
  const found = await auth.api.getSession({ headers });
  if (!found) return null;
  const { id, userId, expiresAt } = found.session;
  return { subject: `session:${id}`, verdict: { kind: 'user', userId, sessionId: id, expiresAt } };
}

async function readAccessToken(auth: Auth, token: string): Promise<Finding | null> {
  const read = await auth.api.readAccessToken({ body: { token } }).catch(nullIfRefused);
  if (!read?.client || !read.claims.exp || !isForUs(auth, read.claims.aud)) return null;
  const grant = grantSchema.safeParse(parsed(read.client.metadata));
  if (!grant.success) return null;
  const { clientId } = read.client;
  const scopes = String(read.claims.scope ?? '')
    .split(' ')
    .filter(Boolean);
  const expiresAt = new Date(read.claims.exp * 1000);
  return {
    subject: `client:${clientId}`,
    verdict: { kind: 'oauthClient', clientId, ...grant.data, scopes, expiresAt },
  };
}

/** An opaque token without an audience is known to nobody but us; a JWT always names one. */
function isForUs(auth: Auth, audience: string | string[] | undefined): boolean {
  return audience === undefined || [audience].flat().includes(auth.options.baseURL);
}

/** jose's errors carry an `ERR_J…` code, the provider's are API errors below 500: the token's fault. Anything else is ours. */
function nullIfRefused(error: unknown): null {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && code.startsWith('ERR_J')) return null;
  if (isAPIError(error) && error.statusCode < 500) return null;
  throw error;
}

function parsed(metadata: unknown): unknown {
  return typeof metadata === 'string' ? JSON.parse(metadata) : metadata;
}
