import type { Tx } from '../../../platform/database/database.js';
import { publicId, storedId } from '../../../platform/ids.js';
import { type Problems, throwAny } from '../../../platform/input.rules.js';
import { eachItem, type Viewer } from '../../access/index.js';
import type { Outbox, ReplyVisibility, Writer } from '../../social/index.js';
import { giveTickets } from '../queues/giving.service.js';
import { findQueue } from '../queues/target.queries.js';
import { closeTicket, reopenTicket, solveTicket } from '../tickets/moving.service.js';
import type { Ticket } from '../tickets/ticket.entity.js';
import { holdTickets, lockTicket } from '../tickets/ticket.queries.js';
import { changeTicket } from '../tickets/ticket.service.js';
import { isDone, type TicketPriority, TicketStatus } from '../tickets/ticket.states.rules.js';
import { memberOf } from './draft.service.js';
import { MacroActionKind, type StoredAction } from './macro.rules.js';
import { actionsOf } from './macro.service.js';
import { noteInTicket } from './note.service.js';
import { heldTicket, replyInTicket } from './reply.service.js';

interface Applying {
  outbox: Outbox;
  writer: Writer;
  confirmUnseen: boolean;
}

/** Does the steps of a macro to one ticket: all of them, or none. Ids are public ones. Throws `InputError`. */
export async function applyMacro(
  tx: Tx,
  applying: Applying,
  { macroId, ticketId }: { macroId: string; ticketId: string },
): Promise<{ ticketId: string }> {
  return applyActions(tx, applying, await actionsOf(tx, macroId), ticketId, 'ticketId');
}

/** The same to up to 200 tickets, each by itself; they are held in one order first. */
export async function applyMacros(
  tx: Tx,
  applying: Applying,
  { macroId, ticketIds }: { macroId: string; ticketIds: string[] },
) {
  const actions = await actionsOf(tx, macroId);
  await holdTickets(
    tx,
    ticketIds.map(id => storedId('ticket', id)),
  );
  return {
    results: await eachItem(tx, ticketIds, id => applyActions(tx, applying, actions, id, 'ticketIds'), 'ticketIds'),
  };
}

async function applyActions(
  tx: Tx,
  applying: Applying,
  actions: readonly StoredAction[],
  publicTicketId: string,
  field: string,
): Promise<{ ticketId: string }> {
  const { id } = await lockTicket(tx, applying.writer.viewer, publicTicketId, { field });
  for (const action of actions) await applyAction(tx, applying, await heldTicket(tx, id), action);
  return { ticketId: id };
}

async function applyAction(tx: Tx, applying: Applying, ticket: Ticket, action: StoredAction): Promise<void> {
  const { outbox, writer, confirmUnseen } = applying;
  const { viewer } = writer;
  const change = (item: Parameters<typeof changeTicket>[3]) => changeTicket(tx, viewer, ticket, item);
  switch (action.kind) {
    case MacroActionKind.REPLY: {
      const { cannedResponseId, visibility, status } = action;
      await replyInTicket(tx, outbox, writer, {
        ticketId: ticket.id,
        text: action.text ?? '',
        cannedResponseId: cannedResponseId ?? null,
        visibility: visibility as ReplyVisibility | null,
        status: status as TicketStatus | null,
        hasVariables: true,
        confirmUnseen,
      });
      return;
    }
    case MacroActionKind.NOTE:
      await noteInTicket(tx, viewer, ticket.id, { text: action.text! });
      return;
    case MacroActionKind.SET_STATUS:
      if (ticket.status !== action.status) await putTicket(tx, viewer, ticket, action.status as TicketStatus);
      return;
    case MacroActionKind.SET_PRIORITY:
      return change({ priority: action.priority as TicketPriority });
    case MacroActionKind.SET_CATEGORY:
      return change({ categoryId: action.categoryId ?? null });
    case MacroActionKind.ADD_TAGS:
      return change({ tags: [...new Set([...(ticket.tags ?? []), ...action.tags!])] });
    case MacroActionKind.REMOVE_TAGS:
      return change({ tags: (ticket.tags ?? []).filter(tag => !action.tags!.includes(tag)) });
    case MacroActionKind.ASSIGN:
      return change({ assigneeId: action.assigneeId ?? publicId('member', memberOf(viewer)) });
    case MacroActionKind.SET_TEAM:
      return change({ teamId: action.teamId! });
    case MacroActionKind.SET_QUEUE: {
      const problems: Problems = [];
      const queueId = await findQueue(tx, problems, action.queueId, 'queueId');
      throwAny(problems);
      return giveTickets(tx, [ticket.id], { queueId });
    }
  }
}

/** Puts a ticket that is held where it may be put by hand. Throws `InputError`. */
async function putTicket(tx: Tx, viewer: Viewer, ticket: Ticket, status: TicketStatus): Promise<void> {
  const step = { id: publicId('ticket', ticket.id) };
  if (status === TicketStatus.SOLVED) await solveTicket(tx, viewer, step);
  else if (status === TicketStatus.CLOSED) await closeTicket(tx, viewer, { ...step, closeParts: false });
  else if (status === TicketStatus.OPEN && isDone(ticket.status)) await reopenTicket(tx, viewer, step);
  else await changeTicket(tx, viewer, ticket, { status });
}
