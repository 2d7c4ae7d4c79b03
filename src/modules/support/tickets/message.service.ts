import type { Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import type { Network } from '../../social/index.js';
import type { TicketMoment } from './ticket.hooks.js';
import { tellTickets } from './ticket.queries.js';
import {
  afterAgentMessage,
  afterCustomerMessage,
  isDone,
  isWithCustomer,
  TicketChange,
  type TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
  TicketStatus,
} from './ticket.states.rules.js';
import type { TicketMessageState } from './ticket-enums.entity.js';

/** Something said in a ticket; ids are stored ones. */
export interface NewMessage {
  ticketId: string;
  kind: TicketMessageKind;
  channel: TicketChannel;
  network?: Network | null;
  visibility: TicketMessageVisibility;
  state: TicketMessageState;
  postId?: string | null;
  replyId?: string | null;
  conversationId?: string | null;
  identityId?: string | null;
  note?: string | null;
  mentionedIds?: string[];
  isAutomatic?: boolean;
  /** It waits for somebody's agreement or for its moment, and is not said before that. */
  isHeld?: boolean;
  author?: string | null;
  /** Between whom and us it is said; the customer of the ticket unless given. */
  customerId?: string;
  occurredAt: Date;
}

interface Standing {
  id: string;
  customerId: string | null;
  status: TicketStatus;
  waitingSince: string | null;
}

const CHANGES: Record<TicketMessageKind, TicketChange> = {
  CUSTOMER: TicketChange.MESSAGE_RECEIVED,
  AGENT: TicketChange.REPLIED,
  NOTE: TicketChange.NOTED,
  SYSTEM: TicketChange.NOTED,
};

/**
 * Adds what was said to its tickets (to those that became a part of another, to that one), each post and each reply once, and moves the tickets as that does: whose turn it is, when
 * they were first answered, whether they are open again. Answers the ids of the messages that were new, in the order given; null
 * for one that was there already.
 */
export async function addMessages(tx: Tx, given: readonly NewMessage[]): Promise<(string | null)[]> {
  if (given.length === 0) return [];
  const { organizationId } = tx.scope;
  const { tickets, survivors } = await lockSurvivors(
    tx,
    given.map(({ ticketId }) => ticketId),
  );
  const messages = given.map(message => ({ ...message, ticketId: survivors.get(message.ticketId)! }));
  const ids = messages.map(() => newId());
  const owners = new Map(tickets.map(({ id, customerId }) => [id, customerId]));
  const rows = messages.map((message, at) => ({
    organization_id: organizationId,
    id: ids[at]!,
    ticket_id: message.ticketId,
    customer_id:
      message.visibility === TicketMessageVisibility.INTERNAL
        ? null
        : (message.customerId ?? owners.get(message.ticketId) ?? null),
    kind: message.kind,
    channel: message.channel,
    network: message.network ?? null,
    visibility: message.visibility,
    state: message.state,
    post_id: message.postId ?? null,
    reply_id: message.replyId ?? null,
    note: message.note ?? null,
    mentioned_ids: message.mentionedIds ?? [],
    is_automatic: message.isAutomatic ?? false,
    is_held: message.isHeld ?? false,
    author: message.author ?? null,
    occurred_at: message.occurredAt,
    created_at: new Date(),
  }));
  const columns = Object.keys(rows[0]!).join(', ');
  const kept = await tx.query<{ id: string }>(
    `insert into ticket_messages (${columns}) select ${columns} from jsonb_populate_recordset(null::ticket_messages, $1)
     on conflict do nothing returning id`,
    [JSON.stringify(rows)],
  );
  const isNew = new Set(kept.map(({ id }) => id));
  const added = messages.flatMap((message, at) => (isNew.has(ids[at]!) ? [{ ...message, id: ids[at]! }] : []));
  await joinConversations(tx, added);
  const moments: TicketMoment[] = [];
  const byTicket = Map.groupBy(added, ({ ticketId }) => ticketId);
  const moves: Move[] = [];
  for (const ticket of tickets) {
    const said = byTicket.get(ticket.id);
    if (!said) continue;
    const move = moveOf(ticket, said);
    moves.push(move);
    moments.push(
      ...said.map(({ id, kind, state, occurredAt, isAutomatic = false }) => ({
        ticketId: ticket.id,
        change: CHANGES[kind],
        at: occurredAt,
        toldTo: kind === TicketMessageKind.AGENT && !isWithCustomer(state) ? ('STAFF' as const) : undefined,
        messageId: id,
        isAutomatic,
      })),
    );
    if (move.status !== ticket.status)
      moments.push({ ticketId: ticket.id, change: TicketChange.STATUS_CHANGED, at: said.at(-1)!.occurredAt });
  }
  await moveTickets(tx, moves);
  await tellTickets(tx, moments);
  return ids.map(id => (isNew.has(id) ? id : null));
}

/** Holds tickets, or what they became a part of, in the order of their ids; `survivors` says which became which. */
async function lockSurvivors(
  tx: Tx,
  ticketIds: readonly string[],
): Promise<{ tickets: Standing[]; survivors: Map<string, string> }> {
  const { organizationId } = tx.scope;
  const asked = [...new Set(ticketIds)];
  for (;;) {
    const ways = await tx.query<{ asked: string; id: string }>(
      `with recursive ways as (
         select id as asked, id, merged_into_id from tickets where organization_id = $1 and id = any ($2::uuid[])
         union select w.asked, t.id, t.merged_into_id from ways w join tickets t on t.organization_id = $1 and t.id = w.merged_into_id)
       select asked, id from ways where merged_into_id is null`,
      [organizationId, asked],
    );
    const survivors = new Map(ways.map(way => [way.asked, way.id]));
    const rows = await tx.query<Standing & { isMerged: boolean }>(
      `select id, customer_id as "customerId", status, waiting_since as "waitingSince", merged_into_id is not null as "isMerged" from tickets
        where organization_id = $1 and id = any ($2::uuid[]) order by id for update`,
      [organizationId, [...new Set(survivors.values())]],
    );
    // Somebody may have merged one while we waited for it.
    if (!rows.some(({ isMerged }) => isMerged)) return { tickets: rows, survivors };
  }
}

/** The threads in which a ticket is spoken about: what is said in them later belongs to it. */
async function joinConversations(tx: Tx, messages: readonly NewMessage[]): Promise<void> {
  const joined = messages.filter(({ conversationId }) => conversationId);
  if (joined.length === 0) return;
  await tx.query(
    `insert into ticket_conversations (organization_id, ticket_id, conversation_id)
     select distinct $1::uuid, j.ticket_id, j.conversation_id from unnest($2::uuid[], $3::uuid[]) as j(ticket_id, conversation_id)
     on conflict do nothing`,
    [
      tx.scope.organizationId,
      joined.map(({ ticketId }) => ticketId),
      joined.map(({ conversationId }) => conversationId),
    ],
  );
}

/** How what was said moves one ticket. */
interface Move {
  id: string;
  status: TicketStatus;
  /** Since when its customer waits; null when it is not our turn. */
  waitingSince: Date | string | null;
  customerAt: Date | null;
  agentAt: Date | null;
  answeredAt: Date | null;
  conversationId: string | null;
  isReopened: boolean;
  counted: number;
}

/** What was said in a ticket, in order, as one move of it. */
function moveOf({ id, status, waitingSince }: Standing, said: readonly NewMessage[]): Move {
  const move: Move = {
    id,
    status,
    waitingSince,
    customerAt: null,
    agentAt: null,
    answeredAt: null,
    conversationId: null,
    isReopened: false,
    counted: 0,
  };
  for (const { kind, isAutomatic = false, isHeld = false, occurredAt, ...message } of said) {
    if (message.visibility !== TicketMessageVisibility.INTERNAL) move.counted += 1;
    // What a machine says is nobody's word, and what is held is not said yet: neither moves anything.
    if (isAutomatic || isHeld) continue;
    if (kind === TicketMessageKind.CUSTOMER) {
      const next = afterCustomerMessage(move.status, false);
      move.isReopened ||= isDone(move.status) && !isDone(next);
      move.status = next;
      move.customerAt = occurredAt;
      move.conversationId = message.conversationId ?? move.conversationId;
      if (move.status !== TicketStatus.CLOSED) move.waitingSince ??= occurredAt;
    } else if (kind === TicketMessageKind.AGENT) {
      move.status = afterAgentMessage(move.status, false);
      move.agentAt = occurredAt;
      move.answeredAt ??= occurredAt;
      move.waitingSince = null;
    }
  }
  return move;
}

/** Moves any number of tickets in one statement. */
async function moveTickets(tx: Tx, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.query(
    `update tickets t set
            status = m.status,
            waiting_since = m."waitingSince",
            last_customer_message_at = greatest(t.last_customer_message_at, m."customerAt"),
            last_agent_message_at = greatest(t.last_agent_message_at, m."agentAt"),
            last_message_at = greatest(t.last_message_at, m."customerAt", m."agentAt"),
            first_responded_at = coalesce(t.first_responded_at, m."answeredAt"),
            conversation_id = coalesce(m."conversationId", t.conversation_id), message_count = t.message_count + m.counted,
            snoozed_until = case when m."customerAt" is null then t.snoozed_until end,
            reopened_count = t.reopened_count + m."isReopened"::integer,
            reopened_at = case when m."isReopened" then clock_timestamp() else t.reopened_at end,
            solved_at = case when m."isReopened" then null else t.solved_at end,
            updated_at = clock_timestamp()
       from jsonb_to_recordset($2) as m(id uuid, status text, "waitingSince" timestamptz,
              "customerAt" timestamptz, "agentAt" timestamptz, "answeredAt" timestamptz, "conversationId" uuid, "isReopened" boolean, counted integer)
      where t.organization_id = $1 and t.id = m.id`,
    [tx.scope.organizationId, JSON.stringify(moves)],
  );
}
