import type { Tx } from '../../../platform/database/database.js';
import { enqueue } from '../../../platform/jobs.js';
import { onTickets, type TicketMoment } from '../tickets/ticket.hooks.js';
import { recordTicketEvents } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';
import { placeTickets } from './assignment.service.js';
import { CAN_WORK, isNow } from './queue.queries.js';

/** Name of the background task that gives what waits in the queues of an organisation. */
export const ASSIGN_WAITING = 'queues.assign';

const SPOKEN = new Set<TicketChange>([TicketChange.OPENED, TicketChange.MESSAGE_RECEIVED]);
/** After which a ticket may be somebody's that was nobody's business before. */
const STARTING = new Set<TicketChange>([...SPOKEN, TicketChange.STATUS_CHANGED, TicketChange.WOKEN]);
/** After which somebody may have less to do. */
const FREEING = new Set<TicketChange>([
  TicketChange.STATUS_CHANGED,
  TicketChange.ASSIGNED,
  TicketChange.SNOOZED,
  TicketChange.MERGED,
]);

onTickets('ASSIGN', async (tx, moments) => {
  const idsOf = (wanted: (moment: TicketMoment) => boolean) => [
    ...new Set(moments.filter(wanted).map(({ ticketId }) => ticketId)),
  ];
  await findHands(
    tx,
    idsOf(({ change }) => STARTING.has(change)),
    idsOf(({ change, isAutomatic }) => SPOKEN.has(change) && !isAutomatic),
  );
  await offerWaiting(
    tx,
    idsOf(({ change }) => FREEING.has(change)),
  );
});

interface Unattended {
  id: string;
  assigneeId: string | null;
  delegateId: string | null;
}

/**
 * Sees to it that somebody has the tickets `ids`. Those in which a customer has `spoken` also leave who is out of office or
 * gone: to the delegate, or else back to the queue.
 */
async function findHands(tx: Tx, ids: readonly string[], spoken: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const unattended = await tx.query<Unattended>(
    `select t.id, t.assignee_id as "assigneeId", d.id as "delegateId" from tickets t
       left join members m on m.organization_id = t.organization_id and m.id = t.assignee_id
       left join member_absences a on a.organization_id = t.organization_id and a.member_id = t.assignee_id and ${isNow('a')}
       left join lateral (
         select m.id from members m where m.organization_id = a.organization_id and m.id = a.delegate_id and ${CAN_WORK}
            and not exists (select 1 from member_absences o where o.organization_id = m.organization_id and o.member_id = m.id and ${isNow('o')})
       ) d on true
      where t.organization_id = $1 and t.id = any ($2) and t.status not in ('SOLVED', 'CLOSED')
        and ((t.assignee_id is null and exists (select 1 from support_queues q where q.organization_id = $1 and q.is_active))
             or (t.id = any ($3) and (m.deactivated_at is not null or a.member_id is not null)))`,
    [tx.scope.organizationId, ids, spoken],
  );
  if (unattended.length === 0) return;
  const left = unattended.filter(({ assigneeId }) => assigneeId !== null);
  const moved = await leaveAbsent(tx, left);
  const { placed } = await placeTickets(
    tx,
    unattended.filter(({ delegateId }) => !delegateId).map(({ id }) => id),
  );
  await recordTicketEvents(
    tx,
    [...moved, ...placed].map(ticketId => ({ ticketId, change: TicketChange.ASSIGNED })),
  );
}

/** One that belongs to no team stays, unless there are queues to go to: so that somebody sees it. */
async function leaveAbsent(tx: Tx, left: readonly Unattended[]): Promise<string[]> {
  if (left.length === 0) return [];
  const moved = await tx.query<{ id: string }>(
    `update tickets t set assignee_id = l.delegate_id, version = version + 1, updated_at = clock_timestamp()
       from unnest($2::uuid[], $3::uuid[]) as l(ticket_id, delegate_id)
      where t.organization_id = $1 and t.id = l.ticket_id
        and (l.delegate_id is not null or t.team_id is not null
             or exists (select 1 from support_queues q where q.organization_id = $1 and q.is_active))
     returning t.id`,
    [tx.scope.organizationId, left.map(({ id }) => id), left.map(({ delegateId }) => delegateId)],
  );
  return moved.map(({ id }) => id);
}

/** Has what waits given to whom these tickets left with room, if anything waits. */
async function offerWaiting(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const [row] = await tx.query<{ isWanted: boolean }>(
    `select exists (select 1 from queue_waiting where organization_id = $1)
        and exists (select 1 from ticket_revisions r join tickets t on t.organization_id = r.organization_id and t.id = r.ticket_id
                     where r.organization_id = $1 and r.ticket_id = any ($2) and r.assignee_id is not null
                       and (t.status in ('SOLVED', 'CLOSED') or t.snoozed_until is not null or t.assignee_id is distinct from r.assignee_id))
            as "isWanted"`,
    [tx.scope.organizationId, ids],
  );
  if (row?.isWanted) await assignWaitingSoon(tx);
}

/** One job an organisation, after this transaction: what waits is then given to who has room. */
export const assignWaitingSoon = (tx: Tx): Promise<void> =>
  enqueue(tx, ASSIGN_WAITING, {}, { key: `${ASSIGN_WAITING}:${tx.scope.organizationId}` });
