import pg from 'pg';
import type { Logger } from '../platform/logger.js';
import { openPause } from '../platform/pause.js';
import type { EventType } from './catalogue.js';

/** Where an event lies in the feed: its transaction, then its place inside. Both are 64-bit numbers, kept as text. */
export interface Position {
  tx: string;
  id: string;
}

export interface FeedEvent extends Position {
  organizationId: string;
  type: EventType;
  subjectId: string;
  data: Record<string, unknown> | null;
}

export type FeedListener = (events: FeedEvent[]) => void;

const COLUMNS = `tx::text as tx, id::text as id, organization_id as "organizationId", type, subject_id as "subjectId", data`;
const BATCH = 1000;
const WAIT_MS = 40;
const RETRY_MS = 500;

/** Compares two positions: negative when `a` comes first. */
export function comparePositions(a: Position, b: Position): number {
  const [left, right] = a.tx === b.tx ? [BigInt(a.id), BigInt(b.id)] : [BigInt(a.tx), BigInt(b.tx)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Follows the event log of all organisations, in the order of (transaction, id), only below the oldest transaction that is
 * still running: whatever commits later has a higher number, so nothing can appear behind the reader. It has a connection of
 * its own and tells listeners synchronously, in order, each event once.
 */
export class EventFeed {
  private readonly listeners = new Set<FeedListener>();
  private position: Position = { tx: '0', id: '0' };
  private client: pg.Client | null = null;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();
  private readonly pause = openPause();

  constructor(
    private readonly ownerUrl: string,
    private readonly system: pg.Pool,
    private readonly log: Logger,
  ) {}

  /** Everything up to here has been told to listeners. */
  get reached(): Position {
    return this.position;
  }

  /** Whether the log is being read right now, rather than reconnected to. */
  get isFollowing(): boolean {
    return !this.stopped && this.client !== null;
  }

  async start(): Promise<void> {
    this.position = await this.now();
    this.running = this.follow();
  }

  listen(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Look at once; for writers in this process. */
  wake(): void {
    this.pause.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.pause.wake();
    await this.running;
    await this.client?.end().catch(() => {});
  }

  /** The position from which only what commits later is still to come. */
  async now(): Promise<Position> {
    const { rows } = await this.system.query<{ tx: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as tx',
    );
    return { tx: rows[0]!.tx, id: '0' };
  }

  /** Everything at or before the floor has been deleted from the log. */
  async floor(): Promise<Position> {
    const { rows } = await this.system.query<Position>('select tx::text as tx, event_id::text as id from event_floor');
    return rows[0]!;
  }

  /** Events of one organisation after `after` up to and including `upTo`, oldest first, `limit` at most. */
  async between(
    organizationId: string,
    types: EventType[],
    after: Position,
    upTo: Position,
    limit: number,
  ): Promise<FeedEvent[]> {
    const { rows } = await this.system.query<FeedEvent>({
      name: 'feed.between',
      text: `select ${COLUMNS} from events
              where organization_id = $1 and (tx, id) > ($2::xid8, $3::bigint) and (tx, id) <= ($4::xid8, $5::bigint) and type = any ($6)
              order by events.tx, events.id limit $7`,
      values: [organizationId, after.tx, after.id, upTo.tx, upTo.id, types, limit],
    });
    return rows;
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      try {
        const events = await this.next();
        const last = events.at(-1);
        if (last) {
          this.position = { tx: last.tx, id: last.id };
          for (const listener of this.listeners) this.tell(listener, events);
        }
        if (events.length < BATCH) await this.pause.wait(WAIT_MS);
      } catch (error) {
        if (this.stopped) return;
        this.log.warn({ err: error }, 'the event feed lost its connection and tries again');
        await this.client?.end().catch(() => {});
        this.client = null;
        await this.pause.wait(RETRY_MS);
      }
    }
  }

  /** One listener's mistake must not cost the others their events. */
  private tell(listener: FeedListener, events: FeedEvent[]): void {
    try {
      listener(events);
    } catch (error) {
      this.log.error({ err: error }, 'a listener of the event feed failed');
    }
  }

  private async next(): Promise<FeedEvent[]> {
    if (!this.client) {
      const client = new pg.Client({
        connectionString: this.ownerUrl,
        application_name: 'vinculo-feed',
        keepAlive: true,
      });
      client.on('error', () => {});
      await client.connect();
      this.client = client;
    }
    const { rows } = await this.client.query<FeedEvent>({
      name: 'feed.next',
      text: `select ${COLUMNS} from events
              where (tx, id) > ($1::xid8, $2::bigint) and tx < pg_snapshot_xmin(pg_current_snapshot())
              order by events.tx, events.id limit ${BATCH}`,
      values: [this.position.tx, this.position.id],
    });
    return rows;
  }
}
