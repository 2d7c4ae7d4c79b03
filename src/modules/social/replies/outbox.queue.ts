import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { enqueue } from '../../../platform/jobs.js';
import { runReplyHooks } from '../social.hooks.js';

/** The job that brings one reply a step further. */
export const SEND_TASK = 'reply.send';
/** The job that deletes on its network what we sent. */
export const DELETE_TASK = 'reply.delete';
/** The job that hides a post on its network, or shows it again. */
export const HIDE_TASK = 'post.hide';

/** One job waits for each reply; the latest word on when it runs counts. */
export async function queueReplies(tx: Tx, replyIds: string[], runAt: Date | null = null): Promise<void> {
  for (const replyId of replyIds)
    await enqueue(tx, SEND_TASK, { replyId }, { key: `reply:${replyId}`, ...(runAt && { runAt }) });
}

export async function tellOfReplies(tx: Tx, replyIds: string[]): Promise<void> {
  await recordEvents(
    tx,
    replyIds.map(subjectId => ({ type: 'reply.changed', subjectId })),
  );
  await runReplyHooks(tx, replyIds);
}

/** What waited until somebody signed in again, or let the account go on, is taken up again. */
export async function resumeReplies(tx: Tx, accountId: string): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    `update replies r set failure = null, updated_at = now(),
            -- What has certainly not gone out has its day to be tried from here on.
            first_tried_at = case when r.state = 'QUEUED' then null else r.first_tried_at end
      where r.organization_id = $1 and r.account_id = $2 and r.state in ('QUEUED', 'UNKNOWN')
        and r.failure ->> 'code' in ('NEEDS_REAUTHORIZATION', 'ACCOUNT_PAUSED')
     returning r.id`,
    [tx.scope.organizationId, accountId],
  );
  const ids = rows.map(({ id }) => id);
  await queueReplies(tx, ids);
  await tellOfReplies(tx, ids);
}
