import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, DateTime, MutationPayload, Reference } from '../../platform/schema/index.js';
import type { Access } from './access.service.js';
import { change, issue } from './change.js';
import { RequestContext } from './context.js';
import { inviteMember } from './invitation.service.js';
import { Member, MemberStatus } from './member.entity.js';
import { teamsOfMember } from './member.loaders.js';
import { deactivateMember, endMemberSessions, reactivateMember, updateMember } from './member.service.js';
import { Permit } from './permissions.rules.js';
import { ByIdInput, InviteMemberInput, MembersArgs, UpdateMemberInput } from './staff.inputs.js';
import { Team } from './team.entity.js';

export const MemberConnection = connectionOf(Member, 'Member');

@ObjectType({ description: 'The member as they are now.', simpleResolvers: true })
export class MemberPayload extends MutationPayload {
  @Reference(() => Member, 'memberId', { nullable: true, description: 'The member; nothing when it was not done.' })
  member?: Member;
}

@ObjectType({ description: 'A new member, and the link by which they come in.', simpleResolvers: true })
export class InviteMemberPayload extends MutationPayload {
  @Reference(() => Member, 'memberId', { nullable: true, description: 'The member; nothing when it was not done.' })
  member?: Member;

  @Field(() => String, {
    nullable: true,
    description:
      'One-time link to send to them: Vínculo does not send it. It is a secret and kept nowhere, so an answer repeated by its idempotency key comes without it; invite again for another.',
  })
  link?: string;

  @Field(() => DateTime, { nullable: true, description: 'Until when the link works.' })
  expiresAt?: string;
}

@Resolver(() => Member)
export class MemberResolver {
  constructor(private readonly access: Access) {}

  @Permit('staff:read')
  @Query(() => Member, { nullable: true, description: 'One member, or nothing when there is none that you may see.' })
  member(@Arg('id', () => ID, { description: 'Their id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(Member, id);
  }

  @Permit('staff:read')
  @Query(() => MemberConnection, { description: 'Members you may see, former ones included; by name unless said.' })
  members(@Args(() => MembersArgs) args: MembersArgs, @Ctx() context: RequestContext) {
    return context.page(Member, args);
  }

  @FieldResolver(() => MemberStatus, { description: 'Whether they can sign in.' })
  status(@Root() member: Member): MemberStatus {
    if (member.deactivatedAt) return MemberStatus.DEACTIVATED;
    return member.userId ? MemberStatus.ACTIVE : MemberStatus.INVITED;
  }

  @FieldResolver(() => [Team], {
    description: 'Teams they belong to themselves; the teams below those are theirs as well.',
  })
  teams(@Root() member: Member, @Ctx() context: RequestContext): Promise<Team[]> {
    return context.load(teamsOfMember, member.id);
  }

  @Permit('access:manage')
  @Mutation(() => InviteMemberPayload, {
    description:
      'Adds somebody who comes in by a one-time link, valid for a week. Inviting them again makes a new link.',
  })
  inviteMember(
    @Arg('input', () => InviteMemberInput, { description: 'Who, as what.' }) input: InviteMemberInput,
    @Ctx() context: RequestContext,
  ) {
    return issue(context, 'inviteMember', input, (tx, making: Parameters<typeof inviteMember>[4]) =>
      inviteMember(tx, this.access, context.viewer, input, making),
    );
  }

  @Permit('access:manage')
  @Mutation(() => MemberPayload, { description: 'Changes a member. The last owner stays one.' })
  updateMember(
    @Arg('input', () => UpdateMemberInput, { description: 'What changes.' }) input: UpdateMemberInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'updateMember', input, tx => updateMember(tx, context.viewer, input));
  }

  @Permit('access:manage')
  @Mutation(() => MemberPayload, {
    description:
      'Keeps a member from signing in and ends their sessions, at once. What they did stays theirs. The last owner stays.',
  })
  async deactivateMember(
    @Arg('input', () => ByIdInput, { description: 'The member.' }) input: ByIdInput,
    @Ctx() context: RequestContext,
  ) {
    const outcome = await change(this.access, context, 'deactivateMember', input, tx =>
      deactivateMember(tx, context.viewer, input.id),
    );
    await endMemberSessions(this.access, outcome.userId);
    return outcome;
  }

  @Permit('access:manage')
  @Mutation(() => MemberPayload, { description: 'Lets a deactivated member sign in again.' })
  reactivateMember(
    @Arg('input', () => ByIdInput, { description: 'The member.' }) input: ByIdInput,
    @Ctx() context: RequestContext,
  ) {
    return change(this.access, context, 'reactivateMember', input, tx =>
      reactivateMember(tx, context.viewer, input.id),
    );
  }
}
