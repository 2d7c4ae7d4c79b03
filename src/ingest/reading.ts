import {
  advanceSource,
  breakerAllows,
  type DrivenSource,
  type Gap,
  outcomeOf,
  recordOutcome,
  recordSetback,
  recordSuccess,
  type SentimentModel,
  SourceState,
  StaleCursor,
  scheduleNext,
} from '../modules/social/index.js';
import type { Database, Scope } from '../platform/database/database.js';
import { sqlState } from '../platform/errors.js';
import type { Logger } from '../platform/logger.js';
import type { Vault } from '../platform/vault.js';
import type { AnyConnector, Batch, ConnectorContext, InboundEvent } from './connector.js';
import { contextOf } from './context.js';
import { sortEvents } from './inbound.rules.js';
import { ingest } from './ingest.service.js';
import { type ConnectorRegistry, faultOf, problemOf } from './registry.js';
import { nextAttempt, nextTurn } from './retry.rules.js';

export interface ReadingOptions {
  database: Database;
  registry: ConnectorRegistry;
  vault: Vault;
  log: Logger;
  /** The organisation's own sentiment model, where it has one. */
  modelOf?: (scope: Scope) => Promise<SentimentModel | null>;
}

/** One reading of one source: what the adapter gives is stored batch by batch, each with the cursor that covers it. */
export class Reading {
  private readonly log: Logger;
  private previous: string | null;
  private hasAnswered = false;

  constructor(
    private readonly options: ReadingOptions,
    private readonly source: DrivenSource,
    private readonly connector: AnyConnector,
    private readonly scope: Scope,
  ) {
    this.log = options.log.child({ source: source.id, connector: connector.kind });
    this.previous = source.cursor;
  }

  /** Throws `ConnectorError` of class `invalid` when the adapter no longer accepts the source as it was written. */
  context(signal: AbortSignal): ConnectorContext<unknown> {
    const { kind, query, settings, credentials, organizationId, accountId } = this.source;
    const { log } = this;
    const services = this.options.registry.servicesFor({ organizationId, accountId, purpose: 'read' });
    const config = this.connector.configure({ kind, query, settings, credentials });
    return contextOf(this.connector, config, services, {
      signal,
      log: {
        info: (details, message) => log.info(details, message),
        warn: (details, message) => log.warn(details, message),
      },
    });
  }

  /** Where to read from: the stored cursor, brought into the adapter's present form; null to begin anew. */
  get cursor(): unknown {
    const { cursor, cursorVersion } = this.source;
    if (cursor === null) return null;
    const stored: unknown = JSON.parse(cursor);
    if (cursorVersion === this.connector.version) return stored;
    return this.connector.migrateCursor?.(stored, cursorVersion) ?? null;
  }

  /** Stores a batch and its cursor in one transaction. Throws `StaleCursor` when another reading was quicker. */
  async store(batch: Batch<unknown>): Promise<void> {
    const now = new Date();
    const { kept, dropped } = sortEvents(batch.events, now);
    try {
      await this.keep(kept, batch, dropped, now);
    } catch (error) {
      if (kept.length === 0 || !isAboutContent(error)) throw error;
      // One of them cannot be stored: each is tried by itself, and the batch ends with those that can.
      for (const event of kept) {
        try {
          await this.accept([event]);
        } catch (cause) {
          if (!isAboutContent(cause)) throw cause;
          this.log.warn({ err: cause }, 'an event could not be stored');
          dropped.push({ id: event.ref.id, reason: 'it could not be stored' });
        }
      }
      await this.keep([], batch, dropped, now);
    }
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
    const gaps: Gap[] = batch.gap ? [batch.gap] : [];
    if (dropped.length > 0) {
      this.log.warn(
        { dropped: dropped.slice(0, 10), count: dropped.length },
        'events that cannot be kept were dropped',
      );
      gaps.push(gapOf(batch, dropped, now));
    }
    await this.accept(events, async tx =>
      advanceSource(tx, {
        sourceId: this.source.id,
        previous: this.previous,
        next: batch.cursor,
        version: this.connector.version,
        brought: batch.events.length > 0,
        gaps,
      }),
    );
  }

  private async accept(events: InboundEvent[], finish?: Parameters<typeof ingest>[3]['finish']): Promise<void> {
    const { id: sourceId, accountId } = this.source;
    await ingest(this.options.database, this.scope, events, {
      network: this.connector.network,
      sourceId,
      accountId,
      isPresent: !this.connector.listen,
      model: await this.options.modelOf?.(this.scope),
      ...(finish ? { finish } : {}),
    });
  }

  /** The network has no more for now: the next turn is in the queue when this returns. `more`: it is at once. */
  async succeeded(more: boolean): Promise<void> {
    const { id, intervalSeconds } = this.source;
    const now = new Date();
    await this.answered();
    await this.options.database.write(this.scope, async tx => {
      if (await recordSuccess(tx, id))
        await scheduleNext(tx, id, more ? now : nextTurn(intervalSeconds, now, Math.random()));
    });
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
    const { id, failures, intervalSeconds } = this.source;
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
}

const STATES: Partial<Record<string, SourceState>> = {
  auth: SourceState.NEEDS_REAUTHORIZATION,
  rate: SourceState.RATE_LIMITED,
  quota: SourceState.RATE_LIMITED,
};

type Dropped = { id: string; reason: string };

/** What was dropped is a known loss like any other: recorded and shown, for as long as the source exists. */
function gapOf(batch: Batch<unknown>, dropped: Dropped[], now: Date): Gap {
  const ids = new Set(dropped.map(({ id }) => id));
  const times = batch.events
    .filter(event => ids.has(String(event.ref.id)))
    .map(event => event.occurredAt?.getTime?.() ?? Number.NaN)
    .filter(time => time > 0 && time <= now.getTime());
  const named = dropped.slice(0, 3).map(({ id, reason }) => `${id || 'one without an id'} (${reason})`);
  const rest = dropped.length > 3 ? `, and ${dropped.length - 3} more` : '';
  return {
    from: times.length > 0 ? new Date(Math.min(...times)) : now,
    to: now,
    reason: `Could not be kept: ${named.join(', ')}${rest}.`.toWellFormed().replaceAll('\0', ''),
  };
}

/** SQLSTATE classes that speak of the values, not of the server; and what our own code trips over in odd values. */
function isAboutContent(error: unknown): boolean {
  const state = sqlState(error);
  if (state) return /^(22|23|54)/.test(state);
  return error instanceof TypeError || error instanceof RangeError;
}
