import { Field, ID, ObjectType } from 'type-graphql';
import { MutationPayload, Reference } from '../../../platform/schema/index.js';
import { CloseReason } from './close-reason.entity.js';
import { Competitor } from './competitor.entity.js';
import { Pipeline } from './pipeline.entity.js';
import { Stage } from './stage.entity.js';

@ObjectType({ description: 'A pipeline after it was changed.', simpleResolvers: true })
export class PipelinePayload extends MutationPayload {
  @Reference(() => Pipeline, 'pipelineId', { nullable: true, description: 'The pipeline.' })
  pipeline?: Pipeline;
}

@ObjectType({ description: 'A stage after it was changed, and its pipeline.', simpleResolvers: true })
export class StagePayload extends MutationPayload {
  @Reference(() => Stage, 'stageId', { nullable: true, description: 'The stage; nothing once it is removed.' })
  stage?: Stage;
  @Reference(() => Pipeline, 'pipelineId', { nullable: true, description: 'The pipeline it is a step of.' })
  pipeline?: Pipeline;
}

@ObjectType({ description: 'A reason after it was changed.', simpleResolvers: true })
export class CloseReasonPayload extends MutationPayload {
  @Reference(() => CloseReason, 'closeReasonId', {
    nullable: true,
    description: 'The reason; nothing once it is removed.',
  })
  closeReason?: CloseReason;
}

@ObjectType({ description: 'A competitor after it was changed.', simpleResolvers: true })
export class CompetitorPayload extends MutationPayload {
  @Reference(() => Competitor, 'competitorId', { nullable: true, description: 'The competitor.' })
  competitor?: Competitor;
  @Field(() => ID, { nullable: true, description: 'Id of the one that was removed.' })
  removedId?: string;
}
