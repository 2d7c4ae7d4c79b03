import { type Problems, report } from '../../../platform/input.rules.js';
import type { BusinessCalendar, OpenHours } from './calendar.rules.js';

export enum Weekday {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}

/** Hours as people write them: from 09:00 to 14:00; what closes no later than it opens closes the next day. */
export interface WrittenHours {
  opensAt: string;
  closesAt: string;
}

export interface DayHours extends WrittenHours {
  day: Weekday;
}

export interface WrittenHoliday {
  date: string;
  isYearly: boolean;
  hours: WrittenHours[];
}

/** A calendar as its rows have it. */
export interface WrittenCalendar {
  timeZone: string;
  isAlwaysOpen: boolean;
  hours: DayHours[];
  holidays: WrittenHoliday[];
}

const MOST_HOURS = 70;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function read({ opensAt, closesAt }: WrittenHours): OpenHours {
  const [opens, closes] = [minuteOf(opensAt), minuteOf(closesAt)];
  return { opens, closes: closes > opens ? closes : closes + 1440 };
}

/** The calendar that the rules reckon with. */
export function calendarOf({ timeZone, isAlwaysOpen, hours, holidays }: WrittenCalendar): BusinessCalendar {
  return {
    zone: timeZone,
    week: isAlwaysOpen
      ? null
      : Object.values(Weekday).map(weekday => hours.filter(({ day }) => day === weekday).map(read)),
    // A year's own holiday stands before one of every year on the same date.
    holidays: holidays.map(({ date, isYearly, hours: own }) => ({
      date: isYearly ? date.slice(5) : date,
      hours: own.map(read),
    })),
  };
}

/** Reports hours that are not written as times, and those of a holiday that do not end with its day. */
export function checkHours(
  problems: Problems,
  field: string,
  hours: readonly WrittenHours[],
  { isWithinDay }: { isWithinDay: boolean },
): void {
  if (hours.length > MOST_HOURS) report(problems, field, `There are at most ${MOST_HOURS}.`, 'TOO_LONG');
  for (const [at, { opensAt, closesAt }] of hours.slice(0, MOST_HOURS).entries()) {
    if (!TIME.test(opensAt))
      report(problems, `${field}.${at}.opensAt`, 'A time is written as 09:00, from 00:00 to 23:59.');
    if (closesAt !== '24:00' && !TIME.test(closesAt))
      report(problems, `${field}.${at}.closesAt`, 'A time is written as 14:00, from 00:00 to 24:00.');
    else if (isWithinDay && closesAt <= opensAt)
      report(
        problems,
        `${field}.${at}.closesAt`,
        'On a holiday it closes later than it opens, and no later than 24:00.',
      );
  }
}
