import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { Organization, type RequestContext, visibleCondition, zoneOf } from '../../access/index.js';
import { CAN_WORK, IS_PRESENT, WORKERS } from '../queues/queue.queries.js';
import type { SupportCounters, SupportCountersFilter } from './counters.types.js';
import { DONE, requireSeen } from './report.sql.js';

/** Counts what is open, what was solved today and who is there to do it, in one statement that reads open tickets only. */
export async function supportCounters(
  context: RequestContext,
  filter: SupportCountersFilter | null | undefined,
): Promise<SupportCounters> {
  requireSeen(context.viewer, filter ?? {});
  const organization = await context.recordById<Organization>(Organization, context.viewer.organizationId);
  const parameters = new Parameters();
  const stored = (prefix: string, ids: string[] | null | undefined) =>
    ids &&
    parameters.add(
      ids.flatMap(id => storedId(prefix, id) ?? []),
      'uuid[]',
    );
  const [teams, queues, members] = [
    stored('team', filter?.teamIds),
    stored('queue', filter?.queueIds),
    stored('member', filter?.assigneeIds),
  ];
  const own = parameters.add(context.viewer.organizationId, 'uuid');
  const conditions = [
    `t.organization_id = ${own}`,
    teams && `t.team_id = any (${teams})`,
    queues && `t.queue_id = any (${queues})`,
    members && `t.assignee_id = any (${members})`,
    visibleCondition(context.viewer, 'TICKET', 't', parameters),
  ]
    .filter(Boolean)
    .join(' and ');
  const there = [
    `q.organization_id = ${own} and q.is_active and ${IS_PRESENT}`,
    teams && `q.team_id = any (${teams})`,
    queues && `q.id = any (${queues})`,
    members && `m.id = any (${members})`,
    visibleCondition(context.viewer, 'STAFF', 'm', parameters),
  ]
    .filter(Boolean)
    .join(' and ');
  const zone = parameters.add(zoneOf(organization?.defaultCountry ?? 'ES', organization?.settings), 'text');
  const midnight = `(date_trunc('day', now() at time zone ${zone}) at time zone ${zone})`;
  const [row] = await context.readApart<SupportCounters>(
    `select count(*)::integer as open, count(*) filter (where t.assignee_id is null)::integer as unassigned,
            count(*) filter (where t.waiting_since is not null)::integer as waiting,
            count(*) filter (where t.sla_breached_at is not null or t.next_due_at < now())::integer as breached,
            count(*) filter (where t.sla_breached_at is null and t.next_due_at between now() and now() + interval '1 hour')::integer as "dueSoon",
            count(*) filter (where t.snoozed_until > now())::integer as snoozed, min(t.waiting_since) as "longestWaitingSince",
            (select count(*)::integer from tickets t where ${conditions} and t.status = 'SOLVED' and t.solved_at >= ${midnight})
            + (select count(*)::integer from tickets t where ${conditions} and t.status = 'CLOSED' and t.merged_into_id is null
                  and t.updated_at >= ${midnight} and coalesce(t.solved_at, t.closed_at) >= ${midnight}) as "solvedToday",
            (select count(distinct m.id)::integer
               from support_queues q cross join ${WORKERS} join members m on m.organization_id = q.organization_id and m.id = w.member_id and ${CAN_WORK}
               left join member_availability v on v.organization_id = m.organization_id and v.member_id = m.id
               left join member_absences a on a.organization_id = m.organization_id and a.member_id = m.id
              where ${there}) as "availableAgents"
       from tickets t where ${conditions} and t.status not in ${DONE}`,
    parameters.values,
  );
  return row!;
}
