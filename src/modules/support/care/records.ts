import { defineRecord } from '../../../platform/schema/index.js';
import { Incident } from './incident.entity.js';
import { IntakeRule } from './intake-rule.entity.js';

defineRecord({
  type: IntakeRule,
  name: 'intakeRules',
  prefix: 'intake_rule',
  orders: { POSITION: { sql: 't.position', type: 'integer', nullable: false } },
  defaultOrder: [{ field: 'POSITION', direction: 'ASC' }],
  filters: {},
});

export const incidentRecord = defineRecord({
  type: Incident,
  name: 'incidents',
  prefix: 'incident',
  orders: { CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  filters: {
    id: { sql: 't.id', type: 'uuid', prefix: 'incident' },
    status: { sql: 't.status', type: 'text' },
    stage: { sql: 't.stage', type: 'text' },
  },
});
