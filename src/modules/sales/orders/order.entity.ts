import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { Quote } from '../quotes/quote.entity.js';

@Entity('orders')
@Unique('orders_number_key', ['organizationId', 'number'])
@Unique('orders_quote_key', ['organizationId', 'quoteId'])
@Unique('orders_external_id_key', ['organizationId', 'externalId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'orders_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'orders_customer_fkey',
})
@ForeignKey(() => Quote, ['organizationId', 'quoteId'], ['organizationId', 'id'], { name: 'orders_quote_fkey' })
@ForeignKey(() => Opportunity, ['organizationId', 'opportunityId'], ['organizationId', 'id'], {
  name: 'orders_opportunity_fkey',
})
@Index('orders_placed_idx', ['organizationId', 'placedAt', 'id'])
@Index('orders_customer_idx', ['organizationId', 'customerId', 'placedAt', 'id'])
@Index('orders_opportunity_idx', ['organizationId', 'opportunityId'])
export class Order {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'orders_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'orders_pkey' })
  id: string;

  @Column('text')
  number: string;

  /** PLACED, CONFIRMED, PARTIALLY_DELIVERED, DELIVERED, RETURNED, CANCELLED. */
  @Column('text', { default: 'PLACED' })
  status: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  quoteId: string | null;

  @Column('uuid', { nullable: true })
  opportunityId: string | null;

  @Column('text')
  currency: string;

  @Column('numeric', { precision: 19, scale: 4 })
  subtotal: string;

  @Column('numeric', { precision: 19, scale: 4, default: 0 })
  discount: string;

  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @Column('numeric', { precision: 19, scale: 4 })
  total: string;

  /** Where it was placed: QUOTE, ERP, STORE, WEB, PHONE, IMPORT. */
  @Column('text')
  channel: string;

  /** Its id where it is kept, such as an ERP. */
  @Column('text', { nullable: true })
  externalId: string | null;

  /** The number it has there. */
  @Column('text', { nullable: true })
  externalNumber: string | null;

  @Column('timestamptz')
  placedAt: string;

  @Column('timestamptz', { nullable: true })
  cancelledAt: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
