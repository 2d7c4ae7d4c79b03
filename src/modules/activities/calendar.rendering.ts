import ical, { type ICalCalendar, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { publicId } from '../../platform/ids.js';
import { momentsOf, type Recurrence, ruleUntil, utcStamp, wallClock, zonedMoment } from './recurrence.rules.js';

/** What an entry of a calendar is made of. */
export interface CalendarText {
  id: string;
  subject: string;
  notes: string | null;
  location: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface CalendarActivity extends CalendarText {
  startsAt: Date | null;
  endsAt: Date | null;
  dueAt: Date | null;
  version: number;
  seriesId: string | null;
  occurrenceAt: Date | null;
  isException: boolean;
}

export interface CalendarSeries extends CalendarText, Recurrence {
  durationSeconds: number | null;
  plannedUntil: Date;
}

export interface CalendarContent {
  name: string;
  activities: CalendarActivity[];
  /** Only those that are the reader's own; of others each time stands alone. */
  series: CalendarSeries[];
}

/**
 * An iCalendar document (RFC 5545). A series is one entry with its rule, what was called off of it or is not the reader's is taken
 * out of it, and what was changed by itself stands beside it. Names of entries stay the same for as long as they live.
 */
export function renderCalendar({ name, activities, series }: CalendarContent): string {
  const calendar = ical({
    name,
    prodId: { company: 'Vinculo', product: 'Activities', language: 'EN' },
    ttl: 900,
    timezone: { name: null, generator: zone => timeZoneOf(zone)?.block ?? null },
  });
  const ofSeries = Map.groupBy(activities, activity => activity.seriesId);
  const alone = new Set(activities);
  for (const one of series) {
    for (const placed of addSeries(calendar, one, ofSeries.get(one.id) ?? [])) alone.delete(placed);
  }
  for (const activity of alone) {
    const start = activity.startsAt ?? activity.dueAt;
    if (start) addEntry(calendar, activity, uidOf('activity', activity.id), start, activity.endsAt, activity.version);
  }
  return calendar.toString();
}

const uidOf = (prefix: string, id: string): string => `${publicId(prefix, id)}@vinculo`;

/** Answers the activities that the entry stands for. */
function addSeries(calendar: ICalCalendar, series: CalendarSeries, own: CalendarActivity[]): CalendarActivity[] {
  const moments = momentsOf(series, series.firstAt, series.plannedUntil);
  const byMoment = new Map(own.map(activity => [activity.occurrenceAt?.getTime(), activity]));
  const placed = moments.flatMap(moment => byMoment.get(moment.getTime()) ?? []);
  // The first moment of an entry takes place whatever its rule says, so a series of which nothing is left has none.
  if (placed.length === 0) return [];
  const missing = moments.filter(moment => !byMoment.has(moment.getTime()));
  const zone = timeZoneOf(series.timeZone);
  const uid = uidOf('activity_series', series.id);
  const moment = (at: Date) => (zone ? zonedMoment(at, series.timeZone) : at);
  const end = series.durationSeconds && new Date(series.firstAt.getTime() + series.durationSeconds * 1000);
  // What changes of a series changes its activities: it was last changed when the last of them was.
  const updatedAt = new Date(Math.max(...[series, ...own].map(one => one.updatedAt.getTime())));
  const entry = addEntry(
    calendar,
    { ...series, updatedAt },
    uid,
    moment(series.firstAt),
    end ? moment(end) : null,
    0,
    zone?.name,
  );
  const except = missing.map(at =>
    zone ? `EXDATE;TZID=${zone.name}:${wallClock(at, series.timeZone)}` : `EXDATE:${utcStamp(at)}`,
  );
  entry.repeating([`RRULE:${ruleUntil(series.rule, series.endsBefore)}`, ...except].join('\r\n'));
  for (const activity of placed.filter(({ isException }) => isException)) {
    const start = activity.startsAt ?? activity.dueAt ?? activity.occurrenceAt!;
    addEntry(
      calendar,
      activity,
      uid,
      moment(start),
      activity.endsAt && moment(activity.endsAt),
      activity.version,
      zone?.name,
    ).recurrenceId(moment(activity.occurrenceAt!));
  }
  return placed;
}

type Moment = Date | ReturnType<typeof zonedMoment>;

function addEntry(
  calendar: ICalCalendar,
  { subject, notes, location, createdAt, updatedAt }: CalendarText,
  uid: string,
  start: Moment,
  end: Moment | null,
  sequence: number,
  timezone: string | null = null,
) {
  return calendar.createEvent({
    id: uid,
    summary: subject,
    description: notes,
    location,
    start,
    end,
    timezone,
    sequence,
    stamp: updatedAt,
    created: createdAt,
    lastModified: updatedAt,
    status: ICalEventStatus.CONFIRMED,
    // What has no end takes no time away.
    transparency: end ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
  });
}

/** The rules of a time zone for programs that do not know it, and what they call it; null for UTC, which needs none. */
function timeZoneOf(name: string): { name: string; block: string } | null {
  const [block, line] = tzlib_get_ical_block(name) as string[];
  const called = line?.replace('TZID=', '');
  return block && called && !/^(Etc\/)?(UTC|GMT)$/.test(called) ? { name: called, block } : null;
}
