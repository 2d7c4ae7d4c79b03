import { defineRecord } from '../../platform/schema/index.js';
import { Customer } from './customer.entity.js';

export const customerRecord = defineRecord({
  type: Customer,
  name: 'customers',
  prefix: 'customer',
  visibility: 'CUSTOMER',
  where: 't.deleted_at is null',
  orders: {
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    DISPLAY_NAME: { sql: 't.display_name', type: 'text', nullable: false },
    FAMILY_NAME: { sql: 't.family_name', type: 'text', nullable: true },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'customer' },
    kind: { sql: 't.kind', type: 'text' },
    displayName: { sql: 't.display_name', type: 'text' },
    givenName: { sql: 't.given_name', type: 'text' },
    familyName: { sql: 't.family_name', type: 'text' },
    language: { sql: 't.language', type: 'text' },
    tags: { sql: 't.tags', type: 'text[]', hideable: 'tags' },
    birthDate: { sql: 't.birth_date', type: 'date', hideable: 'birthDate' },
    externalId: { sql: 't.external_id', type: 'text' },
    customFields: {
      sql: '',
      type: 'text',
      hideable: 'customFields',
      build: (conditions, parameters) =>
        (conditions as { key: string; eq: unknown }[])
          .map(({ key, eq }) => `t.custom_fields @> ${parameters.add(JSON.stringify({ [key]: eq }), 'jsonb')}`)
          .join(' and ') || 'true',
    },
    ownerId: { sql: 't.owner_id', type: 'uuid', prefix: 'member', hideable: 'owner' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team', hideable: 'team' },
    createdAt: { sql: 't.created_at', type: 'timestamptz' },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
  },
});
