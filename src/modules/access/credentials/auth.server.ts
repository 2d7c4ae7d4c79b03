import { apiKey, defaultKeyHasher } from '@better-auth/api-key';
import { getOAuthProviderApi, oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { createAuthEndpoint, createAuthMiddleware } from 'better-auth/api';
import { parseSetCookieHeader } from 'better-auth/cookies';
import { bearer, jwt } from 'better-auth/plugins';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Logger } from '../../../platform/logger.js';
import { withoutValues } from './failure.log.js';

export const AUTH_PATH = '/auth';
export const AUTH_SCHEMA = 'auth';
export const COOKIE_PREFIX = 'vinculo';
export const CLIENT_IP_HEADER = 'x-vinculo-client-ip';
export const OAUTH_SCOPES = ['graphql'];

export const API_KEY_PREFIX = 'vnc_';
export const API_KEY_LENGTH = 40;
export const KEY_YEARS = 100;
export const ACCESS_TOKEN_PREFIX = 'vnt_';
export const CLIENT_SECRET_PREFIX = 'vns_';
/** Seconds. An access token outlives its client's revocation by the verdict cache's seconds only, this is its outer bound. */
const ACCESS_TOKEN_TTL = 600;
const DAY = 86_400;

export interface AuthOptions {
  pool: Pool;
  secret: string;
  baseUrl: string;
  log: Logger;
  onSessionEnded: (sessionId: string) => void;
  /** Takes work that goes on after an answer was sent, so that closing can wait for it. */
  onBackgroundWork: (work: Promise<unknown>) => void;
}

export type Auth = ReturnType<typeof createAuth>;

/** better-auth as Vínculo uses it: secrets in the PostgreSQL schema `auth`, e-mail and password, API keys, OAuth 2.1 client credentials. */
export function createAuth({ pool, secret, baseUrl, log, onSessionEnded, onBackgroundWork }: AuthOptions) {
  return betterAuth({
    appName: 'Vínculo',
    baseURL: baseUrl,
    basePath: AUTH_PATH,
    secret,
    trustedOrigins: originsOf(baseUrl),
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message, ...rest) => log[level]({ err: withoutValues(rest.find(isError)) }, message),
    },
    // A refusal becomes its answer all the same; a failure comes out to us instead of going to the console with its values.
    onAPIError: { throw: true },
    database: {
      db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
      type: 'postgres',
      schemaName: AUTH_SCHEMA,
      transaction: true,
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: 7 * DAY, updateAge: DAY },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: {
      enabled: true,
      // In the database, so that several server processes count together.
      storage: 'database',
      window: 60,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 5 },
        // Answers without a secret to guess are not worth a write each.
        '/get-session': false,
        '/list-sessions': false,
        '/sign-out': false,
        '/jwks': false,
      },
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      // Said aloud because better-auth leaves these checks out where NODE_ENV is test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' },
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
      backgroundTasks: { handler: onBackgroundWork },
    },
    databaseHooks: { session: { delete: { after: async session => onSessionEnded(session.id) } } },
    hooks: { before: signOutElsewhere, after: showSignedToken },
    plugins: [
      // Rows hold the bare token, so an unsigned one is refused: a copy of the database opens no session.
      bearer({ requireSignature: true }),
      jwt({ disableSettingJwtHeader: true }),
      apiKey({
        defaultPrefix: API_KEY_PREFIX,
        defaultKeyLength: API_KEY_LENGTH,
        enableMetadata: true,
        maximumNameLength: 200,
        startingCharactersConfig: { charactersLength: 10 },
        keyExpiration: { minExpiresIn: 0, maxExpiresIn: KEY_YEARS * 366 },
        rateLimit: { enabled: false },
      }),
      oauthProvider({
        // Required by the type; only the client credentials grant is on, which shows no page.
        loginPage: '/sign-in',
        consentPage: '/consent',
        grantTypes: ['client_credentials'],
        scopes: OAUTH_SCOPES,
        m2mAccessTokenExpiresIn: ACCESS_TOKEN_TTL,
        accessTokenExpiresIn: ACCESS_TOKEN_TTL,
        resources: [{ identifier: baseUrl, name: 'Vínculo' }],
        enforcePerClientResources: false,
        storeClientSecret: { hash: defaultKeyHasher },
        prefix: { opaqueAccessToken: ACCESS_TOKEN_PREFIX, clientSecret: CLIENT_SECRET_PREFIX },
        rateLimit: { token: { window: 60, max: 60 } },
        silenceWarnings: { oauthAuthServerConfig: true },
      }),
      accessTokens,
    ],
  });
}

/** Reads an OAuth access token, JWT or opaque, from inside the process: the provider's own introspection asks for a client's secret. */
const accessTokens = {
  id: 'vinculo-access-tokens',
  endpoints: {
    readAccessToken: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ token: z.string() }) },
      async ctx => {
        const provider = ctx.context.getPlugin('oauth-provider');
        if (!provider) throw new Error('the OAuth provider is not loaded');
        const api = getOAuthProviderApi(ctx, provider.options);
        const claims = await api.requireActiveAccessToken(ctx.body.token);
        const client = typeof claims.client_id === 'string' ? await api.getClient(claims.client_id) : null;
        return { claims, client };
      },
    ),
  },
} as const;

/** A new password ends every other session: whoever knew the old one is out. */
const signOutElsewhere = createAuthMiddleware(async ctx => {
  if (ctx.path !== '/change-password') return;
  return { context: { ...ctx, body: { ...ctx.body, revokeOtherSessions: true } } };
});

/** The token in the answer is the signed one, since only that is accepted as a bearer token. */
const showSignedToken = createAuthMiddleware(async ctx => {
  const returned = ctx.context.returned;
  if (!returned || typeof returned !== 'object' || !('token' in returned) || !returned.token) return;
  const cookies = parseSetCookieHeader(ctx.context.responseHeaders?.get('set-cookie') ?? '');
  const signed = cookies.get(ctx.context.authCookies.sessionToken.name)?.value;
  if (signed) return ctx.json({ ...returned, token: decodeURIComponent(signed) });
});

function isError(value: unknown): value is Error {
  return value instanceof Error;
}

/** On one's own machine the same server has two names, and a person types either. */
function originsOf(baseUrl: string): string[] {
  const { origin, hostname, protocol, port } = new URL(baseUrl);
  return hostname === '127.0.0.1' || hostname === 'localhost'
    ? [`${protocol}//127.0.0.1:${port}`, `${protocol}//localhost:${port}`]
    : [origin];
}
