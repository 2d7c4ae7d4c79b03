import { LRUCache } from 'lru-cache';
import { AppError } from '../platform/errors.js';

interface Bucket {
  left: number;
  at: number;
}

export interface Spent {
  requested: number;
  limit: number;
  remaining: number;
  resetAt: string;
}

/** What each caller may spend in a minute, refilled evenly. Kept in this process: with n processes a caller has n allowances. */
export class Allowance {
  private readonly buckets = new LRUCache<string, Bucket>({ max: 50_000 });

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes `cost` from the caller's allowance. Throws RATE_LIMITED with when to come back. */
  spend(caller: string, cost: number): Spent {
    const now = this.now();
    const bucket = this.buckets.get(caller) ?? { left: this.perMinute, at: now };
    const perMillisecond = this.perMinute / 60_000;
    bucket.left = Math.min(this.perMinute, bucket.left + (now - bucket.at) * perMillisecond);
    bucket.at = now;
    this.buckets.set(caller, bucket);
    if (bucket.left < cost) {
      const seconds = Math.max(1, Math.ceil((cost - bucket.left) / perMillisecond / 1000));
      throw new AppError('RATE_LIMITED', `The allowance of this minute is spent. Try again in ${seconds} s.`, {
        retryAfter: seconds,
        resetAt: new Date(now + seconds * 1000).toISOString(),
        limit: this.perMinute,
      });
    }
    bucket.left -= cost;
    const resetAt = new Date(now + (this.perMinute - bucket.left) / perMillisecond).toISOString();
    return { requested: cost, limit: this.perMinute, remaining: Math.floor(bucket.left), resetAt };
  }
}
