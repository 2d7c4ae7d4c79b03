import { recordEvents } from '../events/index.js';
import {
  type Applying,
  askAboutCancelled,
  type ClaimedWrite,
  claimWrite,
  outgoing,
  problemOf,
  queueWritingAt,
  recordWritten,
  type Settled,
  settleWrite,
} from '../modules/erp/index.js';
import type { Tx } from '../platform/database/database.js';
import type { JobContext, Task } from '../platform/jobs.js';
import { folderOf, isSealBroken, type OpenedConnection, openConnection, writesOf } from './connection.js';
import { ErpError, type ErpSession } from './port.js';
import { erpErrorOf, FOR_ALL, openSession, within } from './session.js';
import type { ErpOptions } from './sync.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** Some three weeks at one an hour. */
const MOST_ATTEMPTS = 500;
const WAIT_FOR_CUSTOMER = 5 * SECOND;

/**
 * The task that brings what waits to its ERP, one after the other: claimed in one short transaction, sent outside of any, and what
 * became of it is written in another. What may have arrived is looked for before it goes out again.
 */
export function writeTask(options: ErpOptions): Task {
  return async ({ connectionId }: { connectionId: string }, job) => {
    let connection: OpenedConnection | null;
    try {
      connection = await openConnection(options, job.scope.organizationId, connectionId);
    } catch (error) {
      // Reading says so, where everybody sees it.
      if (isSealBroken(error)) return;
      throw error;
    }
    if (connection?.state !== 'ACTIVE') return;
    await new Writing(options, job, connection).run();
  };
}

class Writing {
  private session: ErpSession | undefined;
  private readonly stop = new AbortController();
  private readonly applying: Applying;

  constructor(
    private readonly options: ErpOptions,
    private readonly job: JobContext,
    private readonly connection: OpenedConnection,
  ) {
    const { id: connectionId, fieldRules, idPrefix } = connection;
    this.applying = { connectionId, fieldRules, idPrefix, writes: writesOf(connection), isReplay: false };
  }

  private get claimMs(): number {
    return this.options.claimMs ?? 120_000;
  }

  async run(): Promise<void> {
    try {
      for (;;) {
        if (this.job.signal.aborted) return;
        const write = await this.write(tx => claimWrite(tx, this.connection.id, this.claimMs));
        if (!write) break;
        const fault = await this.send(write);
        if (fault && FOR_ALL.has(fault.code)) break;
      }
    } finally {
      await this.session?.close().catch(() => {});
    }
    await this.write(tx => queueWritingAt(tx, this.connection.id));
  }

  /** Answers why it did not arrive, or null. */
  private async send(write: ClaimedWrite): Promise<ErpError | null> {
    const prepared = await this.write(async tx => {
      const ready = await outgoing(tx, this.applying, write);
      if (ready === 'NOTHING') await settleWrite(tx, write, { state: 'SENT' });
      else if (ready === 'LATER')
        await settleWrite(tx, write, { state: 'QUEUED', isDoubtful: write.isDoubtful, afterMs: WAIT_FOR_CUSTOMER });
      else if ('problem' in ready) {
        await settleWrite(tx, write, { state: 'FAILED', problem: ready.problem });
        await this.tell(tx, write);
      } else return ready;
      return null;
    });
    if (!prepared) return null;
    const isNew = prepared.record.externalId === undefined;
    let isOut = false;
    try {
      const session = await this.opened();
      const found = write.isDoubtful && isNew ? await this.ask(() => session.findWritten(write.kind, write.key)) : null;
      isOut = !found;
      const written = found ?? (await this.ask(() => session.write(write.kind, prepared.record, write.key)));
      await this.write(async tx => {
        await recordWritten(tx, this.applying, write, written, prepared.sent);
        await this.tell(tx, write);
      });
      return null;
    } catch (error) {
      // What our own database refuses is no fault of the ERP: the claim ends by itself, and then it is looked for.
      if (!(error instanceof ErpError)) throw error;
      await this.write(async tx => {
        const settled = settledBy(error, write, { isOut, isNew });
        await settleWrite(tx, write, settled);
        if (settled.state === 'FAILED' && write.kind === 'ORDER' && !isNew)
          await askAboutCancelled(tx, this.connection.id, write.recordId);
        await this.tell(tx, write);
      });
      this.job.log.warn({ write: write.id, code: error.code }, 'something was not written to an ERP');
      return error;
    }
  }

  private async opened(): Promise<ErpSession> {
    const { adapter, settings, slug } = this.connection;
    this.session ??= await this.ask(() =>
      openSession(adapter, settings, {
        outbound: this.options.outbound,
        folder: folderOf(this.options, slug),
        signal: this.stop.signal,
        log: this.job.log,
      }),
    );
    return this.session;
  }

  /** Three calls at most, and all of them end before the claim does. */
  private async ask<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await within(Math.min(this.options.answerMs ?? 60_000, this.claimMs / 4), this.stop, work);
    } catch (error) {
      if (!(error instanceof ErpError)) this.job.log.error({ err: error }, 'an ERP adapter failed');
      throw erpErrorOf(error);
    }
  }

  private write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.options.database.write(this.job.scope, work);
  }

  private tell(tx: Tx, { kind, recordId }: ClaimedWrite): Promise<void> {
    return recordEvents(tx, [
      { type: 'erp.changed', subjectId: this.connection.id },
      ...(kind === 'ORDER' ? [{ type: 'order.changed' as const, subjectId: recordId }] : []),
    ]);
  }
}

/** What becomes of an attempt that failed. `isOut`: the failure came after it was sent, not while it was looked for. */
function settledBy(
  fault: ErpError,
  write: ClaimedWrite,
  { isOut, isNew }: { isOut: boolean; isNew: boolean },
): Settled {
  const problem = problemOf(fault.code, fault.message);
  const isDoubtful = (write.isDoubtful && !isOut) || (isOut && isNew && fault.details.mayHaveHappened === true);
  const isFinal = !isDoubtful && !FOR_ALL.has(fault.code);
  if (isFinal || write.attempts >= MOST_ATTEMPTS) return { state: 'FAILED', problem, isDoubtful };
  const wait = Math.min(HOUR, 5 * SECOND * 2 ** Math.min(write.attempts - 1, 10));
  return { state: 'QUEUED', problem, isDoubtful, afterMs: Math.max(wait, fault.details.retryAfterMs ?? 0) };
}
