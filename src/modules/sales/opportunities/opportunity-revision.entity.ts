import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import {
  CalendarDate,
  DateTime,
  Derived,
  Money,
  moneyOf,
  PublicId,
  Reference,
} from '../../../platform/schema/index.js';
import { Member, publicActor } from '../../access/index.js';
import { Opportunity } from './opportunity.entity.js';
import { ForecastCategory, OpportunityStatus } from './opportunity.kinds.rules.js';
import { Stage } from './stage.entity.js';

@ObjectType({ description: 'What an opportunity was like from one change to the next.', simpleResolvers: true })
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

  @PublicId('opportunity_revision')
  @Field(() => ID, { description: 'Id of the change.' })
  @Column('uuid', { default: () => 'gen_random_uuid()' })
  id: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'opportunity_revisions_pkey' })
  opportunityId: string;

  @Field(() => DateTime, { description: 'When it changed to this.' })
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'opportunity_revisions_pkey' })
  changedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'Until when it was like this; nothing for the present.' })
  @Column('timestamptz', { nullable: true })
  changedUntil: string | null;

  @Derived(({ changedBy }: OpportunityRevision) => publicActor(changedBy))
  @Field({ description: 'Who changed it, as in the audit log.' })
  @Column('text')
  changedBy: string;

  @Column('uuid')
  pipelineId: string;

  @Column('uuid')
  stageId: string;

  @Field(() => OpportunityStatus, { description: 'Whether it was open, won or lost.' })
  @Column('text')
  status: OpportunityStatus;

  @Derived(({ amount, currency }: OpportunityRevision) => moneyOf(amount, currency))
  @Field(() => Money, { nullable: true, description: 'What it was worth.' })
  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  amount: string | null;

  @Column('text')
  currency: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The day it was expected to be decided.' })
  @Column('date', { nullable: true })
  expectedCloseOn: string | null;

  @Field(() => ForecastCategory, {
    nullable: true,
    description: 'How it counted in forecasts, unless as its stage did.',
  })
  @Column('text', { nullable: true })
  forecastCategory: ForecastCategory | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Reference(() => Stage, 'stageId', { description: 'The stage it was in.' })
  stage?: Stage;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Who sold it.' })
  owner?: Member;

  /** Of the change before, which the list brings along. */
  fromStageId?: string | null;
  fromAmount?: string | null;
  fromCurrency?: string | null;
  fromExpectedCloseOn?: string | null;

  @Reference(() => Stage, 'fromStageId', {
    nullable: true,
    description: 'The stage it was in before; nothing for the first.',
  })
  fromStage?: Stage;

  @Derived(({ fromAmount, fromCurrency }: OpportunityRevision) => moneyOf(fromAmount, fromCurrency))
  @Field(() => Money, { nullable: true, description: 'What it was worth before.' })
  previousAmount?: string | null;

  @Derived(({ fromExpectedCloseOn }: OpportunityRevision) => fromExpectedCloseOn ?? null)
  @Field(() => CalendarDate, { nullable: true, description: 'The day it was expected to be decided before.' })
  previousExpectedCloseOn?: string | null;
}
