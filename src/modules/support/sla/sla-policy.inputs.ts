import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { MutationInput, MutationPayload, Reference } from '../../../platform/schema/index.js';
import { CustomerKind } from '../../customers/index.js';
import { TicketChannel, TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';
import { SlaPolicy } from './sla-policy.entity.js';

@InputType({ description: 'What is promised to tickets of a priority, in minutes of open time.' })
export class SlaTargetInput {
  @Field(() => TicketPriority, { description: 'The priority.' })
  priority: TicketPriority;
  @Field(() => Int, { nullable: true, description: 'Until we first answer; not promised unless said.' })
  firstResponseMinutes?: number | null;
  @Field(() => Int, { nullable: true, description: 'Until we answer what is said later; not promised unless said.' })
  nextResponseMinutes?: number | null;
  @Field(() => Int, { nullable: true, description: 'Until it is solved; not promised unless said.' })
  resolutionMinutes?: number | null;
}

@InputType()
abstract class SlaPolicyFields extends MutationInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Policies are tried from the lowest on; after the others unless said.',
  })
  position?: number | null;
  @Field(() => [String], { nullable: true, description: 'Only tickets of customers with one of these tags.' })
  segments?: string[] | null;
  @Field(() => [TicketChannel], { nullable: true, description: 'Only tickets that came by these.' })
  channels?: TicketChannel[] | null;
  @Field(() => [TicketPriority], { nullable: true, description: 'Only tickets of these priorities.' })
  priorities?: TicketPriority[] | null;
  @Field(() => [TicketType], { nullable: true, description: 'Only tickets of these types.' })
  types?: TicketType[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only tickets of these categories.' })
  categoryIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Only tickets in these queues.' })
  queueIds?: string[] | null;
  @Field(() => [CustomerKind], { nullable: true, description: 'Only tickets of these kinds of customer.' })
  customerKinds?: CustomerKind[] | null;
  @Field(() => ID, { nullable: true, description: 'When its time runs; by the default calendar unless said.' })
  calendarId?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'So many minutes of open time before a time runs out, it is told; instead of a share.',
  })
  warnMinutes?: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'When so much of a promised time is left, in percent from 1 to 99, it is told; instead of minutes.',
  })
  warnPercent?: number | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the time stands still while we wait for somebody other than the customer; yes unless said.',
  })
  pausesOnHold?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether tickets are given it; yes unless said.' })
  isActive?: boolean | null;
}

@InputType({ description: 'Makes a promise to some tickets.' })
export class CreateSlaPolicyInput extends SlaPolicyFields {
  @Field({ description: 'What it is called; one policy is called so.' })
  name: string;
  @Field(() => [SlaTargetInput], { description: 'What it promises, each priority once.' })
  targets: SlaTargetInput[];
}

@InputType({
  description:
    'Changes a policy; what is left out stays. Times that run are reckoned anew by it; what is over stays as it was promised.',
})
export class UpdateSlaPolicyInput extends SlaPolicyFields {
  @Field(() => ID, { description: 'The policy.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
  @Field(() => [SlaTargetInput], { nullable: true, description: 'What it promises, all of it.' })
  targets?: SlaTargetInput[] | null;
}

@InputType({ description: 'Names a policy.' })
export class RemoveSlaPolicyInput extends MutationInput {
  @Field(() => ID, { description: 'The policy.' })
  id: string;
}

@ObjectType({ description: 'A policy after it was changed.', simpleResolvers: true })
export class SlaPolicyPayload extends MutationPayload {
  @Reference(() => SlaPolicy, 'policyId', {
    nullable: true,
    description: 'The policy; nothing once it is no more.',
  })
  policy?: SlaPolicy;
}
