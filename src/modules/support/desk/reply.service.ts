import type { Tx } from '../../../platform/database/database.js';
import { type InputError, invalid } from '../../../platform/errors.js';
import { enqueue } from '../../../platform/jobs.js';
import { columnsOf } from '../../../platform/schema/index.js';
import { keepReply, LATEST_MS, needsApproval, type Outbox, ReplyState, type Writer } from '../../social/index.js';
import { addMessages } from '../tickets/message.service.js';
import { closeTickets, solveTickets } from '../tickets/moving.service.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { tellTickets, writeTickets } from '../tickets/ticket.queries.js';
import {
  afterAgentMessage,
  isDone,
  TicketChange,
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
  TicketStatus,
} from '../tickets/ticket.states.rules.js';
import type { TicketMessageState } from '../tickets/ticket-enums.entity.js';
import { mediaOfFiles, tieAttachments, uploadedFiles } from './attachment.service.js';
import { wordsOf } from './desk.words.js';
import { type AskedWay, targetOf } from './reply-target.queries.js';
import { undoSecondsOf } from './settings.service.js';
import { isHeld, LONGEST_UNDO, SAID_WITHIN } from './turn.rules.js';
import { requireSeen } from './unseen.queries.js';
import { type GivenWords, keptWords, wordsFor } from './wording.service.js';

/** Name of the job that shows an answer in the portal when its moment comes. */
export const RELEASE_TASK = 'ticket.release';

/** What is said in a ticket; `ticketId` is a stored id, the ids of the way are public ones. */
export interface TicketReply extends AskedWay, GivenWords {
  ticketId: string;
  media?: { url: string; description?: string | null }[] | null;
  /** Public ids of files that the writer uploaded. */
  attachmentIds?: string[] | null;
  splitIntoThread?: boolean | null;
  scheduledAt?: string | null;
  approvalNote?: string | null;
  /** How long it can be taken back; what the organisation set for people unless given, nothing for programs. */
  undoSeconds?: number | null;
  /** Where the ticket stands once it goes out; waiting for the customer unless given. */
  status?: TicketStatus | null;
  /** Public id of the last message that was seen. */
  lastSeenMessageId?: string | null;
  /** It is said whatever the writer has not seen; machines never ask. */
  confirmUnseen?: boolean | null;
  /** A machine says it: the ticket stands where it stood. */
  isAutomatic?: boolean;
}

/** The ticket behind a stored id, held for a change. */
export async function heldTicket(tx: Tx, ticketId: string): Promise<Ticket> {
  const [ticket] = await tx.query<Ticket>(
    `select ${columnsOf(Ticket)} from tickets t where t.organization_id = $1 and t.id = $2 for update of t`,
    [tx.scope.organizationId, ticketId],
  );
  if (!ticket) throw invalid('ticketId', 'There is no such ticket, or you may not see it.', 'NOT_FOUND');
  return ticket;
}

/**
 * Answers in a ticket: by the channel and in the thread its customer spoke by last, or by the one that is asked for. Kept first,
 * then sent, as every reply is; how far it is stands in the message. Throws `InputError`, `UnseenMessages` among them.
 */
export async function replyInTicket(
  tx: Tx,
  outbox: Outbox,
  writer: Writer,
  given: TicketReply,
): Promise<{ messageId: string }> {
  const ticket = await heldTicket(tx, given.ticketId);
  const isAutomatic = given.isAutomatic ?? false;
  if (given.status === TicketStatus.NEW) throw invalid('status', 'A ticket is new only once.');
  if (ticket.mergedIntoId) throw await refuseMerged(tx, writer, ticket.mergedIntoId);
  // What a machine says does not go on with it: whoever was helped may be asked how it was when it is closed.
  if (ticket.status === TicketStatus.CLOSED && !isAutomatic)
    throw invalid('ticketId', wordsOf(writer.language).isClosed, 'NOT_ALLOWED');
  if (!isAutomatic) await requireSeen(tx, writer, ticket.id, given);
  const target = await targetOf(tx, writer, ticket, given);
  const common = {
    ticketId: ticket.id,
    kind: TicketMessageKind.AGENT,
    channel: target.channel,
    isAutomatic,
    author: writer.viewer.actor,
  };
  const files = await uploadedFiles(tx, writer.viewer, given.attachmentIds ?? []);
  const words = await wordsFor(tx, writer, ticket.id, given);
  const scheduledAt = given.scheduledAt ?? (await undoUntil(tx, writer, given));
  const kept = target.addressed
    ? await keepReply(tx, outbox, writer, target.addressed, {
        ...given,
        ...words,
        files: mediaOfFiles(files),
        asksFirst: target.isOtherWay ?? false,
        scheduledAt,
      })
    : null;
  const stored = kept
    ? await storedReply(tx, kept.replyId)
    : await keptHere(tx, writer, target.channel, given, scheduledAt);
  const [messageId] = await addMessages(tx, [
    {
      ...common,
      network: target.addressed?.network ?? null,
      visibility: stored.visibility,
      state: stored.state,
      replyId: kept?.replyId ?? null,
      isHeld: stored.isHeld,
      conversationId: target.addressed?.post?.conversationId ?? null,
      note: kept
        ? null
        : keptWords(words.text, { withFiles: files.length > 0, withMedia: Boolean(given.media?.length) }),
      occurredAt: new Date(),
    },
  ]);
  await tieAttachments(tx, writer.viewer, messageId!, given.attachmentIds ?? []);
  if (!kept && scheduledAt && stored.state === 'SCHEDULED')
    await enqueue(
      tx,
      RELEASE_TASK,
      { messageId },
      { key: `${RELEASE_TASK}:${messageId}`, runAt: new Date(scheduledAt) },
    );
  const status = stored.isHeld
    ? (given.status ?? afterAgentMessage(ticket.status, false))
    : await standAfter(tx, ticket, given.status ?? null, isAutomatic);
  if (stored.state !== 'KEPT' && !isAutomatic)
    await tx.query(
      `insert into ticket_reply_turns (organization_id, message_id, ticket_id, status_before, status_after) values ($1, $2, $3, $4, $5)`,
      [tx.scope.organizationId, messageId, ticket.id, ticket.status, status],
    );
  await markRead(tx, ticket.id, messageId!, writer.viewer.memberId);
  return { messageId: messageId! };
}

async function refuseMerged(tx: Tx, { language }: Writer, survivorId: string): Promise<InputError> {
  const [row] = await tx.query<{ number: string }>(
    'select number from tickets where organization_id = $1 and id = $2',
    [tx.scope.organizationId, survivorId],
  );
  return invalid('ticketId', wordsOf(language).isMerged(row!.number), 'NOT_ALLOWED');
}

async function undoUntil(
  tx: Tx,
  { viewer }: Writer,
  { undoSeconds, isAutomatic }: TicketReply,
): Promise<string | null> {
  if (undoSeconds != null && (undoSeconds < 0 || undoSeconds > LONGEST_UNDO))
    throw invalid('undoSeconds', `It is between 0 and ${LONGEST_UNDO}.`);
  const seconds = undoSeconds ?? (viewer.memberId && !isAutomatic ? await undoSecondsOf(tx) : 0);
  return seconds > 0 ? new Date(Date.now() + seconds * 1000).toISOString() : null;
}

interface StoredReply {
  state: TicketMessageState;
  visibility: TicketMessageVisibility;
  isHeld: boolean;
}

async function storedReply(tx: Tx, id: string): Promise<StoredReply> {
  const [row] = await tx.query<StoredReply>(
    `select r.state, r.visibility, ${isHeld('r')} as "isHeld" from replies r where r.organization_id = $1 and r.id = $2`,
    [tx.scope.organizationId, id],
  );
  return row!;
}

/**
 * How far an answer is that no network brings: one for the portal is shown there at its moment, and what was said by hand was said
 * already. Throws `InputError` where a colleague would have to agree first: what is not sent is in nobody's list of what waits for that.
 */
async function keptHere(
  tx: Tx,
  { viewer, language }: Writer,
  channel: TicketChannel,
  given: TicketReply,
  until: string | null,
): Promise<StoredReply> {
  const here = { visibility: TicketMessageVisibility.PRIVATE, isHeld: false };
  if (channel === TicketChannel.MANUAL) {
    const field = given.scheduledAt ? 'scheduledAt' : given.undoSeconds ? 'undoSeconds' : null;
    if (field) throw invalid(field, 'What is written down by hand was said already.', 'NOT_ALLOWED');
    return { ...here, state: 'KEPT' };
  }
  if (!given.isAutomatic && (await needsApproval(tx, viewer.role, null)))
    throw invalid('channel', wordsOf(language).noApproval, 'NOT_ALLOWED');
  const wait = until ? new Date(until).getTime() - Date.now() : 0;
  if (wait > LATEST_MS) throw invalid('scheduledAt', 'It lies more than a year ahead.');
  return { ...here, state: wait > 0 ? ReplyState.SCHEDULED : 'KEPT', isHeld: wait > SAID_WITHIN * 1000 };
}

/** Moves the ticket to where its author wants it after the answer; answers where it stands. */
async function standAfter(
  tx: Tx,
  ticket: Pick<Ticket, 'id' | 'reopenedCount'>,
  wanted: TicketStatus | null,
  isAutomatic: boolean,
): Promise<TicketStatus> {
  const [row] = await tx.query<{ status: TicketStatus }>(
    'select status from tickets where organization_id = $1 and id = $2',
    [tx.scope.organizationId, ticket.id],
  );
  const { status } = row!;
  if (isAutomatic || !wanted || wanted === status) return status;
  await moveTicketTo(tx, ticket, status, wanted);
  return wanted;
}

/** Puts a ticket that is locked somewhere else, with the moments that go with that. */
async function moveTicketTo(
  tx: Tx,
  { id: ticketId, reopenedCount }: Pick<Ticket, 'id' | 'reopenedCount'>,
  from: TicketStatus,
  to: TicketStatus,
): Promise<void> {
  if (to === TicketStatus.SOLVED) return solveTickets(tx, [ticketId]);
  if (to === TicketStatus.CLOSED) return closeTickets(tx, [ticketId]);
  const now = new Date();
  const isReopened = isDone(from) && !isDone(to);
  await writeTickets(tx, [ticketId], {
    status: to,
    ...(isReopened && { solved_at: null, reopened_at: now, reopened_count: reopenedCount + 1 }),
  });
  await tellTickets(tx, [{ ticketId, change: TicketChange.STATUS_CHANGED, at: now }]);
}

/** Whoever said something has read up to that. */
async function markRead(tx: Tx, ticketId: string, messageId: string, memberId: string | undefined): Promise<void> {
  if (!memberId) return;
  await tx.query(
    'update ticket_seen set message_id = $4, seen_at = now() where organization_id = $1 and ticket_id = $2 and member_id = $3',
    [tx.scope.organizationId, ticketId, memberId, messageId],
  );
}
