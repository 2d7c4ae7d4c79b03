import { moveRegarding } from '../../activities/index.js';
import { onIdentityMerge } from '../../social/index.js';

/** What was suggested, and decided, of somebody stays when they turn out to be somebody else; so does what was planned about them. */
onIdentityMerge(async (tx, merged) => {
  await tx.query(
    `update lead_suggestions s set identity_id = m.owner_id, updated_at = now()
       from unnest($2::uuid[], $3::uuid[]) as m(id, owner_id)
      where s.organization_id = $1 and s.identity_id = m.id`,
    [tx.scope.organizationId, merged.map(({ id }) => id), merged.map(({ ownerId }) => ownerId)],
  );
  await moveRegarding(tx, 'identity', merged);
});
