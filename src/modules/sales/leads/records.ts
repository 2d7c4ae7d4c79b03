import { defineRecord } from '../../../platform/schema/index.js';
import { AssignmentRule } from './assignment-rule.entity.js';
import { Lead } from './lead.entity.js';
import { LeadChange } from './lead-change.entity.js';
import { Territory } from './territory.entity.js';

export const leadRecord = defineRecord({
  type: Lead,
  name: 'leads',
  prefix: 'lead',
  visibility: 'LEAD',
  orders: {
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    SCORE: { sql: 't.score', type: 'integer', nullable: false },
    NAME: { sql: 't.name', type: 'text', nullable: false },
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'lead' },
    status: { sql: 't.status', type: 'text' },
    source: { sql: 't.source', type: 'text' },
    name: { sql: 't.name', type: 'text' },
    companyName: { sql: 't.company_name', type: 'text' },
    email: { sql: 't.email', type: 'text', hideable: 'email' },
    phone: { sql: 't.phone', type: 'text', hideable: 'phone' },
    country: { sql: 't.country', type: 'text' },
    industry: { sql: 't.industry', type: 'text' },
    externalId: { sql: 't.external_id', type: 'text' },
    score: { sql: 't.score', type: 'integer' },
    ownerId: { sql: 't.owner_id', type: 'uuid', prefix: 'member' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team' },
    territoryId: { sql: 't.territory_id', type: 'uuid', prefix: 'territory' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    postId: { sql: 't.post_id', type: 'uuid', prefix: 'post' },
    createdAt: { sql: 't.created_at', type: 'timestamptz' },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
  },
});

defineRecord({
  type: LeadChange,
  name: 'leadChanges',
  prefix: 'lead_change',
  // Whoever sees a lead sees its story.
  visibility: 'LEAD',
  from: `(select c.*, l.owner_id, l.team_id from lead_changes c
            join leads l on l.organization_id = c.organization_id and l.id = c.lead_id) t`,
  orders: { CHANGED_AT: { sql: 't.changed_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'CHANGED_AT', direction: 'DESC' }],
  filters: {},
});

defineRecord({
  type: Territory,
  name: 'territories',
  prefix: 'territory',
  orders: {
    NAME: { sql: 't.name', type: 'text', nullable: false },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {
    name: { sql: 't.name', type: 'text' },
    parentTerritoryId: { sql: 't.parent_id', type: 'uuid', prefix: 'territory' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team' },
  },
});

defineRecord({
  type: AssignmentRule,
  name: 'assignmentRules',
  prefix: 'assignment_rule',
  orders: { POSITION: { sql: 't.position', type: 'integer', nullable: false } },
  defaultOrder: [{ field: 'POSITION', direction: 'ASC' }],
  filters: {},
});
