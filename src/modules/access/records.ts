import { storedId } from '../../platform/ids.js';
import type { Parameters } from '../../platform/paging/index.js';
import { defineRecord } from '../../platform/schema/index.js';
import { ApiKey } from './api-key.entity.js';
import { Member } from './member.entity.js';
import { OAuthClient } from './oauth-client.entity.js';
import { Organization } from './organization.entity.js';
import { Team } from './team.entity.js';

const createdAt = { sql: 't.created_at', type: 'timestamptz', nullable: false } as const;
const byName = { NAME: { sql: 't.name', type: 'text', nullable: false }, CREATED_AT: createdAt } as const;
const revoked = (is: unknown): string => `t.revoked_at is ${is ? 'not ' : ''}null`;

/** Public ids that are none match nothing, as unknown ones do. */
const inTeam = (id: unknown, parameters: Parameters): string =>
  `t.id in (select tm.member_id from team_members tm where tm.organization_id = t.organization_id and tm.team_id = ${parameters.add(storedId('team', String(id)), 'uuid')})`;

const memberStatusSql = `case when t.deactivated_at is not null then 'DEACTIVATED' when t.user_id is null then 'INVITED' else 'ACTIVE' end`;

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
  visibility: 'STAFF',
  orders: byName,
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: { name: { sql: 't.name', type: 'text' }, parentId: { sql: 't.parent_id', type: 'uuid', prefix: 'team' } },
});

export const memberRecord = defineRecord({
  type: Member,
  name: 'members',
  prefix: 'member',
  visibility: 'STAFF',
  orders: byName,
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {
    name: { sql: 't.name', type: 'text' },
    email: { sql: 't.email', type: 'text' },
    role: { sql: 't.role', type: 'text' },
    status: { sql: memberStatusSql, type: 'text' },
    teamId: { sql: '', type: 'uuid', build: inTeam },
  },
});

export const apiKeyRecord = defineRecord({
  type: ApiKey,
  name: 'apiKeys',
  prefix: 'api_key',
  visibility: 'CREDENTIAL',
  orders: byName,
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    name: { sql: 't.name', type: 'text' },
    role: { sql: 't.role', type: 'text' },
    revoked: { sql: '', type: 'boolean', build: revoked },
  },
});

export const oauthClientRecord = defineRecord({
  type: OAuthClient,
  name: 'oauthClients',
  prefix: 'oauth_client',
  visibility: 'CREDENTIAL',
  orders: byName,
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    name: { sql: 't.name', type: 'text' },
    role: { sql: 't.role', type: 'text' },
    revoked: { sql: '', type: 'boolean', build: revoked },
  },
});
