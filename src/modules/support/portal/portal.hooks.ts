import type { Tx } from '../../../platform/database/database.js';
import { onContactPoints, onErase, onUnmerge } from '../../customers/index.js';
import { onPosts } from '../../social/index.js';
import { coverMessages } from './code-sending.service.js';

// Ours that a channel tells of: what a code said is not kept.
onPosts(async (tx, posts) => {
  const refs = posts.filter(({ own }) => own).map(({ externalId }) => externalId);
  if (refs.length > 0) await coverMessages(tx, refs);
});

// A contact that is proven no more lets nobody in, nor goes on doing so; nor one that is another's again.
onContactPoints(endUnproven);
onUnmerge(endUnproven);

async function endUnproven(tx: Tx, customerIds: readonly string[]): Promise<void> {
  await tx.query(
    `update portal_sessions s set ended_at = now()
      where s.organization_id = $1 and s.customer_id = any ($2::uuid[]) and s.ended_at is null and not exists (
        select 1 from contact_points p
         where p.organization_id = s.organization_id and p.customer_id = s.customer_id and p.kind = s.kind and p.value = s.contact
           and p.verified_at is not null)`,
    [tx.scope.organizationId, customerIds],
  );
}

onErase(async (tx, customerId) => {
  const key = [tx.scope.organizationId, customerId];
  await tx.query(
    `delete from portal_requests r using contact_points p
      where r.organization_id = $1 and p.organization_id = r.organization_id and p.customer_id = $2 and p.kind = r.kind and p.value = r.contact`,
    key,
  );
  const sessions = await tx.query<{ id: string }>(
    'delete from portal_sessions where organization_id = $1 and customer_id = $2 returning id',
    key,
  );
  return sessions.map(({ id }) => id);
});
