import type { Tx } from '../../../platform/database/database.js';
import { type Problems, report, throwAny } from '../../../platform/input.rules.js';
import type { Viewer } from '../../access/index.js';
import { closeTicket, reopenTicket, solveTicket, stepEach } from './moving.service.js';
import type { Ticket } from './ticket.entity.js';
import { lockTicket } from './ticket.queries.js';
import { changeTicket } from './ticket.service.js';
import { isDone, TicketStatus } from './ticket.states.rules.js';
import { cleanTags } from './ticket-fields.service.js';
import type { BulkUpdateTicketsInput } from './ticket-write.inputs.js';

/** Makes the same change to up to 200 tickets, each by itself: what is wrong with one is said of it, and the others go on. */
export function bulkUpdateTickets(tx: Tx, viewer: Viewer, input: BulkUpdateTicketsInput) {
  return stepEach(tx, input.ids, async id => {
    const ticket = await lockTicket(tx, viewer, id);
    const { status, reason } = input;
    if (status === TicketStatus.OPEN && isDone(ticket.status)) await reopenTicket(tx, viewer, { id, reason });
    const { addTags, removeTags, priority, type, categoryId, assigneeId, teamId } = input;
    await changeTicket(tx, viewer, await lockTicket(tx, viewer, id), {
      ...(priority && { priority }),
      ...(type !== undefined && { type }),
      ...(categoryId !== undefined && { categoryId }),
      ...(assigneeId !== undefined && { assigneeId }),
      ...(teamId !== undefined && { teamId }),
      ...((addTags || removeTags) && { tags: changedTags(ticket, addTags ?? [], removeTags ?? []) }),
      ...(status && !isDone(status) && { status }),
      reason,
    });
    if (status === TicketStatus.SOLVED) await solveTicket(tx, viewer, { id, reason });
    if (status === TicketStatus.CLOSED) await closeTicket(tx, viewer, { id, reason });
    return { ticketId: ticket.id };
  });
}

function changedTags(ticket: Ticket, added: readonly string[], removed: readonly string[]): string[] {
  const problems: Problems = [];
  const gone = new Set(removed);
  const tags = cleanTags(
    problems,
    [...ticket.tags, ...added].filter(tag => !gone.has(tag)),
  );
  if (added.length + removed.length > 100)
    report(problems, 'addTags', 'At most 100 tags are named at once.', 'TOO_LONG');
  throwAny(problems);
  return tags;
}
