import { RRuleTemporal } from 'rrule-temporal';
import { type Problems, report } from '../../platform/input.rules.js';

/** By which rule something comes again, and from when to when. */
export interface Recurrence {
  /** RRULE of RFC 5545 without its name. */
  rule: string;
  /** IANA; the rule follows the clock on the wall there. */
  timeZone: string;
  firstAt: Date;
  /** Nothing takes place from this moment on. */
  endsBefore: Date | null;
}

const MOST_RULE = 200;
const MOST_COUNT = 1000;
const FREQUENCIES = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
const PARTS = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTH', 'BYMONTHDAY', 'BYSETPOS', 'WKST']);

/**
 * A rule as it is kept, or null after reporting what is wrong with it. Rules that come more often than daily, or that set the time
 * of the day, are refused: the first moment says the time.
 */
export function cleanRule(problems: Problems, field: string, raw: string): string | null {
  const text = raw
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase();
  if (text.length > MOST_RULE) return report(problems, field, `It has at most ${MOST_RULE} characters.`, 'TOO_LONG');
  const parts = new Map<string, string>();
  for (const part of text.split(';').filter(Boolean)) {
    const [name = '', value = ''] = part.split('=', 2);
    if (!PARTS.has(name) || !/^[\w,+-]+$/.test(value))
      return report(problems, field, `${name || part} is no part of a rule here.`);
    if (parts.has(name)) return report(problems, field, `${name} is said twice.`);
    parts.set(name, value);
  }
  if (!FREQUENCIES.has(parts.get('FREQ') ?? ''))
    return report(problems, field, 'It says FREQ as DAILY, WEEKLY, MONTHLY or YEARLY.');
  for (const [name, most] of [
    ['INTERVAL', 999],
    ['COUNT', MOST_COUNT],
  ] as const) {
    const value = parts.get(name);
    if (value && !(/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= most))
      return report(problems, field, `${name} is a number from 1 to ${most}.`);
  }
  if (parts.has('COUNT') && parts.has('UNTIL')) return report(problems, field, 'It has a COUNT or an UNTIL, not both.');
  return joined(parts);
}

const joined = (parts: ReadonlyMap<string, string>): string =>
  [...parts].map(([name, value]) => `${name}=${value}`).join(';');

const partsOf = (rule: string): Map<string, string> =>
  new Map(rule.split(';').map(part => part.split('=', 2) as [string, string]));

/** The rule from its `passed`-th moment on: one that counts counts what is left. */
export function ruleAfter(rule: string, passed: number): string {
  const parts = partsOf(rule);
  const count = parts.get('COUNT');
  if (count) parts.set('COUNT', String(Math.max(1, Number(count) - passed)));
  return joined(parts);
}

/** The rule as other programs read it: it ends before `endsBefore`, said in UTC as RFC 5545 has it. */
export function ruleUntil(rule: string, endsBefore: Date | null): string {
  if (!endsBefore) return rule;
  const parts = partsOf(rule);
  parts.delete('COUNT');
  parts.set('UNTIL', utcStamp(new Date(endsBefore.getTime() - 1000)));
  return joined(parts);
}

/** A moment as iCalendar writes it in UTC: 20261020T070000Z. */
export const utcStamp = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '');

/** Moments from `from` on and before `until`, in order. Throws for a rule that the library does not read. */
export function momentsOf(recurrence: Recurrence, from: Date, until: Date): Date[] {
  const end = Math.min(until.getTime(), recurrence.endsBefore?.getTime() ?? Number.POSITIVE_INFINITY);
  if (from.getTime() >= end) return [];
  return compiled(recurrence)
    .between(from, new Date(end), true)
    .map(moment => new Date(moment.epochMilliseconds))
    .filter(moment => moment >= from && moment.getTime() < end);
}

/** The first moment at or after `from`, or null when there is none any more. */
export function momentAfter(recurrence: Recurrence, from: Date): Date | null {
  const moment = compiled(recurrence).next(from, true);
  if (!moment) return null;
  const at = new Date(moment.epochMilliseconds);
  return recurrence.endsBefore && at >= recurrence.endsBefore ? null : at;
}

/** Throws what the library says of a rule that it does not read. */
function compiled({ rule, timeZone, firstAt }: Pick<Recurrence, 'rule' | 'timeZone' | 'firstAt'>): RRuleTemporal {
  return new RRuleTemporal({
    rruleString: `DTSTART;TZID=${timeZone}:${wallClock(firstAt, timeZone)}\nRRULE:${rule}`,
    maxIterations: 5000,
    cache: false,
  });
}

/** A moment with its time zone, as libraries of calendars take it: what a process has as its own zone says nothing. */
export const zonedMoment = (at: Date, timeZone: string) =>
  compiled({ rule: 'FREQ=DAILY;COUNT=1', timeZone, firstAt: at }).options().dtstart;

/** What the clock on the wall says, as iCalendar writes it: 20261020T090000. */
export function wallClock(at: Date, timeZone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts['year']?.padStart(4, '0')}${parts['month']}${parts['day']}T${parts['hour']}${parts['minute']}${parts['second']}`;
}

/** The time zone under its own name, or null after reporting that there is none. */
export function cleanTimeZone(problems: Problems, field: string, raw: string): string | null {
  const text = raw.trim();
  try {
    if (/^[A-Za-z]+(\/[A-Za-z0-9_+-]+){0,2}$/.test(text))
      return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    // Said below, together with what is no name at all.
  }
  return report(problems, field, 'It is not a time zone of IANA, such as Europe/Madrid.');
}
