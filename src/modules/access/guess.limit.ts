import { LRUCache } from 'lru-cache';
import { AppError } from '../../platform/errors.js';
import { subnetOf } from '../../platform/subnet.js';

export interface GuessLimit {
  /** Throws RATE_LIMITED when this address has shown too many wrong secrets in the last minute. */
  check(address: string): void;
  /** Counts a wrong secret. */
  miss(address: string): void;
}

/** Each wrong secret costs a look into the database, and may be a guess: a caller has `perMinute` of them, by the part of their address that is theirs. */
export function openGuessLimit(perMinute: number): GuessLimit {
  const misses = new LRUCache<string, { count: number }>({ max: 50_000, ttl: 60_000 });
  return {
    check(address) {
      const caller = subnetOf(address);
      if ((misses.get(caller)?.count ?? 0) < perMinute) return;
      const seconds = Math.max(1, Math.ceil(misses.getRemainingTTL(caller) / 1000));
      throw new AppError(
        'RATE_LIMITED',
        `Too many wrong credentials came from your address. Try again in ${seconds} s.`,
        {
          retryAfter: seconds,
          resetAt: new Date(Date.now() + seconds * 1000).toISOString(),
          limit: perMinute,
        },
      );
    },
    miss(address) {
      const caller = subnetOf(address);
      const counted = misses.get(caller);
      if (counted) counted.count += 1;
      else misses.set(caller, { count: 1 });
    },
  };
}
