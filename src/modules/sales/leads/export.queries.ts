import { publicId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { visibleCondition } from '../../access/index.js';
import { exportSection } from '../../customers/index.js';

/** Leads that became the customer, or that one of its identities is, with what became of them. */
exportSection('leads', async (context, customerId) => {
  if (!context.viewer.may('sales:read')) return [];
  const parameters = new Parameters();
  const customer = parameters.add(customerId, 'uuid');
  const rule = visibleCondition(context.viewer, 'LEAD', 't', parameters);
  const hidden = ['email', 'phone'].filter(field => context.isHidden('LEAD', field));
  const rows = await context.read<Record<string, unknown> & { id: string }>(
    `select t.id, t.status, t.name, t.company_name, t.job_title, t.email, t.phone, t.website, t.country, t.postal_code, t.language,
            t.industry, t.source, t.source_detail, t.interest, t.qualification, t.score, t.disqualified_reason, t.created_at,
            t.converted_at,
            (select json_agg(json_build_object('kind', c.kind, 'fields', c.detail -> 'fields', 'at', c.changed_at) order by c.changed_at, c.id)
               from lead_changes c where c.organization_id = t.organization_id and c.lead_id = t.id)::text as history
       from leads t
      where (t.customer_id = ${customer} or t.identity_id in (select i.id from social_identities i where i.customer_id = ${customer}))
            ${rule ? `and ${rule}` : ''}
      order by t.created_at, t.id`,
    parameters.values,
  );
  return rows.map(row => ({
    ...row,
    ...Object.fromEntries(hidden.map(field => [field, null])),
    id: publicId('lead', row.id),
    history: JSON.parse(String(row['history'] ?? '[]')),
  }));
});

/** From whom to whom the customer was given, and why, for who sees who looks after it. */
exportSection('ownershipChanges', async (context, customerId) => {
  if (!context.viewer.may('sales:read') || context.isHidden('CUSTOMER', 'owner')) return [];
  const rows = await context.read<Record<'from' | 'to', string | null> & { reason: string | null; at: string }>(
    `select from_owner_id as "from", to_owner_id as "to", reason, changed_at as at from ownership_changes
      where subject_prefix = 'customer' and subject_id = $1 order by changed_at, id`,
    [customerId],
  );
  const member = (id: string | null) => id && publicId('member', id);
  return rows.map(({ from, to, ...row }) => ({ from: member(from), to: member(to), ...row }));
});
