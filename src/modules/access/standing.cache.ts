import { LRUCache } from 'lru-cache';
import type { Standing } from './viewer.queries.js';

export interface StandingCache {
  /** The standings behind a key, remembered or read. What is empty is not remembered. */
  get(key: string, read: () => Promise<Standing[]>): Promise<Standing[]>;
  /** From now on nothing read before is answered for this organisation, nor for this key. */
  forget(organizationId: string, key?: string): void;
  /** The same for one key alone. */
  drop(key: string): void;
}

/** Remembers `max` callers for at most `ttlMs` milliseconds, so that a warm request asks the database nothing about its caller. */
export function openStandingCache({ max, ttlMs }: { max: number; ttlMs: number }): StandingCache {
  const known = new LRUCache<string, Standing[]>({ max, ttl: ttlMs });
  const underway = new Map<string, Promise<Standing[]>>();
  // What began to be read before a change must not be remembered after it.
  let changes = 0;
  return {
    async get(key, read) {
      const found = known.get(key) ?? underway.get(key);
      if (found) return found;
      const changesBefore = changes;
      const reading = read()
        .then(standings => {
          if (standings.length > 0 && changesBefore === changes) known.set(key, standings);
          return standings;
        })
        .finally(() => {
          if (underway.get(key) === reading) underway.delete(key);
        });
      underway.set(key, reading);
      return reading;
    },
    drop(key) {
      changes += 1;
      underway.delete(key);
      known.delete(key);
    },
    forget(organizationId, key) {
      changes += 1;
      underway.clear();
      if (key) known.delete(key);
      for (const [each, standings] of known.entries()) {
        if (standings.some(({ viewer }) => viewer.organizationId === organizationId)) known.delete(each);
      }
    },
  };
}
