import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { invalid, staleVersion } from '../../platform/errors.js';
import { storedId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../access/index.js';
import type { ActivityKind, ActivityStatus } from './activity.kinds.rules.js';

/** An activity whose row is held until the transaction ends. */
export interface LockedActivity {
  id: string;
  kind: ActivityKind;
  status: ActivityStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  dueAt: Date | null;
  remindAt: Date | null;
  checkedInAt: Date | null;
  seriesId: string | null;
  occurrenceAt: Date | null;
  version: number;
}

/**
 * The activity behind a public id, held for a change. Unknown, forbidden and malformed ids all answer as NOT_FOUND of `id`; a
 * `version` that is not the present one is a CONFLICT.
 */
export async function lockActivity(
  tx: Tx,
  viewer: Viewer,
  { id, version }: { id: string; version?: number | null },
): Promise<LockedActivity> {
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId('activity', id), 'uuid')}`,
    visibleCondition(viewer, 'ACTIVITY', 't', parameters),
  ].filter(Boolean);
  const [locked] = await tx.query<LockedActivity>(
    `select t.id, t.kind, t.status, t.starts_at as "startsAt", t.ends_at as "endsAt", t.due_at as "dueAt", t.remind_at as "remindAt",
            t.checked_in_at as "checkedInAt", t.series_id as "seriesId", t.occurrence_at as "occurrenceAt", t.version
       from activities t where ${conditions.join(' and ')} for update of t`,
    parameters.values,
  );
  if (!locked) throw invalid('id', 'There is no such activity, or you may not see it.', 'NOT_FOUND');
  if (version != null && version !== locked.version) throw staleVersion('activity', locked.version);
  return locked;
}

/** Writes these columns of an activity that is held, and counts it as a change. */
export async function writeActivity(tx: Tx, id: string, columns: Record<string, unknown>): Promise<void> {
  const parameters = new Parameters();
  const [organization, activity] = [parameters.add(tx.scope.organizationId), parameters.add(id)];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = ${parameters.add(value)}`);
  await tx.query(
    `update activities set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')}
      where organization_id = ${organization} and id = ${activity}`,
    parameters.values,
  );
}

export const tellActivities = (tx: Tx, ids: readonly string[]): Promise<void> =>
  recordEvents(
    tx,
    ids.map(subjectId => ({ type: 'activity.changed', subjectId })),
  );
