import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { MutationInput, MutationPayload } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext, Role } from '../../access/index.js';
import { approvalRules } from './approval.loaders.js';
import { approveReply, rejectReply, setReplyApproval } from './approval.service.js';
import { ReplyApprovalRule } from './approval-rule.entity.js';
import { RejectReplyInput, ReplyInput, ReplyPayload } from './reply.inputs.js';

@InputType({ description: 'Whose replies somebody else must approve; neither a role nor an account means all.' })
export class SetReplyApprovalInput extends MutationInput {
  @Field(() => Role, { nullable: true, description: 'Those of this role only.' })
  role?: Role | null;
  @Field(() => ID, { nullable: true, description: 'Those from this account only.' })
  accountId?: string | null;
  @Field({ description: 'Whether they need it from now on, or no longer.' })
  required: boolean;
}

@ObjectType({ description: 'The rules after they were changed.', simpleResolvers: true })
export class SetReplyApprovalPayload extends MutationPayload {
  @Field(() => [ReplyApprovalRule], { nullable: true, description: 'Every rule there is now.' })
  rules?: ReplyApprovalRule[];
}

@Resolver()
export class ReplyApprovalResolver {
  @Permit('replies:read')
  @Query(() => [ReplyApprovalRule], { description: 'Whose replies somebody else must approve before they are sent.' })
  replyApprovalRules(@Ctx() context: RequestContext): Promise<ReplyApprovalRule[]> {
    return approvalRules(context);
  }

  @Permit('social:approve')
  @Mutation(() => SetReplyApprovalPayload, {
    description: 'Says whose replies somebody else must approve before they are sent.',
  })
  async setReplyApproval(
    @Arg('input', () => SetReplyApprovalInput, { description: 'Whose replies.' }) input: SetReplyApprovalInput,
    @Ctx() context: RequestContext,
  ) {
    const answer = await mutate(context, 'setReplyApproval', input, tx => setReplyApproval(tx, context.viewer, input));
    return answer.userErrors.length > 0 ? answer : { ...answer, rules: await approvalRules(context) };
  }

  @Permit('social:approve')
  @Mutation(() => ReplyPayload, { description: 'Lets a reply go out that somebody else wrote.' })
  approveReply(
    @Arg('input', () => ReplyInput, { description: 'Which reply.' }) input: ReplyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'approveReply', input, tx => approveReply(tx, context.viewer, input.id));
  }

  @Permit('social:approve')
  @Mutation(() => ReplyPayload, { description: 'Keeps a reply back that somebody else wrote.' })
  rejectReply(
    @Arg('input', () => RejectReplyInput, { description: 'Which reply, and why.' }) input: RejectReplyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'rejectReply', input, tx => rejectReply(tx, context.viewer, input.id, input.reason));
  }
}
