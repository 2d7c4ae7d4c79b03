import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import {
  CalendarDate,
  DateTime,
  Decimal,
  Derived,
  Money,
  moneyOf,
  Node,
  Reference,
} from '../../../platform/schema/index.js';
import { Member, Organization } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { BillingPeriod, Product } from '../catalogue/product.entity.js';
import { daysBefore } from './contract.rules.js';
import { Order } from './order.entity.js';

export enum ContractStatus {
  ACTIVE = 'ACTIVE',
  CANCELLED = 'CANCELLED',
  ENDED = 'ENDED',
}
registerEnumType(ContractStatus, {
  name: 'ContractStatus',
  description: 'Where a contract stands.',
  valuesConfig: {
    ACTIVE: { description: 'It holds, or will from its first day on.' },
    CANCELLED: { description: 'Notice was given: it holds until `endsOn` and is not renewed.' },
    ENDED: { description: 'It no longer holds.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'What a customer pays again and again: a subscription, or maintenance.',
  simpleResolvers: true,
})
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

  @Field(() => ID, { description: 'Id of the contract.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'contracts_pkey' })
  id: string;

  @Field({ description: 'Its number, such as C-2026-0001.' })
  @Column('text')
  number: string;

  @Field({ description: 'What it is about.' })
  @Column('text')
  name: string;

  @Field(() => ContractStatus, { description: 'Where it stands.' })
  @Column('text', { default: 'ACTIVE' })
  status: ContractStatus;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  orderId: string | null;

  /** The line it was made from, once. */
  @Column('uuid', { nullable: true })
  orderLineId: string | null;

  @Column('uuid', { nullable: true })
  productId: string | null;

  @Derived(({ quantity }: Contract) => printDecimal(quantity))
  @Field(() => Decimal, { description: 'How many of the product.' })
  @Column('numeric', { precision: 15, scale: 4, default: 1 })
  quantity: string;

  @Derived(({ amount, currency }: Contract) => moneyOf(amount, currency))
  @Field(() => Money, { description: 'What is paid every billing period, before tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  amount: string;

  @Column('text')
  currency: string;

  @Field(() => BillingPeriod, { description: 'How often it is paid.' })
  @Column('text')
  billingPeriod: BillingPeriod;

  @Field(() => CalendarDate, { description: 'The first day it holds.' })
  @Column('date')
  startsOn: string;

  @Field(() => Int, { description: 'How many months it runs until it is renewed.' })
  @Column('integer')
  termMonths: number;

  @Field(() => Int, { description: 'How often it was renewed.' })
  @Column('integer', { default: 0 })
  renewals: number;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day of its next term; nothing once it is not renewed any more.',
  })
  @Column('date', { nullable: true })
  renewsOn: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day it no longer holds, where that is known.' })
  @Column('date', { nullable: true })
  endsOn: string | null;

  @Field(() => Boolean, { description: 'Whether it is renewed unless notice is given.' })
  @Column('boolean', { default: true })
  renewsItself: boolean;

  @Field(() => Int, { description: 'How many days before the next term notice is to be given.' })
  @Column('integer', { default: 0 })
  noticeDays: number;

  @Field(() => DateTime, { nullable: true, description: 'When notice was given.' })
  @Column('timestamptz', { nullable: true })
  cancelledAt: string | null;

  @Field(() => String, { nullable: true, description: 'Why notice was given.' })
  @Column('text', { nullable: true })
  cancellationReason: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from; one contract has it.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Derived(({ renewsOn, noticeDays }: Contract) => renewsOn && daysBefore(renewsOn, noticeDays))
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day on which notice ends it with this term; nothing where it is not renewed any more.',
  })
  noticeBy?: string | null;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Whose it is, where you may see that.' })
  customer?: Customer;

  @Reference(() => Order, 'orderId', { nullable: true, description: 'The order it was made from.' })
  order?: Order;

  @Reference(() => Product, 'productId', { nullable: true, description: 'The product it is about.' })
  product?: Product;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Who looks after it.' })
  owner?: Member;
}
