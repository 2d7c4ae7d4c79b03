import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Json, MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { Network, PostKind } from '../../social/index.js';
import { TicketChannel, TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';
import { IntakeAction, IntakeRule } from './intake-rule.entity.js';

@InputType()
abstract class IntakeRuleFields extends MutationInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Rules are asked from the lowest on; after the others unless said.',
  })
  position?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is followed; yes unless said.' })
  isActive?: boolean | null;
  @Field(() => [TicketChannel], { nullable: true, description: 'Only what came by these channels.' })
  channels?: TicketChannel[] | null;
  @Field(() => [Network], { nullable: true, description: 'Only what was said on these networks.' })
  networks?: Network[] | null;
  @Field(() => [PostKind], {
    nullable: true,
    description: 'Only posts of these kinds. Of calls only those that nobody answered.',
  })
  kinds?: PostKind[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only what reached these accounts of ours.' })
  accountIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only what these sources brought.' })
  sourceIds?: string[] | null;
  @Field(() => [String], {
    nullable: true,
    description: 'Only posts with any of these words or phrases, whatever their accents and capitals.',
  })
  wordsAny?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Only posts with all of these.' })
  wordsAll?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Only posts with none of these.' })
  wordsNone?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Only posts in these languages, BCP 47.' })
  languages?: string[] | null;
  @Field(() => Float, { nullable: true, description: 'Only posts that feel worse than this, from -1 to 1.' })
  sentimentBelow?: number | null;
  @Field(() => Float, { nullable: true, description: 'Only posts that matter so much or more, from 0 to 100.' })
  priorityAtLeast?: number | null;
  @Field(() => Int, { nullable: true, description: 'Only posts of authors with so many followers or more.' })
  followersAtLeast?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Only posts of customers, or only those of others.' })
  isCustomer?: boolean | null;
  @Field(() => [String], { nullable: true, description: 'Only posts of customers with one of these tags.' })
  customerTags?: string[] | null;
  @Field(() => IntakeAction, { nullable: true, description: 'What it does with a post; OPEN unless said.' })
  action?: IntakeAction | null;
  @Field(() => TicketType, { nullable: true, description: 'What kind of concern its tickets are.' })
  type?: TicketType | null;
  @Field(() => TicketPriority, { nullable: true, description: 'How much its tickets matter; NORMAL unless said.' })
  priority?: TicketPriority | null;
  @Field(() => ID, { nullable: true, description: 'What its tickets are about.' })
  categoryId?: string | null;
  @Field(() => [String], { nullable: true, description: 'Tags of its tickets.' })
  tags?: string[] | null;
  @Field(() => ID, { nullable: true, description: 'The team that gets its tickets.' })
  teamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The queue its tickets wait in.' })
  queueId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Who gets its tickets.' })
  assigneeId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Subject of its tickets, with {{subject}}, {{author}} and {{network}}; that of the post unless given.',
  })
  subject?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether whoever wrote is told that it was received; no unless said.',
  })
  acknowledges?: boolean | null;
  @Field(() => Json, {
    nullable: true,
    description:
      'What they are told, by language ("en", "es", "pt"), with {{number}}, {{subject}} and {{author}}; our own words unless given.',
  })
  acknowledgement?: unknown;
}

@InputType({ description: 'Makes an intake rule.' })
export class CreateIntakeRuleInput extends IntakeRuleFields {
  @Field({ description: 'What it is called.' })
  name: string;
}

@InputType({ description: 'Changes an intake rule; what is left out stays.' })
export class UpdateIntakeRuleInput extends IntakeRuleFields {
  @Field(() => ID, { description: 'The rule.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
}

@InputType({ description: 'Names an intake rule.' })
export class RemoveIntakeRuleInput extends MutationInput {
  @Field(() => ID, { description: 'The rule.' })
  id: string;
}

@InputType({ description: 'Makes the rules that most begin with.' })
export class CreateDefaultIntakeRulesInput extends MutationInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether whoever writes is told that it was received; no unless said.',
  })
  acknowledges?: boolean | null;
}

@ObjectType({ description: 'An intake rule after it was changed.', simpleResolvers: true })
export class IntakeRulePayload extends MutationPayload {
  @Reference(() => IntakeRule, 'ruleId', { nullable: true, description: 'The rule.' })
  rule?: IntakeRule;
}

@ObjectType({ description: 'The intake rules there are.', simpleResolvers: true })
export class IntakeRulesPayload extends MutationPayload {
  @Field(() => [IntakeRule], { nullable: true, description: 'The rules, in their order.' })
  rules?: IntakeRule[];
}

@ObjectType({ description: 'What was removed.', simpleResolvers: true })
export class RemoveIntakeRulePayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the rule that is no more.' })
  removedId?: string;
}
