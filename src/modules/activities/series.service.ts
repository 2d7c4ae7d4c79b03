import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { type Problems, report, throwAny } from '../../platform/input.rules.js';
import { Parameters } from '../../platform/paging/index.js';
import type { RecurrenceInput } from './activity.inputs.js';
import { type LockedActivity, tellActivities } from './activity.queries.js';
import type { ActivityValues } from './activity-values.service.js';
import { cleanRule, cleanTimeZone, momentAfter, type Recurrence } from './recurrence.rules.js';
import { lockSeries, type PlannedSeries, planAhead } from './series.planning.js';
import { moveFollowing } from './series-change.service.js';
import { type GivenTimes, momentOf, movedTimes, secondsFrom, type Times } from './times.rules.js';

const YEAR_MS = 366 * 86_400_000;

/** Keeps a series and its first activities; answers the first of them. */
export async function createSeries(
  tx: Tx,
  problems: Problems,
  values: ActivityValues,
  times: Times,
  given: RecurrenceInput,
): Promise<{ activityId: string }> {
  const recurrence = cleanRecurrence(problems, given, wholeSecond(momentOf(times)));
  throwAny(problems);
  const series = { ...recurrence!, id: newId(), plannedUntil: recurrence!.firstAt };
  await insertSeries(tx, series, {
    priority: 'NORMAL',
    ...values.columns,
    ...patternOf(times),
    ...attendeesOf(values),
  });
  await planAhead(tx, series);
  const [first] = await tx.query<{ id: string }>(
    'select id from activities where organization_id = $1 and series_id = $2 order by occurrence_at limit 1',
    [tx.scope.organizationId, series.id],
  );
  return { activityId: first!.id };
}

/**
 * Changes an activity that is held and those of its series after it. What was before stays a series of its own, which ends here; what
 * was done, called off or checked in to stays as it was.
 */
export async function updateFollowing(
  tx: Tx,
  problems: Problems,
  known: LockedActivity,
  values: ActivityValues,
  input: GivenTimes & { recurrence?: RecurrenceInput | null },
): Promise<void> {
  const { series, at } = await seriesOf(tx, known);
  const times = movedTimes(problems, await patternTimes(tx, series.id, at), input);
  const firstAt = wholeSecond(momentOf(times));
  const recurrence = input.recurrence
    ? cleanRecurrence(problems, input.recurrence, firstAt)
    : firstAt
      ? { rule: series.rule, timeZone: series.timeZone, firstAt, endsBefore: series.endsBefore }
      : report(problems, 'startsAt', 'What comes again has a moment.', 'REQUIRED');
  throwAny(problems);
  const isMoved = Boolean(input.recurrence) || firstAt?.getTime() !== at.getTime();
  if (isMoved && !input.recurrence && momentAfter(recurrence!, firstAt!)?.getTime() !== firstAt?.getTime())
    throw invalid('startsAt', 'The rule does not fit this moment any more: say a new one as recurrence.', 'INVALID');
  await moveFollowing(tx, series, at, {
    recurrence: recurrence!,
    isMoved,
    isNewRule: Boolean(input.recurrence),
    columns: { ...values.columns, ...patternOf(times), ...attendeesOf(values) },
  });
}

/** Ends the series of an activity that is held before it, and calls off what of it is open from there on. */
export async function cancelFollowing(tx: Tx, known: LockedActivity): Promise<void> {
  const { series, at } = await seriesOf(tx, known);
  await tx.query('update activity_series set ends_before = $3 where organization_id = $1 and id = $2', [
    tx.scope.organizationId,
    series.id,
    at,
  ]);
  const cancelled = await tx.query<{ id: string }>(
    `update activities set status = 'CANCELLED', version = version + 1, updated_at = now()
      where organization_id = $1 and series_id = $2 and occurrence_at >= $3 and status = 'OPEN' returning id`,
    [tx.scope.organizationId, series.id, at],
  );
  await tellActivities(
    tx,
    cancelled.map(({ id }) => id),
  );
}

async function seriesOf(tx: Tx, known: LockedActivity): Promise<{ series: PlannedSeries; at: Date }> {
  const series = known.seriesId && (await lockSeries(tx, known.seriesId));
  if (!series) throw invalid('scope', 'It belongs to no series.', 'NOT_ALLOWED');
  return { series, at: known.occurrenceAt! };
}

/** What the series says of the times of the one at `at`. */
async function patternTimes(tx: Tx, seriesId: string, at: Date): Promise<Times> {
  const [pattern] = await tx.query<{
    isTimed: boolean;
    duration: number | null;
    due: number | null;
    remind: number | null;
  }>(
    `select is_timed as "isTimed", duration_seconds as duration, due_after_seconds as due, remind_before_seconds as remind
       from activity_series where organization_id = $1 and id = $2`,
    [tx.scope.organizationId, seriesId],
  );
  const after = (seconds: number | null) => (seconds === null ? null : new Date(at.getTime() + seconds * 1000));
  const { isTimed, duration, due, remind } = pattern!;
  return {
    startsAt: isTimed ? at : null,
    endsAt: after(duration),
    dueAt: isTimed ? after(due) : at,
    remindAt: after(remind === null ? null : -remind),
  };
}

const patternOf = (times: Times): Record<string, unknown> => ({
  is_timed: times.startsAt !== null,
  duration_seconds: secondsFrom(times.startsAt, times.endsAt),
  due_after_seconds: secondsFrom(times.startsAt, times.dueAt),
  remind_before_seconds: secondsFrom(times.remindAt, momentOf(times)),
});

const attendeesOf = ({ attendees }: ActivityValues): Record<string, unknown> =>
  attendees ? { member_ids: attendees.memberIds, attending_ids: attendees.customerIds } : {};

/** iCalendar knows whole seconds only. */
const wholeSecond = (at: Date | null): Date | null => at && new Date(Math.floor(at.getTime() / 1000) * 1000);

function cleanRecurrence(problems: Problems, given: RecurrenceInput, firstAt: Date | null): Recurrence | null {
  const rule = cleanRule(problems, 'recurrence.rule', given.rule);
  const timeZone = cleanTimeZone(problems, 'recurrence.timeZone', given.timeZone);
  if (!firstAt) return report(problems, 'startsAt', 'What comes again has a moment.', 'REQUIRED');
  if (firstAt.getTime() < Date.now() - YEAR_MS)
    return report(problems, 'startsAt', 'A series begins a year ago at the most.');
  if (!rule || !timeZone || problems.length > 0) return null;
  const recurrence = { rule, timeZone, firstAt, endsBefore: null };
  try {
    const first = momentAfter(recurrence, firstAt);
    if (first?.getTime() === firstAt.getTime()) return recurrence;
    const hint = first ? `its first moment is ${first.toISOString()}` : 'it has no moment at all';
    return report(problems, 'recurrence.rule', `The first moment does not fit the rule: ${hint}.`);
  } catch {
    return report(problems, 'recurrence.rule', 'It is not a rule of RFC 5545.');
  }
}

export async function insertSeries(tx: Tx, series: PlannedSeries, columns: Record<string, unknown>): Promise<void> {
  const all: Record<string, unknown> = {
    organization_id: tx.scope.organizationId,
    id: series.id,
    rule: series.rule,
    time_zone: series.timeZone,
    first_at: series.firstAt,
    ends_before: series.endsBefore,
    planned_until: series.plannedUntil,
    ...columns,
  };
  const parameters = new Parameters();
  const places = Object.values(all).map(value => parameters.add(value));
  await tx.query(
    `insert into activity_series (${Object.keys(all).join(', ')}) values (${places.join(', ')})`,
    parameters.values,
  );
}
