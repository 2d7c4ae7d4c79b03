import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Verdict } from './credentials.types.js';

/** A verdict with the credential it rests on (`key:…`, `session:…`, `client:…`), by which it is forgotten. */
export interface Finding {
  verdict: Verdict;
  subject: string;
}

type ReadToken = (token: string) => Promise<Finding | null>;

export interface VerdictCache {
  /** The verdict on a token, remembered or read; `null` when the token is no good. What is no good is never remembered. */
  judge(token: string): Promise<Verdict | null>;
  /** Forgets every verdict whose subject starts with this, and any that is being read right now. */
  forget(subjectPrefix: string): void;
}

/** Remembers good verdicts for at most `ttlMs` milliseconds, `max` of them; tokens are kept only as SHA-256 digests. */
export function openVerdictCache(read: ReadToken, { max, ttlMs }: { max: number; ttlMs: number }): VerdictCache {
  const known = new LRUCache<string, Finding>({ max, ttl: ttlMs });
  const underway = new Map<string, Promise<Verdict | null>>();
  // A read that began before a revocation must not be remembered after it.
  let revocations = 0;

  async function readAndRemember(digest: string, token: string): Promise<Verdict | null> {
    const revocationsBefore = revocations;
    const finding = await read(token);
    if (!finding) return null;
    const left = remaining(finding.verdict);
    if (left <= 0) return null;
    if (revocationsBefore === revocations) known.set(digest, finding, { ttl: Math.max(1, Math.min(ttlMs, left)) });
    return finding.verdict;
  }

  return {
    async judge(token) {
      const digest = hash('sha256', token, 'base64url');
      const found = known.get(digest);
      if (found && remaining(found.verdict) > 0) return found.verdict;
      const running = underway.get(digest);
      if (running) return running;
      const reading = readAndRemember(digest, token).finally(() => {
        if (underway.get(digest) === reading) underway.delete(digest);
      });
      underway.set(digest, reading);
      return reading;
    },
    forget(subjectPrefix) {
      revocations += 1;
      underway.clear();
      for (const [digest, finding] of known.entries()) {
        if (finding.subject.startsWith(subjectPrefix)) known.delete(digest);
      }
    },
  };
}

/** Whole milliseconds until the credential ends. */
function remaining(verdict: Verdict): number {
  return verdict.expiresAt ? Math.floor(verdict.expiresAt.getTime() - Date.now()) : Number.MAX_SAFE_INTEGER;
}
