import type { Tx } from '../../../platform/database/database.js';
import { publicId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { visibleCondition } from '../../access/index.js';
import { everBelonging, exportSection, mergedTable, onErase } from '../../customers/index.js';
import { planContacts } from './contact.merge.js';
import { recordOpportunities } from './opportunity.queries.js';

const isSeen = (viewer: { scopeOf(kind: 'OPPORTUNITY'): string }) => viewer.scopeOf('OPPORTUNITY') !== 'NONE';

mergedTable({
  table: 'opportunities',
  prefix: 'opportunity',
  kind: 'opportunities',
  columns: ['customer_id'],
  isSeen,
  onMoved: (tx, moved) =>
    recordOpportunities(
      tx,
      moved.map(({ id }) => id),
    ),
});

mergedTable({
  table: 'opportunity_contacts',
  prefix: 'opportunity_contact',
  kind: 'opportunityContacts',
  columns: ['customer_id'],
  reads: ['opportunity_id', 'role', 'is_primary', 'created_at'],
  plan: planContacts,
  isSeen,
});

onErase(eraseOpportunities);

/** What was sold to whom is forgotten; that something was sold, when and for how much, stays for the books. */
async function eraseOpportunities(tx: Tx, customerId: string): Promise<string[]> {
  const organizationId = tx.scope.organizationId;
  const opportunities = await tx.query<{ id: string }>(
    `update opportunities
        set name = 'erased', next_step = null, close_note = null, source = null, external_id = null, post_id = null,
            version = version + 1, updated_at = clock_timestamp()
      where organization_id = $1 and customer_id = $2 returning id`,
    [organizationId, customerId],
  );
  const ids = opportunities.map(row => row.id);
  const notes = await tx.query<{ id: string }>(
    'update opportunity_competitors set note = null where organization_id = $1 and opportunity_id = any ($2) and note is not null returning id',
    [organizationId, ids],
  );
  await tx.query(
    'update ownership_changes set reason = null where organization_id = $1 and subject_id = any ($2::uuid[]) and reason is not null',
    [organizationId, ids],
  );
  const contacts = await tx.query<{ id: string; opportunityId: string }>(
    `delete from opportunity_contacts where organization_id = $1 and customer_id = $2
     returning id, opportunity_id as "opportunityId"`,
    [organizationId, customerId],
  );
  await recordOpportunities(tx, [...ids, ...contacts.map(row => row.opportunityId)]);
  const competitors = await everBelonging(tx, 'opportunity_competitors', 'opportunity_id', ids);
  return [...ids, ...[...contacts, ...notes].map(row => row.id), ...competitors];
}

exportSection('opportunities', async (context, customerId) => {
  const parameters = new Parameters();
  const customer = parameters.add(customerId, 'uuid');
  const rule = visibleCondition(context.viewer, 'OPPORTUNITY', 't', parameters);
  const rows = await context.read<{ id: string; history: string; role: string | null }>(
    `select t.id, t.name, t.status, t.amount, t.currency, t.expected_close_on, t.source, t.next_step, t.created_at, t.closed_at, t.close_note,
            (select c.role from opportunity_contacts c
              where c.organization_id = t.organization_id and c.opportunity_id = t.id and c.customer_id = ${customer}) as role,
            (select json_agg(json_build_object('at', r.changed_at, 'stage', s.name, 'status', r.status, 'amount', r.amount::text,
                      'expected_close_on', r.expected_close_on) order by r.changed_at)
               from opportunity_revisions r join stages s on s.organization_id = r.organization_id and s.id = r.stage_id
              where r.organization_id = t.organization_id and r.opportunity_id = t.id)::text as history
       from opportunities t
      where (t.customer_id = ${customer} or exists (
              select 1 from opportunity_contacts c
               where c.organization_id = t.organization_id and c.opportunity_id = t.id and c.customer_id = ${customer}))
            ${rule ? `and ${rule}` : ''}
      order by t.created_at, t.id`,
    parameters.values,
  );
  return rows.map(row => ({ ...row, id: publicId('opportunity', row.id), history: JSON.parse(row.history ?? '[]') }));
});
