import { ArgsType, Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import {
  Decimal,
  enumFilterOf,
  Json,
  MutationInput,
  orderInputOf,
  PageArgs,
  StringFilter,
} from '../../../platform/schema/index.js';
import { CloseOutcome, ForecastCategory, OpportunityStatus, StageField } from './opportunity.kinds.rules.js';

const versionOptions = {
  nullable: true,
  description: 'The version of the pipeline you have seen: when it has changed since, nothing is done.',
};
const namesOptions = {
  nullable: true,
  description: 'Its name in other languages: {"es": "Propuesta", "pt": "Proposta"}.',
};

/** What can be said of a stage, new or known. */
@InputType()
export abstract class StageFields {
  @Field(() => Json, namesOptions)
  names?: Record<string, unknown> | null;
  @Field(() => Float, {
    nullable: true,
    description: 'How likely what is in it is won, from 0 to 1. Unless said, 1 where it is won, 0 where it is lost.',
  })
  probability?: number | null;
  @Field(() => ForecastCategory, { nullable: true, description: 'How what is in it counts in forecasts.' })
  forecastCategory?: ForecastCategory | null;
  @Field(() => [StageField], { nullable: true, description: 'What must be known of an opportunity before it enters.' })
  requiredFields?: StageField[] | null;
  @Field(() => Decimal, { nullable: true, description: 'The least an opportunity is worth that enters.' })
  minAmount?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description: 'Stages of the pipeline it can be entered from; from any unless one is named.',
  })
  fromStageIds?: string[] | null;
  @Field(() => Int, { nullable: true, description: 'After how many days in it an opportunity rots.' })
  rotsAfterDays?: number | null;
}

@InputType({ description: 'A stage of a new pipeline.' })
export class StageInput extends StageFields {
  @Field({ description: 'Its name, up to 100 characters; another than those of its siblings.' })
  name: string;
  @Field(() => OpportunityStatus, {
    nullable: true,
    description: 'What an opportunity in it is: open unless said.',
  })
  kind?: OpportunityStatus | null;
}

@InputType({ description: 'Makes a pipeline.' })
export class CreatePipelineInput extends MutationInput {
  @Field({ description: 'Its name, up to 100 characters; another than those of the others.' })
  name: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether opportunities go here unless said; the first pipeline is that anyway.',
  })
  isDefault?: boolean | null;
  @Field(() => [StageInput], {
    description: 'Its stages, in order, 50 at most: at least one that is open, one that is won and one that is lost.',
  })
  stages: StageInput[];
}

@InputType({ description: 'Changes a pipeline; what is left out stays.' })
export class UpdatePipelineInput extends MutationInput {
  @Field(() => ID, { description: 'The pipeline.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'True to have opportunities go here unless said.' })
  isDefault?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether new opportunities may go here.' })
  isActive?: boolean | null;
}

@InputType({ description: 'Adds a stage to a pipeline.' })
export class AddStageInput extends StageInput {
  @Field(() => ID, { description: 'The pipeline.' })
  pipelineId: string;
  @Field(() => Int, { nullable: true, description: 'Its place, from 1; the last of its kind unless said.' })
  position?: number | null;
  @Field(() => String, { nullable: true, description: 'The same key with the same input is done once.' })
  idempotencyKey?: string;
}

@InputType({ description: 'Changes a stage; what is left out stays.' })
export class UpdateStageInput extends StageFields {
  @Field(() => ID, { description: 'The stage.' })
  id: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether opportunities may enter it.' })
  isActive?: boolean | null;
  @Field(() => String, { nullable: true, description: 'The same key with the same input is done once.' })
  idempotencyKey?: string;
}

@InputType({ description: 'Removes a stage.' })
export class RemoveStageInput extends MutationInput {
  @Field(() => ID, { description: 'The stage.' })
  id: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The stage of the same pipeline and kind that opportunities in it go to.',
  })
  moveToStageId?: string | null;
}

@InputType({ description: 'Puts the stages of a pipeline in order.' })
export class OrderStagesInput extends MutationInput {
  @Field(() => ID, { description: 'The pipeline.' })
  pipelineId: string;
  @Field(() => Int, versionOptions)
  version?: number | null;
  @Field(() => [ID], { description: 'All its stages that are in use, in the order they are to have.' })
  stageIds: string[];
}

@InputType({ description: 'Keeps a reason for which opportunities are won or lost.' })
export class CreateCloseReasonInput extends MutationInput {
  @Field(() => CloseOutcome, { description: 'Whether it is why they are won or why they are lost.' })
  outcome: CloseOutcome;
  @Field({ description: 'Its name, up to 100 characters.' })
  name: string;
  @Field(() => Json, namesOptions)
  names?: Record<string, unknown> | null;
}

@InputType({ description: 'Changes a reason; what is left out stays.' })
export class UpdateCloseReasonInput extends MutationInput {
  @Field(() => ID, { description: 'The reason.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => Json, namesOptions)
  names?: Record<string, unknown> | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is still given.' })
  isActive?: boolean | null;
}

@InputType({ description: 'Removes a reason; one that was given is only given no more.' })
export class RemoveCloseReasonInput extends MutationInput {
  @Field(() => ID, { description: 'The reason.' })
  id: string;
}

@InputType({ description: 'Keeps a competitor.' })
export class CreateCompetitorInput extends MutationInput {
  @Field({ description: 'Its name, up to 200 characters.' })
  name: string;
  @Field(() => String, { nullable: true, description: 'Where it is on the web.' })
  website?: string | null;
}

@InputType({ description: 'Changes a competitor; what is left out stays.' })
export class UpdateCompetitorInput extends MutationInput {
  @Field(() => ID, { description: 'The competitor.' })
  id: string;
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'Where it is on the web.' })
  website?: string | null;
}

@InputType({ description: 'Removes a competitor that nothing was lost to.' })
export class RemoveCompetitorInput extends MutationInput {
  @Field(() => ID, { description: 'The competitor.' })
  id: string;
}

export enum NamedOrderField {
  NAME = 'NAME',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(NamedOrderField, {
  name: 'SalesListOrderField',
  description: 'What pipelines, reasons and competitors are ordered by.',
  valuesConfig: { NAME: { description: 'Their name.' }, CREATED_AT: { description: 'When they were made.' } },
});
export const NamedOrder = orderInputOf(NamedOrderField, 'SalesList');
const CloseOutcomeFilter = enumFilterOf(CloseOutcome, 'CloseOutcome');

@InputType({ description: 'Which pipelines; all conditions must hold.' })
export class PipelineFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
  @Field(() => Boolean, { nullable: true, description: 'Whether new opportunities may go there.' })
  isActive?: boolean;
}

@InputType({ description: 'Which reasons; all conditions must hold.' })
export class CloseReasonFilter {
  @Field(() => CloseOutcomeFilter, { nullable: true, description: 'By outcome.' })
  outcome?: object;
  @Field(() => Boolean, { nullable: true, description: 'Whether they are still given.' })
  isActive?: boolean;
}

@InputType({ description: 'Which competitors; all conditions must hold.' })
export class CompetitorFilter {
  @Field(() => StringFilter, { nullable: true, description: 'By name.' })
  name?: StringFilter;
}

@ArgsType()
export class PipelinesArgs extends PageArgs {
  @Field(() => PipelineFilter, { nullable: true, description: 'Only these.' })
  filter?: PipelineFilter;
  @Field(() => [NamedOrder], { nullable: true, description: 'In this order; the oldest first unless said.' })
  orderBy?: InstanceType<typeof NamedOrder>[];
}

@ArgsType()
export class CloseReasonsArgs extends PageArgs {
  @Field(() => CloseReasonFilter, { nullable: true, description: 'Only these.' })
  filter?: CloseReasonFilter;
  @Field(() => [NamedOrder], { nullable: true, description: 'In this order; by name unless said.' })
  orderBy?: InstanceType<typeof NamedOrder>[];
}

@ArgsType()
export class CompetitorsArgs extends PageArgs {
  @Field(() => CompetitorFilter, { nullable: true, description: 'Only these.' })
  filter?: CompetitorFilter;
  @Field(() => [NamedOrder], { nullable: true, description: 'In this order; by name unless said.' })
  orderBy?: InstanceType<typeof NamedOrder>[];
}
