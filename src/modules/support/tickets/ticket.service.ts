import type { Tx } from '../../../platform/database/database.js';
import { storedId } from '../../../platform/ids.js';
import { optionalLine, type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import { eachItem, Role, type Viewer } from '../../access/index.js';
import { requireRoomForTicket } from './customer-limits.service.js';
import { keepInSight } from './follower.service.js';
import { addMessages } from './message.service.js';
import { findNamed } from './named.queries.js';
import { type NewTicket, openTickets } from './opening.service.js';
import { findParent, holdParts } from './parts.service.js';
import type { Ticket } from './ticket.entity.js';
import { holdTickets, lockTicket, tellTickets, writeTickets } from './ticket.queries.js';
import {
  isDone,
  TicketChange,
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
  TicketStatus,
} from './ticket.states.rules.js';
import { TicketMessageState } from './ticket-enums.entity.js';
import { asTaken, columnsOfValues, readFields, type TicketValues } from './ticket-fields.service.js';
import type { OpenTicketItem, UpdateTicketItem } from './ticket-write.inputs.js';

/**
 * Opens a ticket by hand: by staff for whomever they name, by a customer for itself. Throws InputError naming everything that is
 * wrong, and RATE_LIMITED for a customer that opened too many. Answers its stored id.
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
  await requireRoomForTicket(tx, viewer);
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
  if (isOwn && ticket.description) await sayInPortal(tx, ticketId, ticket.description, viewer.customerId!);
  await keepInSight(tx, viewer, ticketId);
  return { ticketId };
}

/** What a customer writes when it opens a ticket is the first word of the conversation. */
async function sayInPortal(tx: Tx, ticketId: string, note: string, customerId: string): Promise<void> {
  await addMessages(tx, [
    {
      ticketId,
      kind: TicketMessageKind.CUSTOMER,
      channel: TicketChannel.PORTAL,
      visibility: TicketMessageVisibility.PRIVATE,
      state: TicketMessageState.RECEIVED,
      note,
      customerId,
      occurredAt: new Date(),
    },
  ]);
}

export async function openManyTickets(tx: Tx, viewer: Viewer, items: OpenTicketItem[]) {
  return { results: await eachItem(tx, items, item => openTicket(tx, viewer, item)) };
}

/** Changes what `item` says of a ticket and tells of it. A `version` that is not the present one is a CONFLICT. */
export async function updateTicket(tx: Tx, viewer: Viewer, item: UpdateTicketItem): Promise<{ ticketId: string }> {
  if (item.parentId) await holdParts(tx);
  const ticket = await lockTicket(tx, viewer, item.id, { version: item.version ?? null });
  await changeTicket(tx, viewer, ticket, item);
  return { ticketId: ticket.id };
}

/** Changes up to 200 tickets, each by itself. They are held in one order, so that two such changes do not wait for each other. */
export async function updateTickets(tx: Tx, viewer: Viewer, items: UpdateTicketItem[]) {
  if (items.some(({ parentId }) => parentId)) await holdParts(tx);
  await holdTickets(
    tx,
    items.map(({ id }) => storedId('ticket', id)),
  );
  return { results: await eachItem(tx, items, item => updateTicket(tx, viewer, item)) };
}

/** Changes a ticket that is held. */
export async function changeTicket(
  tx: Tx,
  viewer: Viewer,
  ticket: Ticket,
  item: Omit<UpdateTicketItem, 'id' | 'version'>,
): Promise<void> {
  const problems: Problems = [];
  const values: TicketValues & { subject?: string; parentId?: string | null } = await readFields(
    tx,
    viewer,
    problems,
    item,
    ticket,
  );
  if (item.subject !== undefined) values.subject = requiredLine(problems, 'subject', item.subject, 200);
  if (item.parentId !== undefined) values.parentId = await findParent(tx, viewer, problems, ticket.id, item.parentId);
  const reason = optionalLine(problems, 'reason', item.reason, 500);
  const moved =
    item.status == null || item.status === ticket.status ? {} : statusColumns(problems, ticket, item.status);
  throwAny(problems);
  const columns = { ...columnsOfValues(values), ...moved };
  if (Object.keys(columns).length === 0) return;
  if (values.customerId !== undefined && values.customerId !== ticket.customerId) await keepWords(tx, ticket);
  await writeTickets(tx, [ticket.id], columns, reason).catch(error => {
    throw asTaken(error);
  });
  await tellTickets(
    tx,
    changesOf(ticket, values, 'status' in moved).map(change => ({ ticketId: ticket.id, change, at: new Date() })),
  );
}

/** What was said while nobody knew the customer of a ticket is between that one and us, whoever has the ticket next. */
async function keepWords(tx: Tx, { id, customerId }: Ticket): Promise<void> {
  await tx.query(
    `update ticket_messages set customer_id = $3
      where organization_id = $1 and ticket_id = $2 and customer_id is null and visibility <> 'INTERNAL' and $3::uuid is not null`,
    [tx.scope.organizationId, id, customerId],
  );
}

/** Where a ticket that is not done may be put by hand, and what goes with that. */
function statusColumns(problems: Problems, ticket: Ticket, status: TicketStatus): Record<string, unknown> {
  if (isDone(ticket.status)) {
    report(problems, 'status', 'It is done; reopen it first.', 'NOT_ALLOWED');
  } else if (status === TicketStatus.NEW || isDone(status)) {
    report(
      problems,
      'status',
      'It is put to OPEN, PENDING or ON_HOLD; solve or close it in ways of their own.',
      'INVALID',
    );
  }
  if (status === TicketStatus.OPEN) return { status, waiting_since: ticket.waitingSince ?? new Date() };
  return status === TicketStatus.PENDING ? { status, waiting_since: null } : { status };
}

function changesOf(ticket: Ticket, values: TicketValues & { subject?: string }, isMoved: boolean): TicketChange[] {
  const { assigneeId = ticket.assigneeId, teamId = ticket.teamId, ...others } = values;
  return [
    ...(assigneeId !== ticket.assigneeId || teamId !== ticket.teamId ? [TicketChange.ASSIGNED] : []),
    ...(isMoved ? [TicketChange.STATUS_CHANGED] : []),
    ...(Object.keys(others).length > 0 ? [TicketChange.UPDATED] : []),
  ];
}
