import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, PublicId } from '../../platform/schema/index.js';
import { Member } from '../access/index.js';

@ObjectType({
  description: 'An address under which a member reads their activities in another calendar; its secret is told once.',
  simpleResolvers: true,
})
@Entity('calendar_feeds')
@Unique('calendar_feeds_token_key', ['tokenDigest'])
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'calendar_feeds_member_fkey',
  onDelete: 'CASCADE',
})
@Index('calendar_feeds_member_idx', ['organizationId', 'memberId', 'createdAt', 'id'])
export class CalendarFeed {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'calendar_feeds_pkey' })
  organizationId: string;

  @PublicId('calendar_feed')
  @Field(() => ID, { description: 'Id of the feed.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'calendar_feeds_pkey' })
  id: string;

  @Column('uuid')
  memberId: string;

  @Field({ description: 'What its owner calls it, such as the device that reads it.' })
  @Column('text')
  name: string;

  @Column('text', { select: false })
  tokenDigest: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was last read, to the hour.' })
  @Column('timestamptz', { nullable: true })
  lastReadAt: string | null;
}
