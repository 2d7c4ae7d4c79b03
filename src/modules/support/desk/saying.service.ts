import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, requiredText, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { addMessages } from '../tickets/message.service.js';
import { openTickets } from '../tickets/opening.service.js';
import type { Ticket } from '../tickets/ticket.entity.js';
import { lockTicket } from '../tickets/ticket.queries.js';
import {
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
  TicketStatus,
} from '../tickets/ticket.states.rules.js';
import { tieAttachments } from './attachment.service.js';

const LONGEST_TEXT = 50_000;

/**
 * The customer of a ticket says something in it, through the portal. What they say in one that is closed opens another, which
 * follows it up. Throws `InputError`.
 */
export async function sayInTicket(
  tx: Tx,
  viewer: Viewer,
  given: { ticketId: string; text: string; attachmentIds?: string[] | null },
): Promise<{ messageId: string; ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, given.ticketId, { field: 'ticketId' });
  const problems: Problems = [];
  const text = requiredText(problems, 'text', given.text, LONGEST_TEXT);
  throwAny(problems);
  const ticketId = ticket.status === TicketStatus.CLOSED ? await followUp(tx, ticket) : ticket.id;
  const [messageId] = await addMessages(tx, [
    {
      ticketId,
      kind: TicketMessageKind.CUSTOMER,
      channel: TicketChannel.PORTAL,
      visibility: TicketMessageVisibility.PRIVATE,
      state: 'RECEIVED',
      note: text,
      occurredAt: new Date(),
    },
  ]);
  await tieAttachments(tx, viewer, messageId!, given.attachmentIds ?? []);
  return { messageId: messageId!, ticketId };
}

async function followUp(tx: Tx, closed: Ticket): Promise<string> {
  const { subject, language, customerId, identityId, categoryId, teamId, queueId, type } = closed;
  const [opened] = await openTickets(tx, [
    { subject, language, customerId, identityId, categoryId, teamId, queueId, type, channel: TicketChannel.PORTAL },
  ]);
  await tx.query(
    `insert into ticket_links (organization_id, id, from_ticket_id, to_ticket_id, kind, created_by) values ($1, $2, $3, $4, 'FOLLOWS_UP', $5)`,
    [tx.scope.organizationId, newId(), opened!.ticketId, closed.id, tx.scope.actor],
  );
  return opened!.ticketId;
}
