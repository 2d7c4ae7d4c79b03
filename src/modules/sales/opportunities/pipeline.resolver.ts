import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf } from '../../../platform/schema/index.js';
import { mutate, Permit, RequestContext } from '../../access/index.js';
import { Pipeline } from './pipeline.entity.js';
import {
  AddStageInput,
  CreatePipelineInput,
  OrderStagesInput,
  PipelinesArgs,
  RemoveStageInput,
  UpdatePipelineInput,
  UpdateStageInput,
} from './pipeline.inputs.js';
import { stagesOfPipeline } from './pipeline.loaders.js';
import { PipelinePayload, StagePayload } from './pipeline.payloads.js';
import { createPipeline, updatePipeline } from './pipeline.service.js';
import { Stage } from './stage.entity.js';
import { addStage, orderStages, removeStage, updateStage } from './stage.service.js';

const PipelineConnection = connectionOf(Pipeline, 'Pipeline');

@Resolver(() => Pipeline)
export class PipelineResolver {
  @Permit('sales:read')
  @Query(() => Pipeline, { nullable: true, description: 'One pipeline, or nothing when there is none.' })
  pipeline(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.recordByPublicId(Pipeline, id);
  }

  @Permit('sales:read')
  @Query(() => PipelineConnection, {
    description: 'Pipelines; the first one is made when the first opportunity is kept.',
  })
  pipelines(@Args(() => PipelinesArgs) args: PipelinesArgs, @Ctx() context: RequestContext) {
    return context.page(Pipeline, args);
  }

  @FieldResolver(() => [Stage], { description: 'Its stages, in order.' })
  async stages(
    @Root() pipeline: Pipeline,
    @Ctx() context: RequestContext,
    @Arg('includeInactive', () => Boolean, {
      defaultValue: false,
      description: 'Also those that nothing enters any more.',
    })
    includeInactive: boolean,
  ): Promise<Stage[]> {
    const stages = await context.load(stagesOfPipeline, pipeline.id);
    return includeInactive ? stages : stages.filter(stage => stage.isActive);
  }

  @Permit('sales:manage')
  @Mutation(() => PipelinePayload, { description: 'Makes a pipeline with its stages.' })
  createPipeline(
    @Arg('input', () => CreatePipelineInput, { description: 'The pipeline.' }) input: CreatePipelineInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'createPipeline', input, tx => createPipeline(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => PipelinePayload, { description: 'Changes a pipeline.' })
  updatePipeline(
    @Arg('input', () => UpdatePipelineInput, { description: 'Which, and how.' }) input: UpdatePipelineInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updatePipeline', input, tx => updatePipeline(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => StagePayload, { description: 'Adds a stage to a pipeline.' })
  addStage(
    @Arg('input', () => AddStageInput, { description: 'The stage.' }) input: AddStageInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'addStage', input, tx => addStage(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => StagePayload, { description: 'Changes a stage.' })
  updateStage(
    @Arg('input', () => UpdateStageInput, { description: 'Which, and how.' }) input: UpdateStageInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'updateStage', input, tx => updateStage(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => StagePayload, {
    description:
      'Removes a stage. One that opportunities are or were in stays for their history, and nothing enters it any more.',
  })
  removeStage(
    @Arg('input', () => RemoveStageInput, { description: 'Which, and where what is in it goes.' })
    input: RemoveStageInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'removeStage', input, tx => removeStage(tx, input));
  }

  @Permit('sales:manage')
  @Mutation(() => PipelinePayload, { description: 'Puts the stages of a pipeline in order.' })
  orderStages(
    @Arg('input', () => OrderStagesInput, { description: 'Which, in what order.' }) input: OrderStagesInput,
    @Ctx() context: RequestContext,
  ) {
    return mutate(context, 'orderStages', input, tx => orderStages(tx, input));
  }
}
