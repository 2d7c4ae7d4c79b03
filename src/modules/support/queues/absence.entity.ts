import { Field, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DateTime, Reference } from '../../../platform/schema/index.js';
import { Member } from '../../access/index.js';

@ObjectType('OutOfOffice', {
  description: 'When somebody is not here, and who answers meanwhile.',
  simpleResolvers: true,
})
@Entity('member_absences')
@Check('member_absences_period_check', `(ends_at > starts_at)`)
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'member_absences_member_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'delegateId'], ['organizationId', 'id'], {
  name: 'member_absences_delegate_fkey',
})
export class OutOfOffice {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_absences_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_absences_pkey' })
  memberId: string;

  @Field(() => DateTime, { description: 'From when.' })
  @Column('timestamptz')
  startsAt: string;

  @Field(() => DateTime, { nullable: true, description: 'Until when; nothing: until they are back.' })
  @Column('timestamptz', { nullable: true })
  endsAt: string | null;

  @Column('uuid', { nullable: true })
  delegateId: string | null;

  @Field(() => String, { nullable: true, description: 'What colleagues are told.' })
  @Column('text', { nullable: true })
  note: string | null;

  @Reference(() => Member, 'delegateId', {
    nullable: true,
    description: 'Who gets a ticket of theirs in which its customer speaks; nobody: it goes back to its queue.',
  })
  delegate?: Member;
}
