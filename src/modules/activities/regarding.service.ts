import type { Tx } from '../../platform/database/database.js';
import { tellActivities } from './activity.queries.js';

/** Lets activities and series that are about a record (stored ids) be about the one that it turned out to be. */
export async function moveRegarding(
  tx: Tx,
  prefix: string,
  moved: readonly { id: string; ownerId: string }[],
): Promise<void> {
  const parameters = [tx.scope.organizationId, prefix, moved.map(({ id }) => id), moved.map(({ ownerId }) => ownerId)];
  const [of, which] = [
    'unnest($3::uuid[], $4::uuid[]) as m(id, owner_id)',
    't.organization_id = $1 and t.regarding_prefix = $2 and t.regarding_id = m.id',
  ];
  await tx.query(`update activity_series t set regarding_id = m.owner_id from ${of} where ${which}`, parameters);
  const activities = await tx.query<{ id: string }>(
    `update activities t set regarding_id = m.owner_id, version = version + 1, updated_at = now() from ${of} where ${which} returning t.id`,
    parameters,
  );
  await tellActivities(
    tx,
    activities.map(({ id }) => id),
  );
}
