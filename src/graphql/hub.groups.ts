import { comparePositions, type FeedEvent, type Position, type StreamSpec } from '../events/index.js';
import type { RequestContext } from '../modules/access/index.js';
import { storedId } from '../platform/ids.js';
import type { Prepared } from './execution.js';

/** What subscribers must share to be served by one execution: who sees the same, asking the same. */
export interface GroupFacts {
  key: string;
  /** Equal for who sees the same in the same language. */
  viewerKey: string;
  stream: StreamSpec;
  organizationId: string;
  filter: object | null;
  prepared: Prepared;
  variables: Record<string, unknown>;
  /** A fresh context for every batch: loaders must not remember across events. */
  createContext: () => RequestContext;
}

export interface Subscriber {
  /** Takes one result as JSON text. */
  deliver(result: string): void;
  /** Bytes it has not taken yet. */
  backlog(): number;
  /** Nothing more comes: it has to resume by its last cursor. */
  fail(error: unknown): void;
}

export interface Group extends GroupFacts {
  /** With the position up to which each has been told already; null once the feed has passed it. */
  members: Map<Subscriber, Position | null>;
  /** Batches of a group go out one after the other, so every member sees the feed's order. */
  queue: Promise<void>;
  /** Stored ids of the only records it asks for; null where its filter names none. */
  subjects: readonly string[] | null;
}

/** Events for a group, with who belonged to it when they happened. */
export interface Batch {
  group: Group;
  events: FeedEvent[];
  members: Subscriber[];
  listeners: (event: FeedEvent) => Subscriber[];
}

/** Who joins later replays these events itself; who came with a cursor ahead of us has been told some of them. */
export function batchFor(group: Group, events: FeedEvent[]): Batch {
  const all: Subscriber[] = [];
  const toldUpTo = new Map<Subscriber, Position>();
  for (const [subscriber, told] of group.members) {
    all.push(subscriber);
    if (told === null) continue;
    toldUpTo.set(subscriber, told);
    if (comparePositions(told, events.at(-1)!) <= 0) group.members.set(subscriber, null);
  }
  const listeners = (event: FeedEvent): Subscriber[] =>
    toldUpTo.size === 0
      ? all
      : all.filter(subscriber => {
          const told = toldUpTo.get(subscriber);
          return !told || comparePositions(event, told) > 0;
        });
  return { group, events, members: all, listeners };
}

/** The records a filter names by `id`: of others its group need not be told that they changed. */
export function subjectsOf({ filter, stream }: GroupFacts): string[] | null {
  const { id } = (filter ?? {}) as { id?: { eq?: string | null; in?: string[] | null } | null };
  const named = id?.eq != null ? [id.eq] : id?.in;
  return named ? named.flatMap(one => storedId(stream.record.prefix, one) ?? []) : null;
}
