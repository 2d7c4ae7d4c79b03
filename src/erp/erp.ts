import type { FeedEvent } from '../events/index.js';
import { type ErpDesk, queueChanged, queueWritingAt, SYNC_TASK, WRITE_TASK } from '../modules/erp/index.js';
import type { JobContext, Task } from '../platform/jobs.js';
import { effectiveWrites, openConnection } from './connection.js';
import { erpDesk } from './desk.js';
import { type ErpOptions, syncTask } from './sync.js';
import { writeTask } from './writing.js';

export { type ErpOptions, syncTask } from './sync.js';
export { writeTask } from './writing.js';

/** What keeps ERPs in step: tasks for the queue. */
export interface ErpEngine {
  tasks: Record<string, Task>;
  crontab: string;
  /** What requests ask of ERPs. */
  desk: ErpDesk;
  /** Told of events, has what changed here looked for at once rather than at the next reading. */
  onEvents(events: readonly FeedEvent[]): void;
}

const DUE_TASK = 'erp:due';
const LOOK_TASK = 'erp.look';
/** Whatever a connection may have to write. */
const WRITTEN = new Set(['order.changed', 'customer.updated']);

/** `digest` stands in for a secret where an input is only compared. */
export function openErp(options: ErpOptions, digest: (secret: string) => string): ErpEngine {
  return {
    tasks: {
      [SYNC_TASK]: syncTask(options),
      [WRITE_TASK]: writeTask(options),
      [LOOK_TASK]: async (_payload, job) => lookForChanges(options, job),
      [DUE_TASK]: async () => queueDue(options),
    },
    crontab: `* * * * * ${DUE_TASK} ?jobKey=${DUE_TASK}`,
    desk: erpDesk(options, digest),
    onEvents(events) {
      const organizations = new Set(events.flatMap(event => (WRITTEN.has(event.type) ? event.organizationId : [])));
      // Nothing is lost where this fails: the next reading looks, too.
      if (organizations.size > 0) void queueLooks(options, [...organizations]).catch(() => {});
    },
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

/** Every process hears of an event; one job of a key waits at a time. */
async function queueLooks({ system }: ErpOptions, organizationIds: string[]): Promise<void> {
  await system.query(
    `select enqueue_job('${LOOK_TASK}', json_build_object('organizationId', o.id), '${LOOK_TASK}:' || o.id)
       from unnest($1::uuid[]) as o(id)
      where exists (select 1 from erp_connections c where c.organization_id = o.id and c.state = 'ACTIVE')`,
    [organizationIds],
  );
}

async function lookForChanges(options: ErpOptions, { scope }: JobContext): Promise<void> {
  const { rows } = await options.system.query<{ id: string }>(
    `select id from erp_connections where organization_id = $1 and state = 'ACTIVE' order by created_at, id`,
    [scope.organizationId],
  );
  for (const { id } of rows) {
    const connection = await openConnection(options, scope.organizationId, id).catch(() => null);
    if (!connection) continue;
    const writes = await effectiveWrites(options, connection);
    if (writes.length === 0) continue;
    await options.database.write(scope, async tx => {
      await queueChanged(tx, id, writes);
      await queueWritingAt(tx, id);
    });
  }
}
