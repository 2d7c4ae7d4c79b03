import { defineRecord } from '../../platform/schema/index.js';
import { Member } from './member.entity.js';
import { Organization } from './organization.entity.js';
import { Team } from './team.entity.js';

const createdAt = { sql: 't.created_at', type: 'timestamptz', nullable: false } as const;

export const organizationRecord = defineRecord({
  type: Organization,
  name: 'organizations',
  prefix: 'organization',
  orders: { CREATED_AT: createdAt },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'ASC' }],
  filters: {},
});

export const teamRecord = defineRecord({
  type: Team,
  name: 'teams',
  prefix: 'team',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false }, CREATED_AT: createdAt },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});

export const memberRecord = defineRecord({
  type: Member,
  name: 'members',
  prefix: 'member',
  visibility: 'STAFF',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false }, CREATED_AT: createdAt },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});
