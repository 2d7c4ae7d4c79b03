import { recordEvents } from '../events/index.js';
import { type Applied, type KindCounts, problemOf, type RunCounts } from '../modules/erp/index.js';
import type { Tx } from '../platform/database/database.js';
import { newId } from '../platform/ids.js';
import type { ErpError, ErpKind } from './port.js';

/** What one reading of a connection did, as people see it in the log. All is written in its caller's transactions. */
export class RunLog {
  private readonly counts: RunCounts = {};
  private readonly id = newId();
  private isKept = false;

  constructor(private readonly connectionId: string) {}

  async count(tx: Tx, kind: ErpKind, read: number, applied: readonly Applied[]): Promise<void> {
    if (read === 0 && applied.length === 0) return;
    const counts: KindCounts = this.counts[kind] ?? { ...NOTHING };
    this.counts[kind] = counts;
    counts.read += read;
    for (const { effect, conflicts } of applied) {
      if (effect === 'CREATED') counts.created++;
      if (effect === 'CHANGED') counts.changed++;
      if (effect === 'WAITING') counts.waiting++;
      if (effect === 'REFUSED') counts.refused++;
      counts.conflicts += conflicts;
    }
    await tx.query(
      `insert into erp_runs (organization_id, id, connection_id, counts) values ($1, $2, $3, $4)
       on conflict (organization_id, id) do update set counts = excluded.counts`,
      [tx.scope.organizationId, this.id, this.connectionId, JSON.stringify(this.counts)],
    );
    this.isKept = true;
    if (applied.some(({ effect }) => effect !== 'UNCHANGED'))
      await recordEvents(tx, [{ type: 'erp.changed', subjectId: this.connectionId }]);
  }

  /** A run in which nothing was to be done is not worth a line; one that failed is. */
  async end(tx: Tx, fault: ErpError | null): Promise<void> {
    const { connectionId } = this;
    if (!this.isKept && !fault) return;
    await tx.query(
      `insert into erp_runs (organization_id, id, connection_id, state, problem, ended_at) values ($1, $2, $3, $4, $5, now())
       on conflict (organization_id, id) do update
          set state = excluded.state, problem = excluded.problem, ended_at = excluded.ended_at`,
      [
        tx.scope.organizationId,
        this.id,
        connectionId,
        fault ? 'FAILED' : 'DONE',
        fault && JSON.stringify(problemOf(fault.code, fault.message)),
      ],
    );
    // Those of processes that died are over, too.
    await tx.query(
      `update erp_runs set state = 'FAILED', ended_at = now()
        where organization_id = $1 and connection_id = $2 and state = 'RUNNING' and id <> $3`,
      [tx.scope.organizationId, connectionId, this.id],
    );
    await tx.query(
      `delete from erp_runs where organization_id = $1 and connection_id = $2 and started_at < now() - interval '30 days'`,
      [tx.scope.organizationId, connectionId],
    );
  }

  async recordKind(tx: Tx, kind: ErpKind, fault: ErpError): Promise<void> {
    await tx.query(
      'update erp_cursors set problem = $4 where organization_id = $1 and connection_id = $2 and kind = $3',
      [tx.scope.organizationId, this.connectionId, kind, JSON.stringify(problemOf(fault.code, fault.message))],
    );
  }
}

const NOTHING: KindCounts = { read: 0, created: 0, changed: 0, waiting: 0, conflicts: 0, refused: 0 };
