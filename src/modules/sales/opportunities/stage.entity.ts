import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Decimal, Derived, Json, Node, Reference } from '../../../platform/schema/index.js';
import type { RequestContext } from '../../access/index.js';
import { ForecastCategory, OpportunityStatus, StageField } from './opportunity.kinds.rules.js';
import { Pipeline } from './pipeline.entity.js';
import { publicStage } from './stage.rules.js';

/** As kept; stages by their stored ids. */
export interface StoredEntryConditions {
  minAmount?: string;
  fromStageIds?: string[];
}

@ObjectType({ implements: Node, description: 'A step of a pipeline.', simpleResolvers: true })
@Entity('stages')
@Unique('stages_name_key', ['organizationId', 'pipelineId', 'name'])
@Check('stages_probability_check', `(probability between 0 and 1)`)
@Check('stages_rot_check', `(rots_after_days > 0)`)
@ForeignKey(() => Pipeline, ['organizationId', 'pipelineId'], ['organizationId', 'id'], {
  name: 'stages_pipeline_fkey',
  onDelete: 'CASCADE',
})
@Index('stages_position_idx', ['organizationId', 'pipelineId', 'position', 'id'])
export class Stage {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stages_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the stage.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stages_pkey' })
  id: string;

  @Column('uuid')
  pipelineId: string;

  @Derived(({ name, names }: Stage, { language }: RequestContext) => names[language] ?? name)
  @Field({ description: 'Its name, in the language of the reader where that is known.' })
  @Column('text')
  name: string;

  /** The name in other languages: {"es": "…", "pt": "…"}. */
  @Field(() => Json, { description: 'Its name in other languages, by BCP 47.' })
  @Column('jsonb', { default: {} })
  names: Record<string, string>;

  @Field(() => Int, { description: 'Its place in the pipeline.' })
  @Column('integer')
  position: number;

  @Field(() => OpportunityStatus, { description: 'What an opportunity in it is: open, won or lost.' })
  @Column('text', { default: 'OPEN' })
  kind: OpportunityStatus;

  @Field(() => Float, {
    description: 'How likely what is in it is won, from 0 to 1, as declared; what history says is another matter.',
  })
  @Column('real')
  probability: number;

  @Field(() => ForecastCategory, { description: 'How what is in it counts in forecasts, unless it says so itself.' })
  @Column('text', { default: 'PIPELINE' })
  forecastCategory: ForecastCategory;

  @Field(() => [StageField], { description: 'What must be known of an opportunity before it enters.' })
  @Column('text', { array: true, default: '{}' })
  requiredFields: StageField[];

  /** Other conditions: {"minAmount": "100", "fromStageIds": ["…"]}. */
  @Column('jsonb', { default: {} })
  entryConditions: StoredEntryConditions;

  @Field(() => Int, { nullable: true, description: 'After how many days in it an opportunity rots.' })
  @Column('integer', { nullable: true })
  rotsAfterDays: number | null;

  @Field({ description: 'Whether opportunities may enter it.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Pipeline, 'pipelineId', { description: 'The pipeline it is a step of.' })
  pipeline?: Pipeline;

  @Derived(({ entryConditions }: Stage) => entryConditions.minAmount ?? null)
  @Field(() => Decimal, {
    nullable: true,
    description: 'The least an opportunity is worth that enters, in its own currency.',
  })
  minAmount?: string | null;

  @Derived(({ entryConditions }: Stage) => (entryConditions.fromStageIds ?? []).map(publicStage))
  @Field(() => [ID], { description: 'The stages it can be entered from; any when none is named.' })
  fromStageIds?: string[];
}
