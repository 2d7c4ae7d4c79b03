import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, PublicId } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { PortalContactKind } from './portal-enums.entity.js';

@ObjectType({ description: 'A customer who is signed in, on one device.', simpleResolvers: true })
@Entity('portal_sessions')
@Unique('portal_sessions_token_key', ['tokenDigest'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'portal_sessions_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'portal_sessions_customer_fkey',
})
@Index('portal_sessions_customer_idx', ['organizationId', 'customerId', 'signedInAt', 'id'])
@Index('portal_sessions_expiry_idx', ['expiresAt'])
export class PortalSession {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'portal_sessions_pkey' })
  organizationId: string;

  @PublicId('portal_session')
  @Field(() => ID, { description: 'Id of the session.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'portal_sessions_pkey' })
  id: string;

  @Column('uuid')
  customerId: string;

  @Field(() => PortalContactKind, { description: 'By what they proved who they are.' })
  @Column('text')
  kind: PortalContactKind;

  @Column('text', { select: false })
  contact: string;

  @Column('text', { select: false })
  tokenDigest: string;

  @Field(() => DateTime, { description: 'When they signed in.' })
  @Column('timestamptz', { default: () => 'now()' })
  signedInAt: string;

  @Field(() => DateTime, { description: 'When it was last renewed.' })
  @Column('timestamptz', { default: () => 'now()' })
  renewedAt: string;

  @Field(() => DateTime, { description: 'When it ends unless it is renewed.' })
  @Column('timestamptz')
  expiresAt: string;

  @Column('timestamptz', { select: false })
  endsAt: string;

  @Column('timestamptz', { nullable: true, select: false })
  endedAt: string | null;
}
