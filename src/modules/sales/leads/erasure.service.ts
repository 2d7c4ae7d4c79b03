import type { Tx } from '../../../platform/database/database.js';
import { onErase } from '../../customers/index.js';
import { LeadStatus } from './lead.entity.js';
import { tellLeads } from './lead.queries.js';

onErase(eraseLeads);

/**
 * Empties the leads that became a customer, that one of its identities was, or that have an address or number of its. The rows
 * stay for counts. Identities were made nameless before, by the module they belong to, and are known by that.
 */
async function eraseLeads(tx: Tx, customerId: string): Promise<string[]> {
  const erased = await tx.query<{ id: string }>(
    `with theirs as (
       select l.id from leads l where l.organization_id = $1 and l.customer_id = $2
       union select l.id from contact_points p join leads l on l.organization_id = p.organization_id and l.email = p.value
        where p.organization_id = $1 and p.customer_id = $2 and p.kind = 'EMAIL'
       union select l.id from contact_points p join leads l on l.organization_id = p.organization_id and l.phone = p.value
        where p.organization_id = $1 and p.customer_id = $2 and p.kind = 'PHONE'
       union select l.id from social_identities i join leads l on l.organization_id = i.organization_id and l.identity_id = i.id
        where i.organization_id = $1 and i.handle = 'erased' and i.external_id is null and i.handle_key is null and l.name <> 'erased'),
          emptied as (
       update leads l set name = 'erased', company_name = null, job_title = null, email = null, phone = null, website = null,
              country = null, postal_code = null, language = null, industry = null, employees = null, source_detail = null,
              interest = null, qualification = '{}', disqualified_reason = null, external_id = null, score = 0, score_reasons = '[]',
              status = case when l.status = $3 then l.status else $4 end, version = l.version + 1, updated_at = now()
         from theirs t where l.organization_id = $1 and l.id = t.id returning l.id)
     select id from emptied`,
    [tx.scope.organizationId, customerId, LeadStatus.CONVERTED, LeadStatus.DISQUALIFIED],
  );
  const ids = erased.map(row => row.id);
  await tx.query(
    'update ownership_changes set reason = null where organization_id = $1 and subject_id = any ($2::uuid[])',
    [tx.scope.organizationId, [...ids, customerId]],
  );
  await tellLeads(tx, ids);
  return ids;
}
