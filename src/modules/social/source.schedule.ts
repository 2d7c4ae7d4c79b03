import type { Tx } from '../../platform/database/database.js';
import { enqueue } from '../../platform/jobs.js';

/** The job that reads one source once. */
export const POLL_TASK = 'source.poll';

const keyOf = (sourceId: string): string => `source:${sourceId}`;

/** Reads these sources now; the same job serves for sources that need no reading, and then does nothing. */
export async function scheduleSources(tx: Tx, sourceIds: string[]): Promise<void> {
  for (const sourceId of sourceIds) await enqueue(tx, POLL_TASK, { sourceId }, { key: keyOf(sourceId) });
}

/** Reads now whatever is polled through an account. */
export async function schedulePolls(tx: Tx, accountId: string, connector: string): Promise<void> {
  const sources = await tx.query<{ id: string }>(
    'select id from sources where organization_id = $1 and account_id = $2 and connector = $3',
    [tx.scope.organizationId, accountId, connector],
  );
  await scheduleSources(
    tx,
    sources.map(({ id }) => id),
  );
}

/** The next reading, unless somebody asked for an earlier one in the meantime. */
export function scheduleNext(tx: Tx, sourceId: string, runAt: Date): Promise<void> {
  return enqueue(tx, POLL_TASK, { sourceId }, { key: keyOf(sourceId), runAt, keepRunAt: true });
}

/** SQL over the queue: sources with no job that is waiting or running; for the owner's connection. */
export const UNSCHEDULED = `not exists (
  select 1 from graphile_worker.jobs j
   where j.task_identifier = '${POLL_TASK}' and j.key = 'source:' || s.id and j.attempts < j.max_attempts)`;
