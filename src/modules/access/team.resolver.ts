import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, MutationPayload, Reference } from '../../platform/schema/index.js';
import type { Access } from './access.service.js';
import { change } from './change.js';
import { RequestContext } from './context.js';
import { Member } from './member.entity.js';
import { MemberConnection } from './member.resolver.js';
import { Permit } from './permissions.rules.js';
import {
  ByIdInput,
  CreateTeamInput,
  MembersArgs,
  TeamMemberInput,
  TeamsArgs,
  UpdateTeamInput,
} from './staff.inputs.js';
import { Team } from './team.entity.js';
import { addTeamMember, createTeam, removeTeam, removeTeamMember, updateTeam } from './team.service.js';

export const TeamConnection = connectionOf(Team, 'Team');

@ObjectType({ description: 'The team as it is now.', simpleResolvers: true })
export class TeamPayload extends MutationPayload {
  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team; nothing when it was not done.' })
  team?: Team;
}

@ObjectType({ description: 'What was removed.', simpleResolvers: true })
export class RemoveTeamPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the team that is gone; nothing when it was not done.' })
  removedId?: string;
}

const MEMBERS_OF_TEAM = {
  name: 'team.members',
  condition:
    't.id in (select tm.member_id from team_members tm where tm.organization_id = t.organization_id and tm.team_id = k.parent)',
};

@Resolver(() => Team)
export class TeamResolver {
  constructor(private readonly access: Access) {}

  @Permit('staff:read')
  @Query(() => Team, { nullable: true, description: 'One team, or nothing when there is none that you may see.' })
  team(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(Team, id);
  }

  @Permit('staff:read')
  @Query(() => TeamConnection, { description: 'Teams you may see; by name unless said.' })
  teams(@Args(() => TeamsArgs) args: TeamsArgs, @Ctx() context: RequestContext) {
    return context.page(Team, args);
  }

  @FieldResolver(() => MemberConnection, {
    description: 'Who belongs to this very team; not those of the teams above it.',
  })
  members(@Root() team: Team, @Args(() => MembersArgs) args: MembersArgs, @Ctx() context: RequestContext) {
    return context.pageOf(Member, MEMBERS_OF_TEAM, team.id, args);
  }

  @Permit('access:manage')
  @Mutation(() => TeamPayload, { description: 'Makes a team.' })
  createTeam(
    @Arg('input', () => CreateTeamInput, { description: 'The team.' }) input: CreateTeamInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'createTeam', input, tx => createTeam(tx, context.viewer, input));
  }

  @Permit('access:manage')
  @Mutation(() => TeamPayload, { description: 'Renames a team, or moves it below another.' })
  updateTeam(
    @Arg('input', () => UpdateTeamInput, { description: 'What changes.' }) input: UpdateTeamInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'updateTeam', input, tx => updateTeam(tx, context.viewer, input));
  }

  @Permit('access:manage')
  @Mutation(() => RemoveTeamPayload, {
    description: 'Removes a team that nothing belongs to any more. Its members stay members of the organisation.',
  })
  removeTeam(
    @Arg('input', () => ByIdInput, { description: 'The team.' }) input: ByIdInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'removeTeam', input, tx => removeTeam(tx, context.viewer, input.id));
  }

  @Permit('access:manage')
  @Mutation(() => TeamPayload, { description: 'Puts a member into a team, and so into the teams below it.' })
  addTeamMember(
    @Arg('input', () => TeamMemberInput, { description: 'Who, where.' }) input: TeamMemberInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'addTeamMember', input, tx => addTeamMember(tx, context.viewer, input));
  }

  @Permit('access:manage')
  @Mutation(() => TeamPayload, { description: 'Takes a member out of a team.' })
  removeTeamMember(
    @Arg('input', () => TeamMemberInput, { description: 'Who, where.' }) input: TeamMemberInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'removeTeamMember', input, tx => removeTeamMember(tx, context.viewer, input));
  }
}
