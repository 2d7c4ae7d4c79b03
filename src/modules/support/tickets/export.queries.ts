import { publicId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { Role, visibleCondition } from '../../access/index.js';
import { exportSection } from '../../customers/index.js';

interface ExportedMessage {
  ticketId: string;
  kind: string;
  text: string;
}

/** What the customer wanted from us, with the whole conversation about it. */
exportSection('tickets', async (context, customerId) => {
  const { viewer } = context;
  if (!viewer.may('tickets:read')) return [];
  const parameters = new Parameters();
  const conditions = [
    `t.customer_id = ${parameters.add(customerId, 'uuid')}`,
    visibleCondition(viewer, 'TICKET', 't', parameters),
  ].filter(Boolean);
  const tickets = await context.read<{ id: string; description: string | null; customFields: unknown; tags: unknown }>(
    `select t.id, t.number, t.subject, t.description, t.type, t.status, t.priority, t.channel, t.network, t.language, t.tags,
            t.custom_fields as "customFields", t.opened_at, t.first_responded_at, t.solved_at, t.closed_at, t.external_id
       from tickets t where ${conditions.join(' and ')} order by t.opened_at, t.id`,
    parameters.values,
  );
  const said = new Parameters();
  const seen = [
    `t.ticket_id = any (${said.add(
      tickets.map(({ id }) => id),
      'uuid[]',
    )})`,
    visibleCondition(viewer, 'TICKET_MESSAGE', 't', said),
  ].filter(Boolean);
  const messages = await context.read<ExportedMessage>(
    `select t.ticket_id as "ticketId", t.kind, t.channel, t.visibility, t.state, coalesce(t.note, p.text, r.text) as text,
            t.is_automatic, t.occurred_at
       from ticket_messages t
       left join posts p on p.organization_id = t.organization_id and p.id = t.post_id
       left join replies r on r.organization_id = t.organization_id and r.id = t.reply_id
      where ${seen.join(' and ')} order by t.occurred_at, t.id`,
    said.values,
  );
  const byTicket = Map.groupBy(messages, ({ ticketId }) => ticketId);
  const isCustomer = viewer.role === Role.CUSTOMER;
  const isOwn = ({ id, description }: { id: string; description: string | null }) =>
    byTicket.get(id)?.some(({ kind, text }) => kind === 'CUSTOMER' && text === description);
  return tickets.map(ticket => ({
    ...ticket,
    description: !isCustomer || isOwn(ticket) ? ticket.description : null,
    id: publicId('ticket', ticket.id),
    tags: context.isHidden('TICKET', 'tags') ? null : ticket.tags,
    customFields: context.isHidden('TICKET', 'customFields') ? null : ticket.customFields,
    messages: (byTicket.get(ticket.id) ?? []).map(({ ticketId: _, ...message }) => message),
  }));
});
