import { setTimeout as sleep } from 'node:timers/promises';
import { comparePositions, type EventFeed, type FeedEvent, type Position, type StreamSpec } from '../events/index.js';
import { type RequestContext, visibleCondition } from '../modules/access/index.js';
import { AppError } from '../platform/errors.js';
import { type CursorSeal, filterCondition, Parameters } from '../platform/paging/index.js';
import type { Prepared } from './execution.js';
import { formatError } from './format-error.js';

/** What subscribers must share to be served by one execution: who sees the same, asking the same. */
export interface GroupFacts {
  key: string;
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
}

interface Group extends GroupFacts {
  members: Set<Subscriber>;
  /** Batches of a group go out one after the other, so every member sees the feed's order. */
  queue: Promise<void>;
}

const CHUNK = 200;
const REPLAY_PAGE = 500;
const REPLAY_BACKLOG_BYTES = 1_000_000;

/**
 * Serves subscriptions from the event feed. Subscribers with the same document, variables and rights form a group: an event is
 * looked up, executed and turned into text once a group, however many listen.
 */
export class StreamHub {
  private readonly groups = new Map<string, Group>();
  private readonly unlisten: () => void;
  delivered = 0;

  constructor(
    private readonly feed: EventFeed,
    private readonly seal: CursorSeal,
  ) {
    this.unlisten = feed.listen(events => this.dispatch(events));
  }

  get subscribers(): number {
    return [...this.groups.values()].reduce((sum, group) => sum + group.members.size, 0);
  }

  get groupCount(): number {
    return this.groups.size;
  }

  close(): void {
    this.unlisten();
    this.groups.clear();
  }

  cursorOf(organizationId: string, position: Position): string {
    return this.seal.seal(listOf(organizationId), [position.tx, position.id]);
  }

  /** Where `cursor` points. Throws BAD_CURSOR, or CURSOR_EXPIRED with where the feed now begins. */
  async positionOf(organizationId: string, cursor: string): Promise<Position> {
    const [tx, id] = this.seal.open(listOf(organizationId), cursor) as [string, string];
    const floor = await this.feed.floor();
    if (comparePositions({ tx, id }, floor) < 0) {
      throw new AppError('CURSOR_EXPIRED', undefined, { feedBeginsAfter: this.cursorOf(organizationId, floor) });
    }
    return { tx, id };
  }

  /** Throws what is wrong with the filter, before anything is delivered. */
  async check(facts: GroupFacts): Promise<void> {
    await this.select(facts, facts.createContext(), []);
  }

  /**
   * Delivers from `after` on, or from now. What was missed is replayed to this subscriber alone; it joins its group in the same
   * turn of the event loop in which it has caught up, so nothing falls between and nothing comes twice. Answers how to leave.
   */
  subscribe(
    facts: GroupFacts,
    subscriber: Subscriber,
    after: Position | null,
    failed: (error: unknown) => void,
  ): () => void {
    let left = false;
    const join = () => {
      const group = this.groups.get(facts.key) ?? { ...facts, members: new Set(), queue: Promise.resolve() };
      this.groups.set(facts.key, group);
      group.members.add(subscriber);
    };
    if (after) {
      this.replay(facts, subscriber, after, () => left).then(() => {
        if (!left) join();
      }, failed);
    } else {
      join();
    }
    return () => {
      left = true;
      const group = this.groups.get(facts.key);
      group?.members.delete(subscriber);
      if (group?.members.size === 0) this.groups.delete(facts.key);
    };
  }

  private async replay(
    facts: GroupFacts,
    subscriber: Subscriber,
    after: Position,
    hasLeft: () => boolean,
  ): Promise<void> {
    const { organizationId, stream } = facts;
    let position = after;
    for (;;) {
      const target = this.feed.reached;
      while (!hasLeft()) {
        const events = await this.feed.between(organizationId, stream.types, position, target, REPLAY_PAGE);
        if (events.length === 0) break;
        await this.send(facts, events, [subscriber]);
        position = events.at(-1)!;
        while (subscriber.backlog() > REPLAY_BACKLOG_BYTES && !hasLeft()) await sleep(10);
      }
      // Nothing was dispatched while the last page was read: the caller joins before anything else can happen.
      if (hasLeft() || comparePositions(this.feed.reached, target) === 0) return;
      position = comparePositions(position, target) < 0 ? target : position;
    }
  }

  private dispatch(events: FeedEvent[]): void {
    const byOrganization = Map.groupBy(events, event => event.organizationId);
    for (const group of this.groups.values()) {
      const wanted = byOrganization.get(group.organizationId)?.filter(event => group.stream.types.includes(event.type));
      if (!wanted?.length) continue;
      // Who joins later replays these events itself.
      const members = [...group.members];
      group.queue = group.queue
        .then(() => this.send(group, wanted, members))
        .catch(error => {
          group.createContext().log.error({ err: error, field: group.stream.field }, 'events could not be delivered');
        });
    }
  }

  private async send(facts: GroupFacts, events: FeedEvent[], members: Iterable<Subscriber>): Promise<void> {
    for (let at = 0; at < events.length; at += CHUNK) {
      const chunk = events.slice(at, at + CHUNK);
      const context = facts.createContext();
      const shown = await this.select(facts, context, chunk);
      const results = await Promise.all(
        chunk
          .filter(event => shown.has(event.subjectId))
          .map(event =>
            facts.prepared.run(
              facts.stream.root(event, this.cursorOf(event.organizationId, event)),
              context,
              facts.variables,
            ),
          ),
      );
      for (const result of results) {
        const { requestId } = context.options;
        const text = JSON.stringify(
          result.errors
            ? { ...result, errors: result.errors.map(error => formatError(error, context.log, requestId)) }
            : result,
        );
        for (const member of members) {
          member.deliver(text);
          this.delivered++;
        }
      }
    }
  }

  /** Subjects of `events` that the group may see and asked for. */
  private async select(facts: GroupFacts, context: RequestContext, events: FeedEvent[]): Promise<Set<string>> {
    const { record, includesUnlisted } = facts.stream;
    const parameters = new Parameters();
    const conditions = [
      `t.id = any (${parameters.add([...new Set(events.map(event => event.subjectId))], 'uuid[]')})`,
      includesUnlisted ? undefined : record.where,
      record.visibility && visibleCondition(context.viewer, record.visibility, 't', parameters),
      filterCondition(record.filters, facts.filter as Record<string, unknown> | null, parameters, field =>
        record.visibility ? context.isHidden(record.visibility, field) : false,
      ),
    ].filter(Boolean);
    const rows = await context.read<{ id: string }>(
      `select t.id from ${record.from} where ${conditions.join(' and ')}`,
      parameters.values,
    );
    return new Set(rows.map(row => row.id));
  }
}

const listOf = (organizationId: string): string => `events:${organizationId}`;
