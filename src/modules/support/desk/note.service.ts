import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, requiredText, throwAny } from '../../../platform/input.rules.js';
import { type Viewer, visibleId } from '../../access/index.js';
import { addMessages } from '../tickets/message.service.js';
import { lockTicket, recordTicketEvents } from '../tickets/ticket.queries.js';
import {
  TicketChange,
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
} from '../tickets/ticket.states.rules.js';
import { TicketMessage } from '../tickets/ticket-message.entity.js';
import { tieAttachments } from './attachment.service.js';
import { mentionedIn } from './mention.rules.js';
import type { AddTicketNoteInput, UpdateTicketNoteInput } from './note.inputs.js';

const LONGEST_NOTE = 20_000;
const MOST_MENTIONS = 50;

export interface NoteGiven {
  text: string;
  /** Public ids of members. */
  mentionIds?: string[] | null;
  attachmentIds?: string[] | null;
}

export async function addTicketNote(tx: Tx, viewer: Viewer, input: AddTicketNoteInput) {
  const { id: ticketId } = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId' });
  const { messageId } = await noteInTicket(tx, viewer, ticketId, input);
  return { messageId, ticketId };
}

/** Writes a note in a ticket (stored id) that is held; whom it calls follows the ticket from then on. */
export async function noteInTicket(
  tx: Tx,
  viewer: Viewer,
  ticketId: string,
  given: NoteGiven,
): Promise<{ messageId: string }> {
  const note = cleanNote(given.text);
  const mentionedIds = await calledBy(tx, note, given.mentionIds ?? []);
  const [messageId] = await addMessages(tx, [
    {
      ticketId,
      kind: TicketMessageKind.NOTE,
      channel: TicketChannel.MANUAL,
      visibility: TicketMessageVisibility.INTERNAL,
      state: 'KEPT',
      note,
      mentionedIds,
      author: viewer.actor,
      occurredAt: new Date(),
    },
  ]);
  await call(tx, ticketId, messageId!, mentionedIds);
  await tieAttachments(tx, viewer, messageId!, given.attachmentIds ?? []);
  return { messageId: messageId! };
}

/**
 * Writes a note anew: one's own, or as somebody who manages support. The audit log remembers it. Whom it calls no more goes on
 * following the ticket, having read of it.
 */
export async function updateTicketNote(tx: Tx, viewer: Viewer, input: UpdateTicketNoteInput) {
  const { id, ticketId } = await lockNote(tx, viewer, input.messageId);
  const note = cleanNote(input.text);
  const mentionedIds = await calledBy(tx, note, input.mentionIds ?? []);
  await tx.query('update ticket_messages set note = $3, mentioned_ids = $4 where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    id,
    note,
    mentionedIds,
  ]);
  await tx.query(
    'delete from ticket_mentions where organization_id = $1 and message_id = $2 and member_id <> all ($3)',
    [tx.scope.organizationId, id, mentionedIds],
  );
  await call(tx, ticketId, id, mentionedIds);
  await recordTicketEvents(tx, [{ ticketId, change: TicketChange.NOTED }]);
  return { messageId: id, ticketId };
}

/** Removes a note: one's own, or as somebody who manages support. The audit log remembers it. */
export async function removeTicketNote(tx: Tx, viewer: Viewer, messageId: string) {
  const { id, ticketId } = await lockNote(tx, viewer, messageId);
  await tx.query('delete from ticket_messages where organization_id = $1 and id = $2', [tx.scope.organizationId, id]);
  await recordTicketEvents(tx, [{ ticketId, change: TicketChange.NOTED }]);
  return { ticketId };
}

async function lockNote(tx: Tx, viewer: Viewer, publicMessageId: string) {
  const id = await visibleId(tx, viewer, TicketMessage, publicMessageId, 'messageId');
  const [note] = await tx.query<{ id: string; ticketId: string; kind: string; author: string | null }>(
    'select id, ticket_id as "ticketId", kind, author from ticket_messages where organization_id = $1 and id = $2 for update',
    [tx.scope.organizationId, id],
  );
  if (note?.kind !== 'NOTE') throw invalid('messageId', 'Only a note can be changed.', 'NOT_ALLOWED');
  if (note.author !== viewer.actor && !viewer.may('support:manage'))
    throw invalid('messageId', 'Somebody else wrote it.', 'NOT_ALLOWED');
  return note;
}

function cleanNote(raw: string): string {
  const problems: Problems = [];
  const text = requiredText(problems, 'text', raw, LONGEST_NOTE);
  throwAny(problems);
  return text;
}

/** Stored ids of the colleagues a note calls: those it is given, and those it names. All must be able to read tickets. */
async function calledBy(tx: Tx, note: string, publicIds: readonly string[]): Promise<string[]> {
  if (publicIds.length > MOST_MENTIONS)
    throw invalid('mentionIds', `At most ${MOST_MENTIONS} colleagues are called at once.`, 'TOO_LONG');
  const given = publicIds.map(id => storedId('member', id) ?? '');
  const colleagues = await tx.query<{ id: string; name: string }>(
    `select m.id, m.name from members m
      where m.organization_id = $1 and m.deactivated_at is null and m.role not in ('CUSTOMER', 'PARTNER')
        and not exists (select 1 from access_rules a where a.organization_id = $1 and a.role = m.role and a.kind = 'TICKET' and a.scope = 'NONE')
        and (m.id::text = any ($2) or position('@' || lower(split_part(m.name, ' ', 1)) in lower($3)) > 0)
      order by m.name, m.id limit 500`,
    [tx.scope.organizationId, given, note],
  );
  const known = new Set(colleagues.map(({ id }) => id));
  if (given.some(id => !known.has(id)))
    throw invalid('mentionIds', 'There is no such colleague, or they may not read tickets.', 'NOT_FOUND');
  return [...new Set([...given, ...mentionedIn(note, colleagues)])].slice(0, MOST_MENTIONS);
}

/** Whom a note calls finds it among their mentions, and follows the ticket: so they may see it, whosever it is. */
async function call(tx: Tx, ticketId: string, messageId: string, memberIds: string[]): Promise<void> {
  if (memberIds.length === 0) return;
  await tx.query(
    `insert into ticket_mentions (organization_id, member_id, message_id) select $1, unnest($3::uuid[]), $2 on conflict do nothing`,
    [tx.scope.organizationId, messageId, memberIds],
  );
  await tx.query(
    `insert into ticket_followers (organization_id, ticket_id, member_id) select $1, $2, unnest($3::uuid[]) on conflict do nothing`,
    [tx.scope.organizationId, ticketId, memberIds],
  );
}
