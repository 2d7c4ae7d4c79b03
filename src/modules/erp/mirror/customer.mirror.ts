import type { ErpCustomer } from '../../../erp/port.js';
import type { Tx } from '../../../platform/database/database.js';
import { publicId } from '../../../platform/ids.js';
import { cleanLine } from '../../../platform/text.js';
import { Role, Viewer } from '../../access/index.js';
import {
  ContactPointKind,
  type CreateCustomerItem,
  createCustomer,
  createPlainCustomers,
  normaliseEmail,
  normalisePhone,
  updateCustomer,
} from '../../customers/index.js';
import { canonical, type FieldValues } from '../conflict.rules.js';
import type { SharedMirror } from './mirror.js';
import { requiredText, unlessWrong } from './product.mirror.js';

/** The custom field in which an organisation keeps tax ids, where it has defined one. */
const TAX_ID = 'taxId';

/** What belongs to the organisation is all seen by what runs for it. */
export const systemViewer = ({ scope }: Tx): Viewer =>
  new Viewer({ actor: scope.actor, organizationId: scope.organizationId, role: Role.OWNER });

export const customerMirror: SharedMirror<'CUSTOMER'> = {
  kind: 'CUSTOMER',
  fields: async (tx, record) => fieldsOf(record, await habitsOf(tx)),
  async fieldsOfAll(tx, records) {
    const habits = await habitsOf(tx);
    return records.map(record => unlessWrong(() => fieldsOf(record, habits)));
  },
  async strangers(tx, told) {
    const keys = told.flatMap(keysOf);
    const counts = Map.groupBy(keys, key => key);
    const of = (sort: string) => keys.flatMap(key => (key.startsWith(sort) ? key.slice(sort.length) : []));
    const rows = await tx.query<{ key: string }>(
      `select 'I' || external_id as key from customers
        where organization_id = $1 and external_id = any ($2::text[]) and deleted_at is null
       union all
       select 'T' || (custom_fields ->> '${TAX_ID}') from customers
        where organization_id = $1 and cardinality($3::text[]) > 0 and custom_fields ->> '${TAX_ID}' = any ($3::text[]) and deleted_at is null
       union all
       select 'E' || value from contact_points where organization_id = $1 and kind = 'EMAIL' and value = any ($4::text[])`,
      [tx.scope.organizationId, of('I'), of('T'), of('E')],
    );
    const known = new Set(rows.map(({ key }) => key));
    return told.filter(one => keysOf(one).every(key => counts.get(key)!.length === 1 && !known.has(key)));
  },
  async createAll(tx, items) {
    return createPlainCustomers(tx, systemViewer(tx), items.map(itemOf));
  },
  async match(tx, record, { email, taxId }) {
    const { organizationId } = tx.scope;
    const attempts: [string, unknown][] = [
      ['t.external_id = $2', record.externalId],
      [`t.custom_fields ->> '${TAX_ID}' = $2`, taxId],
      [
        `exists (select 1 from contact_points p where p.organization_id = t.organization_id and p.customer_id = t.id
                  and p.kind = 'EMAIL' and p.value = $2)`,
        email,
      ],
    ];
    for (const [condition, value] of attempts) {
      if (!value) continue;
      const rows = await tx.query<{ id: string }>(
        `select t.id from customers t where t.organization_id = $1 and ${condition} and t.deleted_at is null limit 2`,
        [organizationId, value],
      );
      // One alone is it; of two nobody knows which, so it is a new one for people to look at.
      if (rows.length === 1) return rows[0]!.id;
      if (rows.length > 1) return null;
    }
    return null;
  },
  async read(tx, recordId) {
    const [row] = await tx.query<Stored>(
      `select t.kind, t.display_name as name, t.language, t.custom_fields ->> '${TAX_ID}' as "taxId",
              to_char(t.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "changedAt",
              (select p.value from contact_points p where p.organization_id = t.organization_id and p.customer_id = t.id
                  and p.kind = 'EMAIL' and p.is_primary) as email,
              (select p.value from contact_points p where p.organization_id = t.organization_id and p.customer_id = t.id
                  and p.kind = 'PHONE' and p.is_primary) as phone,
              (select p.address from contact_points p where p.organization_id = t.organization_id and p.customer_id = t.id
                  and p.kind = 'ADDRESS' and p.is_primary) as address
         from customers t where t.organization_id = $1 and t.id = $2 and t.deleted_at is null for update of t`,
      [tx.scope.organizationId, recordId],
    );
    if (!row) return null;
    const { changedAt, ...fields } = row;
    return { fields: { ...fields, address: row.address && withoutNulls(row.address) }, changedAt, label: row.name };
  },
  async create(tx, fields) {
    const { customerId } = await createCustomer(tx, systemViewer(tx), itemOf(fields));
    return customerId;
  },
  async change(tx, recordId, fields) {
    await updateCustomer(tx, systemViewer(tx), { id: publicId('customer', recordId), ...itemOf(fields) });
  },
};

function fieldsOf(record: ErpCustomer, { country, hasTaxId }: Habits): FieldValues {
  const fields: FieldValues = { kind: record.kind, name: requiredText(record.name, 'name', 200) };
  // What is no address or number is not compared: it would be in conflict for ever with what we can keep.
  if (record.email !== undefined) put(fields, 'email', record.email, normaliseEmail);
  if (record.phone !== undefined) put(fields, 'phone', record.phone, text => normalisePhone(text, country));
  if (record.taxId !== undefined && hasTaxId) put(fields, 'taxId', record.taxId, cleanLine);
  if (record.language !== undefined) put(fields, 'language', record.language, languageOf);
  if (record.address !== undefined) {
    const address = addressOf(record.address, country);
    if (address !== undefined) fields['address'] = address;
  }
  return fields;
}

/** By what one is known again, the sort of it first. */
const keysOf = ({ record, fields }: { record: ErpCustomer; fields: FieldValues }): string[] => [
  `I${record.externalId}`,
  ...(fields['taxId'] ? [`T${fields['taxId']}`] : []),
  ...(fields['email'] ? [`E${fields['email']}`] : []),
];

interface Stored {
  kind: string;
  name: string;
  language: string | null;
  taxId: string | null;
  changedAt: string;
  email: string | null;
  phone: string | null;
  address: Record<string, unknown> | null;
}

/** What was said as an input of ours; contact points are added and made the first to use, none is taken away. */
function itemOf(fields: FieldValues): CreateCustomerItem {
  const { kind, name, email, phone, taxId, language, address } = fields as Record<string, string | null | undefined>;
  const points = [
    ...(email ? [{ kind: ContactPointKind.EMAIL, value: email, isPrimary: true }] : []),
    ...(phone ? [{ kind: ContactPointKind.PHONE, value: phone, isPrimary: true }] : []),
    ...(address ? [{ kind: ContactPointKind.ADDRESS, address: address as never, isPrimary: true }] : []),
  ];
  return {
    ...(kind != null && { kind: kind as never }),
    ...(name != null && { displayName: name, ...(kind === 'COMPANY' && { legalName: name }) }),
    ...(language !== undefined && { language }),
    ...(taxId !== undefined && { customFields: { [TAX_ID]: taxId } }),
    ...(points.length > 0 && { contactPoints: points }),
  };
}

interface Habits {
  country: string;
  hasTaxId: boolean;
}

async function habitsOf(tx: Tx): Promise<Habits> {
  const [row] = await tx.query<Habits>(
    `select o.default_country as country, exists (select 1 from custom_field_definitions f
              where f.organization_id = o.id and f.subject = 'CUSTOMER' and f.key = '${TAX_ID}' and f.type = 'TEXT') as "hasTaxId"
       from organizations o where o.id = $1`,
    [tx.scope.organizationId],
  );
  return row ?? { country: 'ES', hasTaxId: false };
}

function put(fields: FieldValues, field: string, value: string, clean: (text: string) => string | null): void {
  const text = cleanLine(value);
  const kept = text ? clean(text) : null;
  if (!text || kept) fields[field] = kept;
}

function languageOf(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.replace('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** As a contact point is kept; null when nothing is said, undefined when it is none. */
function addressOf(given: NonNullable<ErpCustomer['address']>, home: string): object | null | undefined {
  const line = (value: string | undefined, most: number) => cleanLine(value ?? '').slice(0, most) || undefined;
  const address = {
    street: line(given.street, 200),
    city: line(given.city, 100),
    region: line(given.region, 100),
    postalCode: line(given.postalCode, 20),
  };
  if (canonical(address) === '{}') return null;
  const country = (given.country?.trim() || home).toUpperCase();
  return /^[A-Z]{2}$/.test(country) ? withoutNulls({ ...address, country }) : undefined;
}

const withoutNulls = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value != null));
