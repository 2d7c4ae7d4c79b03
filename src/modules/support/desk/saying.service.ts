import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { requireRoomForMessage, requireRoomForTicket } from '../tickets/customer-limits.service.js';
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
import { heldTicket } from './reply.service.js';
import { keptWords } from './wording.service.js';

/** What staff decides of an answer, and its customer does not. */
const OF_STAFF = [
  'network',
  'accountId',
  'identityId',
  'contactPointId',
  'visibility',
  'media',
  'cannedResponseId',
  'scheduledAt',
  'approvalNote',
  'status',
  'lastSeenMessageId',
] as const;

export interface SaidInTicket extends Partial<Record<(typeof OF_STAFF)[number], unknown>> {
  ticketId: string;
  text: string;
  channel?: TicketChannel | null;
  attachmentIds?: string[] | null;
}

/**
 * The customer of a ticket says something in it, through the portal. What they say in one that is closed opens another, which
 * follows it up. Throws `InputError`, and RATE_LIMITED once it is too much.
 */
export async function sayInTicket(
  tx: Tx,
  viewer: Viewer,
  given: SaidInTicket,
): Promise<{ messageId: string; ticketId: string }> {
  await requireRoomForMessage(tx, viewer);
  const ticket = await lockTicket(tx, viewer, given.ticketId, { field: 'ticketId' });
  const problems: Problems = [];
  for (const field of OF_STAFF)
    if (given[field] != null) report(problems, field, 'That is not for its customer to say.', 'NOT_ALLOWED');
  if (given.channel && given.channel !== TicketChannel.PORTAL)
    report(problems, 'channel', 'That is not for its customer to say.', 'NOT_ALLOWED');
  throwAny(problems);
  const text = keptWords(given.text, { withFiles: (given.attachmentIds?.length ?? 0) > 0, withMedia: false });
  const survivor = await survivorOf(tx, ticket);
  const ticketId = survivor.status === TicketStatus.CLOSED ? await followUp(tx, viewer, survivor) : survivor.id;
  const [messageId] = await addMessages(tx, [
    {
      ticketId,
      kind: TicketMessageKind.CUSTOMER,
      channel: TicketChannel.PORTAL,
      visibility: TicketMessageVisibility.PRIVATE,
      state: 'RECEIVED',
      note: text,
      customerId: viewer.customerId!,
      occurredAt: new Date(),
    },
  ]);
  await tieAttachments(tx, viewer, messageId!, given.attachmentIds ?? []);
  return { messageId: messageId!, ticketId };
}

/** The ticket that one which is held became a part of, held as well; itself where it became a part of none. */
async function survivorOf(tx: Tx, ticket: Ticket): Promise<Ticket> {
  return ticket.mergedIntoId ? survivorOf(tx, await heldTicket(tx, ticket.mergedIntoId)) : ticket;
}

/** The ticket that follows up a closed one which is held: the one that does already, until that is closed, too. */
async function followUp(tx: Tx, viewer: Viewer, closed: Ticket): Promise<string> {
  const [known] = await tx.query<{ id: string }>(
    `select t.id from ticket_links l join tickets t on t.organization_id = $1 and t.id = l.from_ticket_id
      where l.organization_id = $1 and l.to_ticket_id = $2 and l.kind = 'FOLLOWS_UP' and t.status <> 'CLOSED' and t.customer_id = $3
      order by t.opened_at desc limit 1`,
    [tx.scope.organizationId, closed.id, closed.customerId],
  );
  if (known) return known.id;
  await requireRoomForTicket(tx, viewer);
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
