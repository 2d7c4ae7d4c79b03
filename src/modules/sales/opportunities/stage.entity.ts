import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Pipeline } from './pipeline.entity.js';

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

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stages_pkey' })
  id: string;

  @Column('uuid')
  pipelineId: string;

  @Column('text')
  name: string;

  /** The name in other languages: {"es": "…", "pt": "…"}. */
  @Column('jsonb', { default: {} })
  names: Record<string, unknown>;

  @Column('integer')
  position: number;

  /** OPEN, WON or LOST. */
  @Column('text', { default: 'OPEN' })
  kind: string;

  /** As declared, from 0 to 1; what history says is another matter. */
  @Column('real')
  probability: number;

  @Column('text', { default: 'PIPELINE' })
  forecastCategory: string;

  /** Fields that must be there before an opportunity enters: amount, expectedCloseOn, nextStep, contacts, products, competitors. */
  @Column('text', { array: true, default: '{}' })
  requiredFields: string[];

  /** Other conditions: {"minAmount": "100", "fromStageIds": ["…"]}. */
  @Column('jsonb', { default: {} })
  entryConditions: Record<string, unknown>;

  @Column('integer', { nullable: true })
  rotsAfterDays: number | null;

  @Column('boolean', { default: true })
  isActive: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
