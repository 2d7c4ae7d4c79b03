import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Opportunity } from './opportunity.entity.js';

@Entity('opportunity_revisions')
@ForeignKey(() => Opportunity, ['organizationId', 'opportunityId'], ['organizationId', 'id'], {
  name: 'opportunity_revisions_opportunity_fkey',
  onDelete: 'CASCADE',
})
@Index('opportunity_revisions_at_idx', ['organizationId', 'changedAt'])
@Index('opportunity_revisions_stage_idx', ['organizationId', 'stageId'])
export class OpportunityRevision {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_revisions_pkey' })
  organizationId: string;

  @Column('uuid', { default: () => 'gen_random_uuid()' })
  id: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_revisions_pkey' })
  opportunityId: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'opportunity_revisions_pkey' })
  changedAt: string;

  /** Until the next one; nothing for the present. */
  @Column('timestamptz', { nullable: true })
  changedUntil: string | null;

  @Column('text')
  changedBy: string;

  @Column('uuid')
  pipelineId: string;

  @Column('uuid')
  stageId: string;

  @Column('text')
  status: string;

  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  amount: string | null;

  @Column('text')
  currency: string;

  @Column('date', { nullable: true })
  expectedCloseOn: string | null;

  @Column('text', { nullable: true })
  forecastCategory: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;
}
