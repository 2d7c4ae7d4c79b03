import { Parameters, type Run } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import type { SlaMetric } from './history.rules.js';

/** What a report puts together. */
export enum SlaGroup {
  CHANNEL = 'CHANNEL',
  TEAM = 'TEAM',
  PERSON = 'PERSON',
  POLICY = 'POLICY',
  PRIORITY = 'PRIORITY',
  CATEGORY = 'CATEGORY',
}

/** What a group is told apart by, and the field of a ticket that says so. */
const GROUPS: Record<SlaGroup, { sql: string; field: string }> = {
  CHANNEL: { sql: 't.channel', field: 'channel' },
  TEAM: { sql: 't.team_id::text', field: 'team' },
  PERSON: { sql: 't.assignee_id::text', field: 'assignee' },
  POLICY: { sql: 'c.policy_id::text', field: 'sla' },
  PRIORITY: { sql: 't.priority', field: 'priority' },
  CATEGORY: { sql: 't.category_id::text', field: 'category' },
};

export interface MetricOutcome {
  metric: SlaMetric;
  met: number;
  breached: number;
  running: number;
  percentKept: number | null;
  medianMinutes: number | null;
  p90Minutes: number | null;
}

export interface GroupOutcome {
  /** A stored id or a value of an enumeration; null for tickets that have none. */
  key: string | null;
  metrics: MetricOutcome[];
}

/**
 * What became of promises that began in [from, to), of the tickets the viewer may see, by group; one statement. Late ones count as
 * broken also while they are still to be met; those that were not needed any more do not count.
 */
export async function slaOutcomes(
  run: Run,
  viewer: Viewer,
  { from, to, groupBy }: { from: Date; to: Date; groupBy: SlaGroup },
): Promise<GroupOutcome[]> {
  const { sql, field } = GROUPS[groupBy];
  if (viewer.isHidden('TICKET', 'sla') || viewer.isHidden('TICKET', field)) return [];
  const parameters = new Parameters();
  const conditions = [
    `c.organization_id = ${parameters.add(viewer.organizationId, 'uuid')}`,
    `c.started_at >= ${parameters.add(from, 'timestamptz')}`,
    `c.started_at < ${parameters.add(to, 'timestamptz')}`,
    visibleCondition(viewer, 'TICKET', 't', parameters),
  ].filter(Boolean);
  const share = (part: number) =>
    `round((percentile_cont(${part}) within group (order by o.elapsed_ms / 60000.0) filter (where o.is_met))::numeric, 2)::float8`;
  const rows = await run<MetricOutcome & { key: string | null }>(
    `with outcomes as (
       select ${sql} as key, c.metric, c.elapsed_ms, c.met_at is not null as is_met,
              c.breached_at is not null or (c.running_since is not null and c.due_at < now()) as is_late,
              c.met_at is null and c.stopped_at is null as is_open
         from ticket_clocks c join tickets t on t.organization_id = c.organization_id and t.id = c.ticket_id
        where ${conditions.join(' and ')})
     select o.key, o.metric, count(*) filter (where o.is_met and not o.is_late)::int as met,
            count(*) filter (where o.is_late)::int as breached, count(*) filter (where o.is_open and not o.is_late)::int as running,
            round(100.0 * count(*) filter (where o.is_met and not o.is_late)
                  / nullif(count(*) filter (where o.is_late or o.is_met), 0), 1)::float8 as "percentKept",
            ${share(0.5)} as "medianMinutes", ${share(0.9)} as "p90Minutes"
       from outcomes o group by 1, 2
      order by o.key nulls last, array_position(array['FIRST_RESPONSE', 'NEXT_RESPONSE', 'RESOLUTION'], o.metric)`,
    parameters.values,
  );
  const groups = Map.groupBy(rows, ({ key }) => key);
  return [...groups].map(([key, metrics]) => ({ key, metrics }));
}
