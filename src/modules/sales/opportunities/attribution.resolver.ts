import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { AppError } from '../../../platform/errors.js';
import { CalendarDate } from '../../../platform/schema/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { interactionsBetween } from '../../graph/index.js';
import { Interaction } from '../../social/index.js';
import { attributionOf } from './attribution.queries.js';
import { positionOf } from './attribution.rules.js';
import { Attribution, OpportunityInfluencer, Touch } from './attribution.types.js';
import { influencersOf } from './influencer.queries.js';
import { Opportunity } from './opportunity.entity.js';
import { AttributionDimension, AttributionModel } from './touch.kinds.rules.js';
import { touchesOf } from './touch.queries.js';

const MOST_TOUCHES = 200;
const MOST_INFLUENCERS = 50;

@Resolver(() => Opportunity)
export class AttributionResolver {
  @FieldResolver(() => [OpportunityInfluencer], {
    description: 'Customers who influence the buyer and the contacts, the strongest first; of those you may see.',
  })
  influencedBy(
    @Root() opportunity: Opportunity,
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 10, description: `How many, ${MOST_INFLUENCERS} at most.` }) first: number,
  ): Promise<OpportunityInfluencer[]> {
    return influencersOf(context, opportunity, bounded(first, MOST_INFLUENCERS));
  }

  @FieldResolver(() => [Touch], {
    description:
      'What was said or done that touched the buyer or the contacts within a year before it was closed, or until now, the first first; of what you may see.',
  })
  async touches(
    @Root() opportunity: Opportunity,
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 25, description: `How many, ${MOST_TOUCHES} at most.` }) first: number,
  ): Promise<Touch[]> {
    const rows = await context.load(touchesOf, opportunity.id);
    return rows
      .slice(0, bounded(first, MOST_TOUCHES))
      .map(({ place, all, ...row }) => ({ ...row, position: positionOf(place, all) }));
  }

  @Permit('sales:read')
  @Query(() => Attribution, {
    description: 'What was won in a period, put down to what was said to and by those who bought.',
  })
  attribution(
    @Ctx() context: RequestContext,
    @Arg('from', () => CalendarDate, { description: 'First day, UTC.' }) from: string,
    @Arg('to', () => CalendarDate, { description: 'Last day, UTC; two years later at most.' }) to: string,
    @Arg('model', () => AttributionModel, {
      defaultValue: AttributionModel.LINEAR,
      description: 'Which touches count.',
    })
    model: AttributionModel,
    @Arg('by', () => AttributionDimension, {
      defaultValue: AttributionDimension.NETWORK,
      description: 'What it is summed up by.',
    })
    by: AttributionDimension,
  ): Promise<Attribution> {
    return attributionOf(context, { from, to, model, by });
  }
}

@Resolver(() => OpportunityInfluencer)
export class OpportunityInfluencerResolver {
  @FieldResolver(() => [Customer], { description: 'Which of the buyer and the contacts it influences.' })
  async moves(@Root() { movedIds }: OpportunityInfluencer, @Ctx() context: RequestContext): Promise<Customer[]> {
    const moved = await Promise.all(movedIds.map(id => context.recordById<Customer>(Customer, id)));
    return moved.filter(customer => customer !== null);
  }

  @FieldResolver(() => [Interaction], { description: 'The latest interactions that show it, three at most of each.' })
  async evidence(
    @Root() { movedIds, customerId }: OpportunityInfluencer,
    @Ctx() context: RequestContext,
  ): Promise<Interaction[]> {
    const shown = await Promise.all(
      movedIds.map(actorId => context.load(interactionsBetween, { actorId, targetId: customerId })),
    );
    return shown.flat();
  }
}

function bounded(first: number, most: number): number {
  if (first < 0 || first > most) throw new AppError('BAD_USER_INPUT', `\`first\` is from 0 to ${most}.`);
  return first;
}
