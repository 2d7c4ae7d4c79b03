import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import {
  CloseOpportunitiesInput,
  CloseOpportunityInput,
  MoveOpportunitiesInput,
  MoveOpportunityInput,
  ReopenOpportunityInput,
} from './move.inputs.js';
import {
  closeOpportunities,
  closeOpportunity,
  moveOpportunities,
  moveOpportunity,
  reopenOpportunity,
} from './move.service.js';
import { OpportunitiesPayload, OpportunityPayload } from './opportunity.payloads.js';

@Resolver()
export class OpportunityMoveResolver {
  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, {
    description: 'Moves an opportunity to another stage, which may ask for things first: each is said by itself.',
  })
  moveOpportunity(
    @Arg('input', () => MoveOpportunityInput, { description: 'Which, and where to.' }) input: MoveOpportunityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'moveOpportunity', input, tx => moveOpportunity(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => OpportunitiesPayload, { description: 'Moves up to 200 opportunities, each by itself.' })
  moveOpportunities(
    @Arg('input', () => MoveOpportunitiesInput, { description: 'Which, and where to.' }) input: MoveOpportunitiesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'moveOpportunities', input, tx => moveOpportunities(tx, context.viewer, input.items));
  }

  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, {
    description:
      'Ends an opportunity, won or lost, in the stage of its pipeline for that. Once only, until it is reopened.',
  })
  closeOpportunity(
    @Arg('input', () => CloseOpportunityInput, { description: 'Which, and how it ends.' }) input: CloseOpportunityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'closeOpportunity', input, tx => closeOpportunity(tx, context.viewer, input));
  }

  @Permit('sales:write')
  @Mutation(() => OpportunitiesPayload, { description: 'Ends up to 200 opportunities, each by itself.' })
  closeOpportunities(
    @Arg('input', () => CloseOpportunitiesInput, { description: 'Which, and how they end.' })
    input: CloseOpportunitiesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'closeOpportunities', input, tx => closeOpportunities(tx, context.viewer, input.items));
  }

  @Permit('sales:write')
  @Mutation(() => OpportunityPayload, { description: 'Opens an opportunity again that was won or lost.' })
  reopenOpportunity(
    @Arg('input', () => ReopenOpportunityInput, { description: 'Which, and where it goes on.' })
    input: ReopenOpportunityInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'reopenOpportunity', input, tx => reopenOpportunity(tx, context.viewer, input));
  }
}
