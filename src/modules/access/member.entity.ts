import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, PublicId } from '../../platform/schema/index.js';
import { Organization } from './organization.entity.js';
import { Role } from './roles.js';

export enum MemberStatus {
  INVITED = 'INVITED',
  ACTIVE = 'ACTIVE',
  DEACTIVATED = 'DEACTIVATED',
}
registerEnumType(MemberStatus, {
  name: 'MemberStatus',
  description: 'Whether somebody can sign in.',
  valuesConfig: {
    INVITED: { description: 'Not yet: their invitation was not accepted.' },
    ACTIVE: { description: 'Yes.' },
    DEACTIVATED: { description: 'No longer.' },
  },
});

@ObjectType({ implements: Node, description: 'Somebody who signs in to an organisation.', simpleResolvers: true })
@Entity('members')
@Unique('members_email_key', ['organizationId', 'email'])
@Index('members_user_idx', ['userId'])
@Index('members_customer_idx', { synchronize: false })
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'members_organization_fkey', onDelete: 'CASCADE' })
export class Member {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'members_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the member.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'members_pkey' })
  id: string;

  /** Id of the login, once the invitation was accepted. */
  @Column('text', { nullable: true })
  userId: string | null;

  @Field({ description: 'Their name.' })
  @Column('text')
  name: string;

  @Field({ description: 'Where they are reached, and how they sign in.' })
  @Column('text')
  email: string;

  @Field(() => Role, { description: 'What they may do.' })
  @Column('text')
  role: Role;

  @Field(() => String, { nullable: true, description: 'Language they read, BCP 47.' })
  @Column('text', { nullable: true })
  language: string | null;

  @PublicId('customer')
  @Field(() => ID, {
    nullable: true,
    description: 'The customer they are; only members of the role CUSTOMER have one.',
  })
  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Field(() => DateTime, { description: 'When they were added.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()', select: false })
  updatedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'Since when they may no longer sign in.' })
  @Column('timestamptz', { nullable: true })
  deactivatedAt: string | null;
}
