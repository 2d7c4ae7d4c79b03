import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../../platform/schema/index.js';

@ObjectType({ description: 'What there is to do at the moment, of the tickets you may see.', simpleResolvers: true })
export class SupportCounters {
  @Field(() => Int, { description: 'Tickets that are not done.' })
  open: number;
  @Field(() => Int, { description: 'Of these, those that nobody looks after.' })
  unassigned: number;
  @Field(() => Int, { description: 'Of these, those whose customer waits for us.' })
  waiting: number;
  @Field(() => Int, { description: 'Of these, those of which a promised time ran out.' })
  breached: number;
  @Field(() => Int, {
    description: 'Of the open ones, those of which a promised time runs out within the hour, the first that does.',
  })
  dueSoon: number;
  @Field(() => Int, { description: 'Of these, those that are put off.' })
  snoozed: number;
  @Field(() => Int, {
    description:
      'Tickets solved since midnight, in the time zone of the organisation; one that became a part of another is done with that one.',
  })
  solvedToday: number;
  @Field(() => Int, {
    description: 'Members who work in queues and are neither busy, away nor out of office, of those you may see.',
  })
  availableAgents: number;
  @Field(() => DateTime, { nullable: true, description: 'Since when the customer who waits longest has waited.' })
  longestWaitingSince: string | null;
}

@InputType({ description: 'Of which tickets; all conditions must hold.' })
export class SupportCountersFilter {
  @Field(() => [ID], { nullable: true, description: 'Tickets and queues of these teams.' })
  teamIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Tickets in these queues, and who works in them.' })
  queueIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'Tickets that these members look after, and themselves.' })
  assigneeIds?: string[] | null;
}

@ObjectType({ description: 'What there is to do, as it changes.', simpleResolvers: true })
export class SupportLive {
  @Field(() => DateTime, { description: 'When it was counted.' })
  at: string;
  @Field(() => SupportCounters, { description: 'What there was to do then.' })
  counters?: SupportCounters;
}
