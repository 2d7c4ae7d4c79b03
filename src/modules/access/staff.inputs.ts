import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql';
import {
  enumFilterOf,
  IdFilter,
  MutationInput,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../platform/schema/index.js';
import { MemberStatus } from './member.entity.js';
import { Role } from './roles.js';

/** What lists of access are ordered by: they are short, so two orders do. */
export enum StaffOrderField {
  NAME = 'NAME',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(StaffOrderField, {
  name: 'StaffOrderField',
  description: 'What members, teams, keys and clients are ordered by.',
  valuesConfig: { NAME: { description: 'Their names.' }, CREATED_AT: { description: 'When they were added.' } },
});
export const StaffOrder = orderInputOf(StaffOrderField, 'Staff');
const RoleFilter = enumFilterOf(Role, 'Role');
const MemberStatusFilter = enumFilterOf(MemberStatus, 'MemberStatus');

@InputType({ description: 'Which members; all conditions must hold.' })
export class MemberFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
  @Field(() => StringFilter, { nullable: true, description: 'By e-mail address.' })
  email?: StringFilter;
  @Field(() => RoleFilter, { nullable: true, description: 'By role.' })
  role?: object;
  @Field(() => MemberStatusFilter, { nullable: true, description: 'By whether they can sign in.' })
  status?: object;
  @Field(() => ID, { nullable: true, description: 'By a team they belong to themselves.' })
  teamId?: string;
  @Field(() => [MemberFilter], { nullable: true, description: 'All of these.' })
  and?: MemberFilter[];
  @Field(() => [MemberFilter], { nullable: true, description: 'At least one of these.' })
  or?: MemberFilter[];
  @Field(() => MemberFilter, { nullable: true, description: 'Not this.' })
  not?: MemberFilter;
}

@InputType({ description: 'Which teams; all conditions must hold.' })
export class TeamFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
  @Field(() => IdFilter, { nullable: true, description: 'By the team right above.' })
  parentId?: IdFilter;
}

@InputType({ description: 'Which keys or clients; all conditions must hold.' })
export class CredentialFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By what it is for.' })
  name?: StringFilter;
  @Field(() => RoleFilter, { nullable: true, description: 'By role.' })
  role?: object;
  @Field(() => Boolean, { nullable: true, description: 'Revoked, or not.' })
  revoked?: boolean;
}

@ArgsType()
export class StaffArgs extends PageArgs {
  @Field(() => [StaffOrder], { nullable: true, description: 'In this order.' })
  orderBy?: InstanceType<typeof StaffOrder>[];
}

@ArgsType()
export class MembersArgs extends StaffArgs {
  @Field(() => MemberFilter, { nullable: true, description: 'Only these.' })
  filter?: MemberFilter;
}

@ArgsType()
export class TeamsArgs extends StaffArgs {
  @Field(() => TeamFilter, { nullable: true, description: 'Only these.' })
  filter?: TeamFilter;
}

@ArgsType()
export class CredentialsArgs extends StaffArgs {
  @Field(() => CredentialFilter, { nullable: true, description: 'Only these.' })
  filter?: CredentialFilter;
}

@InputType({ description: 'A new team.' })
export class CreateTeamInput extends MutationInput {
  @Field({ description: 'Its name.' })
  name: string;
  @Field(() => ID, { nullable: true, description: 'The team above it.' })
  parentId?: string | null;
}

@InputType({ description: 'What to change about a team; what is left out stays.' })
export class UpdateTeamInput extends MutationInput {
  @Field(() => ID, { description: 'The team.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Its new name.' })
  name?: string | null;
  @Field(() => ID, { nullable: true, description: 'The team above it from now on; null puts it at the top.' })
  parentId?: string | null;
}

@InputType({ description: 'Something that is named by its id alone.' })
export class ByIdInput extends MutationInput {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
}

@InputType({ description: 'A member and a team.' })
export class TeamMemberInput extends MutationInput {
  @Field(() => ID, { description: 'The team.' })
  teamId: string;
  @Field(() => ID, { description: 'The member.' })
  memberId: string;
}

@InputType({ description: 'Somebody who is to sign in to the organisation.' })
export class InviteMemberInput extends MutationInput {
  @Field({ description: 'Their e-mail address, with which they will sign in.' })
  email: string;
  @Field({ description: 'Their name.' })
  name: string;
  @Field(() => Role, { description: 'What they may do; not more than you may.' })
  role: Role;
  @Field(() => String, { nullable: true, description: 'Language they read, BCP 47.' })
  language?: string | null;
  @Field(() => [ID], { nullable: true, description: 'Teams they belong to.' })
  teamIds?: string[] | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The customer they are; needed for the role CUSTOMER, and only there.',
  })
  customerId?: string | null;
}

@InputType({ description: 'What to change about a member; what is left out stays.' })
export class UpdateMemberInput extends MutationInput {
  @Field(() => ID, { description: 'The member.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Their new name.' })
  name?: string | null;
  @Field(() => Role, { nullable: true, description: 'What they may do from now on; not more than you may.' })
  role?: Role | null;
  @Field(() => String, { nullable: true, description: 'Language they read, BCP 47.' })
  language?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The customer they are; needed for the role CUSTOMER, and only there.',
  })
  customerId?: string | null;
}
