import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Customer } from '../customers/index.js';
import { SocialIdentity } from './identity.entity.js';

/** A customer who says an identity is theirs, until the identity itself publishes the code. */
@Entity('identity_claims')
@Index('identity_claims_customer_idx', ['organizationId', 'customerId'])
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'identity_claims_identity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'identity_claims_customer_fkey',
  onDelete: 'CASCADE',
})
export class IdentityClaim {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_claims_pkey' })
  organizationId: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_claims_pkey' })
  id: string;
  @Column('uuid')
  identityId: string;
  @Column('uuid')
  customerId: string;
  @Column('text')
  codeHash: string;
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
  @Column('timestamptz')
  expiresAt: string;
  @Column('timestamptz', { nullable: true })
  confirmedAt: string | null;
}
