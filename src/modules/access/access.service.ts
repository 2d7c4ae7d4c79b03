import type { Database } from '../../platform/database/database.js';
import type { Logger } from '../../platform/logger.js';
import { type Credentials, openCredentials } from './credentials/index.js';
import { type GuessLimit, openGuessLimit } from './guess.limit.js';
import { type Identify, openIdentify, portalKey, userKey } from './identify.service.js';
import { forgetUnusedLogins } from './login.queries.js';
import { openStandingCache } from './standing.cache.js';

const CALLERS_KEPT = 10_000;
const CALLER_TTL_MS = 5_000;
const WRONG_SECRETS_PER_MINUTE = 100;

export interface AccessOptions {
  database: Database;
  /** At least 32 characters; see `openCredentials`. */
  secret: string;
  /** Where people and programs reach the server, without a trailing slash. */
  baseUrl: string;
  log: Logger;
}

/** Everything about who may come in, opened once a process. */
export interface Access {
  readonly database: Database;
  readonly credentials: Credentials;
  readonly guesses: GuessLimit;
  readonly baseUrl: string;
  readonly log: Logger;
  readonly identify: Identify;
  /** A change of rights was committed: from the next request on it holds in this process, within 5 s in others. */
  forget(organizationId: string, userId?: string): void;
  /** Sessions of customers (stored ids) ended, in the same sense. */
  forgetSessions(sessionIds: readonly string[]): void;
  /** Deletes expired sessions, tokens and links, and logins nobody uses; to be called now and then. Answers how many. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

/** Throws when the database is not migrated or the secret is short. */
export async function openAccess({ database, secret, baseUrl, log }: AccessOptions): Promise<Access> {
  const { system } = database;
  const credentials = await openCredentials({ pool: system, secret, baseUrl, log });
  const standings = openStandingCache({ max: CALLERS_KEPT, ttlMs: CALLER_TTL_MS });
  const guesses = openGuessLimit(WRONG_SECRETS_PER_MINUTE);
  return {
    database,
    credentials,
    guesses,
    baseUrl,
    log,
    identify: openIdentify({ system, credentials, standings, guesses }),
    forget: (organizationId, userId) => standings.forget(organizationId, userId && userKey(userId)),
    forgetSessions(sessionIds) {
      credentials.forgetPortalSessions(sessionIds);
      for (const id of sessionIds) standings.drop(portalKey(id));
    },
    sweep: async () => (await credentials.sweep()) + (await forgetUnusedLogins(database)),
    close: () => credentials.close(),
  };
}
