import { DAY, MINUTE, stretchesOf } from './zone.rules.js';

/** Opening hours as the clock on the wall shows them, in minutes after midnight; `closes` past 1440 is in the next day. */
export interface OpenHours {
  opens: number;
  closes: number;
}

/** A day with hours of its own; none of them for a day on which nobody works. */
export interface Holiday {
  /** `2026-12-25`, or `12-25` for one that comes every year. */
  date: string;
  hours: readonly OpenHours[];
}

/**
 * When an organisation works. It is open whenever the clock on the wall shows an open time: an hour that a change of clocks
 * leaves out is not there, and one that comes twice counts twice. A holiday is a date from midnight to midnight: nothing runs
 * over into it, and what would begin on it does not.
 */
export interface BusinessCalendar {
  /** IANA name. */
  zone: string;
  /** Hours by day, Monday first; `null` for always open. */
  week: readonly (readonly OpenHours[])[] | null;
  holidays: readonly Holiday[];
}

/** Calendars of an organisation by stored id; null, and ids that are no more, stand for the default one. */
export interface Calendars {
  of(calendarId: string | null): BusinessCalendar;
}

/** A calendar that has no open time in the years to come. */
export class NeverOpenError extends Error {
  constructor() {
    super('This calendar is never open.');
  }
}

/** How far a calendar is looked through before it counts as never open: over leap years and whatever is closed for a season. */
const HORIZON = 10 * 366 * DAY;

type Piece = readonly [from: number, to: number];

interface Compiled {
  zone: string;
  /** Open pieces of a day of the wall's clock (its number since 1970), in milliseconds after midnight. */
  dayOf(day: number): readonly Piece[];
}

const compiled = new WeakMap<BusinessCalendar, Compiled>();

function compile(calendar: BusinessCalendar): Compiled {
  const known = compiled.get(calendar);
  if (known) return known;
  const { week, zone } = calendar;
  const holidays = new Map(calendar.holidays.map(({ date, hours }) => [date, merge(hours.map(toPiece))]));
  const hasHolidays = holidays.size > 0;
  const hoursOf = (weekday: number): Piece[] => (week ? (week[weekday] ?? []).map(toPiece) : [[0, DAY]]);
  // Day 0 was a Thursday, and weeks begin on Mondays.
  const weekdays = Array.from({ length: 7 }, (_, weekday) => ({
    whole: merge([...hoursOf(weekday), ...overrun(hoursOf((weekday + 6) % 7))]),
    own: merge(hoursOf(weekday)),
  }));
  const holidayOf = (day: number): Piece[] | undefined => {
    if (!hasHolidays) return undefined;
    const date = new Date(day * DAY).toISOString().slice(0, 10);
    return holidays.get(date) ?? holidays.get(date.slice(5));
  };
  const made: Compiled = {
    zone,
    dayOf(day) {
      const weekday = weekdays[(((day + 3) % 7) + 7) % 7]!;
      return holidayOf(day) ?? (holidayOf(day - 1) ? weekday.own : weekday.whole);
    },
  };
  compiled.set(calendar, made);
  return made;
}

const toPiece = ({ opens, closes }: OpenHours): Piece => [opens * MINUTE, closes * MINUTE];

/** What hours that go past midnight leave for the next day. */
const overrun = (pieces: readonly Piece[]): Piece[] =>
  pieces.filter(([, to]) => to > DAY).map(([, to]) => [0, to - DAY] as const);

/** Pieces of one day, in order, without overlaps. */
function merge(pieces: readonly Piece[]): Piece[] {
  const merged: [number, number][] = [];
  for (const [from, end] of [...pieces].sort(([a], [b]) => a - b)) {
    const to = Math.min(end, DAY);
    const last = merged.at(-1);
    if (from >= to) continue;
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** The open pieces of [from, to) in order, in epoch milliseconds; those that touch come one after the other. */
function* openPieces(calendar: BusinessCalendar, from: number, to: number): Generator<Piece> {
  const { zone, dayOf } = compile(calendar);
  for (let year = new Date(from).getUTCFullYear(); from < to && Date.UTC(year, 0) < to; year += 1) {
    for (const stretch of stretchesOf(zone, year)) {
      const [begin, end] = [Math.max(from, stretch.from), Math.min(to, stretch.to)];
      if (begin >= end) continue;
      const lastDay = Math.floor((end + stretch.offset - 1) / DAY);
      for (let day = Math.floor((begin + stretch.offset) / DAY); day <= lastDay; day += 1) {
        const midnight = day * DAY - stretch.offset;
        for (const [opens, closes] of dayOf(day)) {
          const piece = [Math.max(begin, midnight + opens), Math.min(end, midnight + closes)] as const;
          if (piece[0] < piece[1]) yield piece;
        }
      }
    }
  }
}

/** Open time of [from, to) in milliseconds; nothing when `to` is not after `from`. */
export function businessTime(calendar: BusinessCalendar, from: Date, to: Date): number {
  let total = 0;
  for (const [opens, closes] of openPieces(calendar, from.getTime(), to.getTime())) total += closes - opens;
  return total;
}

/** Open time of [from, to) in minutes, with their fractions. */
export const businessMinutes = (calendar: BusinessCalendar, from: Date, to: Date): number =>
  businessTime(calendar, from, to) / MINUTE;

/**
 * The first moment by which `minutes` of open time have gone by since `from`; for none, when it is next open. It lies in open
 * time, or where that ends. Throws `NeverOpenError`.
 */
export function addBusinessTime(calendar: BusinessCalendar, from: Date, minutes: number): Date {
  let left = Math.round(minutes * MINUTE);
  let begin = from.getTime();
  // What is long to wait for is looked for in steps of the horizon, each of which must find something.
  for (;;) {
    const before = left;
    for (const [opens, closes] of openPieces(calendar, begin, begin + HORIZON)) {
      if (left <= closes - opens) return new Date(opens + Math.max(left, 0));
      left -= closes - opens;
    }
    if (left === before) throw new NeverOpenError();
    begin += HORIZON;
  }
}

/** Whether it is open at this moment; when it closes it no longer is. */
export const isOpenAt = (calendar: BusinessCalendar, at: Date): boolean => {
  for (const _ of openPieces(calendar, at.getTime(), at.getTime() + 1)) return true;
  return false;
};

/** When it is open next, which is `from` itself while it is open. Throws `NeverOpenError`. */
export const nextOpening = (calendar: BusinessCalendar, from: Date): Date => addBusinessTime(calendar, from, 0);

/** Whether it is ever open in the ten years after `from`. */
export function isEverOpen(calendar: BusinessCalendar, from: Date): boolean {
  for (const _ of openPieces(calendar, from.getTime(), from.getTime() + HORIZON)) return true;
  return false;
}

export const alwaysOpen = (zone = 'UTC'): BusinessCalendar => ({ zone, week: null, holidays: [] });
