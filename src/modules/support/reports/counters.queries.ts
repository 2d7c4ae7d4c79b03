import { storedId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { Organization, type RequestContext, visibleCondition, zoneOf } from '../../access/index.js';
import type { SupportCounters, SupportCountersFilter } from './counters.types.js';
import { DONE } from './report.sql.js';

const DUE_SOON = `least(case when t.first_responded_at is null then t.first_response_due_at end, t.next_response_due_at, t.resolution_due_at)`;

/** Counts what is open and what was solved today, in one statement that reads open tickets only. */
export async function supportCounters(
  context: RequestContext,
  filter: SupportCountersFilter | null | undefined,
): Promise<SupportCounters> {
  const organization = await context.recordById<Organization>(Organization, context.viewer.organizationId);
  const parameters = new Parameters();
  const among = (column: string, prefix: string, ids: string[] | null | undefined) =>
    ids &&
    `t.${column} = any (${parameters.add(
      ids.flatMap(id => storedId(prefix, id) ?? []),
      'uuid[]',
    )})`;
  const conditions = [
    `t.organization_id = ${parameters.add(context.viewer.organizationId, 'uuid')}`,
    among('team_id', 'team', filter?.teamIds),
    among('queue_id', 'queue', filter?.queueIds),
    among('assignee_id', 'member', filter?.assigneeIds),
    visibleCondition(context.viewer, 'TICKET', 't', parameters),
  ]
    .filter(Boolean)
    .join(' and ');
  const zone = parameters.add(zoneOf(organization?.defaultCountry ?? 'ES', organization?.settings), 'text');
  const midnight = `(date_trunc('day', now() at time zone ${zone}) at time zone ${zone})`;
  const [row] = await context.readApart<SupportCounters>(
    `select count(*)::integer as open, count(*) filter (where t.assignee_id is null)::integer as unassigned,
            count(*) filter (where t.waiting_since is not null)::integer as waiting,
            count(*) filter (where t.sla_breached_at is not null)::integer as breached,
            count(*) filter (where t.sla_breached_at is null and ${DUE_SOON} between now() and now() + interval '1 hour')::integer as "dueSoon",
            count(*) filter (where t.snoozed_until > now())::integer as snoozed, min(t.waiting_since) as "longestWaitingSince",
            (select count(*)::integer from tickets t where ${conditions} and t.status = 'SOLVED' and t.solved_at >= ${midnight})
            + (select count(*)::integer from tickets t where ${conditions} and t.status = 'CLOSED' and t.updated_at >= ${midnight} and coalesce(t.solved_at, t.closed_at) >= ${midnight}) as "solvedToday"
       from tickets t where ${conditions} and t.status not in ${DONE}`,
    parameters.values,
  );
  return row!;
}
