import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { publicId, storedId } from '../../../platform/ids.js';
import type { Viewer } from '../../access/index.js';
import { lockBoth } from './link.service.js';
import type { FormerStanding } from './merge.service.js';
import type { MovedBelongings } from './merge-belongings.service.js';
import { recountMessages, turnsOf } from './message.counts.js';
import { reasonOf } from './moving.service.js';
import { holdParts } from './parts.service.js';
import { giveBack } from './survivor.service.js';
import { lockTicket, tellTickets, writeTickets } from './ticket.queries.js';
import { TicketChange } from './ticket.states.rules.js';

interface Merge extends MovedBelongings {
  id: string;
  survivorId: string;
  mergedAt: Date;
  former: FormerStanding;
}

/**
 * Makes a ticket that became a part of another one of its own again: what went over comes back, with what was said since in its
 * conversations, and both stand where they stood. What was answered in the survivor stays there.
 */
export async function unmergeTicket(
  tx: Tx,
  viewer: Viewer,
  input: { id: string; reason?: string | null },
): Promise<{ ticketId: string }> {
  const reason = reasonOf(input.reason);
  await holdParts(tx);
  const merge = await presentMerge(tx, storedId('ticket', input.id));
  if (!merge) throw invalid('id', 'It is no part of another ticket, or you may not see it.', 'NOT_FOUND');
  const [mergedId, survivorId] = await lockBoth(tx, viewer, input.id, publicId('ticket', merge.survivorId), [
    'id',
    'id',
  ]);
  const survivor = await lockTicket(tx, viewer, publicId('ticket', survivorId));
  const merged = await lockTicket(tx, viewer, input.id);
  if (survivor.mergedIntoId)
    throw invalid('id', 'The ticket it became a part of became a part of another: undo that first.', 'NOT_ALLOWED');
  const turns = await turnsOf(tx, [survivorId]);
  await bringBack(tx, merge, survivorId, mergedId);
  const { former } = merge;
  await writeTickets(
    tx,
    [mergedId],
    {
      status: former.status,
      merged_into_id: null,
      parent_id: former.parentId === survivorId ? null : former.parentId,
      waiting_since: former.waitingSince,
      solved_at: former.solvedAt,
      closed_at: former.closedAt,
      snoozed_until: former.snoozedUntil,
    },
    reason,
  );
  const isAsBefore = await giveBack(tx, merge, survivor, merged, turns.get(survivorId)!);
  await tx.query(
    `update ticket_merges set undone_at = clock_timestamp(), undone_by = $3, former = former || jsonb_build_object('isAsBefore', $4::boolean)
      where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, merge.id, tx.scope.actor, isAsBefore],
  );
  await recountMessages(tx, [survivorId, mergedId]);
  const at = new Date();
  await tellTickets(tx, [
    { ticketId: survivorId, change: TicketChange.SPLIT, at },
    { ticketId: mergedId, change: TicketChange.SPLIT, at },
  ]);
  return { ticketId: mergedId };
}

async function presentMerge(tx: Tx, mergedId: string | null): Promise<Merge | undefined> {
  const [merge] = await tx.query<Merge>(
    `select id, survivor_id as "survivorId", merged_at as "mergedAt", former, message_ids as "messageIds",
            conversation_ids as "conversationIds", follower_ids as "followerIds", link_ids as "linkIds", part_ids as "partIds",
            use_ids as "useIds"
       from ticket_merges where organization_id = $1 and merged_id = $2 and undone_at is null for update`,
    [tx.scope.organizationId, mergedId],
  );
  return merge;
}

async function bringBack(tx: Tx, merge: Merge, survivorId: string, mergedId: string): Promise<void> {
  const ends = [tx.scope.organizationId, survivorId, mergedId];
  await tx.query(
    `update ticket_messages m set ticket_id = $3 where m.organization_id = $1 and m.ticket_id = $2 and (m.id = any ($4::uuid[])
        or (m.created_at > $5 and exists (select 1 from posts p where p.organization_id = m.organization_id and p.id = m.post_id
                                             and p.conversation_id = any ($6::uuid[]))))`,
    [...ends, merge.messageIds, merge.mergedAt, merge.conversationIds],
  );
  await tx.query(
    `with back as (delete from ticket_conversations where organization_id = $1 and ticket_id = $2 and conversation_id = any ($4::uuid[])
                   returning conversation_id)
     insert into ticket_conversations (organization_id, ticket_id, conversation_id) select $1, $3, conversation_id from back
     on conflict do nothing`,
    [...ends, merge.conversationIds],
  );
  // The survivor has its latest from what is left to it.
  await tx.query(
    `update tickets t set conversation_id = (select c.conversation_id from ticket_conversations c
            where c.organization_id = $1 and c.ticket_id = $2 order by c.added_at desc limit 1)
      where t.organization_id = $1 and t.id = $2 and t.conversation_id = any ($3::uuid[])`,
    [ends[0], survivorId, merge.conversationIds],
  );
  await tx.query(
    'delete from ticket_followers where organization_id = $1 and ticket_id = $2 and member_id = any ($3::uuid[])',
    [ends[0], survivorId, merge.followerIds],
  );
  await tx.query('delete from ticket_links where organization_id = $1 and id = any ($2::uuid[])', [
    ends[0],
    merge.linkIds,
  ]);
  await tx.query(
    `update tickets set parent_id = $3, version = version + 1, updated_at = clock_timestamp()
      where organization_id = $1 and parent_id = $2 and id = any ($4::uuid[])`,
    [...ends, merge.partIds],
  );
  await tx.query(
    'update article_uses set ticket_id = $3 where organization_id = $1 and ticket_id = $2 and id = any ($4::uuid[])',
    [...ends, merge.useIds],
  );
}
