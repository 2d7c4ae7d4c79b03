import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { comparePositions, type EventFeed, type FeedEvent, type Position, type StreamSpec } from '../events/index.js';
import { AppError } from '../platform/errors.js';
import type { CursorSeal } from '../platform/paging/index.js';
import { formatError } from './format-error.js';
import { type Batch, batchFor, type Group, type GroupFacts, type Subscriber, subjectsOf } from './hub.groups.js';
import { toldOf } from './hub.leaving.js';
import { look } from './hub.look.js';
import { Rounds, type Sight, sightsOf } from './hub.rounds.js';
import { Summaries } from './hub.summaries.js';

/** What has happened in an organisation and is not told yet. */
interface Desk {
  groups: Set<Group>;
  waiting: Batch[];
  rounds: Rounds;
}

const CHUNK = 200;
const REPLAY_PAGE = 500;
const REPLAY_BACKLOG_BYTES = 1_000_000;
/** After so many deliveries others have their turn: sockets are drained and pings answered in between. */
const DELIVERIES_AT_ONCE = 2_000;
const ATTEMPTS = 4;
const RETRY_MS = 150;
/** Between rounds that follow each other, and for a slow group before the others go on without it. */
const PAUSE_MS = 100;
const PATIENCE_MS = 250;

/**
 * Serves subscriptions from the event feed. Subscribers with the same document, variables and rights form a group: an event is
 * looked up, executed and turned into text once a group, however many listen.
 */
export class StreamHub {
  private readonly groups = new Map<string, Group>();
  private readonly desks = new Map<string, Desk>();
  private readonly summaries = new Summaries();
  private readonly unlisten: () => void;
  delivered = 0;

  constructor(
    private readonly feed: EventFeed,
    private readonly seal: CursorSeal,
  ) {
    this.unlisten = feed.listen(events => this.dispatch(events));
  }

  get subscribers(): number {
    return [...this.groups.values()].reduce((sum, group) => sum + group.members.size, this.summaries.size);
  }

  get groupCount(): number {
    return this.groups.size + this.summaries.count;
  }

  close(): void {
    this.unlisten();
    this.groups.clear();
    this.desks.clear();
    this.summaries.close();
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
    if (!facts.stream.summary) await look(facts, facts.createContext(), []);
  }

  /**
   * Delivers from `after` on, or from now. What was missed is replayed to this subscriber alone; it joins its group in the same
   * turn in which it is found to have caught up, so nothing falls between and nothing comes twice. Answers how to leave.
   */
  subscribe(facts: GroupFacts, subscriber: Subscriber, after: Position | null): () => void {
    if (facts.stream.summary) return this.summaries.join(facts, subscriber);
    const membership = { left: false };
    if (after) this.replay(facts, subscriber, after, membership).catch(error => subscriber.fail(error));
    else this.join(facts, subscriber, null);
    return () => {
      membership.left = true;
      const group = this.groups.get(facts.key);
      group?.members.delete(subscriber);
      if (group?.members.size === 0) this.forget(group);
    };
  }

  private join(facts: GroupFacts, subscriber: Subscriber, told: Position | null): void {
    const group = this.groups.get(facts.key) ?? this.begin(facts);
    group.members.set(subscriber, told);
  }

  private begin(facts: GroupFacts): Group {
    const subjects = subjectsOf(facts);
    const group: Group = { ...facts, members: new Map(), queue: Promise.resolve(), subjects };
    this.groups.set(facts.key, group);
    const { organizationId } = facts;
    const desk = this.desks.get(organizationId) ?? {
      groups: new Set(),
      waiting: [],
      rounds: new Rounds(() => this.round(organizationId), PAUSE_MS),
    };
    this.desks.set(organizationId, desk);
    desk.groups.add(group);
    return group;
  }

  private forget(group: Group): void {
    this.groups.delete(group.key);
    const desk = this.desks.get(group.organizationId);
    desk?.groups.delete(group);
    if (desk?.groups.size === 0 && desk.waiting.length === 0) this.desks.delete(group.organizationId);
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
    this.summaries.look(({ organizationId, stream }) =>
      (byOrganization.get(organizationId) ?? []).some(({ type }) => stream.types.includes(type)),
    );
    for (const [organizationId, theirs] of byOrganization) {
      const desk = this.desks.get(organizationId);
      if (!desk) continue;
      const touched = new Set(theirs.map(({ subjectId }) => subjectId));
      const bySorts = new Map<StreamSpec, FeedEvent[]>();
      for (const group of desk.groups) {
        if (group.subjects && !group.subjects.some(id => touched.has(id))) continue;
        const { stream, subjects } = group;
        const sort = bySorts.get(stream) ?? theirs.filter(({ type }) => stream.types.includes(type));
        bySorts.set(stream, sort);
        const wanted = subjects ? sort.filter(({ subjectId }) => subjects.includes(subjectId)) : sort;
        if (wanted.length > 0) desk.waiting.push(batchFor(group, wanted));
      }
      if (desk.waiting.length > 0) desk.rounds.ask();
    }
  }

  /** Tells everything that waits in an organisation: who sees what of it is asked once for all groups. */
  private async round(organizationId: string): Promise<void> {
    const desk = this.desks.get(organizationId);
    const batches = desk?.waiting.splice(0) ?? [];
    if (desk?.groups.size === 0) this.desks.delete(organizationId);
    const sights = await sightsOf(batches).catch(() => undefined);
    const work = batches.map(batch => {
      const { group, events, listeners } = batch;
      group.queue = group.queue
        .then(() => this.send(group, events, listeners, sights?.get(batch)))
        .catch(error => this.interrupt(batch, error));
      return group.queue;
    });
    await Promise.race([Promise.all(work), sleep(PATIENCE_MS, undefined, { ref: false })]);
  }

  /** Going on would leave a hole nobody knows of; each can resume by its last cursor. */
  private interrupt({ group, members }: Batch, error: unknown): void {
    const { log } = group.createContext();
    log.error({ err: error, field: group.stream.field }, 'events could not be delivered');
    for (const subscriber of members) {
      if (group.members.delete(subscriber)) subscriber.fail(error);
    }
    if (group.members.size === 0) this.forget(group);
  }

  private async send(
    facts: GroupFacts,
    events: FeedEvent[],
    listeners: (event: FeedEvent) => Subscriber[],
    sight?: Sight,
  ): Promise<void> {
    let deliveries = 0;
    for (let at = 0; at < events.length; at += CHUNK) {
      for (const { event, text } of await this.render(facts, events.slice(at, at + CHUNK), sight)) {
        for (const subscriber of listeners(event)) {
          subscriber.deliver(text);
          this.delivered++;
          if (++deliveries % DELIVERIES_AT_ONCE === 0) await setImmediate();
        }
      }
    }
  }

  /** Results as text, of those events the group is told of; tried again when the database does not answer. */
  private async render(
    facts: GroupFacts,
    events: FeedEvent[],
    sight?: Sight,
  ): Promise<{ event: FeedEvent; text: string }[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        // What was seen before a failure may be what failed.
        return await this.renderOnce(facts, events, attempt === 1 ? sight : undefined);
      } catch (error) {
        if (attempt === ATTEMPTS || error instanceof AppError) throw error;
        await sleep(RETRY_MS * attempt);
      }
    }
  }

  private async renderOnce(
    facts: GroupFacts,
    events: FeedEvent[],
    sight?: Sight,
  ): Promise<{ event: FeedEvent; text: string }[]> {
    const context = sight?.context ?? facts.createContext();
    const { stream } = facts;
    const told = stream.tells ? events.filter(event => stream.tells!(event, context.viewer.role)) : events;
    if (told.length === 0) return [];
    const seen = sight ?? (await look(facts, context, told));
    if (seen.shown.size === 0 && seen.left.size === 0) return [];
    const { requestId } = context.options;
    return Promise.all(
      toldOf(stream, told, seen).map(async event => {
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
}

const listOf = (organizationId: string): string => `events:${organizationId}`;
