import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, Derived, Money, moneyOf, Node, Reference } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Invoice } from './invoice.entity.js';

@ObjectType({ implements: Node, description: 'A payment, as the ERP has it.', simpleResolvers: true })
@Entity('payments')
@Unique('payments_external_id_key', ['organizationId', 'externalId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'payments_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'payments_customer_fkey',
})
@ForeignKey(() => Invoice, ['organizationId', 'invoiceId'], ['organizationId', 'id'], { name: 'payments_invoice_fkey' })
@Index('payments_paid_idx', ['organizationId', 'paidOn', 'id'])
@Index('payments_customer_idx', ['organizationId', 'customerId'])
@Index('payments_invoice_idx', ['organizationId', 'invoiceId'])
export class Payment {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payments_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the payment in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payments_pkey' })
  id: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  invoiceId: string | null;

  @Derived(({ amount, currency }: Payment) => moneyOf(amount, currency))
  @Field(() => Money, { description: 'How much; negative for what was paid back.' })
  @Column('numeric', { precision: 19, scale: 4 })
  amount: string;

  @Column('text')
  currency: string;

  @Field(() => String, { nullable: true, description: 'How it was paid.' })
  @Column('text', { nullable: true })
  method: string | null;

  @Field(() => CalendarDate, { description: 'The day it was paid.' })
  @Column('date')
  paidOn: string;

  @Field(() => String, { nullable: true, description: 'Its id in the ERP.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  /** When the ERP last changed it. */
  @Column('timestamptz', { nullable: true, select: false })
  erpUpdatedAt: string | null;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Who paid it, where you may see that.' })
  customer?: Customer;

  @Reference(() => Invoice, 'invoiceId', {
    nullable: true,
    description: 'The invoice it pays, where the ERP knows one.',
  })
  invoice?: Invoice;
}
