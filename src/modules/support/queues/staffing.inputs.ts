import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import {
  connectionOf,
  DateTime,
  MutationInput,
  MutationPayload,
  PageArgs,
  Reference,
} from '../../../platform/schema/index.js';
import { Member } from '../../access/index.js';
import { TicketChannel } from '../tickets/ticket.states.rules.js';
import { AvailabilityStatus } from './assignment.rules.js';
import { Skill } from './skill.entity.js';

export const SkillConnection = connectionOf(Skill, 'Skill');

@ArgsType()
export class SkillsArgs extends PageArgs {}

@ObjectType({ description: 'The most open tickets of a channel that somebody has.', simpleResolvers: true })
export class ChannelCapacity {
  @Field(() => TicketChannel, { description: 'The channel.' })
  channel: TicketChannel;
  @Field(() => Int, { description: 'With how many open tickets of it they are given no more.' })
  most: number;
}

@InputType({ description: 'The most open tickets of a channel that somebody has.' })
export class ChannelCapacityInput {
  @Field(() => TicketChannel, { description: 'The channel.' })
  channel: TicketChannel;
  @Field(() => Int, { description: 'With how many open tickets of it they are given no more; 0: none of it at all.' })
  most: number;
}

@ObjectType({ description: 'Whether somebody is given new tickets.', simpleResolvers: true })
export class MemberAvailability {
  @Field(() => AvailabilityStatus, { description: 'What they said; AVAILABLE unless they said something else.' })
  status: AvailabilityStatus;
  @Field(() => DateTime, { nullable: true, description: 'Since when; nothing for who never said.' })
  since: string | null;
  @Field({ description: 'Whether they are given tickets now: available, and not out of office.' })
  isPresent: boolean;
  @Field(() => [ChannelCapacity], { description: 'Capacities of their own, beside those of their queues.' })
  capacities: ChannelCapacity[];
}

@InputType({ description: 'Says whether somebody is given new tickets.' })
export class SetAvailabilityInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'Who; you unless said. Others are for managers.' })
  memberId?: string | null;
  @Field(() => AvailabilityStatus, { description: 'Whether new tickets are given.' })
  status: AvailabilityStatus;
  @Field(() => [ChannelCapacityInput], {
    nullable: true,
    description: 'Capacities of their own; replaces what was there. Left out, they stay.',
  })
  capacities?: ChannelCapacityInput[] | null;
}

@InputType({ description: 'Says when somebody is not here, and who answers meanwhile.' })
export class SetOutOfOfficeInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'Who; you unless said. Others are for managers.' })
  memberId?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'From when; now unless said.' })
  startsAt?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when; until they are back unless said.' })
  endsAt?: Date | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Who gets a ticket of theirs in which its customer speaks; unless said it goes back to its queue.',
  })
  delegateId?: string | null;
  @Field(() => String, { nullable: true, description: 'What colleagues are told, up to 500 characters.' })
  note?: string | null;
}

@InputType({ description: 'Says that somebody is back.' })
export class EndOutOfOfficeInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'Who; you unless said. Others are for managers.' })
  memberId?: string | null;
}

@InputType({ description: 'What somebody can, and how well.' })
export class MemberSkillInput {
  @Field(() => ID, { description: 'The skill.' })
  skillId: string;
  @Field(() => Int, { description: 'How well, from 1 to 5.' })
  level: number;
}

@InputType({ description: 'Says what somebody can; what is left out stays.' })
export class SetMemberSkillsInput extends MutationInput {
  @Field(() => ID, { description: 'Who.' })
  memberId: string;
  @Field(() => [MemberSkillInput], { nullable: true, description: 'Their skills; replaces what was there.' })
  skills?: MemberSkillInput[] | null;
  @Field(() => [String], {
    nullable: true,
    description: 'Languages in which they answer customers, BCP 47; replaces what was there.',
  })
  languages?: string[] | null;
}

@InputType({ description: 'Makes a skill.' })
export class CreateSkillInput extends MutationInput {
  @Field({ description: 'What it is called; one skill is called so.' })
  name: string;
}

@InputType({ description: 'Changes a skill; what is left out stays.' })
export class UpdateSkillInput extends MutationInput {
  @Field(() => ID, { description: 'The skill.' })
  id: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version you have seen: when it has changed since, nothing is done.',
  })
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether queues still ask for it.' })
  isActive?: boolean | null;
}

@ObjectType({ description: 'A member after something about their work was changed.', simpleResolvers: true })
export class StaffingPayload extends MutationPayload {
  @Reference(() => Member, 'memberId', { nullable: true, description: 'The member.' })
  member?: Member;
}

@ObjectType({ description: 'A skill after it was changed.', simpleResolvers: true })
export class SkillPayload extends MutationPayload {
  @Reference(() => Skill, 'skillId', { nullable: true, description: 'The skill.' })
  skill?: Skill;
}
