import type { Tx } from '../../../platform/database/database.js';
import type { Ticket } from './ticket.entity.js';

/** Stored ids of what went over, and of what the survivor did not have before. */
export interface MovedBelongings {
  messageIds: string[];
  conversationIds: string[];
  followerIds: string[];
  linkIds: string[];
  partIds: string[];
  useIds: string[];
}

/** Gives all that belongs to one ticket to another; both are held, and nobody else says what is a part of what. */
export async function moveBelongings(tx: Tx, survivor: Ticket, merged: Ticket): Promise<MovedBelongings> {
  const ends = [tx.scope.organizationId, survivor.id, merged.id];
  const ids = async (sql: string): Promise<string[]> => (await tx.query<{ id: string }>(sql, ends)).map(({ id }) => id);
  const messageIds = await ids(
    `with moved as (update ticket_messages set ticket_id = $2 where organization_id = $1 and ticket_id = $3 returning id)
     select id from moved`,
  );
  // What is said there later goes to the survivor, as its latest.
  const conversationIds = await ids(
    `insert into ticket_conversations (organization_id, ticket_id, conversation_id)
     select organization_id, $2, conversation_id from ticket_conversations where organization_id = $1 and ticket_id = $3
     on conflict do nothing returning conversation_id as id`,
  );
  await tx.query('delete from ticket_conversations where organization_id = $1 and ticket_id = $2', [ends[0], ends[2]]);
  const followerIds = await ids(
    `insert into ticket_followers (organization_id, ticket_id, member_id)
     select organization_id, $2, member_id from ticket_followers where organization_id = $1 and ticket_id = $3
     on conflict do nothing returning member_id as id`,
  );
  const linkIds = await ids(
    `insert into ticket_links (organization_id, id, from_ticket_id, to_ticket_id, kind, created_by, created_at)
     select organization_id, gen_random_uuid(), case when from_ticket_id = $3 then $2 else from_ticket_id end,
            case when to_ticket_id = $3 then $2 else to_ticket_id end, kind, created_by, created_at
       from ticket_links where organization_id = $1 and $3 in (from_ticket_id, to_ticket_id) and $2 not in (from_ticket_id, to_ticket_id)
     on conflict do nothing returning id`,
  );
  const partIds = await ids(
    `with moved as (
       update tickets set parent_id = $2, version = version + 1, updated_at = clock_timestamp()
        where organization_id = $1 and parent_id = $3 and id <> $2 returning id)
     select id from moved`,
  );
  // What answered both stays noted in each.
  const useIds = await ids(
    `with moved as (
       update article_uses u set ticket_id = $2
        where u.organization_id = $1 and u.ticket_id = $3
          and not exists (select 1 from article_uses o where o.organization_id = $1 and o.ticket_id = $2 and o.article_id = u.article_id)
       returning id)
     select id from moved`,
  );
  return { messageIds, conversationIds, followerIds, linkIds, partIds, useIds };
}
