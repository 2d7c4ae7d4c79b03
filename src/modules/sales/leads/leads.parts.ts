import { AssignmentResolver } from './assignment.resolver.js';
import { AssignmentRule } from './assignment-rule.entity.js';
import { ConversionResolver } from './conversion.resolver.js';
import { LeadDuplicateResolver } from './duplicate.resolver.js';
import { Lead } from './lead.entity.js';
import { CustomerLeadsResolver, IdentityLeadsResolver, LeadResolver } from './lead.resolver.js';
import { LeadStreamResolver } from './lead.streams.js';
import { LeadChange } from './lead-change.entity.js';
import { LeadWriteResolver } from './lead-write.resolver.js';
import {
  CustomerOwnershipResolver,
  LeadOwnershipResolver,
  OpportunityOwnershipResolver,
} from './ownership.resolver.js';
import { OwnershipChange } from './ownership-change.entity.js';
import { Territory } from './territory.entity.js';
import { TerritoryResolver } from './territory.resolver.js';

import './records.js';
import './erasure.service.js';
import './export.queries.js';
import './merge.tables.js';
import './timeline.entries.js';

export const leadEntities = [Territory, Lead, LeadChange, AssignmentRule, OwnershipChange];

export const leadResolvers = (): object[] => [
  new LeadResolver(),
  new CustomerLeadsResolver(),
  new IdentityLeadsResolver(),
  new LeadWriteResolver(),
  new LeadStreamResolver(),
  new LeadDuplicateResolver(),
  new ConversionResolver(),
  new TerritoryResolver(),
  new AssignmentResolver(),
  new LeadOwnershipResolver(),
  new OpportunityOwnershipResolver(),
  new CustomerOwnershipResolver(),
];
