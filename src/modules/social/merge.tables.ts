import { recordEvents } from '../../events/index.js';
import type { Tx } from '../../platform/database/database.js';
import { mergedTable } from '../customers/index.js';

const isSeen = (viewer: { scopeOf(kind: 'IDENTITY'): string }) => viewer.scopeOf('IDENTITY') !== 'NONE';

/** What an identity said matters as much as before: whoever it belongs to, it is a customer's. */
mergedTable({
  table: 'social_identities',
  prefix: 'identity',
  kind: 'identities',
  columns: ['customer_id'],
  isSeen,
  isGivenAnew: linkedAnew,
  onMoved: (tx, moved) =>
    recordEvents(
      tx,
      moved.map(({ id, customerId }) => ({ type: 'identity.linked', subjectId: id, data: { customerId } })),
    ),
});

mergedTable({
  table: 'identity_links',
  prefix: 'link',
  kind: 'links',
  columns: ['customer_id'],
  isSeen,
  isGivenAnew: holdingElsewhere,
});

mergedTable({ table: 'identity_claims', prefix: 'claim', kind: 'claims', columns: ['customer_id'], isSeen });

/** Identities whose link was made after the merge: somebody decided anew whose they are. */
async function linkedAnew(tx: Tx, mergeId: string, identityIds: string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select l.identity_id as id from identity_links l
      where l.organization_id = $1 and l.identity_id = any ($3::uuid[]) and l.unlinked_at is null and not exists (
        select 1 from customer_merge_changes j
         where j.organization_id = $1 and j.merge_id = $2 and j.table_name = 'identity_links' and j.row_id = l.id)`,
    [tx.scope.organizationId, mergeId, identityIds],
  );
  return rows.map(({ id }) => id);
}

/** Links that hold and whose identity stays with the survivor, as one that turned out to be another one: both stay together. */
async function holdingElsewhere(tx: Tx, mergeId: string, linkIds: string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select l.id from identity_links l
       join social_identities i on i.organization_id = l.organization_id and i.id = l.identity_id
       join customer_merge_changes j on j.organization_id = l.organization_id and j.row_id = l.id and j.merge_id = $2
        and j.table_name = 'identity_links'
      where l.organization_id = $1 and l.id = any ($3::uuid[]) and l.unlinked_at is null
        and i.customer_id is distinct from (j.before ->> 'customer_id')::uuid`,
    [tx.scope.organizationId, mergeId, linkIds],
  );
  return rows.map(({ id }) => id);
}
