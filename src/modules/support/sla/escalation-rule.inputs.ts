import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { TicketChannel, TicketPriority } from '../tickets/ticket.states.rules.js';
import { EscalationTrigger } from './escalation.rules.js';
import { EscalationRule } from './escalation-rule.entity.js';
import { SlaMetric } from './history.rules.js';

@InputType()
abstract class EscalationRuleFields extends MutationInput {
  @Field(() => Int, { nullable: true, description: 'Rules act from the lowest on; after the others unless said.' })
  position?: number | null;
  @Field(() => SlaMetric, { nullable: true, description: 'Which promised time, where it waits for one.' })
  metric?: SlaMetric | null;
  @Field(() => [TicketPriority], { nullable: true, description: 'Only tickets of these priorities.' })
  priorities?: TicketPriority[] | null;
  @Field(() => [TicketChannel], { nullable: true, description: 'Only tickets that came by these.' })
  channels?: TicketChannel[] | null;
  @Field(() => TicketPriority, { nullable: true, description: 'Raises tickets that matter less to this priority.' })
  raiseTo?: TicketPriority | null;
  @Field(() => ID, { nullable: true, description: 'Gives tickets to this member.' })
  assigneeId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Gives tickets to this team.' })
  teamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Puts tickets into this queue.' })
  queueId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Has this member follow tickets.' })
  followerId?: string | null;
  @Field(() => String, { nullable: true, description: 'Notes this in tickets, for staff alone.' })
  note?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is followed; yes unless said.' })
  isActive?: boolean | null;
}

@InputType({ description: 'Makes an escalation rule.' })
export class CreateEscalationRuleInput extends EscalationRuleFields {
  @Field({ description: 'What it is called; one rule is called so.' })
  name: string;
  @Field(() => EscalationTrigger, { description: 'What it waits for.' })
  trigger: EscalationTrigger;
  @Field(() => Int, { description: "Minutes of open time, of the ticket's calendar." })
  minutes: number;
}

@InputType({ description: 'Changes an escalation rule; what is left out stays.' })
export class UpdateEscalationRuleInput extends EscalationRuleFields {
  @Field(() => ID, { description: 'The rule.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
  @Field(() => EscalationTrigger, { nullable: true, description: 'What it waits for.' })
  trigger?: EscalationTrigger | null;
  @Field(() => Int, { nullable: true, description: 'Minutes of open time.' })
  minutes?: number | null;
}

@InputType({ description: 'Names an escalation rule.' })
export class RemoveEscalationRuleInput extends MutationInput {
  @Field(() => ID, { description: 'The rule.' })
  id: string;
}

@ObjectType({ description: 'An escalation rule after it was changed.', simpleResolvers: true })
export class EscalationRulePayload extends MutationPayload {
  @Reference(() => EscalationRule, 'ruleId', { nullable: true, description: 'The rule.' })
  rule?: EscalationRule;
}

@ObjectType({ description: 'What was removed.', simpleResolvers: true })
export class RemoveEscalationRulePayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the rule that is no more.' })
  removedId?: string;
}
