import type { Tx } from '../../../platform/database/database.js';

/** Who turned out to be somebody else was answered as them: nobody is told the same again under another id. */
export async function mergeAcknowledged(tx: Tx, merged: readonly { id: string; ownerId: string }[]): Promise<void> {
  const parameters = [tx.scope.organizationId, merged.map(({ id }) => id), merged.map(({ ownerId }) => ownerId)];
  const pairs = 'unnest($2::uuid[], $3::uuid[]) as m(id, owner_id)';
  await tx.query(
    `update acknowledgements a set identity_id = m.owner_id from ${pairs} where a.organization_id = $1 and a.identity_id = m.id`,
    parameters,
  );
  await tx.query(
    `insert into incident_answers (organization_id, incident_id, identity_id, post_id, visibility, requested_by, reply_id, state, refusal)
     select a.organization_id, a.incident_id, m.owner_id, a.post_id, a.visibility, a.requested_by, a.reply_id, a.state, a.refusal
       from incident_answers a join ${pairs} on a.organization_id = $1 and a.identity_id = m.id
     on conflict do nothing`,
    parameters,
  );
}
