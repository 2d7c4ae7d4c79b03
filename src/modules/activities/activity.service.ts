import type { Tx } from '../../platform/database/database.js';
import { invalid } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { optionalLine, type Problems, report, throwAny } from '../../platform/input.rules.js';
import { Parameters } from '../../platform/paging/index.js';
import type { Viewer } from '../access/index.js';
import type {
  CancelActivityInput,
  CheckInInput,
  CompleteActivityItem,
  CreateActivityItem,
  UpdateActivityInput,
} from './activity.inputs.js';
import { ActivityKind, ActivityScope, ActivityStatus } from './activity.kinds.rules.js';
import { lockActivity, tellActivities, writeActivity } from './activity.queries.js';
import { cleanValues, replaceAttendees } from './activity-values.service.js';
import { scheduleReminder } from './reminder.service.js';
import { cancelFollowing, createSeries, updateFollowing } from './series.service.js';
import { movedTimes, NO_TIMES, timeColumns } from './times.rules.js';

type Kept = { activityId: string };

const MOST_OUTCOME = 2000;
const LATE_CHECK_IN_MS = 7 * 86_400_000;

/** Plans an activity, or with a recurrence a series, of which the first is answered. Throws InputError naming everything wrong. */
export async function createActivity(tx: Tx, viewer: Viewer, item: CreateActivityItem): Promise<Kept> {
  const problems: Problems = [];
  const values = await cleanValues(tx, viewer, problems, item);
  const times = movedTimes(problems, NO_TIMES, item);
  if (item.ownerId === undefined) values.columns['owner_id'] = viewer.memberId ?? null;
  if (item.recurrence) return createSeries(tx, problems, values, times, item.recurrence);
  throwAny(problems);
  const id = newId();
  const columns = { ...values.columns, ...timeColumns(times), created_by: tx.scope.actor };
  const parameters = new Parameters();
  const places = [tx.scope.organizationId, id, ...Object.values(columns)].map(value => parameters.add(value));
  await tx.query(
    `insert into activities (organization_id, id, ${Object.keys(columns).join(', ')}) values (${places.join(', ')})`,
    parameters.values,
  );
  if (values.attendees) await replaceAttendees(tx, [id], values.attendees);
  await scheduleReminder(tx, id, times.remindAt);
  await tellActivities(tx, [id]);
  return { activityId: id };
}

/** Changes what `input` says of an activity, or of it and those of its series after it. */
export async function updateActivity(tx: Tx, viewer: Viewer, input: UpdateActivityInput): Promise<Kept> {
  const known = await lockActivity(tx, viewer, input);
  const problems: Problems = [];
  const values = await cleanValues(tx, viewer, problems, input);
  if (input.scope === ActivityScope.FOLLOWING) {
    await updateFollowing(tx, problems, known, values, input);
    return { activityId: known.id };
  }
  if (input.recurrence)
    report(problems, 'recurrence', 'How it comes again is changed with the scope FOLLOWING.', 'NOT_ALLOWED');
  const times = movedTimes(problems, known, input);
  throwAny(problems);
  const isMoved = times.remindAt?.getTime() !== known.remindAt?.getTime();
  await writeActivity(tx, known.id, {
    ...values.columns,
    ...timeColumns(times),
    ...(isMoved && { reminded_at: null }),
    ...(known.seriesId && { is_exception: true }),
  });
  if (values.attendees) await replaceAttendees(tx, [known.id], values.attendees);
  if (isMoved) await scheduleReminder(tx, known.id, times.remindAt);
  await tellActivities(tx, [known.id]);
  return { activityId: known.id };
}

/** Says that an open activity was done. One that is not open any more is a CONFLICT: nothing is completed twice. */
export async function completeActivity(tx: Tx, viewer: Viewer, item: CompleteActivityItem): Promise<Kept> {
  const known = await lockActivity(tx, viewer, item);
  requireOpen(known.status);
  const problems: Problems = [];
  const outcome = optionalLine(problems, 'outcome', item.outcome, MOST_OUTCOME);
  throwAny(problems);
  await writeActivity(tx, known.id, {
    status: ActivityStatus.DONE,
    completed_at: new Date(),
    ...(item.outcome != null && { outcome }),
  });
  await tellActivities(tx, [known.id]);
  return { activityId: known.id };
}

/** Calls an open activity off, or it and those of its series after it, which then ends. */
export async function cancelActivity(tx: Tx, viewer: Viewer, input: CancelActivityInput): Promise<Kept> {
  const known = await lockActivity(tx, viewer, input);
  requireOpen(known.status);
  if (input.scope === ActivityScope.FOLLOWING) await cancelFollowing(tx, known);
  else {
    await writeActivity(tx, known.id, { status: ActivityStatus.CANCELLED });
    await tellActivities(tx, [known.id]);
  }
  return { activityId: known.id };
}

/** Opens again what was done or called off; a reminder that is still to come is given after all. */
export async function reopenActivity(
  tx: Tx,
  viewer: Viewer,
  input: { id: string; version?: number | null },
): Promise<Kept> {
  const known = await lockActivity(tx, viewer, input);
  if (known.status === ActivityStatus.OPEN) throw invalid('id', 'It is open already.', 'CONFLICT');
  await writeActivity(tx, known.id, { status: ActivityStatus.OPEN, completed_at: null });
  if (known.remindAt && known.remindAt > new Date()) await scheduleReminder(tx, known.id, known.remindAt);
  await tellActivities(tx, [known.id]);
  return { activityId: known.id };
}

/** Keeps that somebody arrived for a visit, and where: once, a second time is a CONFLICT. */
export async function checkIn(tx: Tx, viewer: Viewer, input: CheckInInput): Promise<Kept> {
  const known = await lockActivity(tx, viewer, { id: input.id });
  if (known.kind !== ActivityKind.VISIT) throw invalid('id', 'One checks in for visits.', 'NOT_ALLOWED');
  if (known.checkedInAt)
    throw invalid('id', `Somebody checked in already, at ${known.checkedInAt.toISOString()}.`, 'CONFLICT');
  requireOpen(known.status);
  const problems: Problems = [];
  const { latitude = null, longitude = null, accuracy = null } = input;
  const at = input.at ?? new Date();
  if ((latitude === null) !== (longitude === null))
    report(problems, latitude === null ? 'latitude' : 'longitude', 'A place is given by both.', 'REQUIRED');
  if (latitude !== null && !(Math.abs(latitude) <= 90)) report(problems, 'latitude', 'It is between -90 and 90.');
  if (longitude !== null && !(Math.abs(longitude) <= 180)) report(problems, 'longitude', 'It is between -180 and 180.');
  if (accuracy !== null && !(accuracy >= 0 && accuracy <= 1_000_000))
    report(problems, 'accuracy', 'It is between 0 and 1,000,000 metres.');
  if (at.getTime() > Date.now() + 60_000 || at.getTime() < Date.now() - LATE_CHECK_IN_MS)
    report(problems, 'at', 'It lies within the last week.');
  throwAny(problems);
  await writeActivity(tx, known.id, {
    checked_in_at: at,
    check_in_latitude: latitude,
    check_in_longitude: longitude,
    check_in_accuracy: accuracy,
    check_in_by: tx.scope.actor,
  });
  await tellActivities(tx, [known.id]);
  return { activityId: known.id };
}

function requireOpen(status: ActivityStatus): void {
  if (status !== ActivityStatus.OPEN)
    throw invalid('id', status === ActivityStatus.DONE ? 'It was done already.' : 'It was called off.', 'CONFLICT');
}
