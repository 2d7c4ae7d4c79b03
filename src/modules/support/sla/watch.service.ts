import { recordEvents } from '../../../events/index.js';
import type { Database, Scope, Tx } from '../../../platform/database/database.js';
import { newId } from '../../../platform/ids.js';
import type { Logger } from '../../../platform/logger.js';
import { actOnTicket } from './escalation.service.js';
import type { SlaMetric } from './history.rules.js';

/** Name of the background task that tells of times that run out, and acts on what waits too long. */
export const WATCH_DEADLINES = 'deadlines:watch';

/** Few, so that no transaction lasts. */
const BATCH = 100;
/** Of one organisation at a time, so that a large one does not keep the others waiting. */
const MOST_BATCHES = 50;

/** Tells and does what is due in every organisation, each thing once: safe to run twice, also at once, and to die in between. */
export async function watchDeadlines(database: Database, log: Logger, signal: AbortSignal): Promise<void> {
  const { rows } = await database.system.query<{ id: string }>(
    `select organization_id as id from ticket_clocks where tell_at < now()
     union select organization_id from ticket_escalations where act_at <= now() and acted_at is null`,
  );
  for (const { id: organizationId } of rows) {
    const scope = { organizationId, actor: 'system:deadlines', requestId: newId() };
    try {
      for (let batch = 0; batch < MOST_BATCHES && !signal.aborted; batch += 1)
        if ((await database.write(scope, tellOfDeadlines)) === 0) break;
      await escalate(database, scope, log, signal);
    } catch (error) {
      log.warn({ err: error, organizationId }, 'deadlines could not be watched');
    }
  }
}

/**
 * Tells that times are about to run out, or have. Tickets that somebody holds are left for the next look; those that are told of
 * and that it was told are one transaction. Answers how many tickets there were.
 */
async function tellOfDeadlines(tx: Tx): Promise<number> {
  const { organizationId } = tx.scope;
  const held = await tx.query<{ id: string }>(
    `select t.id from tickets t
      where t.organization_id = $1 and t.id in (
              select c.ticket_id from ticket_clocks c where c.organization_id = $1 and c.tell_at < now() order by c.tell_at limit $2)
      order by t.id for update of t skip locked`,
    [organizationId, BATCH],
  );
  if (held.length === 0) return 0;
  const told = await tx.query<{ ticketId: string; metric: SlaMetric; isBreached: boolean }>(
    `update ticket_clocks c set
            breached_at = case when d.is_breached then coalesce(c.breached_at, c.due_at) end,
            breach_told_at = case when d.is_breached then now() end,
            warned_at = coalesce(c.warned_at, now()),
            tell_at = case when not d.is_breached then c.due_at end
       from (select k.ticket_id, k.metric, k.turn, k.breached_at is not null or (k.running_since is not null and k.due_at < now()) as is_breached
               from ticket_clocks k
              where k.organization_id = $1 and k.ticket_id = any ($2::uuid[]) and k.tell_at < now()) d
      where c.organization_id = $1 and c.ticket_id = d.ticket_id and c.metric = d.metric and c.turn = d.turn
      returning c.ticket_id as "ticketId", c.metric, d.is_breached as "isBreached"`,
    [organizationId, held.map(({ id }) => id)],
  );
  await tx.query(
    `update tickets t set sla_breached_at = b.at
       from (select c.ticket_id, min(c.breached_at) as at from ticket_clocks c
              where c.organization_id = $1 and c.ticket_id = any ($2::uuid[]) group by 1) b
      where t.organization_id = $1 and t.id = b.ticket_id and b.at is distinct from t.sla_breached_at`,
    [organizationId, told.filter(({ isBreached }) => isBreached).map(({ ticketId }) => ticketId)],
  );
  await recordEvents(
    tx,
    told.map(({ ticketId, metric, isBreached }) => ({
      type: isBreached ? 'ticket.breached' : 'ticket.due',
      subjectId: ticketId,
      data: { metric },
    })),
  );
  return held.length;
}

/** Has each rule act on each ticket whose moment has come, one transaction each: what one cannot do keeps no other waiting. */
async function escalate(database: Database, scope: Scope, log: Logger, signal: AbortSignal): Promise<void> {
  const due = await database.read<{ ticketId: string; ruleId: string }>(
    scope,
    `select e.ticket_id as "ticketId", e.rule_id as "ruleId" from ticket_escalations e
       join escalation_rules r on r.organization_id = e.organization_id and r.id = e.rule_id
      where e.organization_id = $1 and e.act_at <= now() and e.acted_at is null and r.is_active
      order by e.act_at, r.position limit $2`,
    [scope.organizationId, BATCH * MOST_BATCHES],
  );
  for (const { ticketId, ruleId } of due) {
    if (signal.aborted) return;
    await database
      .write(scope, tx => actOnTicket(tx, ticketId, ruleId))
      .catch(error => log.warn({ err: error, ticketId, ruleId }, 'an escalation rule could not act on a ticket'));
  }
}
