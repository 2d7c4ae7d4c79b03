import type { Tx } from '../../../platform/database/database.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { Role, type Viewer } from '../../access/index.js';
import { addMessages } from './message.service.js';
import { findNamed } from './named.queries.js';
import { type NewTicket, openTickets } from './opening.service.js';
import { TicketChannel, TicketMessageKind, TicketMessageVisibility } from './ticket.states.rules.js';
import { TicketMessageState } from './ticket-enums.entity.js';
import { asTaken, readFields } from './ticket-fields.service.js';
import type { OpenTicketItem } from './ticket-write.inputs.js';

/**
 * Opens a ticket by hand: by staff for whomever they name, by a customer for itself. Throws InputError naming everything that is
 * wrong. Answers its stored id.
 */
export async function openTicket(tx: Tx, viewer: Viewer, item: OpenTicketItem): Promise<{ ticketId: string }> {
  const problems: Problems = [];
  const subject = requiredLine(problems, 'subject', item.subject, 200);
  const values = await readFields(tx, viewer, problems, item);
  const parentId = await findNamed(tx, viewer, problems, 'ticket', item.parentId, 'parentId');
  const openedAt = item.openedAt ?? undefined;
  if (openedAt && openedAt.getTime() > Date.now()) report(problems, 'openedAt', 'It is not yet.', 'INVALID');
  const isOwn = viewer.role === Role.CUSTOMER;
  if (isOwn && !viewer.customerId) report(problems, 'customerId', 'You are no customer yet.', 'NOT_ALLOWED');
  throwAny(problems);
  const ticket: NewTicket = {
    ...values,
    subject,
    parentId,
    channel: isOwn ? TicketChannel.PORTAL : (item.channel ?? TicketChannel.MANUAL),
    network: item.network ?? null,
    ...(isOwn && { customerId: viewer.customerId! }),
    ...(openedAt && { openedAt }),
  };
  const [opened] = await openTickets(tx, [ticket]).catch(error => {
    throw asTaken(error);
  });
  const { ticketId } = opened!;
  if (isOwn && ticket.description) await sayInPortal(tx, ticketId, ticket.description);
  return { ticketId };
}

/** What a customer writes when it opens a ticket is the first word of the conversation. */
async function sayInPortal(tx: Tx, ticketId: string, note: string): Promise<void> {
  await addMessages(tx, [
    {
      ticketId,
      kind: TicketMessageKind.CUSTOMER,
      channel: TicketChannel.PORTAL,
      visibility: TicketMessageVisibility.PRIVATE,
      state: TicketMessageState.RECEIVED,
      note,
      occurredAt: new Date(),
    },
  ]);
}
