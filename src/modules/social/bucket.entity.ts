import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../access/index.js';
import { Account } from './account.entity.js';

/** What is left of one limit of a network, for one account, or for what is read without any. */
@Entity('rate_buckets')
@Index('rate_buckets_once_key', { synchronize: false })
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'rate_buckets_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'rate_buckets_account_fkey',
  onDelete: 'CASCADE',
})
export class RateBucket {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rate_buckets_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rate_buckets_pkey' })
  id: string;

  @Column('uuid', { nullable: true })
  accountId: string | null;

  @Column('text')
  bucket: string;

  @Column('integer', { nullable: true })
  most: number | null;

  @Column('integer', { nullable: true })
  remaining: number | null;

  @Column('timestamptz', { nullable: true })
  resetsAt: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  beganAt: string;

  /** Requests of which the network has not spoken yet. */
  @Column('integer', { default: 0 })
  pending: number;
}
