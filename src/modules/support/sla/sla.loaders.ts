import type { LoaderDefinition } from '../../../platform/loaders.js';
import type { RequestContext } from '../../access/index.js';
import type { CalendarHoliday } from './business-calendar.entity.js';
import { calendarsOf } from './calendar.queries.js';
import type { Calendars } from './calendar.rules.js';
import type { KeptClock } from './kept-clock.rules.js';

/** Holidays of calendars, those of every year first, each in the order of its dates. */
export const holidaysOfCalendar: LoaderDefinition<RequestContext, string, CalendarHoliday[]> = {
  name: 'businessCalendar.holidays',
  async batch(context, calendarIds) {
    const rows = await context.read<CalendarHoliday>(
      `select calendar_id as "calendarId", name, date, is_yearly as "isYearly", hours from calendar_holidays
        where calendar_id = any ($1::uuid[]) order by is_yearly desc, date`,
      [calendarIds],
      this.name,
    );
    return calendarIds.map(id => rows.filter(({ calendarId }) => calendarId === id));
  },
};

/** A clock as it is read: moments are texts. */
export type ReadClock = {
  [Key in keyof KeptClock]: KeptClock[Key] extends Date | null ? string | null : KeptClock[Key];
};

/** Clocks of tickets that the caller sees, as they were started. */
export const clocksOfTicket: LoaderDefinition<RequestContext, string, ReadClock[]> = {
  name: 'ticket.sla.clocks',
  async batch(context, ticketIds) {
    const rows = await context.read<ReadClock>(
      `select ticket_id as "ticketId", metric, turn, calendar_id as "calendarId", target_minutes as "targetMinutes", started_at as "startedAt",
              running_since as "runningSince", paused_since as "pausedSince", elapsed_ms::float8 as "elapsedMs", due_at as "dueAt",
              met_at as "metAt", stopped_at as "stoppedAt", breached_at as "breachedAt"
         from ticket_clocks where ticket_id = any ($1::uuid[]) order by started_at, metric, turn`,
      [ticketIds],
      this.name,
    );
    const byTicket = Map.groupBy(rows, ({ ticketId }) => ticketId);
    return ticketIds.map(id => byTicket.get(id) ?? []);
  },
};

/** The calendars of the organisation, once an operation. */
export const calendarsOfOrganization: LoaderDefinition<RequestContext, string, Calendars> = {
  name: 'organization.calendars',
  async batch(context, keys) {
    const calendars = await calendarsOf({ query: context.run, scope: context.scope });
    return keys.map(() => calendars);
  },
};
