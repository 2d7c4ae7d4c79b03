import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { tellActivities } from './activity.queries.js';
import { momentsOf, type Recurrence, ruleAfter } from './recurrence.rules.js';
import { scheduleReminder } from './reminder.service.js';
import { askAttendees, type PlannedSeries, planAhead } from './series.planning.js';

/** What a series is like from some moment on. */
export interface FollowingChange {
  recurrence: Recurrence;
  /** Whether its moments are other ones than before. */
  isMoved: boolean;
  /** Whether the rule was said anew, so that one that counts counts from here. */
  isNewRule: boolean;
  /** Columns of the series that are said anew. */
  columns: Record<string, unknown>;
}

interface Row {
  id: string;
  at: Date;
  isOpen: boolean;
  isException: boolean;
}

/** Lets the part of a series (held) from `at` on be another one, and its activities follow. */
export async function moveFollowing(tx: Tx, series: PlannedSeries, at: Date, change: FollowingChange): Promise<void> {
  const { organizationId } = tx.scope;
  const passed = momentsOf(series, series.firstAt, at).length;
  const isWhole = passed === 0;
  const rule = change.isNewRule ? change.recurrence.rule : ruleAfter(series.rule, passed);
  const seriesId = isWhole ? series.id : await splitSeries(tx, series, at);
  const next: PlannedSeries = {
    ...change.recurrence,
    rule,
    id: seriesId,
    plannedUntil: change.isMoved ? change.recurrence.firstAt : series.plannedUntil,
  };
  await writeSeries(tx, next, change.columns);

  const rows = await tx.query<Row>(
    `select id, occurrence_at as at, status = 'OPEN' and checked_in_at is null as "isOpen", is_exception as "isException" from activities
      where organization_id = $1 and series_id = $2 and occurrence_at >= $3 order by occurrence_at for update`,
    [organizationId, series.id, at],
  );
  const open = rows.filter(row => row.isOpen);
  const taken = new Set(rows.filter(row => !row.isOpen).map(row => row.at.getTime()));
  if (!change.isMoved) {
    await tx.query('update activities set series_id = $2 where organization_id = $1 and id = any ($3::uuid[])', [
      organizationId,
      seriesId,
      rows.map(row => row.id),
    ]);
    // What was changed by itself stays so, but for the one that is changed now.
    await applySeries(
      tx,
      seriesId,
      open.filter(row => !row.isException || row.at.getTime() === at.getTime()),
    );
  } else {
    const moments = momentsOf(
      next,
      next.firstAt,
      new Date(Math.max(series.plannedUntil.getTime(), next.firstAt.getTime() + 1000)),
    ).filter(moment => !isWhole || !taken.has(moment.getTime()));
    await applySeries(
      tx,
      seriesId,
      open.slice(0, moments.length).map((row, place) => ({ ...row, at: moments[place]! })),
    );
    await cancelRest(tx, open.slice(moments.length));
  }
  await planAhead(tx, next);
  await tellActivities(
    tx,
    open.map(row => row.id),
  );
}

/** The earlier series ends before `at`; a new one is like it until it is written over. */
async function splitSeries(tx: Tx, series: PlannedSeries, at: Date): Promise<string> {
  const id = newId();
  await tx.query(
    `with ended as (update activity_series set ends_before = $3 where organization_id = $1 and id = $2)
     insert into activity_series (organization_id, id, rule, time_zone, first_at, ends_before, planned_until, kind, subject, notes, priority,
            location, is_timed, duration_seconds, due_after_seconds, remind_before_seconds, owner_id, team_id, customer_id,
            regarding_prefix, regarding_id, member_ids, attending_ids)
     select organization_id, $4, rule, time_zone, $3, ends_before, planned_until, kind, subject, notes, priority,
            location, is_timed, duration_seconds, due_after_seconds, remind_before_seconds, owner_id, team_id, customer_id,
            regarding_prefix, regarding_id, member_ids, attending_ids
       from activity_series where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, series.id, at, id],
  );
  return id;
}

async function writeSeries(tx: Tx, series: PlannedSeries, columns: Record<string, unknown>): Promise<void> {
  const parameters = new Parameters();
  const [organization, id] = [parameters.add(tx.scope.organizationId), parameters.add(series.id)];
  const all: Record<string, unknown> = {
    rule: series.rule,
    time_zone: series.timeZone,
    first_at: series.firstAt,
    ends_before: series.endsBefore,
    ...columns,
  };
  const sets = Object.entries(all).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update activity_series set ${sets.join(', ')} where organization_id = ${organization} and id = ${id}`,
    parameters.values,
  );
}

/** Makes activities what their series says, each at its moment; they are let go of first, so that moments may change places. */
async function applySeries(tx: Tx, seriesId: string, rows: Row[]): Promise<void> {
  const { organizationId } = tx.scope;
  const ids = rows.map(row => row.id);
  await tx.query(
    'update activities set series_id = null, occurrence_at = null where organization_id = $1 and id = any ($2::uuid[])',
    [organizationId, ids],
  );
  const changed = await tx.query<{ id: string; remindAt: Date | null }>(
    `update activities a set series_id = s.id, occurrence_at = m.at, is_exception = false, kind = s.kind, subject = s.subject, notes = s.notes,
            priority = s.priority, location = s.location, starts_at = case when s.is_timed then m.at end,
            ends_at = m.at + s.duration_seconds * interval '1 second',
            due_at = case when s.is_timed then m.at + s.due_after_seconds * interval '1 second' else m.at end,
            remind_at = m.at - s.remind_before_seconds * interval '1 second',
            reminded_at = case when a.remind_at = m.at - s.remind_before_seconds * interval '1 second' then a.reminded_at end,
            owner_id = s.owner_id, team_id = s.team_id, customer_id = s.customer_id, regarding_prefix = s.regarding_prefix,
            regarding_id = s.regarding_id, version = a.version + 1, updated_at = now()
       from activity_series s cross join unnest($3::uuid[], $4::timestamptz[]) m(id, at)
      where s.organization_id = $1 and s.id = $2 and a.organization_id = $1 and a.id = m.id
     returning a.id, a.remind_at as "remindAt"`,
    [organizationId, seriesId, ids, rows.map(row => row.at)],
  );
  await tx.query('delete from activity_attendees where organization_id = $1 and activity_id = any ($2::uuid[])', [
    organizationId,
    ids,
  ]);
  await askAttendees(tx, seriesId, ids);
  for (const { id, remindAt } of changed)
    if (remindAt && remindAt > new Date()) await scheduleReminder(tx, id, remindAt);
}

async function cancelRest(tx: Tx, rows: Row[]): Promise<void> {
  await tx.query(
    `update activities set status = 'CANCELLED', series_id = null, occurrence_at = null, version = version + 1, updated_at = now()
      where organization_id = $1 and id = any ($2::uuid[])`,
    [tx.scope.organizationId, rows.map(row => row.id)],
  );
}
