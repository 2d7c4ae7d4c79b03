import {
  advanceSource,
  applyReceipts,
  breakerAllows,
  type DrivenSource,
  type Gap,
  outcomeOf,
  type Path,
  recordOutcome,
  recordPolled,
  recordSetback,
  recordSuccess,
  type SentimentModel,
  SourceState,
  StaleCursor,
  scheduleNext,
  scheduleSources,
} from '../modules/social/index.js';
import type { Database, Scope } from '../platform/database/database.js';
import type { Logger } from '../platform/logger.js';
import type { Vault } from '../platform/vault.js';
import type { AnyConnector, Batch, ConnectorContext, InboundEvent } from './connector.js';
import { contextOf } from './context.js';
import { sortEvents } from './inbound.rules.js';
import { ingest } from './ingest.service.js';
import { type ConnectorRegistry, faultOf, problemOf } from './registry.js';
import { nextAttempt, nextTurn } from './retry.rules.js';
import { acceptTolerantly, type Dropped, gapOf } from './tolerance.js';

export interface ReadingOptions {
  database: Database;
  registry: ConnectorRegistry;
  vault: Vault;
  log: Logger;
  /** The organisation's own sentiment model, where it has one. */
  modelOf?: (scope: Scope) => Promise<SentimentModel | null>;
}

/** Whether a stream brings what the source follows. One that its adapter does not accept fails where it would be followed. */
export function isStreamed(connector: AnyConnector, source: DrivenSource): boolean {
  if (!connector.listen) return false;
  if (!connector.streams || !connector.poll) return true;
  const { kind, query, settings, credentials } = source;
  try {
    return connector.streams(connector.configure({ kind, query, settings, credentials }));
  } catch {
    return true;
  }
}

/** One reading of one source: what the adapter gives is stored batch by batch, each with the cursor that covers it. */
export class Reading {
  private readonly log: Logger;
  private readonly beganAt = new Date();
  private previous: string | null;
  /** The cursor could not be understood any more: whatever lies between is not read. */
  private readonly isAnew: boolean;
  private hasAnswered = false;
  private readonly isStreamed: boolean;
  /** Which of the source's cursors it follows. */
  private readonly path: Path;

  /** `by`: a poll beside a stream has a cursor of its own. */
  constructor(
    private readonly options: ReadingOptions,
    private readonly source: DrivenSource,
    private readonly connector: AnyConnector,
    private readonly scope: Scope,
    by: 'poll' | 'stream',
  ) {
    this.isStreamed = isStreamed(connector, source);
    const path = by === 'poll' && this.isStreamed ? 'reconcile' : 'main';
    this.path = path;
    this.log = options.log.child({ source: source.id, connector: connector.kind, path });
    this.previous = path === 'main' ? source.cursor : source.reconcileCursor;
    this.isAnew = this.cursor === null && this.previous !== null;
  }

  /** Throws `ConnectorError` of class `invalid` when the adapter no longer accepts the source as it was written. */
  context(signal: AbortSignal): ConnectorContext<unknown> {
    const { kind, query, settings, credentials, organizationId, accountId } = this.source;
    const { log } = this;
    const services = this.options.registry.servicesFor({ organizationId, accountId, purpose: 'read' });
    const config = this.connector.configure({ kind, query, settings, credentials });
    return contextOf(this.connector, config, services, {
      signal,
      since: this.source.createdAt,
      log: {
        info: (details, message) => log.info(details, message),
        warn: (details, message) => log.warn(details, message),
      },
    });
  }

  /** Where to read from: the stored cursor, brought into the adapter's present form; null to begin anew. */
  get cursor(): unknown {
    const { cursorVersion, reconcileVersion } = this.source;
    if (this.previous === null) return null;
    const stored: unknown = JSON.parse(this.previous);
    const version = this.path === 'main' ? cursorVersion : reconcileVersion;
    if (version === this.connector.version) return stored;
    return this.connector.migrateCursor?.(stored, version) ?? null;
  }

  /** Stores a batch and its cursor in one transaction. Throws `StaleCursor` when another reading was quicker. */
  async store(batch: Batch<unknown>): Promise<void> {
    const now = new Date();
    const { kept, dropped } = sortEvents(batch.events, now);
    await acceptTolerantly(
      kept,
      dropped,
      (events, lost) => (lost ? this.keep(events, batch, lost, now) : this.accept(events)),
      this.log,
    );
    this.previous = JSON.stringify(batch.cursor ?? null);
    await this.answered();
  }

  /** Null, or when to come back: the account's network has failed too often of late to be asked now. */
  waitUntil(): Promise<Date | null> {
    return breakerAllows(this.options.database.system, this.source);
  }

  /** The network is well: said once a reading. */
  private async answered(): Promise<void> {
    if (this.hasAnswered) return;
    this.hasAnswered = true;
    await recordOutcome(this.options.database.system, this.source, 'answered');
  }

  private async keep(events: InboundEvent[], batch: Batch<unknown>, dropped: Dropped[], now: Date): Promise<void> {
    // What a stream missed a poll may bring; what a poll did not get, nobody does.
    const fillable = this.isStream && Boolean(this.connector.poll);
    const gaps: Gap[] = batch.gap ? [{ ...batch.gap, fillable }] : [];
    if (dropped.length > 0) {
      this.log.warn(
        { dropped: dropped.slice(0, 10), count: dropped.length },
        'events that cannot be kept were dropped',
      );
      gaps.push(gapOf(batch.events, dropped, now));
    }
    await this.accept(events, async tx => {
      await advanceSource(tx, {
        sourceId: this.source.id,
        path: this.path,
        previous: this.previous,
        next: batch.cursor,
        version: this.connector.version,
        brought: batch.events.length > 0,
        breaks: !this.isStream && (this.isAnew || Boolean(batch.gap)),
        gaps,
      });
      await applyReceipts(tx, this.connector.network, batch.receipts ?? []);
      if (batch.gap && fillable) await scheduleSources(tx, [this.source.id]);
    });
  }

  private get isStream(): boolean {
    return this.path === 'main' && this.isStreamed;
  }

  private async accept(events: InboundEvent[], finish?: Parameters<typeof ingest>[3]['finish']): Promise<void> {
    const { id: sourceId, accountId } = this.source;
    await ingest(this.options.database, this.scope, events, {
      network: this.connector.network,
      sourceId,
      accountId,
      // Beside something quicker that tells of edits a poll may show what was.
      isPresent: !this.isStreamed && !(this.connector.verifyWebhook && this.connector.capabilities.edits.notified),
      model: await this.options.modelOf?.(this.scope),
      ...(finish ? { finish } : {}),
    });
  }

  /** The network has no more for now: the next turn is in the queue when this returns. `more`: it is at once. */
  async succeeded(more: boolean): Promise<void> {
    const { id } = this.source;
    const now = new Date();
    await this.answered();
    await this.options.database.write(this.scope, async tx => {
      if (this.path === 'main' && !(await recordSuccess(tx, id))) return;
      if (!more && !(await recordPolled(tx, id, this.beganAt))) return;
      await scheduleNext(tx, id, more ? now : nextTurn(this.intervalSeconds, now, Math.random()));
    });
  }

  private get intervalSeconds(): number {
    const { intervalSeconds } = this.source;
    return this.path === 'reconcile' ? Math.max(intervalSeconds, RECONCILED_EVERY_SECONDS) : intervalSeconds;
  }

  /** Reads later, for no reason of this source's own. */
  postpone(runAt: Date): Promise<void> {
    return this.options.database.write(this.scope, tx => scheduleNext(tx, this.source.id, runAt));
  }

  /**
   * Keeps why reading failed. Returns when to try again, null when somebody must act first. A reading that another one
   * overtook failed in nothing: it is simply tried again.
   */
  async failed(error: unknown, schedule: boolean): Promise<Date | null> {
    const { id, failures } = this.source;
    const { intervalSeconds } = this;
    const now = new Date();
    if (error instanceof StaleCursor) {
      this.log.debug({}, 'another reading was quicker');
      if (schedule) await this.options.database.write(this.scope, tx => scheduleNext(tx, id, now));
      return now;
    }
    const fault = faultOf(error);
    await recordOutcome(this.options.database.system, this.source, outcomeOf(fault.class));
    const retryAt = nextAttempt({ fault, failures, intervalSeconds, now, random: Math.random() });
    if (fault.class === 'unknown') this.log.error({ err: error }, 'an adapter failed');
    else this.log.warn({ fault: { ...fault, retryAt } }, 'a source could not be read');
    if (this.path === 'reconcile' && fault.class !== 'auth') return this.reconcileLater(retryAt, now);
    await this.options.database.write(this.scope, async tx => {
      const isThere = await recordSetback(tx, {
        sourceId: id,
        problem: problemOf(fault, retryAt, now),
        state: STATES[fault.class] ?? SourceState.FAILING,
        stopsAccount: fault.class === 'auth',
        credentialsAt: this.source.credentialsAt,
      });
      if (schedule && isThere && retryAt) await scheduleNext(tx, id, retryAt);
    });
    this.source.failures += 1;
    return retryAt;
  }

  /** The stream goes on, and how the source fares is the stream's to say: the poll has its next turn, no sooner than usual. */
  private async reconcileLater(retryAt: Date | null, now: Date): Promise<Date> {
    const usual = nextTurn(this.intervalSeconds, now, Math.random());
    const at = retryAt && retryAt > usual ? retryAt : usual;
    await this.options.database.write(this.scope, tx => scheduleNext(tx, this.source.id, at));
    return at;
  }
}

/** A stream is quicker anyway: this is how late we notice that it missed something without saying so. */
const RECONCILED_EVERY_SECONDS = 300;

const STATES: Partial<Record<string, SourceState>> = {
  auth: SourceState.NEEDS_REAUTHORIZATION,
  rate: SourceState.RATE_LIMITED,
  quota: SourceState.RATE_LIMITED,
};
