import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Contract } from './contract.entity.js';

@Entity('contract_renewals')
@Unique('contract_renewals_term_key', ['organizationId', 'contractId', 'startsOn'])
@ForeignKey(() => Contract, ['organizationId', 'contractId'], ['organizationId', 'id'], {
  name: 'contract_renewals_contract_fkey',
  onDelete: 'CASCADE',
})
export class ContractRenewal {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contract_renewals_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contract_renewals_pkey' })
  id: string;

  @Column('uuid')
  contractId: string;

  @Column('date')
  startsOn: string;

  /** The first day after the term. */
  @Column('date')
  until: string;

  @Column('numeric', { precision: 19, scale: 4 })
  amount: string;

  @Column('text')
  renewedBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
