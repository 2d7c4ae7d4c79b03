import { recordEvents } from '../../events/index.js';
import type { Database, Scope, Tx } from '../../platform/database/database.js';
import { enqueue } from '../../platform/jobs.js';

/** Name of the background task that reminds of one activity. */
export const REMIND_TASK = 'activities.remind';

/** Has an activity reminded of at a moment; one that is planned again moves, as there is one job an activity. */
export async function scheduleReminder(tx: Tx, activityId: string, remindAt: Date | null): Promise<void> {
  if (remindAt)
    await enqueue(tx, REMIND_TASK, { activityId }, { key: `activity.remind:${activityId}`, runAt: remindAt });
}

/**
 * Tells once that the moment to be reminded of an open activity has come. The row decides: a job that runs twice, too early, or
 * after the moment was moved does nothing.
 */
export function remindOf(database: Database, scope: Scope, activityId: string): Promise<void> {
  return database.write(scope, async tx => {
    const due = await tx.query<{ id: string }>(
      `update activities set reminded_at = now()
        where organization_id = $1 and id = $2 and status = 'OPEN' and remind_at <= now() and reminded_at is null returning id`,
      [tx.scope.organizationId, activityId],
    );
    await recordEvents(
      tx,
      due.map(({ id: subjectId }) => ({ type: 'activity.due', subjectId })),
    );
  });
}
