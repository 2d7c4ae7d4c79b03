import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { newId, publicId } from '../../../platform/ids.js';
import type { Viewer } from '../../access/index.js';
import { lockBoth } from './link.service.js';
import { moveBelongings } from './merge-belongings.service.js';
import { recountMessages } from './message.counts.js';
import { reasonOf } from './moving.service.js';
import { holdParts, isPartOf } from './parts.service.js';
import { type TakenOver, takeOver } from './survivor.service.js';
import type { Ticket } from './ticket.entity.js';
import { lockTicket, tellTickets, writeTickets } from './ticket.queries.js';
import { TicketChange, TicketStatus } from './ticket.states.rules.js';

/** How the merged one stood, to stand so again. Moments are text. */
export interface FormerStanding {
  status: TicketStatus;
  waitingSince: string | null;
  solvedAt: string | null;
  closedAt: string | null;
  snoozedUntil: string | null;
  parentId: string | null;
  /** What the survivor took over; nothing for what was merged before that was remembered. */
  taken?: TakenOver;
}

/**
 * Makes a ticket a part of another for good: its messages, conversations, followers, links and parts go over, and it is closed. Of
 * two that are each to become a part of the other at once, the first is done and the second refused. Answers the survivor.
 */
export async function mergeTickets(
  tx: Tx,
  viewer: Viewer,
  input: { survivorId: string; mergedId: string; reason?: string | null },
): Promise<{ ticketId: string }> {
  const reason = reasonOf(input.reason);
  await holdParts(tx);
  await lockBoth(tx, viewer, input.survivorId, input.mergedId, ['survivorId', 'mergedId']);
  const survivor = await lockTicket(tx, viewer, input.survivorId, { field: 'survivorId' });
  const merged = await lockTicket(tx, viewer, input.mergedId, { field: 'mergedId' });
  refuseUnfit(survivor, merged);
  const mergeId = newId();
  const isBelow = await isPartOf(tx, survivor.id, merged.id);
  const moved = await moveBelongings(tx, survivor, merged);
  const { columns, taken } = takeOver(survivor, merged, isBelow);
  const former: FormerStanding = {
    status: merged.status,
    waitingSince: merged.waitingSince,
    solvedAt: merged.solvedAt,
    closedAt: merged.closedAt,
    snoozedUntil: merged.snoozedUntil,
    parentId: merged.parentId,
    taken,
  };
  await tx.query(
    `insert into ticket_merges (organization_id, id, survivor_id, merged_id, merged_by, merged_at, reason, former, message_ids,
            conversation_ids, follower_ids, link_ids, part_ids, use_ids)
     values ($1, $2, $3, $4, $5, clock_timestamp(), $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      tx.scope.organizationId,
      mergeId,
      survivor.id,
      merged.id,
      tx.scope.actor,
      reason,
      former,
      moved.messageIds,
      moved.conversationIds,
      moved.followerIds,
      moved.linkIds,
      moved.partIds,
      moved.useIds,
    ],
  );
  const at = new Date();
  await writeTickets(
    tx,
    [merged.id],
    {
      status: TicketStatus.CLOSED,
      merged_into_id: survivor.id,
      parent_id: null,
      closed_at: merged.closedAt ?? at,
      solved_at: merged.solvedAt ?? at,
      waiting_since: null,
      snoozed_until: null,
    },
    reason,
  );
  await writeTickets(tx, [survivor.id], columns);
  await recountMessages(tx, [survivor.id, merged.id]);
  await tellTickets(tx, [
    { ticketId: survivor.id, change: TicketChange.MERGED, at },
    { ticketId: merged.id, change: TicketChange.MERGED, at },
  ]);
  return { ticketId: survivor.id };
}

function refuseUnfit(survivor: Ticket, merged: Ticket): void {
  if (merged.mergedIntoId) throw invalid('mergedId', 'It became a part of another ticket already.', 'NOT_ALLOWED');
  if (survivor.mergedIntoId) {
    const into = publicId('ticket', survivor.mergedIntoId);
    throw invalid('survivorId', `It became a part of another ticket: ${into}.`, 'NOT_ALLOWED');
  }
  if (survivor.status === TicketStatus.CLOSED) throw invalid('survivorId', 'It is closed for good.', 'NOT_ALLOWED');
  // Each would read what the other said.
  if (survivor.customerId && merged.customerId && survivor.customerId !== merged.customerId)
    throw invalid('mergedId', 'It is the ticket of another customer.', 'NOT_ALLOWED');
}
