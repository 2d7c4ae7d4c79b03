import type { Tx } from '../../../platform/database/database.js';
import type { Calendars } from './calendar.rules.js';
import { type KnownRule, momentFor, type Sight, type Timed } from './escalation.rules.js';

/** When each rule will act on tickets, as things now stand; a rule that has acted on one does not again. */
export async function planEscalations(
  tx: Tx,
  tickets: readonly Timed[],
  rules: readonly KnownRule[],
  calendars: Calendars,
): Promise<void> {
  if (rules.length === 0) return;
  const ids = tickets.map(({ ticket }) => ticket.id);
  const sights = await sightsOf(tx, ids, rules);
  const plans = tickets.flatMap(timed =>
    rules.map(rule => ({
      ticket_id: timed.ticket.id,
      rule_id: rule.id,
      act_at: momentFor(rule, timed, sights.get(timed.ticket.id), calendars.of(timed.calendarId), calendars),
    })),
  );
  await tx.query(
    `with planned as (select * from jsonb_to_recordset($2) as p(ticket_id uuid, rule_id uuid, act_at timestamptz)),
       changed as (update ticket_escalations e set act_at = p.act_at from planned p
                    where e.organization_id = $1 and e.ticket_id = p.ticket_id and e.rule_id = p.rule_id and e.acted_at is null
                      and e.act_at is distinct from p.act_at)
     insert into ticket_escalations (organization_id, ticket_id, rule_id, act_at)
     select $1, p.ticket_id, p.rule_id, p.act_at from planned p where p.act_at is not null
         on conflict (organization_id, ticket_id, rule_id) do nothing`,
    [tx.scope.organizationId, JSON.stringify(plans)],
  );
}

async function sightsOf(tx: Tx, ids: readonly string[], rules: readonly KnownRule[]): Promise<Map<string, Sight>> {
  if (!rules.some(({ metric }) => metric === null)) return new Map();
  const rows = await tx.query<Sight & { id: string }>(
    `select t.id,
            case when t.assignee_id is null then greatest(t.opened_at, (
              select max(r.changed_until) from ticket_revisions r
               where r.organization_id = t.organization_id and r.ticket_id = t.id and r.assignee_id is not null)) end as "unassignedSince",
            greatest(t.opened_at,
              (select max(m.occurred_at) from ticket_messages m where m.organization_id = t.organization_id and m.ticket_id = t.id
                  and m.kind in ('AGENT', 'NOTE') and not m.is_automatic),
              (select max(r.changed_at) from ticket_revisions r where r.organization_id = t.organization_id and r.ticket_id = t.id
                  and r.changed_by not like all (array['system%', 'customer:%']))) as "touchedAt"
       from tickets t where t.organization_id = $1 and t.id = any ($2::uuid[])`,
    [tx.scope.organizationId, ids],
  );
  return new Map(rows.map(({ id, ...sight }) => [id, sight]));
}
