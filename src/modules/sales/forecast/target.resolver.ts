import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { connectionOf } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { SalesTarget } from './target.entity.js';
import {
  RemoveSalesTargetInput,
  RemoveSalesTargetPayload,
  SalesTargetsArgs,
  SalesTargetsPayload,
  SetSalesTargetsInput,
} from './target.inputs.js';
import { removeTarget, setTargets } from './target.service.js';

const SalesTargetConnection = connectionOf(SalesTarget, 'SalesTarget');

@Resolver(() => SalesTarget)
export class SalesTargetResolver {
  @Permit('sales:read')
  @Query(() => SalesTarget, {
    nullable: true,
    description: 'One target, or nothing when there is none that you may see.',
  })
  salesTarget(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<SalesTarget | null> {
    return context.recordByPublicId(SalesTarget, id);
  }

  @Permit('sales:read')
  @Query(() => SalesTargetConnection, {
    description:
      'Targets: one’s own and those of one’s teams and below; the whole organisation’s for whoever sees all of its sales.',
  })
  salesTargets(@Args(() => SalesTargetsArgs) args: SalesTargetsArgs, @Ctx() context: RequestContext) {
    return context.page(SalesTarget, args);
  }

  @Permit('sales:manage')
  @Mutation(() => SalesTargetsPayload, { description: 'Sets up to 200 targets, each by itself.' })
  setSalesTargets(
    @Arg('input', () => SetSalesTargetsInput, { description: 'The targets.' }) input: SetSalesTargetsInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'setSalesTargets', input, tx => setTargets(tx, context.viewer, input.items));
  }

  @Permit('sales:manage')
  @Mutation(() => RemoveSalesTargetPayload, {
    description: 'Removes a target. Forecasts as of before still know it.',
  })
  removeSalesTarget(
    @Arg('input', () => RemoveSalesTargetInput, { description: 'Which.' }) input: RemoveSalesTargetInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeSalesTarget', input, tx => removeTarget(tx, context.viewer, input));
  }
}
