import { BusinessCalendar, CalendarHoliday } from './business-calendar.entity.js';
import { BusinessCalendarResolver } from './business-calendar.resolver.js';
import { DeadlineStreamResolver } from './deadline.streams.js';
import { EscalationRule } from './escalation-rule.entity.js';
import { EscalationRuleResolver } from './escalation-rule.resolver.js';
import { SlaPolicy } from './sla-policy.entity.js';
import { SlaPolicyResolver } from './sla-policy.resolver.js';
import { SlaReportResolver } from './sla-report.resolver.js';
import { TicketClock } from './ticket-clock.entity.js';
import { TicketEscalation } from './ticket-escalation.entity.js';
import { TicketSlaResolver } from './ticket-sla.resolver.js';

import './deadline.service.js';
import './records.js';

export const slaEntities = [
  BusinessCalendar,
  CalendarHoliday,
  SlaPolicy,
  TicketClock,
  EscalationRule,
  TicketEscalation,
];

export const slaResolvers = (): object[] => [
  new BusinessCalendarResolver(),
  new SlaPolicyResolver(),
  new EscalationRuleResolver(),
  new TicketSlaResolver(),
  new SlaReportResolver(),
  new DeadlineStreamResolver(),
];
