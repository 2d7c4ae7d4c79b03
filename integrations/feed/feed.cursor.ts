import type { UpsertEvent } from '../../src/ingest/connector.js';
import { digest, type EntryEvent } from './entry.event.js';

/** Where reading stands. Entries are kept as digests, so that it stays small whatever ids and texts a feed has. */
export interface FeedCursor {
  /** The address it belongs to: another one's validators mean nothing. */
  url: string;
  etag?: string;
  lastModified?: string;
  /** Oldest first: digest of the id, revision, and, for an entry without a date, when it was first seen (ms). */
  seen: [key: string, revision: string, firstSeen?: number][];
  /** The newest moment read so far (RFC 3339). */
  newest?: string;
}

/** Newest entries of a feed that are read; what stands below is history that feeds rarely carry. */
export const MAX_ENTRIES = 1000;
/** Entries remembered after the feed has dropped them, for those that come back. */
const MAX_FORMER = 200;

interface Changes {
  /** New and changed entries, oldest first. */
  events: UpsertEvent[];
  gap?: { from: Date; to: Date; reason: string };
  /** The cursor once the first `count` of `events` are stored. */
  cursorAfter(count: number): FeedCursor;
}

/** Tells what a feed shows that was not seen before, or not so. Of entries with one id, the latest version counts. */
export function findChanges(entries: EntryEvent[], cursor: FeedCursor | null, url: string, now: Date): Changes {
  const seen = new Map(cursor?.seen.map(entry => [entry[0], entry]));
  // Documents are newest first: turned round, entries of one moment stay in the order they were written.
  const all = latestVersions(entries)
    .reverse()
    .map(entry => dated(entry, seen, now));
  all.sort((a, b) => a.event.occurredAt.getTime() - b.event.occurredAt.getTime());
  const shown = all.slice(-MAX_ENTRIES);
  const fresh = shown.filter(entry => seen.get(entry.key)?.[1] !== entry.event.revision);
  const isFirstReading = seen.size === 0;
  const isAnySeen = shown.some(entry => seen.has(entry.key));
  const oldest = shown[0]?.event.occurredAt;

  let gap: Changes['gap'];
  if (oldest && isFirstReading && all.length > shown.length) {
    gap = { from: all[0]!.event.occurredAt, to: oldest, reason: `Only the newest ${MAX_ENTRIES} entries are read.` };
  } else if (oldest && !isFirstReading && !isAnySeen) {
    const from = new Date(cursor?.newest ?? oldest);
    const reason = 'None of the entries read before is still in the feed: some may have come and gone in between.';
    gap = { from: from < oldest ? from : oldest, to: oldest, reason };
  }

  return {
    events: fresh.map(entry => withEdit(entry, seen.has(entry.key), now)),
    gap,
    cursorAfter(count) {
      const stored = new Map(seen);
      for (const { key, event, isDated } of fresh.slice(0, count)) {
        stored.set(key, isDated ? [key, event.revision] : [key, event.revision, event.occurredAt.getTime()]);
      }
      const current = new Set(shown.map(entry => entry.key));
      const kept = [...stored.values()];
      const former = kept.filter(([key]) => !current.has(key)).slice(-MAX_FORMER);
      const newest = fresh[count - 1]?.event.occurredAt.toISOString() ?? '';
      return {
        url,
        seen: [...former, ...kept.filter(([key]) => current.has(key))],
        newest: [cursor?.newest ?? '', newest].sort().at(-1) || undefined,
      };
    },
  };
}

type KnownEntry = EntryEvent & { key: string };

function dated(entry: EntryEvent, seen: Map<string, FeedCursor['seen'][number]>, now: Date): KnownEntry {
  const key = digest(entry.event.ref.id);
  if (entry.isDated) return { ...entry, key };
  return { ...entry, key, event: { ...entry.event, occurredAt: new Date(seen.get(key)?.[2] ?? now) } };
}

/** An entry that changed since it was read was edited now, unless it says when. */
function withEdit({ event, updatedAt }: EntryEvent, isKnown: boolean, now: Date): UpsertEvent {
  const isLater = updatedAt !== undefined && updatedAt > event.occurredAt;
  const editedAt = isLater ? updatedAt : isKnown ? now : undefined;
  return editedAt ? { ...event, editedAt } : event;
}

function latestVersions(entries: EntryEvent[]): EntryEvent[] {
  const latest = new Map<string, EntryEvent>();
  for (const entry of entries) {
    const other = latest.get(entry.event.ref.id);
    if (!other || versionTime(entry) > versionTime(other)) latest.set(entry.event.ref.id, entry);
  }
  return [...latest.values()];
}

function versionTime({ event, updatedAt, isDated }: EntryEvent): number {
  return updatedAt?.getTime() ?? (isDated ? event.occurredAt.getTime() : 0);
}
