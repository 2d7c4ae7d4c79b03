import { registerEnumType } from 'type-graphql';
import { AppError } from '../../../platform/errors.js';

export enum ForecastInterval {
  WEEK = 'WEEK',
  MONTH = 'MONTH',
  QUARTER = 'QUARTER',
}
registerEnumType(ForecastInterval, {
  name: 'ForecastInterval',
  description: 'How long the periods of a forecast are.',
  valuesConfig: {
    WEEK: { description: 'Weeks from Monday to Sunday (ISO 8601).' },
    MONTH: { description: 'Calendar months.' },
    QUARTER: { description: 'Quarters of calendar years.' },
  },
});

/** Days as ISO 8601 text, both included. */
export interface Days {
  start: string;
  end: string;
}

const MOST_PERIODS = 120;
const DAY = 86_400_000;

const textOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export const addDays = (day: string, days: number): string => textOf(timeOf(day) + days * DAY);

/** How many days there are from `start` to `end`, both included. */
export const lengthOf = ({ start, end }: Days): number => Math.round((timeOf(end) - timeOf(start)) / DAY) + 1;

/** The whole period of this length that holds a day. */
export function periodOf(day: string, interval: `${ForecastInterval}` | 'YEAR'): Days {
  if (interval === 'WEEK') {
    const start = addDays(day, -((new Date(timeOf(day)).getUTCDay() + 6) % 7));
    return { start, end: addDays(start, 6) };
  }
  const months = { MONTH: 1, QUARTER: 3, YEAR: 12 }[interval];
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
  const first = month - (month % months);
  return { start: textOf(Date.UTC(year, first, 1)), end: textOf(Date.UTC(year, first + months, 0)) };
}

/** The whole periods that the days from `from` to `to` lie in. Throws BAD_USER_INPUT for days the wrong way round and for too many. */
export function periodsBetween(from: string, to: string, interval: `${ForecastInterval}`): Days[] {
  if (to < from) throw new AppError('BAD_USER_INPUT', '`to` is before `from`.');
  if (from < '1900-01-01' || to > '2999-12-31')
    throw new AppError('BAD_USER_INPUT', 'Days lie between the years 1900 and 2999.');
  const periods: Days[] = [];
  for (let period = periodOf(from, interval); period.start <= to; period = periodOf(addDays(period.end, 1), interval)) {
    if (periods.length === MOST_PERIODS)
      throw new AppError('BAD_USER_INPUT', `At most ${MOST_PERIODS} periods are told at once.`);
    periods.push(period);
  }
  return periods;
}
