import { SYNC_TASK, WRITE_TASK } from '../modules/erp/index.js';
import type { Task } from '../platform/jobs.js';
import { type ErpOptions, syncTask } from './sync.js';
import { writeTask } from './writing.js';

export { type ErpOptions, syncTask } from './sync.js';
export { writeTask } from './writing.js';

/** What keeps ERPs in step: tasks for the queue. */
export interface ErpEngine {
  tasks: Record<string, Task>;
  crontab: string;
}

const DUE_TASK = 'erp:due';

export function openErp(options: ErpOptions): ErpEngine {
  return {
    tasks: {
      [SYNC_TASK]: syncTask(options),
      [WRITE_TASK]: writeTask(options),
      [DUE_TASK]: async () => queueDue(options),
    },
    crontab: `* * * * * ${DUE_TASK} ?jobKey=${DUE_TASK}`,
  };
}

/** One job a connection whose time has come; one that waits already is enough. */
async function queueDue({ system }: ErpOptions): Promise<void> {
  await system.query(
    `select enqueue_job('${SYNC_TASK}', json_build_object('connectionId', c.id, 'organizationId', c.organization_id), '${SYNC_TASK}:' || c.id)
       from erp_connections c
       join erp_states s on s.organization_id = c.organization_id and s.connection_id = c.id
      where c.state = 'ACTIVE' and s.next_sync_at <= now() and (s.leased_until is null or s.leased_until < now())`,
  );
  // What was to go out and lost its job.
  await system.query(
    `select enqueue_job('${WRITE_TASK}', json_build_object('connectionId', w.connection_id, 'organizationId', w.organization_id),
                        '${WRITE_TASK}:' || w.connection_id)
       from (select distinct w.organization_id, w.connection_id from erp_writes w
               join erp_connections c on c.organization_id = w.organization_id and c.id = w.connection_id and c.state = 'ACTIVE'
              where w.state = 'QUEUED' and w.next_at <= now() or w.state = 'SENDING' and w.claimed_until < now()) w`,
  );
}
