import type { LoaderDefinition } from '../../platform/loaders.js';
import { Parameters } from '../../platform/paging/index.js';
import { columnsOf } from '../../platform/schema/index.js';
import { type RequestContext, visibleCondition } from '../access/index.js';
import { Consent } from './consent.entity.js';
import { ContactPoint } from './contact-point.entity.js';
import { CustomFieldDefinition, CustomFieldSubject } from './custom-field.entity.js';
import { Note } from './note.entity.js';
import { Preference } from './preference.entity.js';

type Owned = { customerId: string };

/** All rows of many customers in one statement. `sql` takes the customers' ids as $1 and puts each customer's rows in order. */
function ownedBy<Row extends Owned>(name: string, sql: string): LoaderDefinition<RequestContext, string, Row[]> {
  return {
    name,
    async batch(context, customerIds) {
      const rows = await context.read<Row>(sql, [customerIds], name);
      const byCustomer = Map.groupBy(rows, row => row.customerId);
      return customerIds.map(id => byCustomer.get(id) ?? []);
    },
  };
}

/** One row by its stored id, for the payload of a mutation: one that is repeated by its key may see less than the first time. */
function byId<Row extends { id: string }>(
  name: string,
  field: string,
  select: string,
): LoaderDefinition<RequestContext, string, Row | null> {
  return {
    name,
    async batch(context, ids) {
      if (context.isHidden('CUSTOMER', field)) return ids.map(() => null);
      const parameters = new Parameters();
      const named = `t.id = any (${parameters.add(ids, 'uuid[]')})`;
      const visible = visibleCondition(context.viewer, 'CUSTOMER', 'vc', parameters) ?? 'true';
      const rows = await context.read<Row>(
        `${select} join customers vc on vc.organization_id = t.organization_id and vc.id = t.customer_id
          where ${named} and vc.deleted_at is null and ${visible}`,
        parameters.values,
      );
      const found = new Map(rows.map(row => [row.id, row]));
      return ids.map(id => found.get(id) ?? null);
    },
  };
}

const contactPoints = `select ${columnsOf(ContactPoint)}, t.verified_at is not null as verified from contact_points t`;
const notes = `select ${columnsOf(Note)} from notes t`;

export const contactPointsOf = ownedBy<ContactPoint>(
  'customer.contactPoints',
  `${contactPoints} where t.customer_id = any ($1::uuid[]) order by t.is_primary desc, t.created_at, t.id`,
);

export const contactPointById = byId<ContactPoint>('contactPoint.byId', 'contactPoints', contactPoints);
export const noteById = byId<Note>('note.byId', 'notes', notes);

export const preferencesOf = ownedBy<Preference>(
  'customer.preferences',
  `select ${columnsOf(Preference)} from preferences t where t.customer_id = any ($1::uuid[]) order by t.key`,
);

/** The last word on each purpose and channel. */
export const consentsOf = ownedBy<Consent>(
  'customer.consents',
  `select distinct on (t.customer_id, t.purpose, t.channel) ${columnsOf(Consent)} from consents t
    where t.customer_id = any ($1::uuid[])
    order by t.customer_id, t.purpose, t.channel, t.recorded_at desc, t.id desc`,
);

/** By `<subject> <key>`. */
export const customFieldByKey: LoaderDefinition<RequestContext, string, CustomFieldDefinition | null> = {
  name: 'customField.byKey',
  async batch(context, names) {
    const all = await Promise.all(Object.values(CustomFieldSubject).map(subject => customFields(context, subject)));
    const found = new Map(all.flat().map(field => [`${field.subject} ${field.key}`, field]));
    return names.map(name => found.get(name) ?? null);
  },
};

/** All definitions of the organisation, in the order they were made; none for whom their values are hidden. */
export async function customFields(
  context: RequestContext,
  subject: CustomFieldSubject,
): Promise<CustomFieldDefinition[]> {
  if (context.isHidden(subject, 'customFields')) return [];
  return context.read(
    `select ${columnsOf(CustomFieldDefinition)} from custom_field_definitions t where t.subject = $1 order by t.created_at, t.id`,
    [subject],
    'customFields',
  );
}
