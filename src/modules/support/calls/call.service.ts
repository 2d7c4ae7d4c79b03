import { recordEvents } from '../../../events/index.js';
import type { Tx } from '../../../platform/database/database.js';
import { invalid, staleVersion } from '../../../platform/errors.js';
import { publicId, storedId } from '../../../platform/ids.js';
import { type Problems, requiredLine, requiredText, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { addressCall, keepReply, Network, type Outbox, type Writer } from '../../social/index.js';
import { addMessages } from '../tickets/message.service.js';
import { openTickets } from '../tickets/opening.service.js';
import { lockTicket } from '../tickets/ticket.queries.js';
import { TicketChannel, TicketMessageKind, TicketMessageVisibility } from '../tickets/ticket.states.rules.js';
import { TicketMessageState } from '../tickets/ticket-enums.entity.js';
import type { CallBackInput, CallTicketInput, FinishCallInput } from './call.inputs.js';

interface LockedCall {
  id: string;
  version: number;
  ticketId: string | null;
  identityId: string;
  customerId: string | null;
  accountId: string | null;
  conversationId: string;
  own: boolean;
  startedAt: Date;
  network: Network;
  /** Of the ticket in which its channel already put it. */
  filedIn: string | null;
}

/** The call behind a public id, held for a change. Unknown and forbidden ones answer alike as NOT_FOUND of `field`. */
async function lockCall(tx: Tx, viewer: Viewer, id: string, field = 'callId'): Promise<LockedCall> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('call', id), 'uuid')}`,
    visibleCondition(viewer, 'CALL', 't', parameters),
  ].filter(Boolean);
  const [call] = await tx.query<LockedCall>(
    `select t.id, t.version, t.ticket_id as "ticketId", t.identity_id as "identityId", i.customer_id as "customerId", p.account_id as "accountId",
            p.conversation_id as "conversationId", p.own, p.occurred_at as "startedAt", p.network,
            (select m.ticket_id from ticket_messages m where m.organization_id = t.organization_id and m.post_id = t.id) as "filedIn"
       from call_handlings t join posts p on p.organization_id = t.organization_id and p.id = t.id
       join social_identities i on i.organization_id = t.organization_id and i.id = t.identity_id
      where ${conditions.join(' and ')} for update of t`,
    parameters.values,
  );
  if (!call) throw invalid(field, 'There is no such call, or you may not see it.', 'NOT_FOUND');
  return call;
}

const tellCall = (tx: Tx, subjectId: string): Promise<void> => recordEvents(tx, [{ type: 'call.changed', subjectId }]);

/** Says that the viewer took a call and now writes it up. Again, by whomever, it changes nothing. */
export async function startWrapUp(tx: Tx, viewer: Viewer, callId: string): Promise<{ callId: string }> {
  const call = await lockCall(tx, viewer, callId);
  await tx.query(
    `update call_handlings set member_id = coalesce(member_id, $3), wrap_up_started_at = clock_timestamp(), version = version + 1,
            updated_at = clock_timestamp()
      where organization_id = $1 and id = $2 and wrap_up_started_at is null`,
    [tx.scope.organizationId, call.id, viewer.memberId ?? null],
  );
  await tellCall(tx, call.id);
  return { callId: call.id };
}

/** Keeps what came of a call, and files it into the ticket it was about or opens. A call is in one ticket at most. */
export async function finishCall(
  tx: Tx,
  viewer: Viewer,
  input: FinishCallInput,
): Promise<{ callId: string; ticketId: string | null }> {
  const problems: Problems = [];
  if (input.ticketId && input.openTicket)
    problems.push({ field: 'openTicket', code: 'INVALID', message: 'Give a ticket or open one, not both.' });
  const notes = input.notes == null ? null : requiredText(problems, 'notes', input.notes, 5000);
  const subject = input.openTicket ? requiredLine(problems, 'openTicket.subject', input.openTicket.subject, 300) : '';
  throwAny(problems);
  const call = await lockCall(tx, viewer, input.callId);
  if (input.version != null && input.version !== call.version) throw staleVersion('call', call.version);
  const dispositionId = input.dispositionId ? await dispositionOf(tx, input.dispositionId) : null;
  const ticketId = await ticketFor(tx, viewer, call, input, subject);
  // What was never begun to be written up took no time.
  await tx.query(
    `update call_handlings set
            member_id = coalesce(member_id, $3), disposition_id = coalesce($4, disposition_id), notes = coalesce($5, notes),
            ticket_id = coalesce($6, ticket_id), wrap_up_started_at = coalesce(wrap_up_started_at, clock_timestamp()),
            wrap_up_ended_at = coalesce(wrap_up_ended_at, clock_timestamp()), version = version + 1, updated_at = clock_timestamp()
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, call.id, viewer.memberId ?? null, dispositionId, notes, ticketId],
  );
  await tellCall(tx, call.id);
  return { callId: call.id, ticketId };
}

async function dispositionOf(tx: Tx, id: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    'select id from call_dispositions where organization_id = $1 and id = $2 and is_active',
    [tx.scope.organizationId, storedId('call_disposition', id)],
  );
  if (!row) throw invalid('dispositionId', 'There is no such disposition, or it is given no more.', 'NOT_FOUND');
  return row.id;
}

async function ticketFor(
  tx: Tx,
  viewer: Viewer,
  call: LockedCall,
  { ticketId, openTicket }: { ticketId?: string | null; openTicket?: CallTicketInput | null },
  subject: string,
): Promise<string | null> {
  if (ticketId) {
    const ticket = await lockTicket(tx, viewer, ticketId, { field: 'ticketId' });
    if (ticket.mergedIntoId) {
      const into = publicId('ticket', ticket.mergedIntoId);
      throw invalid('ticketId', `It became a part of another ticket: ${into}.`, 'NOT_ALLOWED');
    }
    await fileCall(tx, viewer, call, ticket.id);
    return ticket.id;
  }
  if (!openTicket) return call.ticketId ?? call.filedIn;
  if (call.filedIn || call.ticketId)
    throw invalid('openTicket', 'This call is in a ticket already: finish it with that one.', 'NOT_ALLOWED');
  const [opened] = await openTickets(tx, [
    {
      subject,
      ...(openTicket.priority ? { priority: openTicket.priority } : {}),
      channel: TicketChannel.CALL,
      network: call.network,
      customerId: call.customerId,
      identityId: call.identityId,
      sourcePostId: call.id,
      conversationId: call.conversationId,
      assigneeId: viewer.memberId ?? null,
      openedAt: new Date(call.startedAt),
    },
  ]);
  if (!opened) throw invalid('openTicket', 'This call has opened a ticket already.', 'CONFLICT');
  await fileCall(tx, viewer, call, opened.ticketId);
  return opened.ticketId;
}

/** What is in another ticket stays there: the call is then about both, and said in one. */
async function fileCall(tx: Tx, viewer: Viewer, call: LockedCall, ticketId: string): Promise<void> {
  if (call.filedIn) return;
  await addMessages(tx, [
    {
      ticketId,
      kind: call.own ? TicketMessageKind.AGENT : TicketMessageKind.CUSTOMER,
      channel: TicketChannel.CALL,
      network: call.network,
      visibility: TicketMessageVisibility.PRIVATE,
      state: TicketMessageState.RECEIVED,
      postId: call.id,
      conversationId: call.conversationId,
      identityId: call.identityId,
      author: call.own ? viewer.actor : null,
      occurredAt: new Date(call.startedAt),
    },
  ]);
}

/** Places a call to who is at the other end of a call, or of the last call of a ticket, through the account it came by. */
export async function callBack(
  tx: Tx,
  outbox: Outbox,
  writer: Writer,
  input: CallBackInput,
): Promise<{ replyId: string }> {
  const { viewer } = writer;
  if (!input.callId === !input.ticketId) throw invalid('callId', 'Say which call or which ticket.', 'REQUIRED');
  const call = input.callId
    ? await lockCall(tx, viewer, input.callId)
    : await lastCallOf(tx, viewer, input.ticketId as string);
  const accountId = input.accountId ?? (call.accountId && publicId('account', call.accountId));
  if (!accountId) throw invalid('accountId', 'It is not known through which account: say which.', 'REQUIRED');
  const addressed = await addressCall(tx, viewer, {
    accountId,
    identityId: publicId('identity', call.identityId),
  });
  return keepReply(tx, outbox, writer, addressed, { text: '', agent: input.agent });
}

async function lastCallOf(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<{ identityId: string; accountId: string | null }> {
  const ticket = await lockTicket(tx, viewer, id, { field: 'ticketId' });
  const [call] = await tx.query<{ identityId: string; accountId: string | null }>(
    `select h.identity_id as "identityId", p.account_id as "accountId"
       from call_handlings h join posts p on p.organization_id = h.organization_id and p.id = h.id
      where h.organization_id = $1 and (h.ticket_id = $2
            or h.id in (select m.post_id from ticket_messages m where m.organization_id = $1 and m.ticket_id = $2 and m.post_id is not null))
      order by h.started_at desc limit 1`,
    [tx.scope.organizationId, ticket.id],
  );
  if (call) return call;
  const [known] = await tx.query<{ identityId: string }>(
    `select id as "identityId" from social_identities
      where organization_id = $1 and network = '${Network.PHONE}' and (id = $2 or customer_id = $3) order by (id = $2) desc nulls last, first_seen_at limit 1`,
    [tx.scope.organizationId, ticket.identityId, ticket.customerId],
  );
  if (!known) throw invalid('ticketId', 'No number is known to call for this ticket.', 'NOT_ALLOWED');
  return { ...known, accountId: null };
}
