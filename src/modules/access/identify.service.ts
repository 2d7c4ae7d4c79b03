import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { AppError } from '../../platform/errors.js';
import type { Credentials, Verdict } from './credentials/index.js';
import type { GuessLimit } from './guess.limit.js';
import type { StandingCache } from './standing.cache.js';
import type { Viewer } from './viewer.js';
import { loadStandings, type Standing } from './viewer.queries.js';

/** What came with a request to say who asks. */
export interface Shown {
  authorization?: string;
  cookie?: string;
  /** Slug of the organisation to act in, for a person who belongs to several. */
  organization?: string;
  clientIp?: string;
}

interface IdentifyOptions {
  system: Pool;
  credentials: Credentials;
  standings: StandingCache;
  guesses: GuessLimit;
}

export type Identify = (shown: Shown) => Promise<Viewer | null>;

/**
 * Who is behind a credential; null when none is shown. Throws UNAUTHENTICATED for one that is not good, FORBIDDEN for an
 * organisation it does not reach, RATE_LIMITED for an address that keeps guessing. What it answers is at most 5 s old.
 */
export function openIdentify({ system, credentials, standings, guesses }: IdentifyOptions): Identify {
  // Others behind the same address as a guesser go on with what was good before.
  const proven = new LRUCache<string, true>({ max: 10_000, ttl: 3_600_000 });

  async function judge({ authorization, cookie, clientIp = '' }: Shown): Promise<Verdict | null> {
    const secret = authorization ?? cookie;
    if (!secret) return null;
    try {
      guesses.check(clientIp);
    } catch (error) {
      if (!proven.has(hash('sha256', secret, 'base64url'))) throw error;
    }
    const headers = cookie && !authorization ? new Headers({ cookie }) : undefined;
    const verdict = await credentials.authenticate(authorization, headers);
    if (verdict?.kind !== 'invalid') return verdict;
    guesses.miss(clientIp);
    // A browser sends its cookie along whether or not the session behind it has ended; nobody chose to show it.
    if (!authorization) return null;
    throw new AppError('UNAUTHENTICATED');
  }

  return async shown => {
    const verdict = await judge(shown);
    if (!verdict) return null;
    const found = await standings.get(standingKey(verdict), () => {
      proven.set(hash('sha256', shown.authorization ?? shown.cookie ?? '', 'base64url'), true);
      return loadStandings(system, verdict);
    });
    return choose(found, verdict, shown.organization);
  };
}

function standingKey(verdict: Verdict): string {
  if (verdict.kind === 'user') return userKey(verdict.userId);
  if (verdict.kind === 'portal') return portalKey(verdict.sessionId);
  return verdict.kind === 'apiKey' ? `key:${verdict.apiKeyId}` : `client:${verdict.clientId}`;
}

export const portalKey = (sessionId: string): string => `portal:${sessionId}`;
export const userKey = (userId: string): string => `user:${userId}`;

function choose(found: Standing[], verdict: Verdict, organization: string | undefined): Viewer {
  const [first, second] = found;
  if (!first) {
    throw new AppError(
      'UNAUTHENTICATED',
      verdict.kind === 'user' ? 'Your login is not, or no longer, a member of an organisation.' : undefined,
    );
  }
  if (organization) {
    const named = found.find(({ slug }) => slug === organization);
    if (!named)
      throw new AppError('FORBIDDEN', 'Your credential does not reach the organisation named in x-organization.');
    return named.viewer;
  }
  if (second)
    throw new AppError(
      'FORBIDDEN',
      'You belong to several organisations: name one by its slug in the header x-organization.',
    );
  return first.viewer;
}
