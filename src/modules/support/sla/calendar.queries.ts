import type { Tx } from '../../../platform/database/database.js';
import { zoneOf } from '../../access/index.js';
import { alwaysOpen, type Calendars } from './calendar.rules.js';
import { calendarOf, type WrittenCalendar } from './hours.rules.js';

type Reader = Pick<Tx, 'query' | 'scope'>;

interface Row extends WrittenCalendar {
  id: string;
  isDefault: boolean;
}

/** All calendars of the organisation, in one statement. Without a default one it is always open, by the clocks where it is. */
export async function calendarsOf(tx: Reader): Promise<Calendars> {
  const [found] = await tx.query<{ country: string; settings: Record<string, unknown>; calendars: Row[] }>(
    `select o.default_country as country, o.settings,
            coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'isDefault', c.is_default, 'timeZone', c.time_zone,
                        'isAlwaysOpen', c.is_always_open, 'hours', c.hours, 'holidays', coalesce((
                          select jsonb_agg(jsonb_build_object('date', h.date, 'isYearly', h.is_yearly, 'hours', h.hours) order by h.is_yearly, h.date)
                            from calendar_holidays h where h.organization_id = c.organization_id and h.calendar_id = c.id), '[]')))
               from business_calendars c where c.organization_id = o.id), '[]') as calendars
       from organizations o where o.id = $1`,
    [tx.scope.organizationId],
  );
  const rows = found?.calendars ?? [];
  const byId = new Map(rows.map(row => [row.id, calendarOf(row)]));
  const standard = rows.find(({ isDefault }) => isDefault);
  const fallback = standard
    ? byId.get(standard.id)!
    : alwaysOpen(zoneOf(found?.country ?? 'ES', found?.settings ?? {}));
  return { of: calendarId => (calendarId !== null && byId.get(calendarId)) || fallback };
}
