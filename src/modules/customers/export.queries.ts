import { parsePublicId, publicId } from '../../platform/ids.js';
import { Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { changesOf, type RequestContext, visibleCondition } from '../access/index.js';
import { Consent } from './consent.entity.js';
import { ContactPoint } from './contact-point.entity.js';
import { Customer } from './customer.entity.js';
import { exportSectionsOf } from './customer.hooks.js';
import type { CustomerMerge } from './merge.entity.js';
import { seenCustomers } from './merge.loaders.js';
import { type SeenCustomers, seenReport } from './merge-report.rules.js';
import { Note } from './note.entity.js';
import { Preference } from './preference.entity.js';

/** Fields of a customer that can be hidden, by the name they have in its row. */
const HIDEABLE: Record<string, string> = {
  birthDate: 'birthDate',
  tags: 'tags',
  customFields: 'customFields',
  ownerId: 'owner',
  teamId: 'team',
};

/**
 * Everything that is kept about one customer, as one document, or null when there is none that the viewer may see. A deleted
 * customer is exported too: what is kept about somebody does not depend on whether we list them. Hidden fields are left out.
 */
export async function customerExport(context: RequestContext, id: string): Promise<object | null> {
  const parsed = parsePublicId(id);
  const customer = parsed?.prefix === 'customer' ? await readCustomer(context, parsed.uuid) : null;
  if (!customer) return null;
  const customerId = customer['id'] as string;
  const isHidden = (field: string) => context.isHidden('CUSTOMER', field);

  const document: Record<string, unknown> = {
    customer: withoutHidden(context, customer),
    preferences: await rowsOf(context, columnsOf(Preference), 'preferences', 't.updated_at', customerId),
    consents: await rowsOf(context, columnsOf(Consent), 'consents', 't.recorded_at', customerId),
    relations: await relationsOf(context, customerId),
  };
  if (!isHidden('contactPoints')) {
    document['contactPoints'] = await rowsOf(
      context,
      columnsOf(ContactPoint),
      'contact_points',
      't.created_at',
      customerId,
    );
  }
  if (!isHidden('notes'))
    document['notes'] = await rowsOf(context, columnsOf(Note), 'notes', 't.created_at', customerId);
  if (!isHidden('merges')) document['merges'] = await mergesOf(context, customerId);
  if (context.viewer.may('audit:read')) document['changes'] = await changesOf(context, customerId);
  for (const [name, section] of exportSectionsOf()) document[name] = await section(context, customerId);
  return { exportedAt: new Date().toISOString(), ...document };
}

async function readCustomer(context: RequestContext, uuid: string): Promise<Record<string, unknown> | null> {
  const parameters = new Parameters();
  const conditions = [
    `t.id = ${parameters.add(uuid, 'uuid')}`,
    't.erased_at is null',
    visibleCondition(context.viewer, 'CUSTOMER', 't', parameters),
  ].filter(Boolean);
  const [row] = await context.read<Record<string, unknown>>(
    `select ${columnsOf(Customer)} from customers t where ${conditions.join(' and ')}`,
    parameters.values,
  );
  return row ?? null;
}

function withoutHidden(context: RequestContext, customer: Record<string, unknown>): object {
  const seen = Object.entries({ ...customer, ...publicIds(customer) });
  return Object.fromEntries(seen.filter(([key]) => !context.isHidden('CUSTOMER', HIDEABLE[key] ?? key)));
}

const publicIds = ({ id, ownerId, teamId }: Record<string, unknown>) => ({
  id: publicId('customer', id as string),
  ...(ownerId ? { ownerId: publicId('member', ownerId as string) } : {}),
  ...(teamId ? { teamId: publicId('team', teamId as string) } : {}),
});

async function rowsOf(
  context: RequestContext,
  columns: string,
  table: string,
  order: string,
  customerId: string,
): Promise<object[]> {
  const rows = await context.read<Record<string, unknown>>(
    `select ${columns} from ${table} t where t.customer_id = $1 order by ${order}, t.id`,
    [customerId],
  );
  return rows.map(({ id: _id, customerId: _customerId, ...row }) => row);
}

/** Who was found to be this customer, with what their own rows still keep and what was given up of it, where they may be seen. */
async function mergesOf(context: RequestContext, customerId: string): Promise<object[]> {
  const parameters = new Parameters();
  const id = parameters.add(customerId, 'uuid');
  const merges = await context.read<
    Pick<CustomerMerge, 'mergedAt' | 'undoneAt' | 'mergedIds' | 'report'> & SeenCustomers
  >(
    `select t.merged_at as "mergedAt", t.undone_at as "undoneAt", t.merged_ids as "mergedIds", t.report,
            t.survivor_id as "survivorId", seen.ids as "seenIds"
       from customer_merges t ${seenCustomers(context.viewer, parameters)}
      where t.survivor_id = ${id} or t.merged_ids @> array[${id}] order by t.merged_at, t.id`,
    parameters.values,
  );
  const rows = await context.read<Record<string, unknown>>(
    `select ${columnsOf(Customer)} from customers t where t.merged_into_id = $1 order by t.id`,
    [customerId],
  );
  const seen = new Set(merges.flatMap(merge => merge.seenIds));
  const kept = new Map(
    rows.filter(row => seen.has(row['id'] as string)).map(row => [row['id'], withoutHidden(context, row)]),
  );
  return merges.map(({ mergedIds, report, survivorId, seenIds, ...merge }) => ({
    ...merge,
    report: seenReport(context.viewer, report, { survivorId, seenIds }),
    customers: mergedIds.map(mergedId => kept.get(mergedId) ?? { id: publicId('customer', mergedId) }),
  }));
}

/** The other end is somebody else: it is named by its id only, and only where the viewer may see it. */
async function relationsOf(context: RequestContext, customerId: string): Promise<object[]> {
  const parameters = new Parameters();
  const id = parameters.add(customerId, 'uuid');
  const visible = visibleCondition(context.viewer, 'CUSTOMER', 'other', parameters) ?? 'true';
  const rows = await context.read<{ fromId: string; toId: string }>(
    `select t.kind, t.from_customer_id as "fromId", t.to_customer_id as "toId", t.detail, t.since, t.until, t.created_at as "createdAt"
       from customer_relations t
       join customers other on other.id = case when t.from_customer_id = ${id} then t.to_customer_id else t.from_customer_id end
      where (t.from_customer_id = ${id} or t.to_customer_id = ${id}) and ${visible} order by t.created_at, t.id`,
    parameters.values,
  );
  return rows.map(row => ({
    ...row,
    fromId: publicId('customer', row.fromId),
    toId: publicId('customer', row.toId),
  }));
}
