import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CalendarDate, DateTime, Derived, Money, moneyOf, Node, Reference } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Order } from './order.entity.js';

export enum InvoiceStatus {
  DRAFT = 'DRAFT',
  POSTED = 'POSTED',
  PAID = 'PAID',
  CANCELLED = 'CANCELLED',
}
registerEnumType(InvoiceStatus, {
  name: 'InvoiceStatus',
  description: 'Where an invoice stands, as the ERP has it.',
  valuesConfig: {
    DRAFT: { description: 'It is being written.' },
    POSTED: { description: 'It was issued, and something is still to be paid.' },
    PAID: { description: 'It was paid.' },
    CANCELLED: { description: 'It no longer holds.' },
  },
});

export enum InvoiceKind {
  INVOICE = 'INVOICE',
  CREDIT_NOTE = 'CREDIT_NOTE',
}
registerEnumType(InvoiceKind, {
  name: 'InvoiceKind',
  description: 'What is asked for or given back.',
  valuesConfig: {
    INVOICE: { description: 'The customer owes it.' },
    CREDIT_NOTE: { description: 'The customer is given it back.' },
  },
});

const money = (field: 'net' | 'tax' | 'total' | 'amountDue') => (invoice: Invoice) =>
  moneyOf(invoice[field], invoice.currency);

@ObjectType({ implements: Node, description: 'An invoice, as the ERP has it.', simpleResolvers: true })
@Entity('invoices')
@Unique('invoices_external_id_key', ['organizationId', 'externalId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'invoices_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'invoices_customer_fkey',
})
@ForeignKey(() => Order, ['organizationId', 'orderId'], ['organizationId', 'id'], { name: 'invoices_order_fkey' })
@Index('invoices_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('invoices_customer_idx', ['organizationId', 'customerId', 'createdAt', 'id'])
@Index('invoices_order_idx', ['organizationId', 'orderId'])
export class Invoice {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invoices_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the invoice in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invoices_pkey' })
  id: string;

  @Field({ description: 'Its number.' })
  @Column('text')
  number: string;

  @Field(() => InvoiceStatus, { description: 'Where it stands.' })
  @Column('text')
  status: InvoiceStatus;

  @Field(() => InvoiceKind, { description: 'Whether it is owed or given back.' })
  @Column('text', { default: 'INVOICE' })
  kind: InvoiceKind;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  orderId: string | null;

  @Field({ description: 'What it is in: ISO 4217.' })
  @Column('text')
  currency: string;

  @Derived(money('net'))
  @Field(() => Money, { description: 'Before tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @Derived(money('tax'))
  @Field(() => Money, { description: 'The tax on it.' })
  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @Derived(money('total'))
  @Field(() => Money, { description: 'With tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  total: string;

  @Derived(money('amountDue'))
  @Field(() => Money, { description: 'What is still to be paid.' })
  @Column('numeric', { precision: 19, scale: 4 })
  amountDue: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The day it is of.' })
  @Column('date', { nullable: true })
  issuedOn: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Until when it is to be paid.' })
  @Column('date', { nullable: true })
  dueOn: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When all of it was paid, as far as the ERP says.' })
  @Column('timestamptz', { nullable: true })
  paidAt: string | null;

  @Field(() => String, { nullable: true, description: 'Its id in the ERP.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  /** When the ERP last changed it. */
  @Column('timestamptz', { nullable: true, select: false })
  erpUpdatedAt: string | null;

  @Field(() => Int, { description: 'Counts its changes.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Who pays it, where you may see that.' })
  customer?: Customer;

  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order it is for, where the ERP knows one.' })
  order?: Order;
}
