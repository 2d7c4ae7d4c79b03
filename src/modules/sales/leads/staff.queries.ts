import type { Tx } from '../../../platform/database/database.js';
import { storedId } from '../../../platform/ids.js';
import { type Problems, report } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';

const STAFF = {
  // Who only signs in as a customer looks after nothing.
  member: { field: 'ownerId', table: 'members', condition: `t.deactivated_at is null and t.role <> 'CUSTOMER'` },
  team: { field: 'teamId', table: 'teams', condition: 'true' },
} as const;

/**
 * The stored id of a member or team that may be given something, held so that it is not removed meanwhile. Unknown, unseen and
 * deactivated ones are all reported as NOT_FOUND of `field`.
 */
export async function findStaff(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  prefix: keyof typeof STAFF,
  id: string | null,
  field: string = STAFF[prefix].field,
): Promise<string | null> {
  if (id === null) return null;
  const { table, condition } = STAFF[prefix];
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(storedId(prefix, id), 'uuid')}`,
    condition,
    visibleCondition(viewer, 'STAFF', 't', parameters),
  ].filter(Boolean);
  const [found] = await tx.query<{ id: string }>(
    `select t.id from ${table} t where ${conditions.join(' and ')} for key share`,
    parameters.values,
  );
  return found?.id ?? report(problems, field, `There is no such ${prefix}, or you may not see it.`, 'NOT_FOUND');
}
