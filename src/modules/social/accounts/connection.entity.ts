import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';
import { Account } from '../account.entity.js';

/** A sign-in under way, found by its state and used once. Requests write it; only the owner's connection reads all of it. */
@Entity('account_connections')
@Index('account_connections_state_key', ['stateDigest'], { unique: true })
@Index('account_connections_expires_idx', ['expiresAt'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'account_connections_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'account_connections_account_fkey',
  onDelete: 'CASCADE',
})
export class AccountConnection {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_connections_pkey' })
  organizationId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'account_connections_pkey' })
  stateDigest: string;

  /** Who began it. */
  @Column('text')
  actor: string;

  @Column('text')
  connector: string;

  /** The account that is signed in again; null for a new one. */
  @Column('uuid', { nullable: true })
  accountId: string | null;

  @Column('text')
  redirectUri: string;

  /** The PKCE verifier and what the owner gave. */
  @Column('text')
  sealed: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz')
  expiresAt: string;
}
