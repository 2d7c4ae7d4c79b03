import { mergedTable, onCustomerGiven } from '../../customers/index.js';
import { onIdentityMerge } from '../../social/index.js';
import { tellLeads } from './lead.queries.js';
import { recordOwnership } from './ownership.service.js';

mergedTable({
  table: 'leads',
  prefix: 'lead',
  kind: 'leads',
  columns: ['customer_id'],
  isSeen: viewer => viewer.scopeOf('LEAD') !== 'NONE',
  onMoved: (tx, moved) =>
    tellLeads(
      tx,
      moved.map(({ id }) => id),
    ),
});

onCustomerGiven((tx, { customerId, ...step }) =>
  recordOwnership(tx, [{ prefix: 'customer', subjectId: customerId, ...step }]),
);

onIdentityMerge(async (tx, merged) => {
  const moved = await tx.query<{ id: string }>(
    `with moved as (
       update leads l set identity_id = m.owner_id, updated_at = now()
         from unnest($2::uuid[], $3::uuid[]) as m(id, owner_id)
        where l.organization_id = $1 and l.identity_id = m.id returning l.id)
     select id from moved`,
    [tx.scope.organizationId, merged.map(({ id }) => id), merged.map(({ ownerId }) => ownerId)],
  );
  await tellLeads(
    tx,
    moved.map(({ id }) => id),
  );
});
