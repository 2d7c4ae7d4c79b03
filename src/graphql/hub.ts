import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
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
  /** Nothing more comes: it has to resume by its last cursor. */
  fail(error: unknown): void;
}

interface Group extends GroupFacts {
  /** With the position up to which each has been told already; null once the feed has passed it. */
  members: Map<Subscriber, Position | null>;
  /** Batches of a group go out one after the other, so every member sees the feed's order. */
  queue: Promise<void>;
}

const CHUNK = 200;
const REPLAY_PAGE = 500;
const REPLAY_BACKLOG_BYTES = 1_000_000;
/** After so many deliveries others have their turn: sockets are drained and pings answered in between. */
const DELIVERIES_AT_ONCE = 2_000;
const ATTEMPTS = 4;
const RETRY_MS = 150;

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
    await this.requireKept(organizationId, { tx, id });
    return { tx, id };
  }

  private async requireKept(organizationId: string, position: Position): Promise<void> {
    const floor = await this.feed.floor();
    if (comparePositions(position, floor) < 0) {
      throw new AppError('CURSOR_EXPIRED', undefined, { feedBeginsAfter: this.cursorOf(organizationId, floor) });
    }
  }

  /** Throws what is wrong with the filter, before anything is delivered. */
  async check(facts: GroupFacts): Promise<void> {
    await this.select(facts, facts.createContext(), []);
  }

  /**
   * Delivers from `after` on, or from now. What was missed is replayed to this subscriber alone; it joins its group in the same
   * turn in which it is found to have caught up, so nothing falls between and nothing comes twice. Answers how to leave.
   */
  subscribe(facts: GroupFacts, subscriber: Subscriber, after: Position | null): () => void {
    const membership = { left: false };
    if (after) this.replay(facts, subscriber, after, membership).catch(error => subscriber.fail(error));
    else this.join(facts, subscriber, null);
    return () => {
      membership.left = true;
      const group = this.groups.get(facts.key);
      group?.members.delete(subscriber);
      if (group?.members.size === 0) this.groups.delete(facts.key);
    };
  }

  private join(facts: GroupFacts, subscriber: Subscriber, told: Position | null): void {
    const group = this.groups.get(facts.key) ?? { ...facts, members: new Map(), queue: Promise.resolve() };
    this.groups.set(facts.key, group);
    group.members.set(subscriber, told);
  }

  private async replay(
    facts: GroupFacts,
    subscriber: Subscriber,
    after: Position,
    membership: { left: boolean },
  ): Promise<void> {
    const { organizationId, stream } = facts;
    let position = after;
    for (;;) {
      const target = this.feed.reached;
      while (!membership.left) {
        const events = await this.feed.between(organizationId, stream.types, position, target, REPLAY_PAGE);
        // What the retention took while we read is missing from the page: that must not pass for silence.
        await this.requireKept(organizationId, position);
        if (events.length === 0) break;
        await this.send(facts, events, () => [subscriber]);
        position = events.at(-1)!;
        while (subscriber.backlog() > REPLAY_BACKLOG_BYTES && !membership.left) await sleep(10);
      }
      if (membership.left) return;
      if (comparePositions(position, target) < 0) position = target;
      // Nothing was dispatched since the last page was asked for: joining now, before anything else can happen, misses nothing.
      if (comparePositions(this.feed.reached, target) === 0) return this.join(facts, subscriber, position);
    }
  }

  private dispatch(events: FeedEvent[]): void {
    const byOrganization = Map.groupBy(events, event => event.organizationId);
    for (const group of this.groups.values()) {
      const wanted = byOrganization.get(group.organizationId)?.filter(event => group.stream.types.includes(event.type));
      if (!wanted?.length) continue;
      // Who joins later replays these events itself; who came with a cursor ahead of us has been told some of them.
      const members = [...group.members];
      const toldUpTo = new Map(members.filter(([, told]) => told !== null) as [Subscriber, Position][]);
      for (const subscriber of toldUpTo.keys()) {
        if (comparePositions(toldUpTo.get(subscriber)!, events.at(-1)!) <= 0) group.members.set(subscriber, null);
      }
      const all = members.map(([subscriber]) => subscriber);
      const listeners = (event: FeedEvent): Subscriber[] =>
        toldUpTo.size === 0
          ? all
          : all.filter(subscriber => {
              const told = toldUpTo.get(subscriber);
              return !told || comparePositions(event, told) > 0;
            });
      group.queue = group.queue
        .then(() => this.send(group, wanted, listeners))
        .catch(error => {
          const { log } = group.createContext();
          log.error({ err: error, field: group.stream.field }, 'events could not be delivered');
          // Going on would leave a hole nobody knows of; each can resume by its last cursor.
          for (const [subscriber] of members) {
            if (group.members.delete(subscriber)) subscriber.fail(error);
          }
        });
    }
  }

  private async send(
    facts: GroupFacts,
    events: FeedEvent[],
    listeners: (event: FeedEvent) => Subscriber[],
  ): Promise<void> {
    let deliveries = 0;
    for (let at = 0; at < events.length; at += CHUNK) {
      for (const { event, text } of await this.render(facts, events.slice(at, at + CHUNK))) {
        for (const subscriber of listeners(event)) {
          subscriber.deliver(text);
          this.delivered++;
          if (++deliveries % DELIVERIES_AT_ONCE === 0) await setImmediate();
        }
      }
    }
  }

  /** Results as text, of those events the group is told of; tried again when the database does not answer. */
  private async render(facts: GroupFacts, events: FeedEvent[]): Promise<{ event: FeedEvent; text: string }[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.renderOnce(facts, events);
      } catch (error) {
        if (attempt === ATTEMPTS || error instanceof AppError) throw error;
        await sleep(RETRY_MS * attempt);
      }
    }
  }

  private async renderOnce(facts: GroupFacts, events: FeedEvent[]): Promise<{ event: FeedEvent; text: string }[]> {
    const context = facts.createContext();
    const { stream } = facts;
    const told = stream.tells ? events.filter(event => stream.tells!(event, context.viewer.role)) : events;
    const shown = await this.select(facts, context, told);
    const { requestId } = context.options;
    return Promise.all(
      told
        .filter(event => shown.has(event.subjectId))
        .map(async event => {
          const root = facts.stream.root(event, this.cursorOf(event.organizationId, event));
          const result = await facts.prepared.run(root, context, facts.variables);
          if (!result.errors) return { event, text: JSON.stringify(result) };
          const failure = result.errors
            .map(error => error.originalError)
            .find(cause => cause && !(cause instanceof AppError));
          if (failure) throw failure;
          const errors = result.errors.map(error => formatError(error, context.log, requestId));
          return { event, text: JSON.stringify({ ...result, errors }) };
        }),
    );
  }

  /** Subjects of `events` that the group may see and asked for. */
  private async select(facts: GroupFacts, context: RequestContext, events: FeedEvent[]): Promise<Set<string>> {
    const { record, includesUnlisted } = facts.stream;
    const parameters = new Parameters();
    const conditions = [
      `t.id = any (${parameters.add([...new Set(events.map(event => event.subjectId))], 'uuid[]')})`,
      includesUnlisted ? undefined : record.where,
      record.visibility && visibleCondition(context.viewer, record.visibility, 't', parameters),
      filterCondition(
        record.filters,
        facts.filter as Record<string, unknown> | null,
        parameters,
        field => (record.visibility ? context.isHidden(record.visibility, field) : false),
        context.viewer.asker,
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
