import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

/** An account's credentials, sealed. Requests write them; only the owner's connection reads them. */
@Entity('account_secrets')
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'account_secrets_account_fkey',
  onDelete: 'CASCADE',
})
export class AccountSecret {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_secrets_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_secrets_pkey' })
  accountId: string;

  @Column('text')
  sealed: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
