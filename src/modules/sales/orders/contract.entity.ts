import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member, Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Product } from '../catalogue/product.entity.js';
import { Order } from './order.entity.js';

@Entity('contracts')
@Unique('contracts_number_key', ['organizationId', 'number'])
@Unique('contracts_external_id_key', ['organizationId', 'externalId'])
@Unique('contracts_order_line_key', ['organizationId', 'orderLineId'])
@Check('contracts_term_check', `(term_months > 0)`)
@Check('contracts_amount_check', `(amount >= 0)`)
@Check('contracts_period_check', `(ends_on >= starts_on)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'contracts_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'contracts_customer_fkey',
})
@ForeignKey(() => Order, ['organizationId', 'orderId'], ['organizationId', 'id'], { name: 'contracts_order_fkey' })
@ForeignKey(() => Product, ['organizationId', 'productId'], ['organizationId', 'id'], {
  name: 'contracts_product_fkey',
})
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], { name: 'contracts_owner_fkey' })
@Index('contracts_renews_idx', ['organizationId', 'renewsOn', 'id'])
@Index('contracts_customer_idx', ['organizationId', 'customerId', 'createdAt', 'id'])
@Index('contracts_created_idx', ['organizationId', 'createdAt', 'id'])
export class Contract {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contracts_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contracts_pkey' })
  id: string;

  @Column('text')
  number: string;

  @Column('text')
  name: string;

  /** ACTIVE, CANCELLED, ENDED. */
  @Column('text', { default: 'ACTIVE' })
  status: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  orderId: string | null;

  /** The line it was made from, once. */
  @Column('uuid', { nullable: true })
  orderLineId: string | null;

  @Column('uuid', { nullable: true })
  productId: string | null;

  @Column('numeric', { precision: 15, scale: 4, default: 1 })
  quantity: string;

  /** Per billing period. */
  @Column('numeric', { precision: 19, scale: 4 })
  amount: string;

  @Column('text')
  currency: string;

  /** MONTH, QUARTER or YEAR. */
  @Column('text')
  billingPeriod: string;

  @Column('date')
  startsOn: string;

  /** How long it runs until it is renewed. */
  @Column('integer')
  termMonths: number;

  /** How often it was. */
  @Column('integer', { default: 0 })
  renewals: number;

  @Column('date', { nullable: true })
  renewsOn: string | null;

  @Column('date', { nullable: true })
  endsOn: string | null;

  @Column('boolean', { default: true })
  renewsItself: boolean;

  @Column('integer', { default: 0 })
  noticeDays: number;

  @Column('timestamptz', { nullable: true })
  cancelledAt: string | null;

  @Column('text', { nullable: true })
  cancellationReason: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
