import type { Tx } from '../../../platform/database/database.js';
import { addMessages } from '../tickets/message.service.js';
import { tellTickets } from '../tickets/ticket.queries.js';
import {
  TicketChange,
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
} from '../tickets/ticket.states.rules.js';
import { placeTickets } from './assignment.service.js';

/** To whom tickets go, by stored ids; null takes them from who has them, and what is absent stays. */
export interface TicketTarget {
  assigneeId?: string | null | undefined;
  teamId?: string | null | undefined;
  queueId?: string | null | undefined;
}

/**
 * Gives tickets (stored ids, held) away. A queue brings its team, and finds somebody at once unless a member is named as well;
 * whoever had a ticket before is then passed over. A note stays with each as a word for staff.
 */
export async function giveTickets(
  tx: Tx,
  ids: readonly string[],
  target: TicketTarget,
  note?: string | null,
): Promise<void> {
  if (ids.length === 0) return;
  const { organizationId, actor } = tx.scope;
  const before = await tx.query<{ id: string; assigneeId: string | null }>(
    'select id, assignee_id as "assigneeId" from tickets where organization_id = $1 and id = any ($2) order by id for update',
    [organizationId, ids],
  );
  await tx.query(
    `update tickets set
            assignee_id = case when $3 then $4::uuid else assignee_id end,
            queue_id = case when $5 then $6::uuid else queue_id end,
            team_id = case when $7 then $8::uuid
                           when $6 is not null then (select q.team_id from support_queues q where q.organization_id = $1 and q.id = $6)
                           else team_id end,
            version = version + 1, updated_at = clock_timestamp()
      where organization_id = $1 and id = any ($2)`,
    [
      organizationId,
      ids,
      target.assigneeId !== undefined,
      target.assigneeId ?? null,
      target.queueId !== undefined,
      target.queueId ?? null,
      target.teamId !== undefined && !target.queueId,
      target.teamId ?? null,
    ],
  );
  const at = new Date();
  if (note) {
    await addMessages(
      tx,
      before.map(({ id: ticketId }) => ({
        ticketId,
        kind: TicketMessageKind.NOTE,
        channel: TicketChannel.MANUAL,
        visibility: TicketMessageVisibility.INTERNAL,
        state: 'KEPT' as const,
        note,
        author: actor,
        occurredAt: at,
      })),
    );
  }
  if (!target.assigneeId) await offerToOthers(tx, before);
  await tellTickets(
    tx,
    before.map(({ id: ticketId }) => ({ ticketId, change: TicketChange.ASSIGNED, at })),
  );
}

/** Whoever had a ticket does not get it back at once, nor while it waits for the next few minutes. */
async function offerToOthers(tx: Tx, given: readonly { id: string; assigneeId: string | null }[]): Promise<void> {
  const passedOver = new Map(given.flatMap(({ id, assigneeId }) => (assigneeId ? [[id, assigneeId] as const] : [])));
  await placeTickets(
    tx,
    given.map(({ id }) => id),
    { passedOver },
  );
  if (passedOver.size === 0) return;
  await tx.query(
    `update queue_waiting w set passed_over_id = p.member_id from unnest($2::uuid[], $3::uuid[]) as p(ticket_id, member_id)
      where w.organization_id = $1 and w.ticket_id = p.ticket_id`,
    [tx.scope.organizationId, [...passedOver.keys()], [...passedOver.values()]],
  );
}
