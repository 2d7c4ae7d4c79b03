import type { Tx } from '../../platform/database/database.js';
import { newId } from '../../platform/ids.js';
import type { Problems } from '../../platform/input.rules.js';
import type { Viewer } from '../access/index.js';
import { mergeCustomFields, requireCustomFields } from './custom-field.rules.js';
import { CustomerKind } from './customer.entity.js';
import { tellContactPoints } from './customer.hooks.js';
import { readSettings, recordCustomerEvents } from './customer.queries.js';
import { cleanCustomer } from './customer.rules.js';
import { type CleanBelongings, cleanBelongings } from './customer-belongings.service.js';
import type { CreateCustomerItem } from './customer-change.inputs.js';

/** What may be said of those that are kept many at once. */
const PLAIN = new Set(['kind', 'displayName', 'legalName', 'language', 'customFields', 'contactPoints']);

/**
 * Keeps many new customers in a few statements. Answers a stored id for each item, in their order; null for one that says more than
 * fits here, or of which something is wrong: `createCustomer` keeps it, or says what. Of contact points at most one a kind is given.
 */
export async function createPlainCustomers(
  tx: Tx,
  viewer: Viewer,
  items: readonly CreateCustomerItem[],
): Promise<(string | null)[]> {
  const settings = await readSettings(tx);
  const rows: object[] = [];
  const points: { customer_id: string; [column: string]: unknown }[] = [];
  const ids = items.map(item => {
    const problems: Problems = [];
    const { kind = CustomerKind.PERSON, displayName, legalName, language } = cleanCustomer(problems, item);
    const given = item.customFields ?? {};
    const customFields = mergeCustomFields(problems, settings.customFields, {}, given);
    if (!viewer.isHidden('CUSTOMER', 'customFields')) requireCustomFields(problems, settings.customFields, given);
    const { contactPoints }: CleanBelongings = cleanBelongings(problems, settings, item);
    const isPlain = Object.keys(item).every(key => PLAIN.has(key));
    const isOneEach = new Set(contactPoints.map(point => point.kind)).size === contactPoints.length;
    if (problems.length > 0 || !isPlain || !isOneEach || !displayName) return null;
    const id = newId();
    rows.push({ id, kind, display_name: displayName, legal_name: legalName, language, custom_fields: customFields });
    for (const { kind: of, value, label, address } of contactPoints)
      points.push({ id: newId(), customer_id: id, kind: of, value, label, address });
    return id;
  });
  if (rows.length === 0) return ids;
  await tx.query(
    `insert into customers (organization_id, id, kind, display_name, legal_name, language, custom_fields)
     select $1, r.* from jsonb_to_recordset($2)
         as r(id uuid, kind text, display_name text, legal_name text, language text, custom_fields jsonb)`,
    [tx.scope.organizationId, JSON.stringify(rows)],
  );
  await tx.query(
    `insert into contact_points (organization_id, customer_id, id, kind, value, label, address, is_primary)
     select $1, p.customer_id, p.id, p.kind, p.value, p.label, p.address, true from jsonb_to_recordset($2)
         as p(customer_id uuid, id uuid, kind text, value text, label text, address jsonb)`,
    [tx.scope.organizationId, JSON.stringify(points)],
  );
  const kept = ids.filter(id => id !== null);
  await tellContactPoints(tx, ...new Set(points.map(point => point.customer_id)));
  await recordCustomerEvents(tx, new Map(kept.map(id => [id, 'customer.created'])));
  return ids;
}
