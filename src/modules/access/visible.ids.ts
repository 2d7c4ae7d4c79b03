import type { Tx } from '../../platform/database/database.js';
import { InputError, invalid } from '../../platform/errors.js';
import { publicId, storedId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { type RecordClass, recordOf } from '../../platform/schema/index.js';
import type { Viewer } from './viewer.js';
import { visibleCondition } from './visibility.rules.js';

/**
 * The stored id behind a public one that the viewer may see, for a mutation's input. Unknown, forbidden and malformed ids all
 * throw the same `InputError` for `field`.
 */
export async function visibleId(
  tx: Pick<Tx, 'query' | 'scope'>,
  viewer: Viewer,
  type: RecordClass,
  id: string,
  field = 'id',
): Promise<string> {
  const spec = recordOf(type);
  const stored = storedId(spec.prefix, id);
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = ${parameters.add(stored, 'uuid')}`,
    spec.where,
    spec.visibility && visibleCondition(viewer, spec.visibility, 't', parameters),
  ].filter(Boolean);
  const [row] = stored
    ? await tx.query(`select t.id from ${spec.from} where ${conditions.join(' and ')}`, parameters.values)
    : [];
  if (!row) throw invalid(field, `There is no such ${spec.prefix}, or you may not see it.`, 'NOT_FOUND');
  return stored!;
}

/** The stored ids behind public ones, each once, in one statement: if one is unknown, forbidden or malformed, as `visibleId` has it. */
export async function visibleIds(
  tx: Pick<Tx, 'query' | 'scope'>,
  viewer: Viewer,
  type: RecordClass,
  ids: readonly string[],
  field: string,
): Promise<string[]> {
  const spec = recordOf(type);
  const stored = [...new Set(ids.map(id => storedId(spec.prefix, id)))];
  if (stored.length === 0) return [];
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.id = any (${parameters.add(stored, 'uuid[]')})`,
    spec.where,
    spec.visibility && visibleCondition(viewer, spec.visibility, 't', parameters),
  ].filter(Boolean);
  const seen = await tx.query<{ id: string }>(
    `select t.id from ${spec.from} where ${conditions.join(' and ')}`,
    parameters.values,
  );
  if (seen.length < stored.length)
    throw invalid(field, `There is no such ${spec.prefix}, or you may not see it.`, 'NOT_FOUND');
  return stored as string[];
}

/** Whether the viewer may see a row of which only the stored id is at hand. */
export async function seesRow(tx: Tx, viewer: Viewer, type: RecordClass, stored: string): Promise<boolean> {
  return visibleId(tx, viewer, type, publicId(recordOf(type).prefix, stored)).then(
    () => true,
    error => {
      if (error instanceof InputError) return false;
      throw error;
    },
  );
}
