import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime, MutationInput, MutationPayload } from '../../../platform/schema/index.js';

@InputType()
abstract class TicketTargetInput extends MutationInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The member who gets it; null: nobody, so that its queue finds one.',
  })
  assigneeId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that gets it; a queue brings its own.' })
  teamId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'The queue it goes to, with the team of that; it finds somebody when nobody has the ticket. Null: none.',
  })
  queueId?: string | null;
}

@InputType({ description: 'Gives a ticket to somebody; what is left out stays.' })
export class AssignTicketInput extends TicketTargetInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

@InputType({ description: 'Gives tickets to somebody; what is left out stays.' })
export class AssignTicketsInput extends TicketTargetInput {
  @Field(() => [ID], { description: 'The tickets, up to 200; each is given or refused by itself.' })
  ticketIds: string[];
}

@InputType({ description: 'Hands a ticket over: to a member, a team or a queue.' })
export class TransferTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => ID, { nullable: true, description: 'The member who gets it.' })
  toMemberId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The team that gets it; one of its queues finds somebody, where it has one.',
  })
  toTeamId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The queue that gets it.' })
  toQueueId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'What the next one has to know, up to 10,000 characters; kept in the ticket as a note for staff.',
  })
  note?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether you follow it, and so still see it, where you would not see it any more; true unless said.',
  })
  keepFollowing?: boolean | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

@InputType({ description: 'Takes a ticket that nobody has.' })
export class TakeTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => ID, { nullable: true, description: 'Who takes it; you unless said. Others are for managers.' })
  memberId?: string | null;
}

@InputType({ description: 'Takes the next ticket of a queue.' })
export class TakeNextTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The queue.' })
  queueId: string;
  @Field(() => ID, { nullable: true, description: 'Who takes it; you unless said. Others are for managers.' })
  memberId?: string | null;
}

@InputType({ description: 'Puts a ticket off.' })
export class SnoozeTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when, a year at most; null takes it up again now. A word of its customer does so too.',
  })
  until?: Date | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
}

@InputType({ description: 'Hands over every open ticket of a member, such as one who left.' })
export class ReassignTicketsInput extends MutationInput {
  @Field(() => ID, { description: 'Whose tickets; also somebody who was deactivated.' })
  fromMemberId: string;
  @Field(() => ID, { nullable: true, description: 'The member who gets them.' })
  toMemberId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team that gets them.' })
  toTeamId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The queue that gets them; unless anybody is named each goes back to its own.',
  })
  toQueueId?: string | null;
  @Field(() => String, { nullable: true, description: 'Why; kept in each ticket as a note for staff.' })
  note?: string | null;
}

@ObjectType({ description: 'How many tickets were handed over.', simpleResolvers: true })
export class ReassignTicketsPayload extends MutationPayload {
  @Field(() => Int, { nullable: true, description: 'How many tickets were handed over now, 500 at most.' })
  reassignedCount?: number;
  @Field(() => Int, { nullable: true, description: 'How many are left: ask again until there are none.' })
  remainingCount?: number;
}
