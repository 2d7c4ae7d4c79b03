import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Opportunity } from './opportunity.entity.js';
import { OpportunityFilter, OpportunityOrder } from './opportunity.filters.js';
import {
  CreateOpportunitiesInput,
  CreateOpportunityInput,
  UpdateOpportunitiesInput,
  UpdateOpportunityInput,
} from './opportunity.inputs.js';
import { OpportunitiesPayload, OpportunityPayload } from './opportunity.payloads.js';
import { createOpportunity, updateOpportunity } from './opportunity.service.js';
import { createOpportunities, updateOpportunities } from './opportunity-batch.service.js';

export const OpportunityConnection = connectionOf(Opportunity, 'Opportunity');

@ArgsType()
export class OpportunitiesArgs extends PageArgs {
  @Field(() => OpportunityFilter, { nullable: true, description: 'Only these.' })
  filter?: OpportunityFilter;
  @Field(() => [OpportunityOrder], { nullable: true, description: 'In this order; the newest first unless said.' })
  orderBy?: InstanceType<typeof OpportunityOrder>[];
}

const OF_CUSTOMER = { name: 'customer.opportunities', condition: 't.customer_id = k.parent' };

@Resolver(() => Opportunity)
export class OpportunityResolver {
  @Permit('sales:read')
  @Query(() => Opportunity, {
    nullable: true,
    description: 'One opportunity, or nothing when there is none that you may see.',
  })
  opportunity(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(Opportunity, id);
  }

  @Permit('sales:read')
  @Query(() => OpportunityConnection, { description: 'Opportunities you may see.' })
  opportunities(@Args(() => OpportunitiesArgs) args: OpportunitiesArgs, @Ctx() context: RequestContext) {
    return context.page(Opportunity, args);
  }

  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, { description: 'Keeps an opportunity.' })
  createOpportunity(
    @Arg('input', () => CreateOpportunityInput, { description: 'What it is.' }) input: CreateOpportunityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createOpportunity', input, tx => createOpportunity(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, { description: 'Changes an opportunity. `moveOpportunity` changes its stage.' })
  updateOpportunity(
    @Arg('input', () => UpdateOpportunityInput, { description: 'Which, and how.' }) input: UpdateOpportunityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateOpportunity', input, tx => updateOpportunity(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => OpportunitiesPayload, { description: 'Keeps up to 200 opportunities, each by itself.' })
  createOpportunities(
    @Arg('input', () => CreateOpportunitiesInput, { description: 'What they are.' }) input: CreateOpportunitiesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createOpportunities', input, tx => createOpportunities(tx, context.viewer, input.items));
  }

  @Permit('sales:write')
  @Mutation(() => OpportunitiesPayload, { description: 'Changes up to 200 opportunities, each by itself.' })
  updateOpportunities(
    @Arg('input', () => UpdateOpportunitiesInput, { description: 'Which, and how.' }) input: UpdateOpportunitiesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateOpportunities', input, tx => updateOpportunities(tx, context.viewer, input.items));
  }
}

@Resolver(() => Customer)
export class CustomerOpportunitiesResolver {
  @FieldResolver(() => OpportunityConnection, {
    description: 'What it may buy, or has bought or not, the newest first.',
  })
  opportunities(
    @Root() customer: Customer,
    @Args(() => OpportunitiesArgs) args: OpportunitiesArgs,
    @Ctx() context: RequestContext,
  ) {
    return context.pageOf(Opportunity, OF_CUSTOMER, customer.id, args);
  }
}
