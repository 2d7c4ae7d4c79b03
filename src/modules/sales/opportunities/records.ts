import { defineRecord } from '../../../platform/schema/index.js';
import { CloseReason } from './close-reason.entity.js';
import { Competitor } from './competitor.entity.js';
import { Opportunity } from './opportunity.entity.js';
import { Pipeline } from './pipeline.entity.js';
import { Stage } from './stage.entity.js';

const createdAt = { sql: 't.created_at', type: 'timestamptz', nullable: false } as const;
const name = { sql: 't.name', type: 'text', nullable: false } as const;

defineRecord({
  type: Pipeline,
  name: 'pipelines',
  prefix: 'pipeline',
  orders: { CREATED_AT: createdAt, NAME: name },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'ASC' }],
  filters: { name: { sql: 't.name', type: 'text' }, isActive: { sql: 't.is_active', type: 'boolean' } },
});

defineRecord({
  type: Stage,
  name: 'stages',
  prefix: 'stage',
  orders: { POSITION: { sql: 't.position', type: 'integer', nullable: false } },
  defaultOrder: [{ field: 'POSITION', direction: 'ASC' }],
  filters: {},
});

defineRecord({
  type: CloseReason,
  name: 'closeReasons',
  prefix: 'close_reason',
  orders: { NAME: name, CREATED_AT: createdAt },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: { outcome: { sql: 't.outcome', type: 'text' }, isActive: { sql: 't.is_active', type: 'boolean' } },
});

defineRecord({
  type: Competitor,
  name: 'competitors',
  prefix: 'competitor',
  orders: { NAME: name, CREATED_AT: createdAt },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: { name: { sql: 't.name', type: 'text' } },
});

const rotsAt = `(select t.stage_entered_at + s.rots_after_days * interval '1 day' from stages s
  where s.organization_id = t.organization_id and s.id = t.stage_id and s.kind = 'OPEN')`;

export const opportunityRecord = defineRecord({
  type: Opportunity,
  name: 'opportunities',
  prefix: 'opportunity',
  visibility: 'OPPORTUNITY',
  orders: {
    CREATED_AT: createdAt,
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    STAGE_ENTERED_AT: { sql: 't.stage_entered_at', type: 'timestamptz', nullable: false },
    EXPECTED_CLOSE_ON: { sql: 't.expected_close_on', type: 'date', nullable: true },
    CLOSED_AT: { sql: 't.closed_at', type: 'timestamptz', nullable: true },
    AMOUNT: { sql: 't.amount', type: 'numeric', nullable: true },
    NAME: name,
  },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'opportunity' },
    name: { sql: 't.name', type: 'text' },
    customerId: { sql: 't.customer_id', type: 'uuid', prefix: 'customer' },
    pipelineId: { sql: 't.pipeline_id', type: 'uuid', prefix: 'pipeline' },
    stageId: { sql: 't.stage_id', type: 'uuid', prefix: 'stage' },
    status: { sql: 't.status', type: 'text' },
    amount: { sql: 't.amount', type: 'numeric' },
    currency: { sql: 't.currency', type: 'text' },
    expectedCloseOn: { sql: 't.expected_close_on', type: 'date' },
    forecastCategory: { sql: 't.forecast_category', type: 'text' },
    ownerId: { sql: 't.owner_id', type: 'uuid', prefix: 'member' },
    teamId: { sql: 't.team_id', type: 'uuid', prefix: 'team' },
    source: { sql: 't.source', type: 'text' },
    closeReasonId: { sql: 't.close_reason_id', type: 'uuid', prefix: 'close_reason' },
    externalId: { sql: 't.external_id', type: 'text' },
    isRotten: {
      sql: '',
      type: 'boolean',
      build: is => `coalesce(${rotsAt} <= now(), false) = ${is ? 'true' : 'false'}`,
    },
    stageEnteredAt: { sql: 't.stage_entered_at', type: 'timestamptz' },
    closedAt: { sql: 't.closed_at', type: 'timestamptz' },
    createdAt: { sql: 't.created_at', type: 'timestamptz' },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
  },
});
