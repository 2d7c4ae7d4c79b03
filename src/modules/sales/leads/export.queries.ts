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
            t.converted_at
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
  }));
});
