import { defineRecord } from '../../../platform/schema/index.js';
import { BusinessCalendar } from './business-calendar.entity.js';
import { EscalationRule } from './escalation-rule.entity.js';
import { SlaPolicy } from './sla-policy.entity.js';

defineRecord({
  type: BusinessCalendar,
  name: 'businessCalendars',
  prefix: 'business_calendar',
  orders: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  filters: {},
});

defineRecord({
  type: SlaPolicy,
  name: 'slaPolicies',
  prefix: 'sla_policy',
  orders: { POSITION: { sql: 't.position', type: 'integer', nullable: false } },
  defaultOrder: [{ field: 'POSITION', direction: 'ASC' }],
  filters: {},
});

defineRecord({
  type: EscalationRule,
  name: 'escalationRules',
  prefix: 'escalation_rule',
  orders: { POSITION: { sql: 't.position', type: 'integer', nullable: false } },
  defaultOrder: [{ field: 'POSITION', direction: 'ASC' }],
  filters: {},
});
