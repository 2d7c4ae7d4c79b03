import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, PublicId, Reference } from '../../../platform/schema/index.js';
import { Member, Organization, publicActor, Team } from '../../access/index.js';

@ObjectType({ description: 'That something was given from one to another.', simpleResolvers: true })
@Entity('ownership_changes')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'ownership_changes_organization_fkey',
  onDelete: 'CASCADE',
})
@Index('ownership_changes_subject_idx', ['organizationId', 'subjectId', 'changedAt', 'id'])
export class OwnershipChange {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ownership_changes_pkey' })
  organizationId: string;

  @PublicId('ownership_change')
  @Field(() => ID, { description: 'Id of the change.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ownership_changes_pkey' })
  id: string;

  /** Prefix and stored id of what was given: opportunity, lead, customer. */
  @Column('text')
  subjectPrefix: string;

  @Column('uuid')
  subjectId: string;

  @Column('uuid', { nullable: true })
  fromOwnerId: string | null;

  @Column('uuid', { nullable: true })
  fromTeamId: string | null;

  @Column('uuid', { nullable: true })
  toOwnerId: string | null;

  @Column('uuid', { nullable: true })
  toTeamId: string | null;

  @Field(() => String, { nullable: true, description: 'Why; the name of the rule where a rule decided.' })
  @Column('text', { nullable: true })
  reason: string | null;

  @Derived((change: OwnershipChange) => publicActor(change.changedBy))
  @Field({ description: 'Who did it, as in the audit log.' })
  @Column('text')
  changedBy: string;

  @Field(() => DateTime, { description: 'When.' })
  @Column('timestamptz', { default: () => 'now()' })
  changedAt: string;

  @Reference(() => Member, 'fromOwnerId', { nullable: true, description: 'Who had it.' })
  fromOwner?: Member;

  @Reference(() => Team, 'fromTeamId', { nullable: true, description: 'The team that had it.' })
  fromTeam?: Team;

  @Reference(() => Member, 'toOwnerId', { nullable: true, description: 'Who got it.' })
  toOwner?: Member;

  @Reference(() => Team, 'toTeamId', { nullable: true, description: 'The team that got it.' })
  toTeam?: Team;
}
