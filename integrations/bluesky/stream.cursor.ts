import { createHash } from 'node:crypto';
import type { JetstreamEvent } from './jetstream.frames.js';

/** Where reading stopped; stored as JSON with the batch it covers. */
export interface JetstreamCursor {
  /** Sequence numbers belong to one server; times hold everywhere. */
  host: string;
  /** When that server saw the last event read, in microseconds since 1970. */
  timeUs: number;
  seq?: number;
  /** The last event read. Absent when none was: then the position is the time at which listening began. */
  key?: string;
  /** Fingerprints of the posts handed over, oldest first (see `HandedOver`). */
  handedOver: string;
}

export const CURSOR_VERSION = 1;

const FINGERPRINT_LENGTH = 6;

/**
 * The posts that were handed over, so that of all the deletions on the network (several a second) only those that matter are
 * passed on, and an edit that no longer matches still is. It travels in the cursor, for an adapter keeps nothing itself, and
 * is therefore bounded: 36 bits a post, the oldest forgotten first. A deletion of a forgotten post is found by `refetch`; a
 * chance match (1 in 30 million at 2,000 posts) passes on a deletion of a post nobody stored, which changes nothing.
 */
export class HandedOver {
  private readonly fingerprints: Set<string>;

  constructor(
    stored: string,
    private readonly capacity: number,
  ) {
    this.fingerprints = new Set(stored.match(new RegExp(`.{${FINGERPRINT_LENGTH}}`, 'g')) ?? []);
  }

  has(uri: string): boolean {
    return this.fingerprints.has(fingerprint(uri));
  }

  add(uri: string): void {
    const print = fingerprint(uri);
    this.fingerprints.delete(print);
    this.fingerprints.add(print);
    for (const oldest of this.fingerprints) {
      if (this.fingerprints.size <= this.capacity) break;
      this.fingerprints.delete(oldest);
    }
  }

  remove(uri: string): void {
    this.fingerprints.delete(fingerprint(uri));
  }

  toString(): string {
    return [...this.fingerprints].join('');
  }
}

function fingerprint(uri: string): string {
  return createHash('sha256').update(uri).digest('base64url').slice(0, FINGERPRINT_LENGTH);
}

/** Is this the event the cursor stands on? Replay includes it, and it has been stored already. */
export function isAtCursor(event: JetstreamEvent, cursor: JetstreamCursor): boolean {
  return (
    event.key === cursor.key &&
    (event.seq === undefined || cursor.seq === undefined ? event.timeUs === cursor.timeUs : event.seq === cursor.seq)
  );
}
