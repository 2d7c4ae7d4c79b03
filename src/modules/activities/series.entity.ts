import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/schema/index.js';
import { Member, Organization, Team } from '../access/index.js';
import { Customer } from '../customers/index.js';

@ObjectType('ActivityRecurrence', { description: 'By what rule an activity comes again.', simpleResolvers: true })
@Entity('activity_series')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'activity_series_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], {
  name: 'activity_series_owner_fkey',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'activity_series_team_fkey' })
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'activity_series_customer_fkey',
})
@Index('activity_series_planned_idx', ['plannedUntil'])
@Index('activity_series_customer_idx', ['organizationId', 'customerId'])
export class ActivitySeries {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'activity_series_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'activity_series_pkey' })
  id: string;

  @Field({ description: 'The rule, as RRULE of RFC 5545 writes it: FREQ=WEEKLY;BYDAY=MO.' })
  @Column('text')
  rule: string;

  @Field({ description: 'The time zone whose clock the rule follows, IANA.' })
  @Column('text')
  timeZone: string;

  @Field(() => DateTime, { description: 'The first moment of the series.' })
  @Column('timestamptz')
  firstAt: string;

  @Field(() => DateTime, { nullable: true, description: 'From when on nothing of it takes place any more.' })
  @Column('timestamptz', { nullable: true })
  endsBefore: string | null;

  @Field(() => DateTime, { description: 'Until when each time of it is kept as an activity of its own.' })
  @Column('timestamptz')
  plannedUntil: string;

  @Column('text')
  kind: string;

  @Column('text')
  subject: string;

  @Column('text', { nullable: true })
  notes: string | null;

  @Column('text')
  priority: string;

  @Column('text', { nullable: true })
  location: string | null;

  /** Whether its moment is when it starts, or when it is due. */
  @Column('boolean')
  isTimed: boolean;

  @Column('integer', { nullable: true })
  durationSeconds: number | null;

  @Column('integer', { nullable: true })
  dueAfterSeconds: number | null;

  @Column('integer', { nullable: true })
  remindBeforeSeconds: number | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Column('text', { nullable: true })
  regardingPrefix: string | null;

  @Column('uuid', { nullable: true })
  regardingId: string | null;

  @Column('uuid', { array: true, default: '{}' })
  memberIds: string[];

  /** Customers who attend, as they were called when it was planned: merged ones are followed, erased ones left out. */
  @Column('uuid', { array: true, default: '{}' })
  attendingIds: string[];

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
