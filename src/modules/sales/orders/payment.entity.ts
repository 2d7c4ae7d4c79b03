import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Invoice } from './invoice.entity.js';

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

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'payments_pkey' })
  id: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  invoiceId: string | null;

  @Column('numeric', { precision: 19, scale: 4 })
  amount: string;

  @Column('text')
  currency: string;

  @Column('text', { nullable: true })
  method: string | null;

  @Column('date')
  paidOn: string;

  @Column('text', { nullable: true })
  externalId: string | null;

  /** When the ERP last changed it. */
  @Column('timestamptz', { nullable: true, select: false })
  erpUpdatedAt: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
