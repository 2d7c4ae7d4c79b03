import { Complaint } from './complaint.entity.js';
import { ComplaintResolver, CustomerComplaintsResolver, TicketComplaintResolver } from './complaint.resolver.js';
import { ComplaintProcedure } from './complaint-procedure.entity.js';
import { ComplaintStep } from './complaint-step.entity.js';
import { ContactReason } from './contact-reason.entity.js';
import { ContactReasonResolver, ThemeResolver, TicketReasonsResolver } from './quality.resolver.js';
import { Theme } from './theme.entity.js';

import './erasure.service.js';
import './export.queries.js';
import './merge.tables.js';
import './records.js';

export const qualityEntities = [ContactReason, ComplaintProcedure, Complaint, ComplaintStep, Theme];

export const qualityResolvers = (): object[] => [
  new ContactReasonResolver(),
  new TicketReasonsResolver(),
  new ComplaintResolver(),
  new TicketComplaintResolver(),
  new CustomerComplaintsResolver(),
  new ThemeResolver(),
];
