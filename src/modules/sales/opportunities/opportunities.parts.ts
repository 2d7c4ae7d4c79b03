import { OpportunityBelongingResolver } from './belonging.resolver.js';
import { PipelineBoardResolver } from './board.resolver.js';
import { CloseReason } from './close-reason.entity.js';
import { CloseReasonResolver, CompetitorResolver } from './close-reason.resolver.js';
import { Competitor } from './competitor.entity.js';
import { OpportunityMoveResolver } from './move.resolver.js';
import { Opportunity } from './opportunity.entity.js';
import { CustomerOpportunitiesResolver, OpportunityResolver } from './opportunity.resolver.js';
import { OpportunityStreamResolver } from './opportunity.streams.js';
import { OpportunityCompetitor } from './opportunity-competitor.entity.js';
import { OpportunityContact } from './opportunity-contact.entity.js';
import { OpportunityLine } from './opportunity-line.entity.js';
import { OpportunityRevision } from './opportunity-revision.entity.js';
import { Pipeline } from './pipeline.entity.js';
import { PipelineResolver } from './pipeline.resolver.js';
import { Stage } from './stage.entity.js';

import './customer.tables.js';
import './opportunity.timeline.js';
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

export const opportunityResolvers = (): object[] => [
  new PipelineResolver(),
  new CloseReasonResolver(),
  new CompetitorResolver(),
  new OpportunityResolver(),
  new OpportunityMoveResolver(),
  new OpportunityBelongingResolver(),
  new OpportunityStreamResolver(),
  new PipelineBoardResolver(),
  new CustomerOpportunitiesResolver(),
];
