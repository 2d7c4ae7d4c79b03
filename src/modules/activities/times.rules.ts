import { type Problems, report } from '../../platform/input.rules.js';

/** When an activity takes place, and when to be reminded of it. */
export interface Times {
  startsAt: Date | null;
  endsAt: Date | null;
  dueAt: Date | null;
  remindAt: Date | null;
}

export type GivenTimes = { [Name in keyof Times]?: Date | null | undefined };

export const NO_TIMES: Times = { startsAt: null, endsAt: null, dueAt: null, remindAt: null };

const EARLIEST = Date.UTC(1970, 0);
const LATEST = Date.UTC(2200, 0);

/**
 * The times of an activity after a change. The end and the reminder stand by the moment of the activity, and move along with it
 * unless they are said. Everything wrong is reported.
 */
export function movedTimes(problems: Problems, known: Times, given: GivenTimes): Times {
  for (const field of Object.keys(NO_TIMES) as (keyof Times)[]) {
    const at = given[field];
    if (at && (at.getTime() < EARLIEST || at.getTime() >= LATEST))
      report(problems, field, 'It is between the years 1970 and 2200.');
  }
  const said = (name: keyof Times): Date | null => {
    const at = given[name];
    return at === undefined ? known[name] : at;
  };
  const [startsAt, dueAt] = [said('startsAt'), said('dueAt')];
  const shift = (at: Date | null, from: Date | null, to: Date | null): Date | null =>
    at && from && to ? new Date(at.getTime() + to.getTime() - from.getTime()) : at;
  const endsAt =
    given.endsAt !== undefined
      ? given.endsAt
      : startsAt === null
        ? null
        : shift(known.endsAt, known.startsAt, startsAt);
  const remindAt =
    given.remindAt !== undefined ? given.remindAt : shift(known.remindAt, momentOf(known), startsAt ?? dueAt);
  if (endsAt && !startsAt) report(problems, 'startsAt', 'What ends starts at some time.', 'REQUIRED');
  if (startsAt && endsAt && startsAt >= endsAt) report(problems, 'endsAt', 'It ends after it starts.');
  return { startsAt, endsAt, dueAt, remindAt };
}

/** The moment an activity is found at: when it starts or, where it does not, until when it is to be done. */
export const momentOf = ({ startsAt, dueAt }: Pick<Times, 'startsAt' | 'dueAt'>): Date | null => startsAt ?? dueAt;

export const timeColumns = ({ startsAt, endsAt, dueAt, remindAt }: Times) => ({
  starts_at: startsAt,
  ends_at: endsAt,
  due_at: dueAt,
  remind_at: remindAt,
});

/** Seconds from one moment to another, whole ones. */
export const secondsFrom = (from: Date | null, to: Date | null): number | null =>
  from && to ? Math.round((to.getTime() - from.getTime()) / 1000) : null;
