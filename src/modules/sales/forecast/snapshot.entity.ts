import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, Node } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { ForecastInterval } from './period.rules.js';

/** The statistical forecast as it was said: amounts by the first day of their period. */
export interface SaidStatistical {
  level?: number;
  points?: Record<string, { expected: string; low: string; high: string }>;
}

@ObjectType({
  implements: Node,
  description: 'What was said at a moment of what will be sold; never changed.',
  simpleResolvers: true,
})
@Entity('forecast_snapshots')
@Unique('forecast_snapshots_week_key', ['organizationId', 'weekOn'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'forecast_snapshots_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('forecast_snapshots_taken_idx', ['organizationId', 'takenAt', 'id'])
export class ForecastSnapshot {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'forecast_snapshots_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the snapshot.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'forecast_snapshots_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  label: string;

  @Field(() => DateTime, { description: 'When it was taken.' })
  @Column('timestamptz', { default: () => 'now()' })
  takenAt: string;

  @Column('text')
  takenBy: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The Monday of its week, of one that was taken by itself.',
  })
  @Column('date', { nullable: true })
  weekOn: string | null;

  @Field(() => CalendarDate, { description: 'The first day it speaks of.' })
  @Column('date')
  fromOn: string;

  @Field(() => CalendarDate, { description: 'The last day it speaks of.' })
  @Column('date')
  toOn: string;

  @Field(() => ForecastInterval, { description: 'How long its periods are.' })
  @Column('text')
  period: ForecastInterval;

  @Field({ description: 'The currency of its sums, ISO 4217.' })
  @Column('text')
  currency: string;

  @Column('jsonb', { default: {} })
  statistical: SaidStatistical;
}
