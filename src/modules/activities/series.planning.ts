import type { Database, Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import type { Logger } from '../../platform/logger.js';
import { tellActivities } from './activity.queries.js';
import { momentAfter, momentsOf, type Recurrence } from './recurrence.rules.js';
import { scheduleReminder } from './reminder.service.js';

/** Name of the background task that plans series further ahead. */
export const PLAN_TASK = 'activities:plan';

/** How far ahead each time of a series is an activity of its own. The next one always is, however far away. */
const HORIZON_MS = 90 * 86_400_000;

export interface PlannedSeries extends Recurrence {
  id: string;
  plannedUntil: Date;
}

export const SERIES_COLUMNS = `s.id, s.rule, s.time_zone as "timeZone", s.first_at as "firstAt", s.ends_before as "endsBefore",
  s.planned_until as "plannedUntil"`;

/** A series whose row is held, so that one at a time plans or changes it. */
export async function lockSeries(tx: Tx, seriesId: string): Promise<PlannedSeries | undefined> {
  const [series] = await tx.query<PlannedSeries>(
    `select ${SERIES_COLUMNS} from activity_series s where s.organization_id = $1 and s.id = $2 for update`,
    [tx.scope.organizationId, seriesId],
  );
  return series;
}

/**
 * Makes an activity of each time of a series that is held, up to the horizon. What there is already stays as it is: one time of a
 * series is one row, whoever plans it and however often.
 */
export async function planAhead(tx: Tx, series: PlannedSeries, now = new Date()): Promise<void> {
  const from = series.plannedUntil;
  const next = momentAfter(series, now);
  const until = new Date(Math.max(now.getTime() + HORIZON_MS, (next?.getTime() ?? 0) + 1000));
  await insertTimes(tx, series.id, momentsOf(series, from, until), now);
  await tx.query(
    'update activity_series set planned_until = greatest(planned_until, $3) where organization_id = $1 and id = $2',
    [tx.scope.organizationId, series.id, until],
  );
}

async function insertTimes(tx: Tx, seriesId: string, moments: Date[], now: Date): Promise<void> {
  const { organizationId, actor } = tx.scope;
  const inserted = await tx.query<{ id: string; remindAt: Date | null }>(
    `insert into activities (organization_id, id, kind, subject, notes, priority, location, starts_at, ends_at, due_at, remind_at,
                             owner_id, team_id, customer_id, regarding_prefix, regarding_id, series_id, occurrence_at, created_by)
     select s.organization_id, m.id, s.kind, s.subject, s.notes, s.priority, s.location,
            case when s.is_timed then m.at end, m.at + s.duration_seconds * interval '1 second',
            case when s.is_timed then m.at + s.due_after_seconds * interval '1 second' else m.at end,
            m.at - s.remind_before_seconds * interval '1 second',
            s.owner_id, s.team_id, s.customer_id, s.regarding_prefix, s.regarding_id, s.id, m.at, $5
       from activity_series s cross join unnest($3::uuid[], $4::timestamptz[]) m(id, at)
      where s.organization_id = $1 and s.id = $2
     on conflict (organization_id, series_id, occurrence_at) where series_id is not null do nothing
     returning id, remind_at as "remindAt"`,
    [organizationId, seriesId, moments.map(() => newId()), moments, actor],
  );
  const ids = inserted.map(({ id }) => id);
  await askAttendees(tx, seriesId, ids);
  // Nobody is reminded of what is past by the time it is planned.
  for (const { id, remindAt } of inserted) if (remindAt && remindAt > now) await scheduleReminder(tx, id, remindAt);
  await tellActivities(tx, ids);
}

/** Asks to these activities whom their series names: a customer that was merged as the one it became, one that is gone not at all. */
export async function askAttendees(tx: Tx, seriesId: string, activityIds: string[]): Promise<void> {
  if (activityIds.length === 0) return;
  await tx.query(
    `with recursive became as (
       select c.id, c.merged_into_id, c.deleted_at from activity_series s
         join customers c on c.organization_id = s.organization_id and c.id = any (s.attending_ids)
        where s.organization_id = $1 and s.id = $2
       union select c.id, c.merged_into_id, c.deleted_at from became b
         join customers c on c.organization_id = $1 and c.id = b.merged_into_id),
     asked as (
       select m.id as member_id, null::uuid as customer_id from activity_series s
         join members m on m.organization_id = s.organization_id and m.id = any (s.member_ids)
        where s.organization_id = $1 and s.id = $2
       union select null, b.id from became b where b.deleted_at is null)
     insert into activity_attendees (organization_id, id, activity_id, member_id, customer_id)
     select $1, gen_random_uuid(), a.id, w.member_id, w.customer_id from unnest($3::uuid[]) a(id) cross join asked w`,
    [tx.scope.organizationId, seriesId, activityIds],
  );
}

/** Plans every series further ahead that has not ended; what is wrong with one keeps no other waiting. */
export async function planAllSeries(database: Database, log: Logger, signal: AbortSignal): Promise<void> {
  const { rows } = await database.system.query<{ organizationId: string; id: string }>(
    `select organization_id as "organizationId", id from activity_series
      where planned_until < $1 and (ends_before is null or planned_until < ends_before) order by planned_until`,
    [new Date(Date.now() + HORIZON_MS - 3_600_000)],
  );
  for (const { organizationId, id } of rows) {
    if (signal.aborted) return;
    const scope = { organizationId, actor: 'system:activities', requestId: `plan:${id}` };
    await database
      .write(scope, async tx => {
        const series = await lockSeries(tx, id);
        if (series) await planAhead(tx, series);
      })
      .catch(error => log.warn({ err: error, organizationId }, 'a series of activities could not be planned ahead'));
  }
}
