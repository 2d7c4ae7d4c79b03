import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, report, requiredLine, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { addLink } from './link.service.js';
import { recountMessages, turnsOf } from './message.counts.js';
import { openTickets } from './opening.service.js';
import type { Ticket } from './ticket.entity.js';
import { lockTicket, tellTickets, writeTickets } from './ticket.queries.js';
import { afterTurn, TicketChange, TicketLinkKind, TicketStatus } from './ticket.states.rules.js';

const MOST_MESSAGES = 200;

interface SplitMessage {
  id: string;
  occurredAt: Date;
  isNamed: boolean;
}

/** Makes messages of a ticket, at least one of which stays, a ticket of their own that is linked to it. Answers the new one. */
export async function splitTicket(
  tx: Tx,
  viewer: Viewer,
  input: { id: string; messageIds: string[]; subject: string; version?: number | null },
): Promise<{ ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, input.id, { version: input.version ?? null });
  const problems: Problems = [];
  const subject = requiredLine(problems, 'subject', input.subject, 200);
  const named = await namedMessages(tx, problems, ticket, input.messageIds);
  throwAny(problems);
  const [opened] = await openTickets(tx, [
    {
      subject,
      type: ticket.type,
      priority: ticket.priority,
      channel: ticket.channel,
      network: ticket.network,
      language: ticket.language,
      customerId: ticket.customerId,
      identityId: ticket.identityId,
      categoryId: ticket.categoryId,
      assigneeId: ticket.assigneeId,
      teamId: ticket.teamId,
      queueId: ticket.queueId,
      openedAt: named[0]!.occurredAt,
    },
  ]);
  const { ticketId } = opened!;
  await moveMessages(tx, ticket, ticketId, named);
  await addLink(tx, ticketId, ticket.id, TicketLinkKind.SPLIT_FROM);
  const at = new Date();
  await tellTickets(tx, [
    { ticketId: ticket.id, change: TicketChange.SPLIT, at },
    { ticketId, change: TicketChange.SPLIT, at },
  ]);
  return { ticketId };
}

/** Those that are named, in the order they were said. */
async function namedMessages(
  tx: Tx,
  problems: Problems,
  ticket: Ticket,
  messageIds: string[],
): Promise<SplitMessage[]> {
  if (messageIds.length > MOST_MESSAGES)
    throw invalid('messageIds', `At most ${MOST_MESSAGES} are named at once.`, 'TOO_LONG');
  const ids = messageIds.map(id => storedId('ticket_message', id));
  const messages = await tx.query<SplitMessage>(
    `select id, occurred_at as "occurredAt", coalesce(id = any ($3::uuid[]), false) as "isNamed"
       from ticket_messages where organization_id = $1 and ticket_id = $2 order by occurred_at, id for update`,
    [tx.scope.organizationId, ticket.id, ids.filter(id => id !== null)],
  );
  const named = messages.filter(({ isNamed }) => isNamed);
  const known = new Set(named.map(({ id }) => id));
  for (const [at, id] of ids.entries())
    if (!id || !known.has(id)) report(problems, `messageIds.${at}`, 'There is no such message in it.', 'NOT_FOUND');
  if (messageIds.length === 0) report(problems, 'messageIds', 'Name at least one.', 'REQUIRED');
  else if (named.length === messages.length) report(problems, 'messageIds', 'At least one stays.', 'NOT_ALLOWED');
  return named;
}

async function moveMessages(
  tx: Tx,
  ticket: Ticket,
  newTicketId: string,
  named: readonly SplitMessage[],
): Promise<void> {
  const { organizationId } = tx.scope;
  const ids = [ticket.id, newTicketId];
  const firstAnswer = ticket.firstRespondedAt && new Date(ticket.firstRespondedAt).getTime();
  const before = await turnsOf(tx, ids);
  await tx.query('update ticket_messages set ticket_id = $2 where organization_id = $1 and id = any ($3::uuid[])', [
    organizationId,
    newTicketId,
    named.map(({ id }) => id),
  ]);
  // A conversation of which nothing stays goes along; else what is said in it later still belongs to the first ticket.
  await tx.query(
    `with said as (
       select m.ticket_id, coalesce(p.conversation_id, r.conversation_id) as conversation_id from ticket_messages m
         left join posts p on p.organization_id = m.organization_id and p.id = m.post_id
         left join replies r on r.organization_id = m.organization_id and r.id = m.reply_id
        where m.organization_id = $1 and m.ticket_id in ($2, $3)),
      gone as (
        delete from ticket_conversations c where c.organization_id = $1 and c.ticket_id = $2
           and c.conversation_id in (select conversation_id from said where ticket_id = $3)
           and not exists (select 1 from said s where s.ticket_id = $2 and s.conversation_id = c.conversation_id)
        returning conversation_id)
     insert into ticket_conversations (organization_id, ticket_id, conversation_id) select $1, $3, conversation_id from gone
     on conflict do nothing`,
    [organizationId, ticket.id, newTicketId],
  );
  const after = await turnsOf(tx, ids);
  await writeTickets(tx, [newTicketId], afterTurn(TicketStatus.NEW, before.get(newTicketId)!, after.get(newTicketId)!));
  const isFirst = named.some(({ occurredAt }) => occurredAt.getTime() === firstAnswer);
  await writeTickets(tx, [ticket.id], {
    ...afterTurn(ticket.status, before.get(ticket.id)!, after.get(ticket.id)!),
    ...(isFirst && { first_responded_at: null }),
  });
  await recountMessages(tx, ids);
}
