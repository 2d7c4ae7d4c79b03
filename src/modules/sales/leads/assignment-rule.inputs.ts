import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { AssignmentMethod, AssignmentRule } from './assignment-rule.entity.js';
import { LeadSource } from './lead.entity.js';

@InputType()
abstract class AssignmentRuleFields extends MutationInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Rules are tried from the lowest on; after the others unless said.',
  })
  position?: number | null;
  @Field(() => ID, { nullable: true, description: 'Only leads of this territory and those below it.' })
  territoryId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that gets them.' })
  teamId?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'The members who get them, in the order of their turns; everybody of the team unless said.',
  })
  memberIds?: string[] | null;
  @Field(() => [LeadSource], { nullable: true, description: 'Only leads that came from these.' })
  sources?: LeadSource[] | null;
  @Field(() => Int, { nullable: true, description: 'Only leads with this score or a higher one, 0 to 100.' })
  minScore?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is followed; yes unless said.' })
  isActive?: boolean | null;
}

@InputType({ description: 'Makes an assignment rule.' })
export class CreateAssignmentRuleInput extends AssignmentRuleFields {
  @Field({ description: 'What it is called.' })
  name: string;
  @Field(() => AssignmentMethod, { description: 'How it finds who gets a lead.' })
  method: AssignmentMethod;
}

@InputType({ description: 'Changes an assignment rule; what is left out stays.' })
export class UpdateAssignmentRuleInput extends AssignmentRuleFields {
  @Field(() => ID, { description: 'The rule.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
  @Field(() => AssignmentMethod, { nullable: true, description: 'How it finds who gets a lead.' })
  method?: AssignmentMethod | null;
}

@InputType({ description: 'Names an assignment rule.' })
export class AssignmentRuleIdInput extends MutationInput {
  @Field(() => ID, { description: 'The rule.' })
  id: string;
}

@ObjectType({ description: 'An assignment rule after it was changed.', simpleResolvers: true })
export class AssignmentRulePayload extends MutationPayload {
  @Reference(() => AssignmentRule, 'ruleId', { nullable: true, description: 'The rule.' })
  rule?: AssignmentRule;
}

@ObjectType({ description: 'What was removed.', simpleResolvers: true })
export class RemoveAssignmentRulePayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the rule that is no more.' })
  removedId?: string;
}

@InputType({ description: 'Gives a lead to somebody: to whom is named, or else to whom the rules say.' })
export class AssignLeadInput extends MutationInput {
  @Field(() => ID, { description: 'The lead.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => ID, { nullable: true, description: 'The member who gets it; null takes it from whoever has it.' })
  ownerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that gets it.' })
  teamId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The rule that decides, where nobody is named; the first that fits unless said.',
  })
  ruleId?: string | null;
  @Field(() => String, { nullable: true, description: 'Why; kept in the history.' })
  reason?: string | null;
}
