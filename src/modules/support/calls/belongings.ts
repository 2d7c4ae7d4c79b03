import type { Tx } from '../../../platform/database/database.js';
import { onErase } from '../../customers/index.js';
import { onIdentityMerge } from '../../social/index.js';

onIdentityMerge(async (tx, merged) => {
  await tx.query(
    `update call_handlings h set identity_id = m.owner_id from unnest($2::uuid[], $3::uuid[]) as m(id, owner_id)
      where h.organization_id = $1 and h.identity_id = m.id`,
    [tx.scope.organizationId, merged.map(({ id }) => id), merged.map(({ ownerId }) => ownerId)],
  );
});

onErase(eraseNotes);

/** What was written down of calls goes with who called. Their identities were made nobody's before, by the module they belong to. */
async function eraseNotes(tx: Tx): Promise<string[]> {
  const erased = await tx.query<{ id: string }>(
    `update call_handlings h set notes = null, agent = null, updated_at = clock_timestamp()
       from social_identities i
      where h.organization_id = $1 and i.organization_id = h.organization_id and i.id = h.identity_id
        and i.handle = 'erased' and i.external_id is null and (h.notes is not null or h.agent is not null)
      returning h.id`,
    [tx.scope.organizationId],
  );
  return erased.map(({ id }) => id);
}
