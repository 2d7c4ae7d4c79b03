import type { Tx } from '../../../platform/database/database.js';
import { onTickets } from '../tickets/ticket.hooks.js';
import { recordTicketEvents } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';

/** Tickets in which posts (stored ids) of confirmed incidents are said belong to these, unless they belong to another one. */
export async function joinTickets(tx: Tx, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return;
  const moved = await tx.query<{ id: string }>(
    `update tickets t set incident_id = m.incident_id, version = t.version + 1, updated_at = clock_timestamp()
       from (select distinct on (m.ticket_id) m.ticket_id, i.id as incident_id
               from incident_posts p
               join incidents i on i.organization_id = p.organization_id and i.id = p.incident_id and i.stage = 'CONFIRMED'
               join ticket_messages m on m.organization_id = p.organization_id and m.post_id = p.post_id
              where p.organization_id = $1 and p.post_id = any ($2::uuid[]) and not p.is_out
              order by m.ticket_id, m.occurred_at) m
      where t.organization_id = $1 and t.id = m.ticket_id and t.incident_id is null and t.status <> 'CLOSED'
     returning t.id`,
    [tx.scope.organizationId, postIds],
  );
  await recordTicketEvents(
    tx,
    moved.map(({ id }) => ({ ticketId: id, change: TicketChange.UPDATED })),
  );
}

// A ticket that is opened of a post that is in an incident by then.
onTickets('AFTER', async (tx, moments) => {
  const opened = moments.filter(({ change }) => change === TicketChange.OPENED).map(({ ticketId }) => ticketId);
  if (opened.length === 0) return;
  await tx.query(
    `update tickets t set incident_id = i.id from incident_posts p
       join incidents i on i.organization_id = p.organization_id and i.id = p.incident_id and i.stage = 'CONFIRMED' and i.status <> 'ENDED'
      where t.organization_id = $1 and t.id = any ($2::uuid[]) and t.incident_id is null
        and p.organization_id = $1 and p.post_id = t.source_post_id and not p.is_out`,
    [tx.scope.organizationId, opened],
  );
});
