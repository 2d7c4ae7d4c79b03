import type { LoaderDefinition } from '../../../platform/loaders.js';
import { Parameters } from '../../../platform/paging/index.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../../access/index.js';
import { Ticket } from './ticket.entity.js';
import { TicketLink } from './ticket-link.entity.js';

/** The ticket with each number that the viewer may see. */
export const ticketByNumber: LoaderDefinition<RequestContext, string, Ticket | null> = {
  name: 'ticket.byNumber',
  async batch(context, numbers) {
    const parameters = new Parameters();
    const conditions = [
      `t.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')}`,
      `t.number = any (${parameters.add(numbers, 'text[]')})`,
      visibleCondition(context.viewer, 'TICKET', 't', parameters),
    ].filter(Boolean);
    const rows = await context.read<Ticket>(
      `select ${columnsOf(Ticket)} from tickets t where ${conditions.join(' and ')}`,
      parameters.values,
    );
    const byNumber = new Map(rows.map(row => [row.number, row]));
    return numbers.map(number => byNumber.get(number) ?? null);
  },
};

/** The links of each ticket, both ways, the first first. */
export const linksOfTicket: LoaderDefinition<RequestContext, string, TicketLink[]> = {
  name: 'ticket.links',
  async batch(context, ids) {
    const rows = await context.read<TicketLink & { ticketId: string }>(
      `select ${columnsOf(TicketLink)}, i.id as "ticketId", case when t.from_ticket_id = i.id then 'TO' else 'FROM' end as direction,
              case when t.from_ticket_id = i.id then t.to_ticket_id else t.from_ticket_id end as "otherId"
         from unnest($1::uuid[]) as i(id) join ticket_links t on t.from_ticket_id = i.id or t.to_ticket_id = i.id
        order by t.created_at, t.id`,
      [ids],
      'ticket.links',
    );
    const byTicket = Map.groupBy(rows, row => row.ticketId);
    return ids.map(id => byTicket.get(id) ?? []);
  },
};

/** Stored ids of who follows each ticket, who did so first first. */
export const followersOfTicket: LoaderDefinition<RequestContext, string, string[]> = {
  name: 'ticket.followers',
  async batch(context, ids) {
    const rows = await context.read<{ ticketId: string; memberId: string }>(
      `select f.ticket_id as "ticketId", f.member_id as "memberId" from ticket_followers f
        where f.ticket_id = any ($1::uuid[]) order by f.since, f.member_id`,
      [ids],
      'ticket.followers',
    );
    const byTicket = Map.groupBy(rows, row => row.ticketId);
    return ids.map(id => (byTicket.get(id) ?? []).map(({ memberId }) => memberId));
  },
};
