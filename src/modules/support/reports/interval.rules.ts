import { SupportInterval } from './report.types.js';

const A_DAY_MS = 86_400_000;

export interface Interval {
  /** Its first and its last day: "2026-11-27". */
  from: string;
  to: string;
}

const dayAfter = (day: string, days = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * A_DAY_MS).toISOString().slice(0, 10);

/** The day after the last one of the interval that `day` is in. */
const ENDS: Record<SupportInterval, (day: string) => string> = {
  DAY: day => dayAfter(day),
  WEEK: day => dayAfter(day, 7 - ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7)),
  MONTH: day => {
    const [year, month] = day.split('-').map(Number) as [number, number];
    return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  },
  WHOLE: () => '9999-12-31',
};

/** The intervals from one day to another, both included, without gaps: none when it ends before it begins; undefined when there are more than `most`. */
export function intervalsOf(from: string, to: string, interval: SupportInterval, most: number): Interval[] | undefined {
  const intervals: Interval[] = [];
  for (let day = from; day <= to; ) {
    const next = ENDS[interval](day);
    const last = dayAfter(next, -1);
    intervals.push({ from: day, to: last < to ? last : to });
    if (intervals.length > most) return undefined;
    day = next;
  }
  return intervals;
}
