import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Money, moneyOf, Node, Reference } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { Quote } from '../quotes/quote.entity.js';
import { OrderChannel, OrderStatus } from './order.states.rules.js';

registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  description: 'Where an order stands.',
  valuesConfig: {
    PLACED: { description: 'It was placed; nobody has confirmed it.' },
    CONFIRMED: { description: 'It was confirmed, as by the ERP.' },
    PARTIALLY_DELIVERED: { description: 'A part of it left for the customer.' },
    DELIVERED: { description: 'All of it left for the customer.' },
    RETURNED: { description: 'All of it came back.' },
    CANCELLED: { description: 'It was called off.' },
  },
});
registerEnumType(OrderChannel, {
  name: 'OrderChannel',
  description: 'Where an order was placed.',
  valuesConfig: {
    QUOTE: { description: 'By accepting a quote.' },
    ERP: { description: 'In the ERP.' },
    STORE: { description: 'At the till.' },
    WEB: { description: 'In a web shop.' },
    PHONE: { description: 'By telephone.' },
    IMPORT: { description: 'It was imported.' },
  },
});

const money = (field: 'subtotal' | 'discount' | 'net' | 'tax' | 'total') => (order: Order) =>
  moneyOf(order[field], order.currency);

@ObjectType({
  implements: Node,
  description: 'What a customer has ordered: from a quote, at the till, by telephone, or in the ERP.',
  simpleResolvers: true,
})

@Entity('orders')
@Unique('orders_number_key', ['organizationId', 'number'])
@Unique('orders_quote_key', ['organizationId', 'quoteId'])
@Unique('orders_external_id_key', ['organizationId', 'externalId'])
@Unique('orders_erp_id_key', ['organizationId', 'erpId'])
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
@Index('orders_opportunity_idx', ['organizationId', 'opportunityId', 'placedAt', 'id'])
export class Order {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'orders_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the order in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'orders_pkey' })
  id: string;

  @Field({ description: 'Our number of it, such as O-2026-0001.' })
  @Column('text')
  number: string;

  @Field(() => OrderStatus, { description: 'Where it stands.' })
  @Column('text', { default: 'PLACED' })
  status: OrderStatus;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  quoteId: string | null;

  @Column('uuid', { nullable: true })
  opportunityId: string | null;

  @Field({ description: 'What it is in: ISO 4217.' })
  @Column('text')
  currency: string;

  @Derived(money('subtotal'))
  @Field(() => Money, { description: 'Of all lines, before any discount and tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  subtotal: string;

  @Derived(money('discount'))
  @Field(() => Money, { description: 'All that was taken off, by the lines and from the whole.' })
  @Column('numeric', { precision: 19, scale: 4, default: 0 })
  discount: string;

  @Derived(money('net'))
  @Field(() => Money, { description: 'After discounts, before tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @Derived(money('tax'))
  @Field(() => Money, { description: 'The tax on it.' })
  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @Derived(money('total'))
  @Field(() => Money, { description: 'What the customer pays.' })
  @Column('numeric', { precision: 19, scale: 4 })
  total: string;

  @Field(() => OrderChannel, { description: 'Where it was placed.' })
  @Column('text')
  channel: OrderChannel;

  @Field(() => String, {
    nullable: true,
    description: 'Its id where it was placed, such as a receipt; one order has it.',
  })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => String, { nullable: true, description: 'Its id in the ERP.' })
  @Column('text', { nullable: true })
  erpId: string | null;

  @Field(() => String, { nullable: true, description: 'Its number in the ERP.' })
  @Column('text', { nullable: true })
  erpNumber: string | null;

  @Field(() => DateTime, { description: 'When it was placed.' })
  @Column('timestamptz')
  placedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was called off.' })
  @Column('timestamptz', { nullable: true })
  cancelledAt: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was called off.' })
  @Column('text', { nullable: true })
  cancellationReason: string | null;

  /** When the ERP last changed it. */
  @Column('timestamptz', { nullable: true, select: false })
  erpUpdatedAt: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Who ordered it, where you may see that.' })
  customer?: Customer;

  @Reference(() => Opportunity, 'opportunityId', {
    nullable: true,
    description: 'The opportunity it comes from, where you may see that.',
  })
  opportunity?: Opportunity;

  @Reference(() => Quote, 'quoteId', {
    nullable: true,
    description: 'The quote that was accepted, where you may see that.',
  })
  quote?: Quote;
}
