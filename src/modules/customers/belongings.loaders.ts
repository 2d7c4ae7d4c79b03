import type { LoaderDefinition } from '../../platform/loaders.js';
import { columnsOf } from '../../platform/schema/index.js';
import type { RequestContext } from '../access/index.js';
import { Consent } from './consent.entity.js';
import { ContactPoint } from './contact-point.entity.js';
import { CustomFieldDefinition } from './custom-field.entity.js';
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

/** One row by its stored id, for the payload of a mutation that has just decided that the viewer may see it. */
function byId<Row extends { id: string }>(
  name: string,
  select: string,
): LoaderDefinition<RequestContext, string, Row | null> {
  return {
    name,
    async batch(context, ids) {
      const rows = await context.read<Row>(`${select} where t.id = any ($1::uuid[])`, [ids], name);
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

export const contactPointById = byId<ContactPoint>('contactPoint.byId', contactPoints);
export const noteById = byId<Note>('note.byId', notes);

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

export const customFieldByKey: LoaderDefinition<RequestContext, string, CustomFieldDefinition | null> = {
  name: 'customField.byKey',
  async batch(context, keys) {
    const found = new Map((await customFields(context)).map(field => [field.key, field]));
    return keys.map(key => found.get(key) ?? null);
  },
};

/** All definitions of the organisation, in the order they were made. */
export const customFields = (context: RequestContext): Promise<CustomFieldDefinition[]> =>
  context.read(
    `select ${columnsOf(CustomFieldDefinition)} from custom_field_definitions t order by t.created_at, t.id`,
    [],
    'customFields',
  );
