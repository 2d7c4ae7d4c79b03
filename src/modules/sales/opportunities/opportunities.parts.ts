import { CloseReason } from './close-reason.entity.js';
import { Competitor } from './competitor.entity.js';
import { Opportunity } from './opportunity.entity.js';
import { CustomerOpportunitiesResolver, OpportunityResolver } from './opportunity.resolver.js';
import { OpportunityCompetitor } from './opportunity-competitor.entity.js';
import { OpportunityContact } from './opportunity-contact.entity.js';
import { OpportunityLine } from './opportunity-line.entity.js';
import { OpportunityRevision } from './opportunity-revision.entity.js';
import { Pipeline } from './pipeline.entity.js';
import { Stage } from './stage.entity.js';

import './records.js';

export const opportunityEntities = [
  Pipeline,
  Stage,
  CloseReason,
  Competitor,
  Opportunity,
  OpportunityContact,
  OpportunityCompetitor,
  OpportunityLine,
  OpportunityRevision,
];

export const opportunityResolvers = (): object[] => [new OpportunityResolver(), new CustomerOpportunitiesResolver()];
