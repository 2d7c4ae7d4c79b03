import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../platform/schema/index.js';
import { Member, Organization, publicActor, Team } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { ActivityKind, ActivityPriority, ActivityStatus } from './activity.kinds.rules.js';
import { ActivitySeries } from './series.entity.js';

@ObjectType({ description: 'Where and when somebody arrived for a visit.', simpleResolvers: true })
export class CheckIn {
  @Field(() => DateTime, { description: 'When they arrived.' })
  at: string;
  @Field(() => Float, { nullable: true, description: 'Degrees north of the equator (WGS 84).' })
  latitude: number | null;
  @Field(() => Float, { nullable: true, description: 'Degrees east of Greenwich (WGS 84).' })
  longitude: number | null;
  @Field(() => Float, { nullable: true, description: 'By how many metres the place may be wrong.' })
  accuracy: number | null;
  @Field({ description: 'Who checked in, as in the audit log.' })
  by: string;
}

@ObjectType({
  implements: Node,
  description: 'Something to be done or that was done: a task, a call, a meeting or a visit.',
  simpleResolvers: true,
})
@Entity('activities')
@Unique('activities_external_id_key', ['organizationId', 'externalId'])
@Check('activities_times_check', `(starts_at < ends_at)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'activities_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], { name: 'activities_owner_fkey' })
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'activities_team_fkey' })
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'activities_customer_fkey',
})
@ForeignKey(() => ActivitySeries, ['organizationId', 'seriesId'], ['organizationId', 'id'], {
  name: 'activities_series_fkey',
})
@Index('activities_occurrence_key', ['organizationId', 'seriesId', 'occurrenceAt'], {
  unique: true,
  where: `series_id is not null`,
})
@Index('activities_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('activities_updated_idx', ['organizationId', 'updatedAt', 'id'])
@Index('activities_starts_idx', ['organizationId', 'startsAt', 'id'])
@Index('activities_due_idx', ['organizationId', 'dueAt', 'id'])
@Index('activities_owner_idx', ['organizationId', 'ownerId', 'startsAt'])
@Index('activities_team_idx', ['organizationId', 'teamId'])
@Index('activities_customer_idx', ['organizationId', 'customerId', 'createdAt'])
@Index('activities_regarding_idx', ['organizationId', 'regardingId'])
export class Activity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'activities_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the activity.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'activities_pkey' })
  id: string;

  @Field(() => ActivityKind, { description: 'What it is.' })
  @Column('text')
  kind: ActivityKind;

  @Field(() => ActivityStatus, { description: 'Where it stands.' })
  @Column('text', { default: 'OPEN' })
  status: ActivityStatus;

  @Field({ description: 'What it is about, in one line.' })
  @Column('text')
  subject: string;

  @Field(() => String, { nullable: true, description: 'What else is to be known about it.' })
  @Column('text', { nullable: true })
  notes: string | null;

  @Field(() => ActivityPriority, { description: 'How much it matters.' })
  @Column('text', { default: 'NORMAL' })
  priority: ActivityPriority;

  @Field(() => String, { nullable: true, description: 'Where it takes place: an address, a room or a link.' })
  @Column('text', { nullable: true })
  location: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it starts.' })
  @Column('timestamptz', { nullable: true })
  startsAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends.' })
  @Column('timestamptz', { nullable: true })
  endsAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it is to be done.' })
  @Column('timestamptz', { nullable: true })
  dueAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When to be reminded of it.' })
  @Column('timestamptz', { nullable: true })
  remindAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the reminder was given.' })
  @Column('timestamptz', { nullable: true })
  remindedAt: string | null;

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

  @Field(() => String, { nullable: true, description: 'What came of it.' })
  @Column('text', { nullable: true })
  outcome: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was done.' })
  @Column('timestamptz', { nullable: true })
  completedAt: string | null;

  @Column('timestamptz', { nullable: true })
  checkedInAt: string | null;

  @Column('double precision', { nullable: true })
  checkInLatitude: number | null;

  @Column('double precision', { nullable: true })
  checkInLongitude: number | null;

  @Column('double precision', { nullable: true })
  checkInAccuracy: number | null;

  @Column('text', { nullable: true })
  checkInBy: string | null;

  @Column('uuid', { nullable: true })
  seriesId: string | null;

  /** The moment the rule of its series gives it, wherever it was moved to. */
  @Field(() => DateTime, {
    nullable: true,
    description: 'Its place in its series: when the rule has it take place, wherever it was moved to.',
  })
  @Column('timestamptz', { nullable: true })
  occurrenceAt: string | null;

  @Field({ description: 'Whether it was changed by itself, apart from its series.' })
  @Column('boolean', { default: false })
  isException: boolean;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Derived((row: { createdBy: string }) => publicActor(row.createdBy))
  @Field({ description: 'Who planned it, as in the audit log.' })
  @Column('text')
  createdBy: string;

  @Field(() => DateTime, { description: 'When it was planned.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Derived((row: Activity) =>
    row.checkedInAt === null
      ? null
      : {
          at: row.checkedInAt,
          latitude: row.checkInLatitude,
          longitude: row.checkInLongitude,
          accuracy: row.checkInAccuracy,
          by: publicActor(row.checkInBy!),
        },
  )
  @Field(() => CheckIn, { nullable: true, description: 'The arrival at a visit.' })
  checkIn?: CheckIn | null;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Who does it.' })
  owner?: Member;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that does it.' })
  team?: Team;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'The customer it is about.' })
  customer?: Customer;
}
