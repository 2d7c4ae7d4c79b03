import { ArgsType, Field, Float, Int, ObjectType } from 'type-graphql';
import { Money, PageArgs, Reference } from '../../../platform/schema/index.js';
import { OpportunityFilter, OpportunityOrder } from './opportunity.filters.js';
import { Pipeline } from './pipeline.entity.js';
import { Stage } from './stage.entity.js';

@ObjectType({
  description: 'A stage of a board, with the opportunities in it that you may see.',
  simpleResolvers: true,
})
export class BoardStage {
  stageId: string;
  probability: number;
  /** What the board keeps. */
  filter: OpportunityFilter | null;

  @Reference(() => Stage, 'stageId', { description: 'The stage.' })
  stage?: Stage;

  @Field(() => Int, { description: 'How many opportunities are in it.' })
  count?: number;

  @Field(() => [Money], { description: 'What they are worth, a sum a currency.' })
  sums?: Money[];

  @Field(() => Money, {
    description:
      "What they are worth in the organisation's own currency, at today's rates; without what is in `unconverted`.",
  })
  total?: Money;

  @Field(() => Money, { description: 'The total times how likely they are won, as the stage declares.' })
  weighted?: Money;

  @Field(() => [String], { description: 'Currencies in the sums that have no rate today.' })
  unconverted?: string[];

  @Field(() => Float, { nullable: true, description: 'How many days those in it are there on average, so far.' })
  averageDays?: number | null;
}

@ObjectType({ description: 'A pipeline as a board: its stages, and what is in each.', simpleResolvers: true })
export class PipelineBoard {
  pipelineId: string;

  @Reference(() => Pipeline, 'pipelineId', { description: 'The pipeline.' })
  pipeline?: Pipeline;

  @Field(() => [BoardStage], {
    description: 'Its stages, in order; of those that nothing enters any more the ones that something is still in.',
  })
  stages: BoardStage[];
}

@ArgsType()
export class BoardCardsArgs extends PageArgs {
  @Field(() => [OpportunityOrder], {
    nullable: true,
    description: 'In this order; those that came last into the stage first unless said.',
  })
  orderBy?: InstanceType<typeof OpportunityOrder>[];
}
