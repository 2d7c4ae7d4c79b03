import type { Pool } from 'pg';
import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId, storedId } from '../../../platform/ids.js';
import { enqueue } from '../../../platform/jobs.js';
import type { GraphRunKind } from '../graph-run.entity.js';

export const RUN_GRAPH = 'graph.run';

/** How often a run is begun at most: one that takes its process down with it must not do so for ever. */
const MOST_ATTEMPTS = 5;

/** A worker says so twice a second that it is there. */
const STALE = "coalesce(heartbeat_at, requested_at) < now() - interval '1 minute'";
const IDLE = `(state = 'QUEUED' or ${STALE})`;
export const LEFT_BEHIND = `state = 'RUNNING' and ${STALE}`;

/** Asks for a run and answers its stored id. While one waits or is under way, that one is meant: there is one at a time. */
export async function requestRun(tx: Tx, kind: GraphRunKind): Promise<{ graphRunId: string }> {
  const { organizationId, actor } = tx.scope;
  const id = newId();
  const [made] = await tx.query<{ id: string }>(
    `insert into graph_runs (organization_id, id, kind, requested_by) values ($1, $2, $3, $4)
     on conflict (organization_id) where state in ('QUEUED', 'RUNNING') do nothing returning id`,
    [organizationId, id, kind, actor],
  );
  if (made) {
    await enqueue(tx, RUN_GRAPH, { runId: id }, { key: `graph.run:${id}` });
    return { graphRunId: id };
  }
  const [open] = await tx.query<{ id: string }>(
    "select id from graph_runs where organization_id = $1 and state in ('QUEUED', 'RUNNING')",
    [organizationId],
  );
  if (!open) throw invalid(null, 'A run has just ended. Ask again.', 'CONFLICT');
  return { graphRunId: open.id };
}

/** Calls a run off. One that waits, or whose worker is gone, ends at once; one under way as soon as it notices, within a second or so. */
export async function cancelRun(tx: Tx, publicRunId: string): Promise<{ graphRunId: string }> {
  const [run] = await tx.query<{ id: string; state: string }>(
    `update graph_runs
        set cancel_requested = true, state = case when ${IDLE} then 'CANCELLED' else state end,
            finished_at = case when ${IDLE} then now() else finished_at end
      where organization_id = $1 and id = $2 and state in ('QUEUED', 'RUNNING') returning id, state`,
    [tx.scope.organizationId, storedId('graph_run', publicRunId)],
  );
  if (!run) throw invalid('id', 'There is no such run that waits or is under way.', 'NOT_FOUND');
  return { graphRunId: run.id };
}

/** Where a run stands, as its worker keeps it. All but `begin` are for the worker that has begun it. */
export class RunRecord {
  constructor(
    private readonly system: Pool,
    private readonly organizationId: string,
    private readonly id: string,
  ) {}

  /**
   * Takes the run, for the first time or after a crash; undefined when it has ended. One that was called off meanwhile, or has been
   * begun too often, ends here.
   */
  async begin(): Promise<{ kind: GraphRunKind } | undefined> {
    const { rows } = await this.system.query<{ kind: GraphRunKind; state: string }>(
      `update graph_runs
          set state = case when cancel_requested then 'CANCELLED' when attempts >= ${MOST_ATTEMPTS} then 'FAILED' else 'RUNNING' end,
              problem = case when not cancel_requested and attempts >= ${MOST_ATTEMPTS} then 'It was begun ${MOST_ATTEMPTS} times and never came to its end.' end,
              finished_at = case when cancel_requested or attempts >= ${MOST_ATTEMPTS} then now() end,
              started_at = coalesce(started_at, now()), begun_at = now(), heartbeat_at = now(), attempts = attempts + 1, progress = 0
        where organization_id = $1 and id = $2 and state in ('QUEUED', 'RUNNING') returning kind, state`,
      [this.organizationId, this.id],
    );
    return rows[0]?.state === 'RUNNING' ? rows[0] : undefined;
  }

  /** Gives an attempt back that came to nothing through nobody's fault. */
  async giveBack(): Promise<void> {
    await this.system.query('update graph_runs set attempts = attempts - 1 where organization_id = $1 and id = $2', [
      this.organizationId,
      this.id,
    ]);
  }

  /** Says that a worker is there and how far it is, and answers whether the run has been called off. */
  async advance(phase: string, progress: number): Promise<boolean> {
    const { rows } = await this.system.query<{ cancelled: boolean }>(
      `update graph_runs set phase = $3, progress = greatest(progress, $4), heartbeat_at = now()
        where organization_id = $1 and id = $2 and state = 'RUNNING' returning cancel_requested as cancelled`,
      [this.organizationId, this.id, phase, progress],
    );
    return rows[0]?.cancelled ?? true;
  }

  async end(state: 'DONE' | 'CANCELLED' | 'FAILED', facts: object = {}): Promise<void> {
    const { nodes = null, edges = null, changed = null, problem = null } = facts as Record<string, unknown>;
    await this.system.query(
      `update graph_runs
          set state = $3, phase = null, progress = case $3 when 'DONE' then 1 else progress end, finished_at = now(),
              nodes = $4, edges = $5, changed = $6, problem = $7
        where organization_id = $1 and id = $2`,
      [this.organizationId, this.id, state, nodes, edges, changed, problem],
    );
  }
}
