import type { Tx } from '../../../platform/database/database.js';
import { onReplies } from '../../social/index.js';
import { addMessages } from '../tickets/message.service.js';
import { closeTickets, solveTickets } from '../tickets/moving.service.js';
import { runTicketHooks, type TicketMoment } from '../tickets/ticket.hooks.js';
import { recordTicketEvents } from '../tickets/ticket.queries.js';
import {
  isDone,
  isWithCustomer,
  LOST,
  TicketChange,
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
  TicketStatus,
} from '../tickets/ticket.states.rules.js';
import type { TicketMessageState } from '../tickets/ticket-enums.entity.js';
import { nearestLanguage, wordsOf } from './desk.words.js';
import { afterLoss, afterRecovery, afterRelease, isHeld, isLost, isMishap, isSaid, WORST_FIRST } from './turn.rules.js';

interface Moved {
  id: string;
  ticketId: string;
  before: TicketMessageState;
  state: TicketMessageState;
  wasHeld: boolean;
  isHeld: boolean;
  /** When it was said as far as was known before. */
  occurredAt: Date;
  isAutomatic: boolean;
  /** The ticket it was written in. */
  writtenIn: string | null;
  statusBefore: TicketStatus | null;
  statusAfter: TicketStatus | null;
}

onReplies(followReplies);

/**
 * Messages are as far on their way as the replies that carry them. What goes out at last is said then; that, and what is lost or
 * put off, moves its ticket.
 */
export async function followReplies(tx: Tx, replyIds: readonly string[]): Promise<void> {
  const { organizationId } = tx.scope;
  // As an array the ids are looked up in an index; joined to, every message of the organisation is walked through.
  const moved = await tx.query<Moved>(
    `with worst as (
       select m.id, m.state as before, m.is_held as was_held, m.occurred_at, m.is_automatic, w.state, w.is_held, w.sent_at
         from ticket_messages m
         join lateral (
           select r.state, r.sent_at, ${isHeld('r')} as is_held from replies r
            where r.organization_id = $1 and (r.id = m.reply_id or r.thread_id = m.reply_id)
            order by array_position($3::text[], r.state) limit 1) w on true
        where m.organization_id = $1 and (m.state, m.is_held) <> (w.state, w.is_held) and m.reply_id = any (array(
          select coalesce(r.thread_id, r.id) from replies r where r.organization_id = $1 and r.id = any ($2)))),
     written as (
       update ticket_messages m
          set state = w.state, is_held = w.is_held,
              occurred_at = case when (m.is_held or m.state = any ($4)) and not w.is_held and w.state <> all ($4)
                                 then coalesce(w.sent_at, clock_timestamp()) else m.occurred_at end
         from worst w where m.organization_id = $1 and m.id = w.id returning m.id, m.ticket_id)
     -- The ticket it is in once it is held: somebody may have merged or split that one meanwhile.
     select w.id, written.ticket_id as "ticketId", w.before, w.state, w.was_held as "wasHeld", w.is_held as "isHeld",
            t.ticket_id as "writtenIn", w.occurred_at as "occurredAt", w.is_automatic as "isAutomatic",
            t.status_before as "statusBefore", t.status_after as "statusAfter"
       from worst w join written on written.id = w.id
       left join ticket_reply_turns t on t.organization_id = $1 and t.message_id = w.id
      order by written.ticket_id, w.id`,
    [organizationId, replyIds, WORST_FIRST, LOST],
  );
  if (moved.length === 0) return;
  await joinThreads(tx, moved);
  await followMessages(tx, moved);
}

/**
 * Moves what is said in the portal alone on from where it waits for its moment: out, or nowhere. Whether it still waited; stored
 * id.
 */
export async function moveWaiting(tx: Tx, messageId: string, state: 'KEPT' | 'CANCELLED'): Promise<boolean> {
  const moved = await tx.query<Moved>(
    `with waiting as (
       select id, ticket_id, state, is_held, occurred_at, is_automatic from ticket_messages
        where organization_id = $1 and id = $2 and reply_id is null and state = 'SCHEDULED' for update),
     written as (
       update ticket_messages m
          set state = $3, is_held = false,
              occurred_at = case when w.is_held and $3 = 'KEPT' then clock_timestamp() else m.occurred_at end
         from waiting w where m.organization_id = $1 and m.id = w.id)
     select w.id, w.ticket_id as "ticketId", w.state as before, $3 as state, w.is_held as "wasHeld", false as "isHeld",
            t.ticket_id as "writtenIn", w.occurred_at as "occurredAt", w.is_automatic as "isAutomatic",
            t.status_before as "statusBefore", t.status_after as "statusAfter"
       from waiting w left join ticket_reply_turns t on t.organization_id = $1 and t.message_id = w.id`,
    [tx.scope.organizationId, messageId, state],
  );
  await followMessages(tx, moved);
  return moved.length > 0;
}

/** Tells of what came of messages, and moves their tickets by that. */
async function followMessages(tx: Tx, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  await recordTicketEvents(tx, moved.flatMap(toldOf));
  const ours = moved.filter(({ isAutomatic }) => !isAutomatic);
  const turned = ours.filter(one => wasSaid(one) !== isSaid(one.state, one.isHeld) || hasFailed(one));
  for (const [ticketId, messages] of Map.groupBy(turned, ({ ticketId }) => ticketId))
    await turnTicket(tx, ticketId, messages);
  await noteMishaps(
    tx,
    ours.filter(({ before, state }) => !isLost(before) && isMishap(state)),
  );
}

/** The thread that an answer became is one of its ticket: what is said there later belongs to it. */
async function joinThreads(tx: Tx, moved: readonly Moved[]): Promise<void> {
  const sent = moved.filter(({ state }) => state === 'SENT' || state === 'DELIVERED');
  if (sent.length === 0) return;
  await tx.query(
    `insert into ticket_conversations (organization_id, ticket_id, conversation_id)
     select distinct m.organization_id, m.ticket_id, r.conversation_id from ticket_messages m
       join replies r on r.organization_id = m.organization_id and r.id = m.reply_id
      where m.organization_id = $1 and m.id = any ($2) and r.conversation_id is not null
     on conflict do nothing`,
    [tx.scope.organizationId, sent.map(({ id }) => id)],
  );
}

/** Its customer hears of an answer once it is out, and from then on of what becomes of it; staff of every step. */
function toldOf({ ticketId, before, state }: Moved): Pick<TicketMoment, 'ticketId' | 'change' | 'toldTo'>[] {
  const step = { ticketId, change: TicketChange.MESSAGE_STATE_CHANGED };
  if (isWithCustomer(before)) return [step];
  const told = { ...step, toldTo: 'STAFF' as const };
  return isWithCustomer(state) ? [told, { ticketId, change: TicketChange.REPLIED, toldTo: 'CUSTOMER' }] : [told];
}

const wasSaid = ({ before, wasHeld }: Moved): boolean => isSaid(before, wasHeld);

/** It could not go out when its moment came. One that a colleague did not approve, or its author took back, never had one. */
const hasFailed = ({ before, state }: Moved): boolean => !isLost(before) && state === 'FAILED';

interface Standing {
  status: TicketStatus;
  waitingSince: Date | null;
  lastAnswer: Date | null;
  firstAnswer: Date | null;
}

/** Whose turn it is, from what was really said. */
async function turnTicket(tx: Tx, ticketId: string, messages: readonly Moved[]): Promise<void> {
  const { organizationId } = tx.scope;
  await tx.query('select 1 from tickets where organization_id = $1 and id = $2 for update', [organizationId, ticketId]);
  const [standing] = await tx.query<Standing>(
    `with said as (
       select kind, occurred_at, created_at from ticket_messages
        where organization_id = $1 and ticket_id = $2 and not is_automatic and not is_held and state <> all ($3)
          and kind in ('CUSTOMER', 'AGENT')),
     -- An answer is to what was known when it was written, however late it goes out.
     ours as (select min(occurred_at) as first, max(occurred_at) as last, max(least(occurred_at, created_at)) as written, max(created_at) as kept
                from said where kind = 'AGENT')
     select t.status, ours.first as "firstAnswer", ours.last as "lastAnswer",
            case when ours.last is null then t.opened_at
                 else (select min(s.occurred_at) from said s
                        where s.kind = 'CUSTOMER' and (s.occurred_at > ours.written or s.created_at > ours.kept)) end as "waitingSince"
       from tickets t, ours where t.organization_id = $1 and t.id = $2`,
    [organizationId, ticketId, LOST],
  );
  const { status, waitingSince, lastAnswer, firstAnswer } = standing!;
  const wanted = messages.reduce((at, message) => statusWith(at, message, waitingSince !== null), status);
  const isDoneNow = isDone(wanted) && wanted !== status;
  // What is to be done is done below, as by hand.
  const now = isDoneNow ? status : wanted;
  const isReopened = isDone(status) && !isDone(now);
  await tx.query(
    `update tickets set status = $3, waiting_since = $4,
            first_responded_at = case when first_responded_at is null or first_responded_at >= $8::timestamptz then $5 else first_responded_at end,
            last_agent_message_at = $6, last_message_at = coalesce(greatest(last_customer_message_at, $6), last_message_at),
            solved_at = case when $7 then null else solved_at end, closed_at = case when $7 then null else closed_at end,
            reopened_at = case when $7 then clock_timestamp() else reopened_at end,
            reopened_count = reopened_count + case when $7 and $9 then 1 else 0 end,
            version = version + 1, updated_at = clock_timestamp()
      where organization_id = $1 and id = $2`,
    [
      organizationId,
      ticketId,
      now,
      isDone(now) || now === TicketStatus.PENDING ? null : waitingSince,
      firstAnswer,
      lastAnswer,
      isReopened,
      earliest(messages),
      messages.some(message => isMishap(message.state) || isSaid(message.state, message.isHeld)),
    ],
  );
  const at = new Date();
  // Subscribers were told of the messages when these moved.
  const moments: TicketMoment[] = messages.map(({ id }) => ({
    ticketId,
    change: TicketChange.MESSAGE_STATE_CHANGED,
    at,
    messageId: id,
  }));
  if (now !== status) {
    const moment = { ticketId, change: TicketChange.STATUS_CHANGED, at };
    await recordTicketEvents(tx, [moment]);
    moments.push(moment);
  }
  await runTicketHooks(tx, moments);
  if (isDoneNow) await (wanted === TicketStatus.SOLVED ? solveTickets : closeTickets)(tx, [ticketId]);
}

/** Where a ticket stands after what became of one answer. */
function statusWith(status: TicketStatus, message: Moved, isWaiting: boolean): TicketStatus {
  const { ticketId, writtenIn, state, wasHeld, statusBefore, statusAfter } = message;
  const turn = statusBefore && statusAfter && { before: statusBefore, after: statusAfter };
  const isOut = isSaid(state, message.isHeld);
  if (isOut && wasHeld) return afterRelease(status, turn && writtenIn === ticketId ? turn : null, isWaiting);
  if (!turn) return status;
  return isOut ? afterRecovery(status, turn, isWaiting) : afterLoss(status, { ...turn, state }, isWaiting);
}

const earliest = (messages: readonly Moved[]): Date =>
  new Date(Math.min(...messages.map(({ occurredAt }) => new Date(occurredAt).getTime())));

/** Says in the ticket, for us alone, that an answer never arrived. */
async function noteMishaps(tx: Tx, turned: readonly Moved[]): Promise<void> {
  const mishaps = turned.filter(({ state }) => isMishap(state));
  if (mishaps.length === 0) return;
  const [organization] = await tx.query<{ language: string }>(
    'select default_language as language from organizations where id = $1',
    [tx.scope.organizationId],
  );
  const words = wordsOf(nearestLanguage(organization?.language));
  await addMessages(
    tx,
    mishaps.map(({ ticketId, state }) => ({
      ticketId,
      kind: TicketMessageKind.SYSTEM,
      channel: TicketChannel.MANUAL,
      visibility: TicketMessageVisibility.INTERNAL,
      state: 'KEPT',
      note: state === 'REJECTED' ? words.notApproved : words.notSent,
      isAutomatic: true,
      occurredAt: new Date(),
    })),
  );
}
