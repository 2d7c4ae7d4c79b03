import { recordEvents } from '../events/index.js';
import { queueSync, type StoredErpProblem } from '../modules/erp/index.js';
import type { Database } from '../platform/database/database.js';
import type { JobContext } from '../platform/jobs.js';

const MINUTE = 60;
const HOUR = 3600;

/** How the connection fares since; a fault is tried again ever more rarely, at the latest after an hour. */
export async function recordRun(
  { database }: { database: Database },
  { scope }: JobContext,
  connectionId: string,
  problem: StoredErpProblem | null,
  retryAfterMs = 0,
): Promise<void> {
  await database.write(scope, async tx => {
    const [row] = await tx.query<{ failures: number; problem: StoredErpProblem | null; interval: number }>(
      `select s.failures, s.problem, c.interval_minutes as interval from erp_states s
         join erp_connections c on c.organization_id = s.organization_id and c.id = s.connection_id
        where s.organization_id = $1 and s.connection_id = $2 for update of s`,
      [scope.organizationId, connectionId],
    );
    if (!row) return;
    const failures = problem ? row.failures + 1 : 0;
    const wait = problem
      ? Math.max(Math.min(HOUR, MINUTE * 2 ** Math.min(failures - 1, 6)), Math.min(retryAfterMs / 1000, 24 * HOUR))
      : row.interval * MINUTE;
    await tx.query(
      `update erp_states set failures = $3, problem = $4, next_sync_at = now() + make_interval(secs => $5),
              last_synced_at = case when $4::jsonb is null then now() else last_synced_at end
        where organization_id = $1 and connection_id = $2`,
      [scope.organizationId, connectionId, failures, problem && JSON.stringify(problem), wait],
    );
    const [replay] = await tx.query(
      `select kind from erp_cursors where organization_id = $1 and connection_id = $2 and is_replay limit 1`,
      [scope.organizationId, connectionId],
    );
    // Asked for while this run was under way.
    if (replay && !problem) await queueSync(tx, connectionId);
    if (problem?.code !== row.problem?.code) await recordEvents(tx, [{ type: 'erp.changed', subjectId: connectionId }]);
  });
}
