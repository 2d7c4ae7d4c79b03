import type { Tx } from '../../../platform/database/database.js';
import type { KeptPost } from '../../social/index.js';
import type { TicketStatus } from '../tickets/ticket.states.rules.js';
import type { CareSettings } from './care.ground.js';

/** A post with what we know of it and of who said it. */
export interface FiledPost extends KeptPost {
  customerId: string | null;
  followersCount: number | null;
  customerTags: string[];
  authorName: string;
  priorityScore: number;
  parentId: string | null;
  callStatus: string | null;
  isPrivate: boolean;
}

type Known = Pick<
  FiledPost,
  'customerId' | 'followersCount' | 'customerTags' | 'authorName' | 'priorityScore' | 'parentId' | 'callStatus'
>;

/** What is known beside what came, by post. */
export async function knownOf(
  tx: Pick<Tx, 'query' | 'scope'>,
  postIds: readonly string[],
): Promise<Map<string, Known>> {
  const rows = await tx.query<Known & { id: string }>(
    `select p.id, i.customer_id as "customerId", i.followers_count as "followersCount", coalesce(c.tags, '{}') as "customerTags",
            coalesce(nullif(i.display_name, ''), i.handle) as "authorName", p.priority_score as "priorityScore",
            p.in_reply_to_id as "parentId", case when p.call ->> 'direction' = 'OUTBOUND' then 'OUTBOUND' else p.call ->> 'status' end as "callStatus"
       from posts p
       join social_identities i on i.organization_id = p.organization_id and i.id = p.author_id
       left join customers c on c.organization_id = i.organization_id and c.id = i.customer_id
      where p.organization_id = $1 and p.id = any ($2::uuid[])`,
    [tx.scope.organizationId, postIds],
  );
  return new Map(rows.map(row => [row.id, row]));
}

/**
 * The latest ticket in whose conversation each post was said. In the open a conversation has many voices: there it is the ticket
 * of who speaks, and what we say belongs to the ticket of what it answers.
 */
export async function ticketsByConversation(tx: Tx, posts: readonly FiledPost[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ postId: string; ticketId: string }>(
    `select p.id as "postId", found.id as "ticketId"
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::boolean[], $8::boolean[])
              as p(id, conversation_id, author_id, customer_id, parent_id, is_private, own)
      cross join lateral (
        select t.id from ticket_conversations j
          join tickets t on t.organization_id = j.organization_id and t.id = j.ticket_id
         where j.organization_id = $1 and j.conversation_id = p.conversation_id
           and (p.is_private or t.identity_id = p.author_id or t.customer_id = p.customer_id
                or p.own and exists (select 1 from ticket_messages m
                      where m.organization_id = $1 and m.post_id = p.parent_id and m.ticket_id = t.id))
         order by j.added_at desc, t.opened_at desc, t.id desc limit 1) found`,
    [
      tx.scope.organizationId,
      posts.map(({ id }) => id),
      posts.map(({ conversationId }) => conversationId),
      posts.map(({ authorId }) => authorId),
      posts.map(({ customerId }) => customerId),
      posts.map(({ parentId }) => parentId),
      posts.map(({ isPrivate }) => isPrivate),
      posts.map(({ own }) => own),
    ],
  );
  return new Map(rows.map(({ postId, ticketId }) => [postId, ticketId]));
}

/** Tickets by their numbers, each with who of the authors may speak in it: whose it is, and whom we wrote to in it. */
export async function ticketsByNumber(
  tx: Tx,
  numbers: readonly string[],
  authorIds: readonly string[],
): Promise<Map<string, { id: string; identityId: string | null; customerId: string | null; writtenTo: string[] }>> {
  const rows = await tx.query<{
    number: string;
    id: string;
    identityId: string | null;
    customerId: string | null;
    writtenTo: string[];
  }>(
    `select t.number, t.id, t.identity_id as "identityId", t.customer_id as "customerId",
            array(select r.recipient_identity_id from ticket_messages m
                    join replies r on r.organization_id = m.organization_id and r.id = m.reply_id
                   where m.organization_id = t.organization_id and m.ticket_id = t.id and r.recipient_identity_id = any ($3::uuid[]))
              as "writtenTo"
       from tickets t where t.organization_id = $1 and t.number = any ($2)`,
    [tx.scope.organizationId, numbers, authorIds],
  );
  return new Map(rows.map(row => [row.number, row]));
}

/** The only open ticket of each author, or of the customer they are, in which something was said in the last days. */
export async function onlyOpenTickets(
  tx: Tx,
  posts: readonly FiledPost[],
  { continueDays }: CareSettings,
): Promise<Map<string, string>> {
  if (posts.length === 0 || continueDays === null) return new Map();
  const open = `status not in ('SOLVED', 'CLOSED') and merged_into_id is null
                and greatest(last_message_at, opened_at) > now() - make_interval(days => $5::integer)`;
  const rows = await tx.query<{ postId: string; ticketIds: string[] }>(
    `select p.id as "postId", array(
              select id from (
                (select id from tickets where organization_id = $1 and customer_id = p.customer_id and ${open} limit 2)
                union
                (select id from tickets where organization_id = $1 and identity_id = p.author_id and ${open} limit 2)) t) as "ticketIds"
       from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as p(id, author_id, customer_id)`,
    [
      tx.scope.organizationId,
      posts.map(({ id }) => id),
      posts.map(({ authorId }) => authorId),
      posts.map(({ customerId }) => customerId),
      continueDays,
    ],
  );
  return new Map(rows.flatMap(({ postId, ticketIds }) => (ticketIds.length === 1 ? [[postId, ticketIds[0]!]] : [])));
}

/** A ticket as it stands while it is held. */
export interface HeldTicket {
  id: string;
  status: TicketStatus;
  closedAt: string | null;
  mergedIntoId: string | null;
  subject: string;
  type: string | null;
  priority: string;
  customerId: string | null;
  identityId: string | null;
  teamId: string | null;
  categoryId: string | null;
  language: string | null;
}

/** Holds tickets, and those they became a part of; answers by each id given the ticket that goes on. */
export async function holdTickets(tx: Tx, ids: readonly string[]): Promise<Map<string, HeldTicket>> {
  const held = new Map<string, HeldTicket>();
  let wanted = [...new Set(ids)];
  while (wanted.length > 0) {
    const rows = await tx.query<HeldTicket>(
      `select id, status, closed_at as "closedAt", merged_into_id as "mergedIntoId", subject, type, priority, customer_id as "customerId",
              identity_id as "identityId", team_id as "teamId", category_id as "categoryId", language
         from tickets where organization_id = $1 and id = any ($2::uuid[]) order by id for update`,
      [tx.scope.organizationId, wanted],
    );
    for (const row of rows) held.set(row.id, row);
    wanted = rows.flatMap(({ mergedIntoId }) => (mergedIntoId && !held.has(mergedIntoId) ? [mergedIntoId] : []));
  }
  const survivorOf = (id: string): HeldTicket | undefined => {
    const seen = new Set<string>();
    let ticket = held.get(id);
    while (ticket?.mergedIntoId && !seen.has(ticket.id)) {
      seen.add(ticket.id);
      ticket = held.get(ticket.mergedIntoId);
    }
    return ticket;
  };
  return new Map(
    ids.flatMap(id => [[id, survivorOf(id)] as const]).filter(([, ticket]) => ticket) as [string, HeldTicket][],
  );
}

/** What already follows up closed tickets, by the closed one. */
export async function followUpsOf(tx: Tx, closedIds: readonly string[]): Promise<Map<string, string>> {
  if (closedIds.length === 0) return new Map();
  const rows = await tx.query<{ closedId: string; id: string }>(
    `select distinct on (l.to_ticket_id) l.to_ticket_id as "closedId", t.id
       from ticket_links l join tickets t on t.organization_id = l.organization_id and t.id = l.from_ticket_id
      where l.organization_id = $1 and l.to_ticket_id = any ($2::uuid[]) and l.kind = 'FOLLOWS_UP' and t.status <> 'CLOSED'
        and t.merged_into_id is null
      order by l.to_ticket_id, t.opened_at desc`,
    [tx.scope.organizationId, closedIds],
  );
  return new Map(rows.map(({ closedId, id }) => [closedId, id]));
}

/** Networks and accounts from which something is just being sent: what is heard of us from there may be that. */
export async function sendingNow(tx: Tx): Promise<Set<string>> {
  const rows = await tx.query<{ accountId: string }>(
    `select distinct account_id as "accountId" from replies
      where organization_id = $1 and state in ('SENDING', 'UNKNOWN') and updated_at > now() - interval '1 day'`,
    [tx.scope.organizationId],
  );
  return new Set(rows.map(({ accountId }) => accountId));
}

/** Those of our own posts that a reply in a ticket became: they are there already. */
export async function echoesOf(tx: Tx, postIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select p.id from posts p
       join replies r on r.organization_id = p.organization_id and r.network = p.network and r.external_id = p.external_id
      where p.organization_id = $1 and p.id = any ($2::uuid[])
        and exists (select 1 from ticket_messages m where m.organization_id = r.organization_id and m.reply_id = r.id)`,
    [tx.scope.organizationId, postIds],
  );
  return new Set(rows.map(({ id }) => id));
}
