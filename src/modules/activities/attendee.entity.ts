import { ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Reference } from '../../platform/schema/index.js';
import { Member } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { Activity } from './activity.entity.js';

@ObjectType({
  description: 'Somebody who is asked to an activity: a member or a customer, where you may see them.',
  simpleResolvers: true,
})
@Entity('activity_attendees')
@Unique('activity_attendees_member_key', ['organizationId', 'activityId', 'memberId'])
@Check('activity_attendees_one_check', `(num_nonnulls(member_id, customer_id) = 1)`)
@ForeignKey(() => Activity, ['organizationId', 'activityId'], ['organizationId', 'id'], {
  name: 'activity_attendees_activity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'activity_attendees_by_member_fkey',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'activity_attendees_by_customer_fkey',
})
@Index('activity_attendees_by_member_idx', ['organizationId', 'memberId'])
@Index('activity_attendees_by_customer_idx', ['organizationId', 'customerId', 'activityId'])
export class ActivityAttendee {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'activity_attendees_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'activity_attendees_pkey' })
  id: string;

  @Column('uuid')
  activityId: string;

  @Column('uuid', { nullable: true })
  memberId: string | null;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Reference(() => Member, 'memberId', { nullable: true, description: 'The member.' })
  member?: Member;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'The customer.' })
  customer?: Customer;
}
