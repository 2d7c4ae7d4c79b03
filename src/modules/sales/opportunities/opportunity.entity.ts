import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, Derived, Money, moneyOf, Node, Reference } from '../../../platform/schema/index.js';
import { Member, Organization, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Post } from '../../social/index.js';
import { Lead } from '../leads/lead.entity.js';
import { Territory } from '../leads/territory.entity.js';
import { CloseReason } from './close-reason.entity.js';
import { Competitor } from './competitor.entity.js';
import { ForecastCategory, OpportunityStatus } from './opportunity.kinds.rules.js';
import { Pipeline } from './pipeline.entity.js';
import { Stage } from './stage.entity.js';

@ObjectType({ implements: Node, description: 'Something that a customer may buy of us.', simpleResolvers: true })
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

  @Field(() => ID, { description: 'Id of the opportunity.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunities_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid')
  pipelineId: string;

  @Column('uuid')
  stageId: string;

  @Field(() => OpportunityStatus, { description: 'Open, won or lost, as its stage is.' })
  @Column('text', { default: 'OPEN' })
  status: OpportunityStatus;

  @Derived(({ amount, currency }: Opportunity) => moneyOf(amount, currency))
  @Field(() => Money, { nullable: true, description: 'What it is worth: the sum of its products where it has any.' })
  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  amount: string | null;

  @Field({ description: 'The currency it is counted in, ISO 4217.' })
  @Column('text')
  currency: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The day it is expected to be decided.' })
  @Column('date', { nullable: true })
  expectedCloseOn: string | null;

  @Field(() => ForecastCategory, {
    nullable: true,
    description: 'How it counts in forecasts; nothing where it counts as its stage does.',
  })
  @Column('text', { nullable: true })
  forecastCategory: ForecastCategory | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  territoryId: string | null;

  @Column('uuid', { nullable: true })
  leadId: string | null;

  @Field(() => String, { nullable: true, description: 'Where it came from, in your own words.' })
  @Column('text', { nullable: true })
  source: string | null;

  @Column('uuid', { nullable: true })
  postId: string | null;

  @Field(() => String, { nullable: true, description: 'What is to be done next.' })
  @Column('text', { nullable: true })
  nextStep: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'By which day.' })
  @Column('date', { nullable: true })
  nextStepDueOn: string | null;

  @Field(() => DateTime, { description: 'Since when it is in its stage.' })
  @Column('timestamptz', { default: () => 'now()' })
  stageEnteredAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was won or lost.' })
  @Column('timestamptz', { nullable: true })
  closedAt: string | null;

  @Column('uuid', { nullable: true })
  closeReasonId: string | null;

  @Field(() => String, { nullable: true, description: 'What was said when it was closed.' })
  @Column('text', { nullable: true })
  closeNote: string | null;

  @Column('uuid', { nullable: true })
  lostToId: string | null;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'Who may buy; nothing for who may not see them.',
  })
  customer?: Customer;

  @Reference(() => Pipeline, 'pipelineId', { description: 'The pipeline it goes through.' })
  pipeline?: Pipeline;

  @Reference(() => Stage, 'stageId', { description: 'The stage it is in.' })
  stage?: Stage;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Who sells it.' })
  owner?: Member;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that sells it.' })
  team?: Team;

  @Reference(() => Territory, 'territoryId', { nullable: true, description: 'The territory it lies in.' })
  territory?: Territory;

  @Reference(() => Lead, 'leadId', {
    nullable: true,
    description: 'The lead it came of; nothing for who may not see that.',
  })
  lead?: Lead;

  @Reference(() => Post, 'postId', { nullable: true, description: 'What was said that it came of.' })
  post?: Post;

  @Reference(() => CloseReason, 'closeReasonId', { nullable: true, description: 'Why it was won or lost.' })
  closeReason?: CloseReason;

  @Reference(() => Competitor, 'lostToId', { nullable: true, description: 'To whom it was lost.' })
  lostTo?: Competitor;
}
