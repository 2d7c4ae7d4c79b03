import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Database, Scope } from '../../platform/database/database.js';
import { Parameters } from '../../platform/paging/index.js';
import { memberViewer, type Viewer, visibleCondition } from '../access/index.js';
import { type CalendarActivity, type CalendarSeries, renderCalendar } from './calendar.rendering.js';

const DAY_MS = 86_400_000;
const BACK_MS = 180 * DAY_MS;
const AHEAD_MS = 400 * DAY_MS;
const MOST_ACTIVITIES = 3000;
const MOST_SERIES = 200;

export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * The calendar behind a secret, or null: unknown, removed, and of somebody who has left or may read no activities all look the
 * same. It has half a year back and about a year ahead, 3,000 activities and 200 series at the most.
 */
export async function readCalendar(database: Database, token: string, requestId: string): Promise<string | null> {
  const { system } = database;
  const feed = await findFeed(system, tokenDigest(token));
  const viewer = feed && (await memberViewer(system, feed.organizationId, feed.memberId));
  if (!viewer?.may('activities:read')) return null;
  await noteReading(system, feed!.organizationId, feed!.id);
  const scope = { organizationId: viewer.organizationId, actor: viewer.actor, requestId };
  return renderCalendar({
    name: feed!.name,
    activities: await activitiesOf(database, scope, viewer),
    series: viewer.scopeOf('ACTIVITY') === 'NONE' ? [] : await seriesOf(database, scope, viewer.memberId!),
  });
}

interface Feed {
  organizationId: string;
  id: string;
  memberId: string;
  name: string;
}

async function findFeed(system: Pool, digest: string): Promise<Feed | undefined> {
  const { rows } = await system.query<Feed>({
    name: 'calendar.feed',
    text: `select organization_id as "organizationId", id, member_id as "memberId", name from calendar_feeds where token_digest = $1`,
    values: [digest],
  });
  return rows[0];
}

/** Once an hour is enough to know whether a feed is still read. */
async function noteReading(system: Pool, organizationId: string, id: string): Promise<void> {
  await system.query(
    `update calendar_feeds set last_read_at = now()
      where organization_id = $1 and id = $2 and (last_read_at is null or last_read_at < now() - interval '1 hour')`,
    [organizationId, id],
  );
}

/** What the member does or is asked to, as far as they see it. */
async function activitiesOf(database: Database, scope: Scope, viewer: Viewer): Promise<CalendarActivity[]> {
  const parameters = new Parameters();
  const member = parameters.add(viewer.memberId, 'uuid');
  const [back, ahead] = [-BACK_MS, AHEAD_MS].map(ms => parameters.add(new Date(Date.now() + ms), 'timestamptz'));
  const conditions = [
    `(t.owner_id = ${member} or exists (select 1 from activity_attendees a
        where a.organization_id = t.organization_id and a.activity_id = t.id and a.member_id = ${member}))`,
    // Of a series every time counts, so that none that was called off long ago comes back.
    `(t.series_id is not null or coalesce(t.starts_at, t.due_at) between ${back} and ${ahead})`,
    `t.status <> 'CANCELLED'`,
    visibleCondition(viewer, 'ACTIVITY', 't', parameters),
  ].filter(Boolean);
  const rows = await database.read<CalendarActivity>(
    scope,
    `select t.id, t.subject, t.notes, t.location, t.starts_at as "startsAt", t.ends_at as "endsAt", t.due_at as "dueAt", t.version,
            t.series_id as "seriesId", t.occurrence_at as "occurrenceAt", t.is_exception as "isException", t.created_at as "createdAt",
            t.updated_at as "updatedAt"
       from activities t where ${conditions.join(' and ')}
      order by coalesce(t.starts_at, t.due_at) desc, t.id limit ${MOST_ACTIVITIES}`,
    parameters.values,
  );
  return rows.map(withDates);
}

async function seriesOf(database: Database, scope: Scope, memberId: string): Promise<CalendarSeries[]> {
  const rows = await database.read<CalendarSeries>(
    scope,
    `select s.id, s.rule, s.time_zone as "timeZone", s.first_at as "firstAt", s.ends_before as "endsBefore", s.planned_until as "plannedUntil",
            s.subject, s.notes, s.location, s.duration_seconds as "durationSeconds", s.created_at as "createdAt", s.created_at as "updatedAt"
       from activity_series s
      where (s.owner_id = $1 or $1 = any (s.member_ids)) and (s.ends_before is null or s.ends_before > $2)
      order by s.first_at desc, s.id limit ${MOST_SERIES}`,
    [memberId, new Date(Date.now() - BACK_MS)],
  );
  return rows.map(withDates);
}

const MOMENTS = /(At|Before|Until)$/;

/** Reads answer moments as text. */
function withDates<Row extends object>(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      MOMENTS.test(key) && typeof value === 'string' ? new Date(value) : value,
    ]),
  ) as Row;
}
