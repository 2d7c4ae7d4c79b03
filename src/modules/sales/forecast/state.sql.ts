import { storedId } from '../../../platform/ids.js';
import type { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';

/** Which opportunities are added up, by whose they were and which pipeline they were in then; public ids. */
export interface ForecastFilter {
  ownerId?: string | null;
  teamId?: string | null;
  pipelineId?: string | null;
}

export interface Sight {
  /** Null: the product itself asks, for everybody. */
  viewer: Viewer | null;
  organizationId: string;
  /** RFC 3339; null is the present. */
  asOf: string | null;
}

/** A day, or the moment it was closed, in UTC. */
const dayOf = (moment: string): string => `(${moment} at time zone 'UTC')::date`;

const PRESENT = {
  from: 'opportunities s',
  closesOn: `case when s.status = 'OPEN' then s.expected_close_on else ${dayOf('coalesce(s.closed_at, s.stage_entered_at)')} end`,
};

/**
 * When a closed one was closed, as known at `at`: as its row says where that still speaks of the same closing, otherwise when its
 * revisions began to say so without a break.
 */
const closedAt = (at: string): string => `coalesce(
  case when o.status = s.status and o.closed_at <= ${at} then o.closed_at end,
  (select min(b.changed_at) from opportunity_revisions b
    where b.organization_id = s.organization_id and b.opportunity_id = s.opportunity_id and b.changed_at <= s.changed_at
      and b.changed_at > coalesce((select max(c.changed_at) from opportunity_revisions c
        where c.organization_id = s.organization_id and c.opportunity_id = s.opportunity_id and c.changed_at < s.changed_at
          and c.status <> s.status), '-infinity')))`;

/**
 * SQL of what opportunities were like at a moment, of those the viewer may see today: `id, status, pipeline_id, stage_id,
 * own_category, amount, currency, closes_on` (the day it was closed or is expected to be, may be null), `owner_id, team_id`.
 * The present is read from the opportunities, the past from their revisions. `conditions` speak of the row `s`; where others are
 * told, too, `matches` says which rows they hold of.
 */
export function opportunitiesAt(
  { viewer, organizationId, asOf }: Sight,
  parameters: Parameters,
  conditions: string[] = [],
  others: 'left out' | 'told' = 'left out',
): string {
  const organization = parameters.add(organizationId, 'uuid');
  const columns =
    's.status, s.pipeline_id, s.stage_id, s.forecast_category as own_category, s.amount, s.currency, s.owner_id, s.team_id';
  const matches = others === 'told' ? `(${conditions.join(' and ') || 'true'})` : 'true';
  const kept = others === 'told' ? [] : conditions;
  if (asOf === null) {
    const visible = viewer ? visibleCondition(viewer, 'OPPORTUNITY', 's', parameters) : undefined;
    return `select s.id, ${columns}, ${matches} as matches, ${PRESENT.closesOn} as closes_on from ${PRESENT.from}
      where ${[`s.organization_id = ${organization}`, visible, ...kept].filter(Boolean).join(' and ')}`;
  }
  const at = parameters.add(asOf, 'timestamptz');
  const visible = viewer ? visibleCondition(viewer, 'OPPORTUNITY', 'o', parameters) : undefined;
  const then = [
    `s.organization_id = ${organization}`,
    `s.changed_at <= ${at}`,
    `(s.changed_until is null or s.changed_until > ${at})`,
    visible,
    ...kept,
  ];
  return `select s.opportunity_id as id, ${columns}, ${matches} as matches,
      case when s.status = 'OPEN' then s.expected_close_on else ${dayOf(closedAt(at))} end as closes_on
    from opportunity_revisions s join opportunities o on o.organization_id = s.organization_id and o.id = s.opportunity_id
    where ${then.filter(Boolean).join(' and ')}`;
}

/** What keeps of rows `s` those of a person, of a team and those below it, of a pipeline. Ids that are none match nothing. */
export function filterConditions(filter: ForecastFilter, organizationId: string, parameters: Parameters): string[] {
  const conditions: string[] = [];
  if (filter.ownerId) conditions.push(`s.owner_id = ${parameters.add(storedId('member', filter.ownerId), 'uuid')}`);
  if (filter.pipelineId)
    conditions.push(`s.pipeline_id = ${parameters.add(storedId('pipeline', filter.pipelineId), 'uuid')}`);
  if (filter.teamId) {
    const organization = parameters.add(organizationId, 'uuid');
    const tree = `with recursive tree as (
      select ft.id from teams ft where ft.organization_id = ${organization} and ft.id = ${parameters.add(storedId('team', filter.teamId), 'uuid')}
      union select fc.id from teams fc join tree on fc.organization_id = ${organization} and fc.parent_id = tree.id)`;
    conditions.push(
      `(s.team_id in (${tree} select id from tree) or s.owner_id in (${tree} select fm.member_id from team_members fm join tree on fm.organization_id = ${organization} and fm.team_id = tree.id))`,
    );
  }
  return conditions;
}
