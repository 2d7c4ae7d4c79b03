import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import type { Logger } from '../../../platform/logger.js';
import { recordTicketEvents } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';
import { assignByQueues } from './assignment.service.js';
import { URGENCY } from './queue.queries.js';
import { wakeTickets } from './snooze.service.js';

export const SWEEP_QUEUES = 'queues:sweep';

const AT_ONCE = 50;
const MOST_LOOKED_AT = 5000;

/**
 * Gives what waits in every queue of an organisation to who has room: the most urgent first, then the oldest. What waits where no
 * tickets are given any more goes to other queues before that.
 */
export async function assignWaiting(database: Database, scope: Scope): Promise<void> {
  await database.write(scope, passOnOverdue);
  const queues = await database.read<WaitingQueue>(
    scope,
    `select q.id, q.is_active as "isActive" from support_queues q where q.organization_id = $1
        and exists (select 1 from queue_waiting w where w.organization_id = $1 and w.queue_id = q.id)
        and (q.strategy <> 'MANUAL' or q.overflow_queue_id is not null or not q.is_active) order by q.is_active, q.position, q.id`,
    [scope.organizationId],
  );
  for (const queue of queues) await assignQueue(database, scope, queue);
}

interface WaitingQueue {
  id: string;
  isActive: boolean;
}

/** In short transactions, until everything was looked at or nobody has room. Whoever is at the same meanwhile is not waited for. */
async function assignQueue(database: Database, scope: Scope, { id: queueId, isActive }: WaitingQueue): Promise<void> {
  const waiting = await database.read<{ id: string }>(
    scope,
    `select t.id from queue_waiting w join tickets t on t.organization_id = w.organization_id and t.id = w.ticket_id
      where w.organization_id = $1 and w.queue_id = $2 and t.snoozed_until is null
      order by ${URGENCY}, t.opened_at, t.id limit ${MOST_LOOKED_AT}`,
    [scope.organizationId, queueId],
  );
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    const ids = waiting.slice(at, at + AT_ONCE).map(({ id }) => id);
    const { placed, isFull } = await database.write(scope, async tx => {
      const held = await tx.query<{ id: string }>(
        `select id from tickets where organization_id = $1 and id = any ($2) and queue_id = $3 and assignee_id is null
          for update skip locked`,
        [scope.organizationId, ids, queueId],
      );
      return assignByQueues(
        tx,
        held.map(({ id }) => id),
      );
    });
    if (isFull && (isActive || placed.length === 0)) return;
  }
}

/** What waited too long goes to the overflow queue, whoever is there. */
async function passOnOverdue(tx: Tx): Promise<void> {
  const moved = await tx.query<{ id: string }>(
    `with overdue as (
       select t.id, o.id as queue_id, o.team_id from support_queues q
         join queue_waiting w on w.organization_id = q.organization_id and w.queue_id = q.id
         join support_queues o on o.organization_id = q.organization_id and o.id = q.overflow_queue_id and o.is_active
         join tickets t on t.organization_id = w.organization_id and t.id = w.ticket_id
        where q.organization_id = $1 and q.overflow_after_minutes is not null and t.snoozed_until is null and t.assignee_id is null
          and w.since <= clock_timestamp() - q.overflow_after_minutes * interval '1 minute'
        order by t.id limit 500 for update of t skip locked)
     update tickets t set queue_id = d.queue_id, team_id = d.team_id, version = version + 1, updated_at = clock_timestamp()
       from overdue d where t.organization_id = $1 and t.id = d.id returning t.id`,
    [tx.scope.organizationId],
  );
  await recordTicketEvents(
    tx,
    moved.map(({ id: ticketId }) => ({ ticketId, change: TicketChange.ASSIGNED })),
  );
}

/** Every minute, for what no job was there to do: who came back, what waited too long, and snoozed tickets whose time has come. */
export async function sweepQueues(database: Database, log: Logger, signal: AbortSignal): Promise<void> {
  const { rows } = await database.system.query<{ id: string; wakes: boolean; waits: boolean }>(
    `select o.id, exists (select 1 from queue_waiting w where w.organization_id = o.id) as waits,
            exists (select 1 from tickets t where t.organization_id = o.id and t.snoozed_until <= now()) as wakes
       from organizations o`,
  );
  for (const { id: organizationId, wakes, waits } of rows) {
    if (signal.aborted) return;
    const scope = { organizationId, actor: `system:${SWEEP_QUEUES}`, requestId: SWEEP_QUEUES };
    try {
      if (wakes) await database.write(scope, tx => wakeTickets(tx, null));
      if (waits) await assignWaiting(database, scope);
    } catch (error) {
      log.warn({ err: error, organizationId }, 'queues could not be swept');
    }
  }
}
