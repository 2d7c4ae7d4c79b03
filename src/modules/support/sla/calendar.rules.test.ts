import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addBusinessTime,
  alwaysOpen,
  type BusinessCalendar,
  businessMinutes,
  type Holiday,
  isEverOpen,
  isOpenAt,
  NeverOpenError,
  nextOpening,
  type OpenHours,
} from './calendar.rules.js';

const MINUTE = 60_000;
/** With those that are hard: half an hour, a quarter past, clocks that change for a month, and a day that never was. */
const ZONES = [
  'Europe/Madrid',
  'America/Sao_Paulo',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Pacific/Apia',
  'UTC',
];

/** What the clock on the wall shows, asked of the platform itself. */
const walls = new Map(
  ZONES.map(zone => [
    zone,
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
  ]),
);

function wallAt(zone: string, at: number): { date: string; minute: number } {
  const parts = Object.fromEntries(
    walls
      .get(zone)!
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

/** The slow answer: is this one minute open, by what the wall shows? */
function isOpenSlowly({ zone, week, holidays }: BusinessCalendar, at: number): boolean {
  const { date, minute } = wallAt(zone, at);
  const holiday = (day: string) =>
    holidays.find(({ date: of }) => of === day) ?? holidays.find(({ date: of }) => of === day.slice(5));
  const within = (hours: readonly OpenHours[], moment: number) =>
    hours.some(({ opens, closes }) => opens <= moment && moment < closes);
  const today = holiday(date);
  if (today) return within(today.hours, minute);
  if (!week) return true;
  const noon = Date.parse(`${date}T12:00:00Z`);
  const before = new Date(noon - 86_400_000).toISOString().slice(0, 10);
  const weekday = (new Date(noon).getUTCDay() + 6) % 7;
  if (within(week[weekday]!, minute)) return true;
  return !holiday(before) && within(week[(weekday + 6) % 7]!, minute + 1440);
}

const hours = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([opens, length]) => ({ opens, closes: opens + length }));
const week = fc.option(fc.array(fc.array(hours, { maxLength: 3 }), { minLength: 7, maxLength: 7 }), { nil: null });
/** Around what is hard: changes of clocks in both halves of the world, a leap day, a new year. */
const moments = fc
  .tuple(
    fc.constantFrom(
      '2026-03-29T00:00Z',
      '2026-10-25T00:00Z',
      '2026-03-08T06:00Z',
      '2026-11-01T05:00Z',
      '2026-04-04T15:00Z',
      '2026-10-03T15:30Z',
      '2018-02-18T01:00Z',
      '2018-11-04T02:00Z',
      '2024-02-28T20:00Z',
      '2026-12-31T20:00Z',
      '2026-02-15T02:00Z',
      '2026-03-22T02:00Z',
      '2011-12-30T10:00Z',
    ),
    fc.integer({ min: -2000, max: 2000 }),
  )
  .map(([at, minutes]) => Date.parse(at) + minutes * MINUTE);
const holiday: fc.Arbitrary<Holiday> = fc
  .tuple(
    fc.constantFrom(
      '2026-03-29',
      '03-29',
      '2026-10-25',
      '2024-02-29',
      '02-29',
      '12-31',
      '01-01',
      '2026-11-01',
      '2018-11-04',
      '2011-12-31',
      '2026-02-15',
      '02-15',
    ),
    fc.array(hours, { maxLength: 2 }),
  )
  .map(([date, open]) => ({
    date,
    hours: open.map(({ opens, closes }) => ({ opens, closes: Math.min(closes, 1440) })),
  }));
const calendars = fc.record({
  zone: fc.constantFrom(...ZONES),
  week,
  holidays: fc.uniqueArray(holiday, { maxLength: 6, selector: ({ date }) => date }),
}) as fc.Arbitrary<BusinessCalendar>;

const local = (zone: string, at: Date) => wallAt(zone, at.getTime());
const everyDay = (opens: number, closes: number) => Array.from({ length: 7 }, () => [{ opens, closes }]);

describe('business calendars', () => {
  test('count exactly the minutes in which the clock on the wall shows an open time', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 0, max: 3000 }), (calendar, from, length) => {
        let slow = 0;
        for (let at = 0; at < length; at += 1) if (isOpenSlowly(calendar, from + at * MINUTE)) slow += 1;
        expect(businessMinutes(calendar, new Date(from), new Date(from + length * MINUTE))).toBe(slow);
      }),
      { numRuns: 60 },
    );
  });

  test('say of every minute whether it is open', () => {
    fc.assert(
      fc.property(calendars, moments, (calendar, at) => {
        expect(isOpenAt(calendar, new Date(at))).toBe(isOpenSlowly(calendar, at));
      }),
      { numRuns: 500 },
    );
  });

  test('add time so that counting it gives the same again, at the first moment that does, and never outside open hours', () => {
    fc.assert(
      fc.property(calendars, moments, fc.integer({ min: 1, max: 20_000 }), (calendar, from, minutes) => {
        fc.pre(isEverOpen(calendar, new Date(from)) && (!calendar.week || calendar.week.flat().length > 0));
        const due = addBusinessTime(calendar, new Date(from), minutes);
        expect(businessMinutes(calendar, new Date(from), due)).toBe(minutes);
        expect(isOpenAt(calendar, new Date(due.getTime() - 1))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('open next at a moment that is open, with nothing open before it', () => {
    fc.assert(
      fc.property(calendars, moments, (calendar, from) => {
        fc.pre(isEverOpen(calendar, new Date(from)));
        const next = nextOpening(calendar, new Date(from));
        expect(isOpenAt(calendar, next)).toBe(true);
        expect(businessMinutes(calendar, new Date(from), next)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('give the same whether time is added at once or bit by bit', () => {
    fc.assert(
      fc.property(calendars, moments, fc.array(fc.integer({ min: 1, max: 900 })), (calendar, from, bits) => {
        fc.pre(bits.length > 0 && isEverOpen(calendar, new Date(from)));
        fc.pre(!calendar.week || calendar.week.flat().length > 0);
        const whole = addBusinessTime(
          calendar,
          new Date(from),
          bits.reduce((sum, bit) => sum + bit),
        );
        const steps = bits.reduce((at, bit) => addBusinessTime(calendar, at, bit), new Date(from));
        expect(steps).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test('leave out the hour that is not there when clocks go forward', () => {
    const madrid: BusinessCalendar = { zone: 'Europe/Madrid', week: everyDay(150, 240), holidays: [] };
    const day = ['2026-03-28T23:00Z', '2026-03-29T22:00Z'] as const;
    expect(businessMinutes(madrid, new Date(day[0]), new Date(day[1]))).toBe(60);
    expect(nextOpening(madrid, new Date(day[0]))).toEqual(new Date('2026-03-29T01:00Z'));
  });

  test('count the hour that comes twice twice when clocks go back', () => {
    const newYork: BusinessCalendar = { zone: 'America/New_York', week: everyDay(60, 120), holidays: [] };
    const from = new Date('2026-11-01T04:00Z');
    expect(businessMinutes(newYork, from, new Date('2026-11-02T05:00Z'))).toBe(120);
    expect(local('America/New_York', addBusinessTime(newYork, from, 90))).toEqual({ date: '2026-11-01', minute: 90 });
  });

  test('know half an hour of Lord Howe, and a midnight of São Paulo that is not there', () => {
    const always = (zone: string) => ({ zone, week: everyDay(0, 1440), holidays: [] });
    const lordHowe = ['2026-04-04T13:00Z', '2026-04-05T13:30Z'] as const;
    expect(businessMinutes(always('Australia/Lord_Howe'), new Date(lordHowe[0]), new Date(lordHowe[1]))).toBe(1470);
    const opening = { zone: 'America/Sao_Paulo', week: everyDay(0, 60), holidays: [] };
    expect(businessMinutes(opening, new Date('2018-11-04T02:00Z'), new Date('2018-11-05T01:00Z'))).toBe(0);
  });

  test('close on a holiday from midnight to midnight, also for a night shift', () => {
    const nights: BusinessCalendar = {
      zone: 'UTC',
      week: everyDay(1320, 1800),
      holidays: [
        { date: '12-25', hours: [] },
        { date: '2026-12-31', hours: [{ opens: 540, closes: 600 }] },
      ],
    };
    expect(addBusinessTime(nights, new Date('2026-12-24T22:00Z'), 120)).toEqual(new Date('2026-12-25T00:00Z'));
    expect(nextOpening(nights, new Date('2026-12-25T00:00Z'))).toEqual(new Date('2026-12-26T22:00Z'));
    expect(businessMinutes(nights, new Date('2026-12-31T00:00Z'), new Date('2027-01-01T12:00Z'))).toBe(60);
  });

  test('keep a holiday of the leap day in leap years only', () => {
    const leap: BusinessCalendar = { ...alwaysOpen(), holidays: [{ date: '02-29', hours: [] }] };
    const days = (year: number) =>
      businessMinutes(leap, new Date(Date.UTC(year, 1, 28)), new Date(Date.UTC(year, 2, 2))) / 1440;
    expect([days(2024), days(2026)]).toEqual([2, 2]);
  });

  test("keep a year's own holiday before that of every year, wherever it stands in the list", () => {
    const own = { date: '2026-12-24', hours: [{ opens: 540, closes: 600 }] };
    const everyYear = { date: '12-24', hours: [] };
    for (const holidays of [
      [own, everyYear],
      [everyYear, own],
    ]) {
      const eve: BusinessCalendar = { zone: 'UTC', week: everyDay(0, 1440), holidays };
      const open = (year: number) =>
        businessMinutes(eve, new Date(`${year}-12-24T00:00Z`), new Date(`${year}-12-25T00:00Z`));
      expect([open(2026), open(2027)]).toEqual([60, 0]);
    }
  });

  test('wait over the year that should have been a leap year for what opens on leap days alone', () => {
    const rare: BusinessCalendar = {
      zone: 'UTC',
      week: everyDay(0, 0),
      holidays: [{ date: '02-29', hours: [{ opens: 540, closes: 600 }] }],
    };
    expect(nextOpening(rare, new Date('2096-03-01T00:00Z'))).toEqual(new Date('2104-02-29T09:00Z'));
    expect(addBusinessTime(rare, new Date('2096-03-01T00:00Z'), 90)).toEqual(new Date('2108-02-29T09:30Z'));
  });

  test('know the day that Samoa left out', () => {
    const apia: BusinessCalendar = { zone: 'Pacific/Apia', week: everyDay(540, 600), holidays: [] };
    // From Thursday morning to Saturday noon, and no Friday in between.
    expect(businessMinutes(apia, new Date('2011-12-29T18:00Z'), new Date('2011-12-30T22:00Z'))).toBe(120);
  });

  test('refuse to wait for what never opens', () => {
    const never: BusinessCalendar = { zone: 'UTC', week: everyDay(0, 0), holidays: [] };
    expect(() => nextOpening(never, new Date())).toThrow(NeverOpenError);
    expect(isEverOpen(never, new Date())).toBe(false);
  });
});
