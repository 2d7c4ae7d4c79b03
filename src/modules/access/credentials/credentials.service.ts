import { getSessionCookie } from 'better-auth/cookies';
import type { Pool } from 'pg';
import type { Logger } from '../../../platform/logger.js';
import { handleAuthRequest } from './auth.handler.js';
import { type Auth, COOKIE_PREFIX, createAuth } from './auth.server.js';
import type {
  NewApiKey,
  NewOAuthClient,
  NewUser,
  Rejection,
  Setup,
  SetupPurpose,
  Verdict,
} from './credentials.types.js';
import { sweepExpired } from './expiry.queries.js';
import { isPortalToken, readPortalToken } from './portal.reader.js';
import * as secrets from './secret.service.js';
import * as setups from './setup.service.js';
import { readToken } from './token.reader.js';
import * as users from './user.service.js';
import { openVerdictCache } from './verdict.cache.js';

const VERDICTS_KEPT = 10_000;
const VERDICT_TTL_MS = 5_000;
const BEARER = /^bearer +([^\s]+) *$/i;

export interface CredentialsOptions {
  /** Connections that own, or may write, the schema `auth`. Stays the caller's to close, after `close()`. */
  pool: Pool;
  /** At least 32 characters. Signs sessions and encrypts the signing keys of tokens: losing it ends every session. */
  secret: string;
  /** Where people and programs reach the server, without a trailing slash; the audience of access tokens. */
  baseUrl: string;
  log: Logger;
}

/** Logins, sessions and secrets. Whoever may do what with them is decided elsewhere. */
export type Credentials = Awaited<ReturnType<typeof openCredentials>>;

/** Opens the schema `auth`, which must be migrated. Throws when it is not, when the secret is short, or when the database does not answer. */
export async function openCredentials({ pool, secret, baseUrl, log }: CredentialsOptions) {
  if (secret.length < 32) throw new Error('the secret for sessions and tokens needs at least 32 characters');
  const background = new Set<Promise<unknown>>();
  const auth: Auth = createAuth({
    pool,
    secret,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    log,
    onSessionEnded: id => verdicts.forget(`session:${id}`),
    onBackgroundWork: work => {
      const settled = work.catch(() => undefined).finally(() => background.delete(settled));
      background.add(settled);
    },
  });
  const verdicts = openVerdictCache(
    token => (isPortalToken(token) ? readPortalToken(pool, token) : readToken(auth, token)),
    { max: VERDICTS_KEPT, ttlMs: VERDICT_TTL_MS },
  );
  // Otherwise the first callers wait for this look at the tables, and learn what the start should have said.
  await (await auth.$context).checkSchema?.();

  return {
    /** Answers what is under `/auth/` and `/.well-known/oauth-authorization-server/auth`. */
    async handler(request: Request, clientIp: string): Promise<Response> {
      const response = await handleAuthRequest(auth, request, clientIp, log);
      // Which token a client gave back is not told, so every client's is read again.
      if (response.ok && request.url.endsWith('/oauth2/revoke')) verdicts.forget('client:');
      return response;
    },

    /**
     * Who shows this credential: the `Authorization` header (or `connectionParams.authorization`), else the session cookie
     * in `headers`. `null` when none is shown. Throws only when the database fails. A verdict is at most 5 s old.
     */
    async authenticate(authorization: string | undefined, headers?: Headers): Promise<Verdict | Rejection | null> {
      const token = authorization ? BEARER.exec(authorization)?.[1] : headers && sessionCookie(headers);
      if (token) return (await verdicts.judge(decoded(token))) ?? { kind: 'invalid' };
      return authorization ? { kind: 'invalid' } : null;
    },

    createApiKey: (input: NewApiKey) => secrets.createApiKey(auth, input),
    /** At once in this process, within 5 s in others. */
    async revokeApiKey(authKeyId: string): Promise<void> {
      await secrets.deleteApiKey(auth, authKeyId);
      verdicts.forget(`key:${authKeyId}`);
    },
    createOAuthClient: (input: NewOAuthClient) => secrets.createOAuthClient(auth, input),
    /** Its access tokens are refused at once in this process, within 5 s in others. */
    async revokeOAuthClient(clientId: string): Promise<void> {
      await secrets.deleteOAuthClient(auth, clientId);
      verdicts.forget(`client:${clientId}`);
    },

    /** Sessions of customers (stored ids) are over: known at once in this process, within 5 s in others. */
    forgetPortalSessions(sessionIds: readonly string[]): void {
      for (const id of sessionIds) verdicts.forget(`portal:${id}`);
    },

    createUser: (input: NewUser) => users.createUser(auth, input),
    findUser: (email: string) => users.findUser(auth, email),
    async setPassword(userId: string, password: string): Promise<void> {
      await users.setPassword(auth, userId, password);
      // The sessions ended inside a transaction: a reader in between may have remembered one again.
      verdicts.forget('session:');
    },
    endSessions: (userId: string) => users.endSessions(auth, userId),
    removeUser: (userId: string) => users.removeUser(auth, userId),

    issueSetupToken: (setup: Setup & { ttlSeconds: number }) => setups.issueSetupToken(auth, setup),
    readSetupToken: (purpose: SetupPurpose, token: string) => setups.readSetupToken(auth, purpose, token),
    consumeSetupToken: (purpose: SetupPurpose, token: string) => setups.consumeSetupToken(auth, purpose, token),

    /** Deletes what has expired; to be called now and then. */
    sweep: () => sweepExpired(auth),
    /** Waits for what still goes on in the background. */
    async close(): Promise<void> {
      await Promise.all(background);
    },
  };
}

function sessionCookie(headers: Headers): string | undefined {
  return getSessionCookie(headers, { cookiePrefix: COOKIE_PREFIX }) ?? undefined;
}

/** A session token is percent-encoded in its cookie, and in the header `set-auth-token` from which programs copy it. */
function decoded(token: string): string {
  if (!token.includes('%')) return token;
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
