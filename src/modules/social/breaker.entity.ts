import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity.js';

/** How an account's network has failed of late, over all its sources and answers; without a row it has not. */
@Entity('account_breakers')
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'account_breakers_account_fkey',
  onDelete: 'CASCADE',
})
export class AccountBreaker {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_breakers_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'account_breakers_pkey' })
  accountId: string;

  @Column('integer')
  failures: number;

  /** How often it opened in a row. */
  @Column('integer', { default: 0 })
  opened: number;

  @Column('timestamptz', { nullable: true })
  openUntil: string | null;

  @Column('boolean', { default: false })
  onTrial: boolean;
}
