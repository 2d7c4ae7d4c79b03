import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { SlaPolicy } from './sla-policy.entity.js';
import {
  CreateSlaPolicyInput,
  RemoveSlaPolicyInput,
  SlaPolicyPayload,
  UpdateSlaPolicyInput,
} from './sla-policy.inputs.js';
import { createSlaPolicy, removeSlaPolicy, updateSlaPolicy } from './sla-policy.service.js';

const SlaPolicyConnection = connectionOf(SlaPolicy, 'SlaPolicy');

@Resolver()
export class SlaPolicyResolver {
  @Permit('support:read')
  @Query(() => SlaPolicy, {
    nullable: true,
    description: 'One policy, or nothing when there is none that you may see.',
  })
  slaPolicy(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(SlaPolicy, id);
  }

  @Permit('support:read')
  @Query(() => SlaPolicyConnection, { description: 'What is promised to tickets, in the order in which it is tried.' })
  slaPolicies(@Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.page(SlaPolicy, args);
  }

  @Permit('support:manage')
  @Mutation(() => SlaPolicyPayload, { description: 'Makes a promise to some tickets, also to those that are open.' })
  createSlaPolicy(
    @Arg('input', () => CreateSlaPolicyInput, { description: 'What is promised to which.' })
    input: CreateSlaPolicyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createSlaPolicy', input, tx => createSlaPolicy(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => SlaPolicyPayload, { description: 'Changes a policy; times that run are reckoned anew.' })
  updateSlaPolicy(
    @Arg('input', () => UpdateSlaPolicyInput, { description: 'Which, and how.' }) input: UpdateSlaPolicyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateSlaPolicy', input, tx => updateSlaPolicy(tx, context.viewer, input));
  }

  @Permit('support:manage')
  @Mutation(() => SlaPolicyPayload, {
    description: 'Removes a policy; one under which something was promised is only given no more.',
  })
  removeSlaPolicy(
    @Arg('input', () => RemoveSlaPolicyInput, { description: 'Which.' }) input: RemoveSlaPolicyInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeSlaPolicy', input, tx => removeSlaPolicy(tx, input.id));
  }
}
