import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { optionalLine, type Problems, throwAny } from '../../../platform/input.rules.js';
import { eachItem, type ItemResult, seesRow, type Viewer, visibleId } from '../../access/index.js';
import { Conversation, Post } from '../../social/index.js';
import { findStaff } from '../queues/target.queries.js';
import { addMessages } from '../tickets/message.service.js';
import { findNamed } from '../tickets/named.queries.js';
import { openTickets } from '../tickets/opening.service.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { lockTicket, recordTicketEvents } from '../tickets/ticket.queries.js';
import { TicketChange } from '../tickets/ticket.states.rules.js';
import { cleanTags } from '../tickets/ticket-fields.service.js';
import type {
  AddPostToTicketInput,
  FromPostGiven,
  OpenTicketFromConversationInput,
  OpenTicketFromPostItem,
} from './by-hand.inputs.js';
import { careGround } from './care.ground.js';
import type { FiledPost } from './filing.queries.js';
import { filedPosts, messageOf, newTicket } from './filing.service.js';
import { keptPosts } from './kept-post.queries.js';

const MOST_POSTS = 1000;

/** Opens a ticket of a post. The same post again, also at the same moment, answers the same ticket. */
export async function openTicketFromPost(
  tx: Tx,
  viewer: Viewer,
  item: OpenTicketFromPostItem,
): Promise<{ ticketId: string }> {
  const postId = await visibleId(tx, viewer, Post, item.postId, 'postId');
  await holdPost(tx, postId);
  const known = await ticketOfPost(tx, viewer, postId, 'postId');
  if (known) return { ticketId: known };
  const [post] = await filedPosts(tx, await keptPosts(tx, [postId]));
  if (!post) throw invalid('postId', 'It was deleted on its network.', 'NOT_ALLOWED');
  if (post.own) throw invalid('postId', 'We said it ourselves.', 'NOT_ALLOWED');
  return { ticketId: await openOf(tx, viewer, item, post, [post]) };
}

/** Each by itself: what is wrong with one is said, and the others go on. */
export async function openTicketsFromPosts(
  tx: Tx,
  viewer: Viewer,
  items: OpenTicketFromPostItem[],
): Promise<{ results: ItemResult<{ ticketId: string }>[] }> {
  return { results: await eachItem(tx, items, item => openTicketFromPost(tx, viewer, item)) };
}

/** Opens a ticket of a conversation: what was said in it and is in no other ticket becomes its messages, the last 1,000 at most. */
export async function openTicketFromConversation(
  tx: Tx,
  viewer: Viewer,
  input: OpenTicketFromConversationInput,
): Promise<{ ticketId: string }> {
  const id = await visibleId(tx, viewer, Conversation, input.conversationId, 'conversationId');
  await tx.query('select 1 from conversations where organization_id = $1 and id = $2 for update', [
    tx.scope.organizationId,
    id,
  ]);
  const rows = await tx.query<{ id: string }>(
    `select id from posts where organization_id = $1 and conversation_id = $2 and deleted_at is null order by occurred_at desc, id limit ${MOST_POSTS}`,
    [tx.scope.organizationId, id],
  );
  const posts = await filedPosts(
    tx,
    await keptPosts(
      tx,
      rows.map(row => row.id),
    ),
  );
  const first = posts.find(({ own, auto }) => !own && !auto);
  if (!first) throw invalid('conversationId', 'Nothing is said in it that is not in a ticket already.', 'NOT_ALLOWED');
  return { ticketId: await openOf(tx, viewer, input, first, posts) };
}

async function openOf(
  tx: Tx,
  viewer: Viewer,
  given: FromPostGiven,
  source: FiledPost,
  posts: readonly FiledPost[],
): Promise<string> {
  const problems: Problems = [];
  const subject = optionalLine(problems, 'subject', given.subject, 200);
  const tags = cleanTags(problems, given.tags ?? []);
  const categoryId = await findNamed(tx, viewer, problems, 'ticket_category', given.categoryId, 'categoryId');
  const assigneeId = await findStaff(tx, viewer, problems, 'member', given.assigneeId, 'assigneeId');
  const teamId = await findStaff(tx, viewer, problems, 'team', given.teamId, 'teamId');
  throwAny(problems);
  const base = newTicket(source, null, await careGround(tx));
  const [opened] = await openTickets(tx, [
    {
      ...base,
      ...(subject && { subject }),
      type: given.type ?? null,
      ...(given.priority && { priority: given.priority }),
      tags,
      categoryId,
      assigneeId,
      teamId,
    },
  ]);
  if (!opened) return (await ticketOfPost(tx, viewer, source.id, 'postId'))!;
  await addMessages(
    tx,
    posts.map(post => messageOf(post, opened.ticketId)),
  );
  return opened.ticketId;
}

/** Adds a post to a ticket; one that is in another is taken out of it first. */
export async function addPostToTicket(
  tx: Tx,
  viewer: Viewer,
  input: AddPostToTicketInput,
): Promise<{ ticketId: string }> {
  const ticket = await lockTicket(tx, viewer, input.ticketId, { field: 'ticketId' });
  if (ticket.mergedIntoId) throw invalid('ticketId', 'It became a part of another ticket.', 'NOT_ALLOWED');
  const postId = await visibleId(tx, viewer, Post, input.postId, 'postId');
  await holdPost(tx, postId);
  const known = await ticketOfPost(tx, viewer, postId, 'postId');
  if (known === ticket.id) return { ticketId: ticket.id };
  if (known) await takeOut(tx, known, postId);
  const [post] = await filedPosts(tx, await keptPosts(tx, [postId]));
  if (!post) throw invalid('postId', 'It was deleted on its network.', 'NOT_ALLOWED');
  // The customer of the ticket would read it.
  if (post.isPrivate && post.customerId && ticket.customerId && post.customerId !== ticket.customerId)
    throw invalid('postId', 'Another customer said it in private.', 'NOT_ALLOWED');
  await addMessages(tx, [messageOf(post, ticket.id)]);
  return { ticketId: ticket.id };
}

/** Takes a post out of its ticket; what is said later where nothing else of the ticket was said goes its own way. */
export async function removePostFromTicket(tx: Tx, viewer: Viewer, id: string): Promise<{ ticketId: string }> {
  const postId = await visibleId(tx, viewer, Post, id, 'postId');
  await holdPost(tx, postId);
  const ticketId = await ticketOfPost(tx, viewer, postId, 'postId');
  if (!ticketId) throw invalid('postId', 'It is in no ticket.', 'NOT_ALLOWED');
  await takeOut(tx, ticketId, postId);
  return { ticketId };
}

/** Two who do something with one post come one after the other. */
async function holdPost(tx: Tx, postId: string): Promise<void> {
  await tx.query('select 1 from posts where organization_id = $1 and id = $2 for update', [
    tx.scope.organizationId,
    postId,
  ]);
}

/** The ticket that a post is in. That it is in one the viewer may not see is a TAKEN of `field`. */
async function ticketOfPost(tx: Tx, viewer: Viewer, postId: string, field: string): Promise<string | null> {
  const [row] = await tx.query<{ ticketId: string }>(
    'select ticket_id as "ticketId" from ticket_messages where organization_id = $1 and post_id = $2',
    [tx.scope.organizationId, postId],
  );
  if (!row) return null;
  if (!(await seesRow(tx, viewer, Ticket, row.ticketId)))
    throw invalid(field, 'It is in a ticket that you may not see.', 'TAKEN');
  return row.ticketId;
}

async function takeOut(tx: Tx, ticketId: string, postId: string): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.query('select 1 from tickets where organization_id = $1 and id = $2 for update', [organizationId, ticketId]);
  await tx.query('delete from ticket_messages where organization_id = $1 and post_id = $2', [organizationId, postId]);
  await tx.query(
    `delete from ticket_conversations j
      where j.organization_id = $1 and j.ticket_id = $2
        and j.conversation_id = (select p.conversation_id from posts p where p.organization_id = $1 and p.id = $3)
        and not exists (select 1 from ticket_messages m
               left join posts p on p.organization_id = m.organization_id and p.id = m.post_id
               left join replies r on r.organization_id = m.organization_id and r.id = m.reply_id
              where m.organization_id = $1 and m.ticket_id = $2 and coalesce(p.conversation_id, r.conversation_id) = j.conversation_id)`,
    [organizationId, ticketId, postId],
  );
  await tx.query(
    `update tickets t set message_count = s.count, last_message_at = s.last, last_customer_message_at = s.last_customer,
            last_agent_message_at = s.last_agent, source_post_id = nullif(t.source_post_id, $3), version = t.version + 1,
            conversation_id = (select j.conversation_id from ticket_conversations j
                                where j.organization_id = $1 and j.ticket_id = $2 order by j.conversation_id = t.conversation_id desc, j.added_at desc limit 1),
            updated_at = clock_timestamp()
       from (select count(*) filter (where visibility <> 'INTERNAL')::integer as count,
                    max(occurred_at) filter (where kind in ('CUSTOMER', 'AGENT') and not is_automatic and not is_held) as last,
                    max(occurred_at) filter (where kind = 'CUSTOMER' and not is_automatic) as last_customer,
                    max(occurred_at) filter (where kind = 'AGENT' and not is_automatic and not is_held) as last_agent
               from ticket_messages where organization_id = $1 and ticket_id = $2) s
      where t.organization_id = $1 and t.id = $2`,
    [organizationId, ticketId, postId],
  );
  await recordTicketEvents(tx, [{ ticketId, change: TicketChange.UPDATED }]);
}
