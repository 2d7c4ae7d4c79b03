import { onErase } from '../../customers/index.js';
import { onPosts } from '../../social/index.js';
import { coverMessages } from './code-sending.service.js';

// Ours that a channel tells of: what a code said is not kept.
onPosts(async (tx, posts) => {
  const refs = posts.filter(({ own }) => own).map(({ externalId }) => externalId);
  if (refs.length > 0) await coverMessages(tx, refs);
});

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
