import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  connectionOf,
  IdFilter,
  MutationInput,
  MutationPayload,
  orderInputOf,
  PageArgs,
  Reference,
  StringFilter,
} from '../../../platform/schema/index.js';
import { Network } from '../../social/index.js';
import { TicketChannel, TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';
import { AssignmentStrategy } from './assignment.rules.js';
import { Queue } from './queue.entity.js';

export const QueueConnection = connectionOf(Queue, 'Queue');

export enum QueueOrderField {
  POSITION = 'POSITION',
  NAME = 'NAME',
}
registerEnumType(QueueOrderField, {
  name: 'QueueOrderField',
  description: 'What queues are ordered by.',
  valuesConfig: { POSITION: { description: 'Their place.' }, NAME: { description: 'Their name.' } },
});
const QueueOrder = orderInputOf(QueueOrderField, 'Queue');

@InputType({ description: 'Which queues; all conditions must hold.' })
export class QueueFilter {
  @Field(() => IdFilter, { nullable: true, description: 'By id.' })
  id?: IdFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team that works in them.' })
  teamId?: IdFilter;
  @Field(() => Boolean, { nullable: true, description: 'Whether they get tickets.' })
  isActive?: boolean;
}

@ArgsType()
export class QueuesArgs extends PageArgs {
  @Field(() => QueueFilter, { nullable: true, description: 'Only these.' })
  filter?: QueueFilter;
  @Field(() => [QueueOrder], { nullable: true, description: 'In this order; by place unless said.' })
  orderBy?: InstanceType<typeof QueueOrder>[];
}

@ArgsType()
export class QueueStreamArgs {
  @Field(() => QueueFilter, { nullable: true, description: 'Only queues like these.' })
  filter?: QueueFilter;
  @Field(() => String, {
    nullable: true,
    description:
      'A cursor you were given: what was missed since is told first, in order, then it goes on live. CURSOR_EXPIRED past the retention.',
  })
  after?: string;
}

@InputType({ description: 'A skill that the tickets of a queue ask for.' })
export class QueueSkillInput {
  @Field(() => ID, { description: 'The skill.' })
  skillId: string;
  @Field(() => Int, { defaultValue: 1, description: 'How well, from 1 to 5.' })
  minLevel: number;
  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether nobody gets a ticket without it; otherwise those who have it go first.',
  })
  isRequired: boolean;
}

@InputType()
export abstract class QueueFields extends MutationInput {
  @Field(() => Int, { nullable: true, description: 'Its place; the last unless said.' })
  position?: number | null;
  @Field(() => [TicketChannel], { nullable: true, description: 'Channels it takes tickets of.' })
  channels?: TicketChannel[] | null;
  @Field(() => [Network], { nullable: true, description: 'Networks it takes tickets of.' })
  networks?: Network[] | null;
  @Field(() => [ID], { nullable: true, description: 'Categories it takes tickets of, with those below them.' })
  categoryIds?: string[] | null;
  @Field(() => [TicketType], { nullable: true, description: 'Types of tickets it takes.' })
  types?: TicketType[] | null;
  @Field(() => [TicketPriority], { nullable: true, description: 'Priorities of tickets it takes.' })
  priorities?: TicketPriority[] | null;
  @Field(() => [String], { nullable: true, description: 'Tags, of which the customer has one.' })
  customerTags?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Languages of tickets it takes, BCP 47; es is also es-AR.' })
  languages?: string[] | null;
  @Field(() => AssignmentStrategy, { nullable: true, description: 'Who of it gets a ticket; ROUND_ROBIN unless said.' })
  strategy?: AssignmentStrategy | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether only those get a ticket who speak its language.' })
  languageRequired?: boolean | null;
  @Field(() => Int, {
    nullable: true,
    description: 'With how many open tickets somebody is given no more; null: without end.',
  })
  capacity?: number | null;
  @Field(() => ID, { nullable: true, description: 'Where tickets go that wait too long, or when nobody is there.' })
  overflowQueueId?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'After how many minutes with nobody a ticket goes there; null: only when nobody is there.',
  })
  overflowAfterMinutes?: number | null;
  @Field(() => ID, {
    nullable: true,
    description: 'When it works; null: whenever somebody is there.',
  })
  businessCalendarId?: string | null;
  @Field(() => [QueueSkillInput], {
    nullable: true,
    description: 'Skills its tickets ask for; replaces what was there.',
  })
  skills?: QueueSkillInput[] | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'The members who work in it; none: everybody of its team. Replaces what was there.',
  })
  memberIds?: string[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it gets tickets. What waits in one that gets none goes to another that takes it, of the same team.',
  })
  isActive?: boolean | null;
}

@InputType({ description: 'Makes a queue.' })
export class CreateQueueInput extends QueueFields {
  @Field({ description: 'What it is called; one queue is called so.' })
  name: string;
  @Field(() => ID, { description: 'The team that works in it and sees its tickets.' })
  teamId: string;
}

@InputType({ description: 'Changes a queue; what is left out stays.' })
export class UpdateQueueInput extends QueueFields {
  @Field(() => ID, { description: 'The queue.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The team that works in it. Tickets that are in it stay where they are.',
  })
  teamId?: string | null;
}

@ObjectType({ description: 'A queue after it was changed.', simpleResolvers: true })
export class QueuePayload extends MutationPayload {
  @Reference(() => Queue, 'queueId', { nullable: true, description: 'The queue.' })
  queue?: Queue;
}
