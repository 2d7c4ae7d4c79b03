import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Order } from './order.entity.js';

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

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invoices_pkey' })
  id: string;

  @Column('text')
  number: string;

  /** DRAFT, POSTED, PAID, CANCELLED. */
  @Column('text')
  status: string;

  /** INVOICE or CREDIT_NOTE. */
  @Column('text', { default: 'INVOICE' })
  kind: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  orderId: string | null;

  @Column('text')
  currency: string;

  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @Column('numeric', { precision: 19, scale: 4 })
  total: string;

  /** What is still to be paid. */
  @Column('numeric', { precision: 19, scale: 4 })
  amountDue: string;

  @Column('date', { nullable: true })
  issuedOn: string | null;

  @Column('date', { nullable: true })
  dueOn: string | null;

  @Column('timestamptz', { nullable: true })
  paidAt: string | null;

  @Column('text', { nullable: true })
  externalId: string | null;

  /** When the ERP last changed it. */
  @Column('timestamptz', { nullable: true, select: false })
  erpUpdatedAt: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
