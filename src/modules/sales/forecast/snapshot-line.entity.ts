import { Field, Float, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CalendarDate, Derived, Money, moneyOf, PublicId, Reference } from '../../../platform/schema/index.js';
import { Member } from '../../access/index.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { ForecastCategory, OpportunityStatus } from '../opportunities/opportunity.kinds.rules.js';
import { Stage } from '../opportunities/stage.entity.js';
import { ForecastSnapshot } from './snapshot.entity.js';

type Line = ForecastSnapshotLine & { home: string };

@ObjectType({ description: 'What a snapshot said of one opportunity.', simpleResolvers: true })
@Entity('forecast_snapshot_lines')
@ForeignKey(() => ForecastSnapshot, ['organizationId', 'snapshotId'], ['organizationId', 'id'], {
  name: 'forecast_snapshot_lines_snapshot_fkey',
  onDelete: 'CASCADE',
})
@Index('forecast_snapshot_lines_opportunity_idx', ['organizationId', 'id'])
export class ForecastSnapshotLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'forecast_snapshot_lines_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'forecast_snapshot_lines_pkey' })
  snapshotId: string;

  @PublicId('opportunity')
  @Field(() => ID, { description: 'Id of the opportunity it speaks of.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'forecast_snapshot_lines_pkey', name: 'opportunity_id' })
  id: string;

  @Reference(() => Opportunity, 'id', {
    nullable: true,
    description: 'The opportunity as it is now; nothing where it is no longer there.',
  })
  opportunity?: Opportunity;

  @Column('uuid')
  pipelineId: string;

  @Column('uuid')
  stageId: string;

  @Reference(() => Stage, 'stageId', { nullable: true, description: 'The stage it was in.' })
  stage?: Stage;

  @Field(() => OpportunityStatus, { description: 'Whether it was open or won.' })
  @Column('text')
  status: OpportunityStatus;

  @Field(() => ForecastCategory, { description: 'How it counted.' })
  @Column('text')
  category: ForecastCategory;

  @Derived((line: Line) => moneyOf(line.amount, line.currency))
  @Field(() => Money, { nullable: true, description: 'Its amount, as it was said.' })
  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  amount: string | null;

  @Column('text')
  currency: string;

  @Derived((line: Line) => moneyOf(line.value, line.home))
  @Field(() => Money, {
    nullable: true,
    description: 'The same in the currency of the snapshot; nothing where there was no exchange rate.',
  })
  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  value: string | null;

  @Field(() => Float, { description: 'The probability it was weighted with.' })
  @Column('numeric', { precision: 7, scale: 6 })
  probability: string;

  @Derived((line: Line) => moneyOf(line.weighted, line.home))
  @Field(() => Money, { nullable: true, description: 'Its value times that.' })
  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  weighted: string | null;

  @Field(() => CalendarDate, { description: 'The day it was won, or expected to be decided.' })
  @Column('date')
  closesOn: string;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Whose it was.' })
  owner?: Member;

  @Column('uuid', { nullable: true })
  teamId: string | null;
}
