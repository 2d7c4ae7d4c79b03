import type { Tx } from '../../../platform/database/database.js';
import { giveTickets } from '../queues/giving.service.js';
import { addMessages } from '../tickets/message.service.js';
import { tellTickets, writeTickets } from '../tickets/ticket.queries.js';
import {
  isDone,
  TicketChange,
  TicketChannel,
  TicketMessageKind,
  TicketMessageVisibility,
  TicketPriority,
  type TicketStatus,
} from '../tickets/ticket.states.rules.js';
import { TicketMessageState } from '../tickets/ticket-enums.entity.js';
import { recomputeDeadlines } from './deadline.service.js';
import type { EscalationTrigger } from './escalation.rules.js';
import { escalationNote } from './escalation.words.js';
import type { SlaMetric } from './history.rules.js';

interface ActingRule {
  name: string;
  trigger: EscalationTrigger;
  metric: SlaMetric | null;
  minutes: number;
  raiseTo: TicketPriority | null;
  assigneeId: string | null;
  teamId: string | null;
  queueId: string | null;
  followerId: string | null;
  note: string | null;
  language: string;
}

const RANKS = Object.values(TicketPriority);

/**
 * Has a rule act on a ticket (stored ids) whose moment has come: raises it, gives it to others, has somebody follow it, and notes
 * that it did. Once: that it acted is written in the same transaction, and whoever comes second finds that.
 */
export async function actOnTicket(tx: Tx, ticketId: string, ruleId: string): Promise<void> {
  const { organizationId } = tx.scope;
  const key = [organizationId, ticketId];
  const [ticket] = await tx.query<{ status: TicketStatus; priority: TicketPriority; assigneeId: string | null }>(
    `select status, priority, assignee_id as "assigneeId" from tickets where organization_id = $1 and id = $2 for update`,
    key,
  );
  // What was planned may not hold any more, such as when somebody took it meanwhile.
  await recomputeDeadlines(tx, [ticketId]);
  const acting = await tx.query(
    `update ticket_escalations set acted_at = now()
      where organization_id = $1 and ticket_id = $2 and rule_id = $3 and act_at <= now() and acted_at is null returning rule_id`,
    [...key, ruleId],
  );
  const [rule] = await tx.query<ActingRule>(
    `select r.name, r.trigger, r.metric, r.minutes, r.raise_to as "raiseTo", r.team_id as "teamId", r.note,
            o.default_language as language,
            (select q.id from support_queues q where q.organization_id = $1 and q.id = r.queue_id and q.is_active) as "queueId",
            (select m.id from members m where m.organization_id = $1 and m.id = r.assignee_id and m.deactivated_at is null) as "assigneeId",
            (select m.id from members m where m.organization_id = $1 and m.id = r.follower_id and m.deactivated_at is null) as "followerId"
       from escalation_rules r join organizations o on o.id = r.organization_id
      where r.organization_id = $1 and r.id = $2 and r.is_active`,
    [organizationId, ruleId],
  );
  if (!ticket || acting.length === 0 || !rule || isDone(ticket.status)) return;
  const { raiseTo, assigneeId, teamId, queueId, followerId } = rule;
  const isRaised = raiseTo !== null && RANKS.indexOf(raiseTo) > RANKS.indexOf(ticket.priority);
  if (isRaised) await writeTickets(tx, [ticketId], { priority: raiseTo });
  if (followerId)
    await tx.query(
      'insert into ticket_followers (organization_id, ticket_id, member_id) values ($1, $2, $3) on conflict do nothing',
      [...key, followerId],
    );
  const at = new Date();
  await addMessages(tx, [
    {
      ticketId,
      kind: TicketMessageKind.SYSTEM,
      channel: TicketChannel.MANUAL,
      visibility: TicketMessageVisibility.INTERNAL,
      state: TicketMessageState.KEPT,
      note: [`${rule.name}: ${escalationNote(rule.language, rule)}`, rule.note].filter(Boolean).join('\n\n'),
      isAutomatic: true,
      author: tx.scope.actor,
      occurredAt: at,
    },
  ]);
  await tellTickets(tx, [
    { ticketId, change: TicketChange.ESCALATED, at },
    ...(isRaised ? [{ ticketId, change: TicketChange.UPDATED, at }] : []),
  ]);
  if (!assigneeId && !teamId && !queueId) return;
  // A team or a queue that gets it takes it from whoever had it.
  await giveTickets(tx, [ticketId], {
    assigneeId,
    ...(teamId && { teamId }),
    ...(queueId && { queueId }),
  });
}
