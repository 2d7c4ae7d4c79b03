import type { Tx } from '../../../platform/database/database.js';
import { invalid } from '../../../platform/errors.js';
import { publicId } from '../../../platform/ids.js';
import { Parameters } from '../../../platform/paging/index.js';
import { type Viewer, visibleCondition, visibleId } from '../../access/index.js';
import { Customer, CustomerKind, createCustomer, RelationKind, relateCustomers } from '../../customers/index.js';
import type { ConvertLeadInput } from './conversion.inputs.js';
import type { Lead } from './lead.entity.js';

/** Makes the customer a lead became an employee of the company that was named, or that the lead brought; of none unless asked. */
export async function employAt(
  tx: Tx,
  viewer: Viewer,
  lead: Lead,
  customerId: string,
  { companyId, createCompany }: ConvertLeadInput,
): Promise<void> {
  if (!companyId && !createCompany) return;
  const company = companyId
    ? await visibleId(tx, viewer, Customer, companyId, 'companyId')
    : await companyOf(tx, viewer, lead);
  // The lead may be the company itself.
  if (company === customerId) return;
  await relateCustomers(tx, viewer, {
    fromId: publicId('customer', customerId),
    toId: publicId('customer', company),
    kind: RelationKind.EMPLOYEE_OF,
  });
}

async function companyOf(tx: Tx, viewer: Viewer, { companyName }: Lead): Promise<string> {
  if (!companyName) throw invalid('createCompany', 'The lead names no company.', 'REQUIRED');
  // Two leads of one company that are converted at once find the same.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${tx.scope.organizationId}:company:${companyName}`,
  ]);
  const parameters = new Parameters();
  const conditions = [
    `t.organization_id = ${parameters.add(tx.scope.organizationId, 'uuid')}`,
    `t.display_name = ${parameters.add(companyName)}`,
    `t.kind = ${parameters.add(CustomerKind.COMPANY)}`,
    't.deleted_at is null',
    visibleCondition(viewer, 'CUSTOMER', 't', parameters),
  ].filter(Boolean);
  const [known] = await tx.query<{ id: string }>(
    `select t.id from customers t where ${conditions.join(' and ')} order by t.id limit 1`,
    parameters.values,
  );
  const item = { kind: CustomerKind.COMPANY, displayName: companyName };
  return known?.id ?? (await createCustomer(tx, viewer, item)).customerId;
}
