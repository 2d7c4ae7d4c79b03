import type { Tx } from '../../../platform/database/database.js';
import { type Problems, report } from '../../../platform/input.rules.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition } from '../../access/index.js';
import { findNamed } from './named.queries.js';

const MOST_DEEP = 5;

/**
 * Whoever says what is a part of what goes alone, before it holds any ticket: two who each make one a part of the other would
 * close a circle that neither sees.
 */
export const holdParts = (tx: Tx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.scope.organizationId}:ticket-parts`]);

/** Stored id of the ticket that `id` may be a part of: one that is not itself, nor a part of it, nor too deep. */
export async function findParent(
  tx: Tx,
  viewer: Viewer,
  problems: Problems,
  id: string,
  given: string | null | undefined,
): Promise<string | null> {
  const parentId = await findNamed(tx, viewer, problems, 'ticket', given, 'parentId');
  if (!parentId) return null;
  const above = await tx.query<{ id: string; merged_into_id: string | null }>(
    `with recursive above as (
       select id, parent_id, merged_into_id from tickets where organization_id = $1 and id = $2
       union select t.id, t.parent_id, t.merged_into_id from above a join tickets t on t.organization_id = $1 and t.id = a.parent_id)
     select id, merged_into_id from above`,
    [tx.scope.organizationId, parentId],
  );
  if (above.some(one => one.id === id))
    return report(problems, 'parentId', 'It cannot be a part of itself.', 'NOT_ALLOWED');
  if (above.length >= MOST_DEEP)
    return report(problems, 'parentId', `Parts are at most ${MOST_DEEP} levels deep.`, 'NOT_ALLOWED');
  if (above.find(one => one.id === parentId)?.merged_into_id)
    return report(problems, 'parentId', 'It became a part of another ticket; name that one.', 'NOT_ALLOWED');
  return parentId;
}

/** Whether a ticket is a part of another, whatever its depth. */
export async function isPartOf(tx: Tx, id: string, otherId: string): Promise<boolean> {
  const rows = await tx.query(
    `with recursive above as (
       select parent_id from tickets where organization_id = $1 and id = $2
       union select t.parent_id from above a join tickets t on t.organization_id = $1 and t.id = a.parent_id)
     select 1 from above where parent_id = $3`,
    [tx.scope.organizationId, id, otherId],
  );
  return rows.length > 0;
}

/** Stored ids of the parts of a ticket, whatever their depth, that are not closed and that the viewer may see; they are held. */
export async function lockOpenParts(tx: Tx, viewer: Viewer, id: string): Promise<string[]> {
  const parameters = new Parameters();
  const [organization, whole] = [parameters.add(tx.scope.organizationId, 'uuid'), parameters.add(id, 'uuid')];
  const visible = visibleCondition(viewer, 'TICKET', 't', parameters) ?? 'true';
  const rows = await tx.query<{ id: string }>(
    `with recursive parts as (
       select id from tickets where organization_id = ${organization} and parent_id = ${whole}
       union select t.id from parts p join tickets t on t.organization_id = ${organization} and t.parent_id = p.id)
     select t.id from tickets t where t.organization_id = ${organization} and t.id in (select id from parts) and t.status <> 'CLOSED' and ${visible}
      order by t.id for update of t`,
    parameters.values,
  );
  return rows.map(part => part.id);
}
