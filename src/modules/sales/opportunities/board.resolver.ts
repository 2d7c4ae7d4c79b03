import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Money } from '../../../platform/schema/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { boardOf, cardsOf, sumsOf } from './board.queries.js';
import { moneyIn, weigh } from './board.rules.js';
import { BoardCardsArgs, BoardStage, PipelineBoard } from './board.types.js';
import { OpportunityFilter } from './opportunity.filters.js';
import { OpportunityConnection } from './opportunity.resolver.js';

@Resolver(() => BoardStage)
export class PipelineBoardResolver {
  @Permit('sales:read')
  @Query(() => PipelineBoard, {
    nullable: true,
    description: 'A pipeline as a board, or nothing when there is none.',
  })
  pipelineBoard(
    @Ctx() context: RequestContext,
    @Arg('pipelineId', () => ID, {
      nullable: true,
      description: 'Which; the one opportunities go through unless said, when it is left out.',
    })
    pipelineId?: string,
    @Arg('filter', () => OpportunityFilter, {
      nullable: true,
      description: 'Only these opportunities, in sums and cards alike.',
    })
    filter?: OpportunityFilter,
  ): Promise<PipelineBoard | null> {
    return boardOf(context, pipelineId, filter ?? null);
  }

  @FieldResolver(() => Int, { description: 'How many opportunities are in it.' })
  async count(@Root() stage: BoardStage, @Ctx() context: RequestContext): Promise<number> {
    return (await sumsOf(context, stage)).count;
  }

  @FieldResolver(() => [Money], { description: 'What they are worth, a sum a currency.' })
  async sums(@Root() stage: BoardStage, @Ctx() context: RequestContext): Promise<Money[]> {
    return (await sumsOf(context, stage)).sums;
  }

  @FieldResolver(() => Money, {
    description:
      "What they are worth in the organisation's own currency, at today's rates; without what is in `unconverted`.",
  })
  async total(@Root() stage: BoardStage, @Ctx() context: RequestContext): Promise<Money> {
    const { total, currency } = await sumsOf(context, stage);
    return moneyIn(total, currency);
  }

  @FieldResolver(() => Money, { description: 'The total times how likely they are won, as the stage declares.' })
  async weighted(@Root() stage: BoardStage, @Ctx() context: RequestContext): Promise<Money> {
    const { total, currency } = await sumsOf(context, stage);
    return moneyIn(weigh(total, stage.probability, currency), currency);
  }

  @FieldResolver(() => [String], { description: 'Currencies in the sums that have no rate today.' })
  async unconverted(@Root() stage: BoardStage, @Ctx() context: RequestContext): Promise<string[]> {
    return (await sumsOf(context, stage)).unconverted;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'How many days those in it are there on average, so far.',
  })
  async averageDays(@Root() stage: BoardStage, @Ctx() context: RequestContext): Promise<number | null> {
    return (await sumsOf(context, stage)).averageDays;
  }

  @FieldResolver(() => OpportunityConnection, { description: 'The opportunities in it.' })
  cards(@Root() stage: BoardStage, @Args(() => BoardCardsArgs) args: BoardCardsArgs, @Ctx() context: RequestContext) {
    return cardsOf(context, stage, args);
  }
}
