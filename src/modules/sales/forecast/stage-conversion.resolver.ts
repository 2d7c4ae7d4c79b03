import { Arg, Ctx, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { DateTime, Reference } from '../../../platform/schema/index.js';
import { Permit, RequestContext } from '../../access/index.js';
import { Stage } from '../opportunities/stage.entity.js';
import { momentOf } from './forecast.service.js';
import { conversionOf } from './stage-conversion.queries.js';

@ObjectType({
  description: 'What became of opportunities that ever were in an open stage, of those the viewer may see.',
  simpleResolvers: true,
})
export class StageConversion {
  stageId: string;
  @Reference(() => Stage, 'stageId', { description: 'The stage.' })
  stage?: Stage;
  @Field(() => Int, { description: 'How many ever were in it.' })
  entered: number;
  @Field(() => Int, { description: 'How many of them are won.' })
  won: number;
  @Field(() => Int, { description: 'How many of them are lost.' })
  lost: number;
  @Field(() => Int, { description: 'How many of them are still open, wherever they are now.' })
  open: number;
  @Field(() => Float, {
    nullable: true,
    description: 'The share of the closed ones that were won, 0 to 1; nothing while none is closed.',
  })
  historical: number | null;
  @Field(() => Float, { description: 'The probability that is declared of the stage, 0 to 1.' })
  declared: number;
  @Field(() => Float, {
    description:
      'What forecasts use, 0 to 1: the share that was won, drawn to what is declared as if ten more had been closed as declared, so that little history says little.',
  })
  probability: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Days from first being in it to being won: half of the won ones took no longer.',
  })
  medianDays: number | null;
}

@Resolver()
export class StageConversionResolver {
  @Permit('sales:read')
  @Query(() => [StageConversion], {
    description: 'What history says of the open stages of a pipeline, in their order.',
  })
  stageConversion(
    @Arg('pipelineId', () => ID, { description: 'The pipeline.' }) pipelineId: string,
    @Arg('asOf', () => DateTime, {
      nullable: true,
      description: 'What was known at this moment. The present unless said.',
    })
    asOf: Date | undefined,
    @Ctx() context: RequestContext,
  ): Promise<StageConversion[]> {
    const { viewer, run } = context;
    const sight = { viewer, organizationId: viewer.organizationId, asOf: momentOf(asOf, 'asOf') };
    return conversionOf(run, sight, pipelineId);
  }
}
