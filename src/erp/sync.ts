import {
  type Applying,
  applyRecord,
  applyRecords,
  applyWaiting,
  missingRecords,
  problemOf,
  putAside,
  queueChanged,
  type StoredErpProblem,
} from '../modules/erp/index.js';
import type { Database, Tx } from '../platform/database/database.js';
import type { JobContext, Task } from '../platform/jobs.js';
import type { Outbound } from '../platform/outbound.js';
import {
  type ErpParts,
  effectiveWrites,
  folderOf,
  isSealBroken,
  type OpenedConnection,
  openConnection,
  readsOf,
  writesOf,
} from './connection.js';
import { giveBackLease, holdLease, type Lease, LeaseLost, takeLease } from './lease.js';
import { ERP_KINDS, ErpError, type ErpKind, type ErpSession } from './port.js';
import { RunLog } from './run.log.js';
import { recordRun } from './run.outcome.js';
import { erpErrorOf, FOR_ALL, openSession, within } from './session.js';

export interface ErpOptions extends ErpParts {
  database: Database;
  outbound: Outbound;
  /** How many records are asked for, and kept in one transaction; 100 unless given. */
  batch?: number;
  /** For how long a process has the word about a connection without being heard of; 180,000 unless given. */
  leaseMs?: number;
  /** How long the ERP may take for one answer; 60,000 unless given. */
  answerMs?: number;
  /** For how long one process has the word about something that is written; 120,000 unless given. */
  claimMs?: number;
}

const MOST_FETCHED = 100;

/** The task that reads a connection from where it was left to where the ERP is, and then queues what is to be written. */
export function syncTask(options: ErpOptions): Task {
  const { system } = options;
  return async ({ connectionId }: { connectionId: string }, job) => {
    const { organizationId } = job.scope;
    const settle = (problem: StoredErpProblem | null, retryAfterMs?: number) =>
      recordRun(options, job, connectionId, problem, retryAfterMs);
    let connection: OpenedConnection | null;
    try {
      connection = await openConnection(options, organizationId, connectionId);
    } catch (error) {
      if (!isSealBroken(error)) throw error;
      return settle(problemOf('SEALED', 'Its secrets do not open with the keys of this server.'));
    }
    if (connection?.state !== 'ACTIVE') return;
    const lease = await takeLease(system, organizationId, connectionId, options.leaseMs ?? 180_000);
    // Another process is at it: what was asked for meanwhile has its turn after that.
    if (!lease) return;
    try {
      const run = new Run(options, job, connection, lease);
      const fault = await run.read();
      await settle(fault && problemOf(fault.code, fault.message), fault?.details.retryAfterMs);
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      job.log.warn({ connection: connectionId }, 'another process took over the reading of an ERP');
    } finally {
      await giveBackLease(system, organizationId, lease);
    }
  };
}

/** One reading of one connection. */
class Run {
  private readonly log: RunLog;
  private readonly stop = new AbortController();
  private readonly applying: Omit<Applying, 'isReplay'>;

  constructor(
    private readonly options: ErpOptions,
    private readonly job: JobContext,
    private readonly connection: OpenedConnection,
    private readonly lease: Lease,
  ) {
    const { id: connectionId, fieldRules, idPrefix } = connection;
    this.applying = { connectionId, fieldRules, idPrefix, writes: writesOf(connection) };
    this.log = new RunLog(connectionId);
  }

  /** Answers what ended it early, or null. What was read until then is kept. */
  async read(): Promise<ErpError | null> {
    const { adapter, settings } = this.connection;
    let session: ErpSession | undefined;
    let fault: ErpError | null = null;
    try {
      session = await this.ask(() =>
        openSession(adapter, settings, {
          outbound: this.options.outbound,
          folder: folderOf(this.options, this.connection.slug),
          signal: this.stop.signal,
          log: this.job.log,
        }),
      );
      fault = await this.readAll(session);
    } catch (error) {
      if (error instanceof LeaseLost || !(error instanceof ErpError)) throw error;
      fault = error;
    } finally {
      await session?.close().catch(() => {});
    }
    const writes = await effectiveWrites(this.options, this.connection);
    await this.write(async tx => {
      await queueChanged(tx, this.connection.id, writes);
      await this.log.end(tx, fault);
    });
    return fault;
  }

  private async readAll(session: ErpSession): Promise<ErpError | null> {
    let first: ErpError | null = null;
    for (const kind of ERP_KINDS) {
      if (!readsOf(this.connection).includes(kind) || this.job.signal.aborted) continue;
      try {
        await this.readKind(session, kind);
      } catch (error) {
        if (!(error instanceof ErpError)) throw error;
        await this.write(tx => this.log.recordKind(tx, kind, error));
        if (FOR_ALL.has(error.code)) return error;
        first ??= error;
      }
    }
    await this.fetchMissing(session);
    return first;
  }

  private async readKind(session: ErpSession, kind: ErpKind): Promise<void> {
    const limit = this.options.batch ?? 100;
    // Where this run was already, so that an ERP that leads in a circle is left.
    const seen = new Set<string>();
    for (;;) {
      const from = await this.cursorOf(kind);
      const changes = await this.ask(() => session.changes(kind, from.cursor, limit));
      seen.add(`${from.generation} ${from.cursor}`);
      const isStuck = changes.hasMore && seen.has(`${from.generation} ${changes.cursor}`);
      await this.write(async tx => {
        const applying = { ...this.applying, isReplay: from.isReplay };
        const applied = await applyRecords(tx, applying, kind, changes.records);
        for (const bad of changes.unreadable ?? []) applied.push(await putAside(tx, applying, kind, bad));
        applied.push(...(await applyWaiting(tx, applying, kind, limit)));
        const moved = await tx.query(
          `update erp_cursors set cursor = $5, read_count = read_count + $6, is_replay = is_replay and $7, synced_at = now(), problem = null
            where organization_id = $1 and connection_id = $2 and kind = $3 and generation = $4 returning kind`,
          [
            tx.scope.organizationId,
            this.connection.id,
            kind,
            from.generation,
            changes.cursor,
            changes.records.length + (changes.unreadable?.length ?? 0),
            changes.hasMore,
          ],
        );
        // Somebody wants it read from the beginning: this part comes again.
        if (moved.length === 0) throw new Restarted();
        await this.log.count(tx, kind, changes.records.length + (changes.unreadable?.length ?? 0), applied);
      }).catch(error => {
        if (!(error instanceof Restarted)) throw error;
      });
      if (isStuck) throw new ErpError('BROKEN', 'The ERP says that there is more, but does not go on.');
      if (!changes.hasMore || this.job.signal.aborted) return;
    }
  }

  private cursorOf(kind: ErpKind): Promise<{ cursor: string | null; generation: number; isReplay: boolean }> {
    return this.options.database.write(this.job.scope, async tx => {
      const values = [tx.scope.organizationId, this.connection.id, kind];
      await tx.query(
        `insert into erp_cursors (organization_id, connection_id, kind) values ($1, $2, $3) on conflict do nothing`,
        values,
      );
      const [row] = await tx.query<{ cursor: string | null; generation: number; isReplay: boolean }>(
        `select cursor, generation, is_replay as "isReplay" from erp_cursors
          where organization_id = $1 and connection_id = $2 and kind = $3`,
        values,
      );
      return row!;
    });
  }

  /** What others name and was never told, where the ERP can be asked for it; then whatever waited for it. */
  private async fetchMissing(session: ErpSession): Promise<void> {
    if (session.fetch) {
      const missing = await this.write(tx => missingRecords(tx, this.connection.id, MOST_FETCHED));
      for (const { kind, externalId } of missing) {
        if (this.job.signal.aborted) return;
        const record = await this.ask(() => session.fetch!(kind, externalId)).catch(error => {
          if (FOR_ALL.has(erpErrorOf(error).code)) throw error;
          return null;
        });
        if (!record) continue;
        await this.write(async tx => {
          const applied = await applyRecord(tx, { ...this.applying, isReplay: false }, kind, record);
          await this.log.count(tx, kind, 1, [applied]);
        });
      }
    }
    for (const kind of ERP_KINDS) await this.applyAllWaiting(kind);
  }

  /** Until no more of a kind can be kept; each turn takes some away from those that can, so it ends. */
  private async applyAllWaiting(kind: ErpKind): Promise<void> {
    const most = this.options.batch ?? 100;
    for (let count = most; count === most && !this.job.signal.aborted; ) {
      count = await this.write(async tx => {
        const applied = await applyWaiting(tx, { ...this.applying, isReplay: false }, kind, most);
        await this.log.count(tx, kind, 0, applied);
        return applied.length;
      });
    }
  }

  /** Everything a run writes is written under its lease. */
  private write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.options.database.write(this.job.scope, async tx => {
      await holdLease(tx, this.lease);
      return work(tx);
    });
  }

  private async ask<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await within(this.options.answerMs ?? 60_000, this.stop, work);
    } catch (error) {
      if (!(error instanceof ErpError)) this.job.log.error({ err: error }, 'an ERP adapter failed');
      throw erpErrorOf(error);
    }
  }
}

class Restarted extends Error {}
