import type { LoaderDefinition } from '../../../platform/loaders.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { type RequestContext, Role } from '../../access/index.js';
import { TicketAttachment } from './attachment.entity.js';
import { addressOf } from './attachment.rules.js';
import { TicketDraft } from './draft.entity.js';
import type { TicketPresenceEntry } from './presence.inputs.js';

/** What the asking member has begun to write in each ticket (stored ids). */
export const draftOfTicket: LoaderDefinition<RequestContext, string, TicketDraft | null> = {
  name: 'ticket.draft',
  async batch(context, ticketIds) {
    const rows = await context.read<TicketDraft>(
      `select ${columnsOf(TicketDraft)} from ticket_drafts t where t.ticket_id = any ($1::uuid[]) and t.member_id = $2`,
      [ticketIds, context.viewer.memberId ?? null],
      'ticket.draft',
    );
    const byTicket = new Map(rows.map(row => [row.ticketId, row]));
    return ticketIds.map(id => byTicket.get(id) ?? null);
  },
};

/** How many messages of each ticket (stored ids) the asking member has not seen; what they wrote themselves is seen. */
export const unseenOfTicket: LoaderDefinition<RequestContext, string, number> = {
  name: 'ticket.unseen',
  async batch(context, ticketIds) {
    const { memberId, actor, role } = context.viewer;
    if (!memberId || role === Role.CUSTOMER) return ticketIds.map(() => 0);
    const rows = await context.read<{ id: string; count: number }>(
      `select k.id, (select count(*)::integer from ticket_messages m
                      where m.ticket_id = k.id and (s.message_id is null or m.id > s.message_id) and m.kind <> 'SYSTEM'
                        and m.author is distinct from $3) as count
         from unnest($1::uuid[]) as k(id) left join ticket_seen s on s.ticket_id = k.id and s.member_id = $2`,
      [ticketIds, memberId, actor],
      'ticket.unseen',
    );
    const byTicket = new Map(rows.map(row => [row.id, row.count]));
    return ticketIds.map(id => byTicket.get(id) ?? 0);
  },
};

/** Who looks at each ticket (stored ids), or writes in it, at this moment; whoever came first, first. */
export const presenceOfTicket: LoaderDefinition<RequestContext, string, TicketPresenceEntry[]> = {
  name: 'ticket.presence',
  async batch(context, ticketIds) {
    if (!context.viewer.may('support:read')) return ticketIds.map(() => []);
    const rows = await context.read<TicketPresenceEntry & { ticketId: string }>(
      `select ticket_id as "ticketId", member_id as "memberId", state, since from ticket_presence
        where ticket_id = any ($1::uuid[]) and until > now() order by since, member_id`,
      [ticketIds],
      'ticket.presence',
    );
    const byTicket = Map.groupBy(rows, ({ ticketId }) => ticketId);
    return ticketIds.map(id => byTicket.get(id) ?? []);
  },
};

/** Files that go with each message (stored ids), in the order they were uploaded. */
export const attachmentsOfMessage: LoaderDefinition<RequestContext, string, TicketAttachment[]> = {
  name: 'ticketMessage.attachments',
  async batch(context, messageIds) {
    const rows = await context.read<TicketAttachment>(
      `select ${columnsOf(TicketAttachment)}, f.type, f.size from ticket_attachments t
         join media_files f on f.organization_id = t.organization_id and f.id = t.file_id
        where t.message_id = any ($1::uuid[]) order by t.created_at, t.id`,
      [messageIds],
      'ticketMessage.attachments',
    );
    const byMessage = Map.groupBy(
      rows.map(row => ({ ...row, url: addressOf(row.id) })),
      ({ messageId }) => messageId,
    );
    return messageIds.map(id => byMessage.get(id) ?? []);
  },
};
