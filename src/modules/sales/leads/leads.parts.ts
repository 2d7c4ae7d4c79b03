import { AssignmentRule } from './assignment-rule.entity.js';
import { Lead } from './lead.entity.js';
import { LeadChange } from './lead-change.entity.js';
import { OwnershipChange } from './ownership-change.entity.js';
import { Territory } from './territory.entity.js';

export const leadEntities = [Territory, Lead, LeadChange, AssignmentRule, OwnershipChange];

export const leadResolvers = (): object[] => [];
