import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { type Problems, throwAny } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { lockTicket } from '../tickets/ticket.queries.js';
import { isDone } from '../tickets/ticket.states.rules.js';
import { giveTickets } from './giving.service.js';
import { URGENCY } from './queue.queries.js';
import { findActing, findQueue } from './target.queries.js';
import type { TakeNextTicketInput, TakeTicketInput } from './ticket-giving.inputs.js';

/** Takes a ticket that nobody has. Whoever was quicker is named in a CONFLICT; one's own is taken already. */
export async function takeTicket(tx: Tx, viewer: Viewer, input: TakeTicketInput): Promise<{ ticketId: string }> {
  const problems: Problems = [];
  const memberId = await findActing(tx, viewer, problems, input.memberId);
  throwAny(problems);
  const ticket = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId' });
  if (ticket.assigneeId === memberId) return { ticketId: ticket.id };
  if (isDone(ticket.status)) throw invalid('ticketId', 'It is done: nobody needs to take it.', 'NOT_ALLOWED');
  if (ticket.assigneeId) {
    const [other] = await tx.query<{ name: string }>(
      'select name from members where organization_id = $1 and id = $2',
      [tx.scope.organizationId, ticket.assigneeId],
    );
    throw invalid('ticketId', `${other?.name ?? 'Somebody else'} has it already.`, 'CONFLICT');
  }
  await giveTickets(tx, [ticket.id], { assigneeId: memberId });
  return { ticketId: ticket.id };
}

/**
 * Takes the next ticket of a queue: the most urgent, then the one that is due first, then the oldest. Of two who ask at once each
 * gets another one. Answers no ticket when nothing waits that the viewer may see.
 */
export async function takeNextTicket(
  tx: Tx,
  viewer: Viewer,
  input: TakeNextTicketInput,
): Promise<{ ticketId?: string }> {
  const problems: Problems = [];
  const memberId = await findActing(tx, viewer, problems, input.memberId);
  const queueId = await findQueue(tx, problems, input.queueId, 'queueId');
  throwAny(problems);
  const parameters = new Parameters();
  const [organization, queue] = [parameters.add(tx.scope.organizationId, 'uuid'), parameters.add(queueId, 'uuid')];
  const visible = visibleCondition(viewer, 'TICKET', 't', parameters) ?? 'true';
  const [next] = await tx.query<{ id: string }>(
    `select t.id from queue_waiting w join tickets t on t.organization_id = w.organization_id and t.id = w.ticket_id
      where w.organization_id = ${organization} and w.queue_id = ${queue} and t.queue_id = ${queue}
        and t.assignee_id is null and t.snoozed_until is null and t.status not in ('SOLVED', 'CLOSED') and ${visible}
      order by ${URGENCY}, least(t.first_response_due_at, t.next_response_due_at, t.resolution_due_at), t.opened_at, t.id
      limit 1 for update of t skip locked`,
    parameters.values,
  );
  if (!next) return {};
  await giveTickets(tx, [next.id], { assigneeId: memberId });
  return { ticketId: next.id };
}
