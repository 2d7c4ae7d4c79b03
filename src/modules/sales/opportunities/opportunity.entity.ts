import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member, Organization, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Post } from '../../social/index.js';
import { Lead } from '../leads/lead.entity.js';
import { Territory } from '../leads/territory.entity.js';
import { CloseReason } from './close-reason.entity.js';
import { Competitor } from './competitor.entity.js';
import { Pipeline } from './pipeline.entity.js';
import { Stage } from './stage.entity.js';

@Entity('opportunities')
@Unique('opportunities_external_id_key', ['organizationId', 'externalId'])
@Check('opportunities_amount_check', `(amount >= 0)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'opportunities_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'opportunities_customer_fkey',
})
@ForeignKey(() => Pipeline, ['organizationId', 'pipelineId'], ['organizationId', 'id'], {
  name: 'opportunities_pipeline_fkey',
})
@ForeignKey(() => Stage, ['organizationId', 'stageId'], ['organizationId', 'id'], { name: 'opportunities_stage_fkey' })
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], { name: 'opportunities_owner_fkey' })
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'opportunities_team_fkey' })
@ForeignKey(() => Territory, ['organizationId', 'territoryId'], ['organizationId', 'id'], {
  name: 'opportunities_territory_fkey',
})
@ForeignKey(() => Lead, ['organizationId', 'leadId'], ['organizationId', 'id'], { name: 'opportunities_lead_fkey' })
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], { name: 'opportunities_post_fkey' })
@ForeignKey(() => CloseReason, ['organizationId', 'closeReasonId'], ['organizationId', 'id'], {
  name: 'opportunities_reason_fkey',
})
@ForeignKey(() => Competitor, ['organizationId', 'lostToId'], ['organizationId', 'id'], {
  name: 'opportunities_lost_to_fkey',
})
@Index('opportunities_lead_key', ['organizationId', 'leadId'], { unique: true, where: `lead_id is not null` })
@Index('opportunities_board_idx', ['organizationId', 'stageId', 'stageEnteredAt', 'id'])
@Index('opportunities_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('opportunities_close_idx', ['organizationId', 'expectedCloseOn', 'id'])
@Index('opportunities_closed_idx', ['organizationId', 'closedAt', 'id'], { where: `closed_at is not null` })
@Index('opportunities_customer_idx', ['organizationId', 'customerId', 'createdAt', 'id'])
@Index('opportunities_owner_idx', ['organizationId', 'ownerId'])
@Index('opportunities_team_idx', ['organizationId', 'teamId'])
export class Opportunity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunities_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunities_pkey' })
  id: string;

  @Column('text')
  name: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid')
  pipelineId: string;

  @Column('uuid')
  stageId: string;

  /** OPEN, WON or LOST: that of its stage. */
  @Column('text', { default: 'OPEN' })
  status: string;

  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  amount: string | null;

  @Column('text')
  currency: string;

  @Column('date', { nullable: true })
  expectedCloseOn: string | null;

  /** Stands in for that of the stage. */
  @Column('text', { nullable: true })
  forecastCategory: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  territoryId: string | null;

  @Column('uuid', { nullable: true })
  leadId: string | null;

  @Column('text', { nullable: true })
  source: string | null;

  /** What was said that it came of. */
  @Column('uuid', { nullable: true })
  postId: string | null;

  @Column('text', { nullable: true })
  nextStep: string | null;

  @Column('date', { nullable: true })
  nextStepDueOn: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  stageEnteredAt: string;

  @Column('timestamptz', { nullable: true })
  closedAt: string | null;

  @Column('uuid', { nullable: true })
  closeReasonId: string | null;

  @Column('text', { nullable: true })
  closeNote: string | null;

  /** To whom it was lost. */
  @Column('uuid', { nullable: true })
  lostToId: string | null;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
