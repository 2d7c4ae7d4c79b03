import { LRUCache } from 'lru-cache';
import { AppError } from '../../platform/errors.js';

export interface GuessLimit {
  /** Throws RATE_LIMITED when this address has shown too many wrong secrets in the last minute. */
  check(address: string): void;
  /** Counts a wrong secret. */
  miss(address: string): void;
}

/** Each wrong secret costs a look into the database, and may be a guess: an address has `perMinute` of them. */
export function openGuessLimit(perMinute: number): GuessLimit {
  const misses = new LRUCache<string, { count: number }>({ max: 50_000, ttl: 60_000 });
  return {
    check(address) {
      if ((misses.get(address)?.count ?? 0) < perMinute) return;
      const seconds = Math.max(1, Math.ceil(misses.getRemainingTTL(address) / 1000));
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
      const counted = misses.get(address);
      if (counted) counted.count += 1;
      else misses.set(address, { count: 1 });
    },
  };
}
