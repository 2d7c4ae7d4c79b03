import { AssignmentRule } from './assignment-rule.entity.js';
import { Lead } from './lead.entity.js';
import { CustomerLeadsResolver, IdentityLeadsResolver, LeadResolver } from './lead.resolver.js';
import { LeadStreamResolver } from './lead.streams.js';
import { LeadChange } from './lead-change.entity.js';
import { LeadWriteResolver } from './lead-write.resolver.js';
import { OwnershipChange } from './ownership-change.entity.js';
import { Territory } from './territory.entity.js';

import './records.js';

export const leadEntities = [Territory, Lead, LeadChange, AssignmentRule, OwnershipChange];

export const leadResolvers = (): object[] => [
  new LeadResolver(),
  new CustomerLeadsResolver(),
  new IdentityLeadsResolver(),
  new LeadWriteResolver(),
  new LeadStreamResolver(),
];
