import { LRUCache } from 'lru-cache';

const MOST_REMEMBERED = 10_000;

/** How often each of many callers has called in the present window, in this process; those not heard of longest are forgotten first. */
export class CallCounts {
  private readonly counts: LRUCache<string, { count: number }>;

  constructor(windowMs: number) {
    this.counts = new LRUCache({ max: MOST_REMEMBERED, ttl: windowMs });
  }

  /** Counts one more call, unless it would be more than `most`: then it answers false. */
  admit(caller: string, most: number): boolean {
    const known = this.counts.get(caller);
    if (!known) this.counts.set(caller, { count: 1 });
    else if (known.count >= most) return false;
    else known.count += 1;
    return true;
  }
}
