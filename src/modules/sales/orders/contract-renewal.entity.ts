import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, Derived, Money, moneyOf } from '../../../platform/schema/index.js';
import { publicActor } from '../../access/index.js';
import { Contract } from './contract.entity.js';

@ObjectType({ description: 'One more term of a contract.', simpleResolvers: true })
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

  @Field(() => CalendarDate, { description: 'The first day of the term.' })
  @Column('date')
  startsOn: string;

  @Field(() => CalendarDate, { description: 'The first day after the term.' })
  @Column('date')
  until: string;

  @Derived(({ amount, currency }: ContractRenewal & { currency: string }) => moneyOf(amount, currency))
  @Field(() => Money, { description: 'What is paid every billing period of it, before tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  amount: string;

  @Derived(({ renewedBy }: ContractRenewal) => publicActor(renewedBy))
  @Field({ description: 'Who renewed it, as in the audit log.' })
  @Column('text')
  renewedBy: string;

  @Field(() => DateTime, { description: 'When it was renewed.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
