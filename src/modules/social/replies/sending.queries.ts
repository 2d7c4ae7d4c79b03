import type pg from 'pg';
import { SEND_TASK } from './outbox.queue.js';

/**
 * Gives every reply that is to go out its job where it has none: after a process was killed between two steps, or once somebody
 * signed in again. For the owner's connection. Returns how many.
 */
export async function queueForgotten(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `select enqueue_job($1, json_build_object('organizationId', r.organization_id, 'replyId', r.id), 'reply:' || r.id, r.scheduled_at)
       from replies r join accounts a on a.organization_id = r.organization_id and a.id = r.account_id
      where r.state in ('SCHEDULED', 'QUEUED', 'SENDING', 'UNKNOWN') and a.state = 'ACTIVE'
        and (r.claimed_until is null or r.claimed_until < now())
        and (r.state <> 'UNKNOWN' or r.failure ->> 'code' is distinct from 'NEEDS_PERSON')
        and (r.continues_id is null or exists (
              select 1 from replies b where b.organization_id = r.organization_id and b.id = r.continues_id
                 and b.state in ('SENT', 'DELIVERED', 'READ')))
        and not exists (
              select 1 from graphile_worker.jobs j
               where j.task_identifier = $1 and j.key = 'reply:' || r.id and j.attempts < j.max_attempts)`,
    [SEND_TASK],
  );
  return rowCount ?? 0;
}

/** Receipts that belonged to nothing of ours are not kept for long. */
export async function forgetReceipts(pool: pg.Pool): Promise<void> {
  await pool.query("delete from early_receipts where received_at < now() - interval '1 day'");
}
