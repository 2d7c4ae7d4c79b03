import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { Decimal, Derived, Money, moneyOf, PublicId, Reference } from '../../../platform/schema/index.js';
import { Product } from '../catalogue/product.entity.js';
import { Order } from './order.entity.js';

const money = (field: 'unitPrice' | 'net' | 'tax' | 'total') => (line: OrderLine & { currency: string }) =>
  moneyOf(line[field], line.currency);

const plain = (field: 'quantity' | 'deliveredQuantity' | 'returnedQuantity' | 'discountPercent' | 'taxPercent') =>
  Derived((line: OrderLine) => printDecimal(line[field]));

@ObjectType({ description: 'One thing of an order.', simpleResolvers: true })
@Entity('order_lines')
@Unique('order_lines_external_id_key', ['organizationId', 'orderId', 'externalId'])
@Check('order_lines_quantity_check', `(quantity > 0)`)
@Check('order_lines_delivered_check', `(delivered_quantity between 0 and quantity)`)
@Check('order_lines_returned_check', `(returned_quantity between 0 and delivered_quantity)`)
@ForeignKey(() => Order, ['organizationId', 'orderId'], ['organizationId', 'id'], {
  name: 'order_lines_order_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Product, ['organizationId', 'productId'], ['organizationId', 'id'], {
  name: 'order_lines_product_fkey',
})
@Index('order_lines_order_idx', ['organizationId', 'orderId', 'position', 'id'])
@Index('order_lines_product_idx', ['organizationId', 'productId'])
export class OrderLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'order_lines_pkey' })
  organizationId: string;

  @PublicId('order_line')
  @Field(() => ID, { description: 'Id of the line.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'order_lines_pkey' })
  id: string;

  @Column('uuid')
  orderId: string;

  @Field(() => Int, { description: 'Its place in the order, from 1.' })
  @Column('integer')
  position: number;

  @Column('uuid', { nullable: true })
  productId: string | null;

  @Field({ description: 'What it is.' })
  @Column('text')
  description: string;

  @plain('quantity')
  @Field(() => Decimal, { description: 'How much of it was ordered.' })
  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;

  @plain('deliveredQuantity')
  @Field(() => Decimal, { description: 'How much of it left for the customer.' })
  @Column('numeric', { precision: 15, scale: 4, default: 0 })
  deliveredQuantity: string;

  @plain('returnedQuantity')
  @Field(() => Decimal, { description: 'How much of that came back.' })
  @Column('numeric', { precision: 15, scale: 4, default: 0 })
  returnedQuantity: string;

  @Field(() => String, { nullable: true, description: 'Code of the unit it is counted in.' })
  @Column('text', { nullable: true })
  unit: string | null;

  @Derived(money('unitPrice'))
  @Field(() => Money, { description: 'Of one, before discount and tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  unitPrice: string;

  @plain('discountPercent')
  @Field(() => Decimal, { description: 'Percent that was taken off this line.' })
  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  discountPercent: string;

  @plain('taxPercent')
  @Field(() => Decimal, { description: 'Percent of tax.' })
  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  taxPercent: string;

  @Derived(money('net'))
  @Field(() => Money, { description: 'After discounts, before tax.' })
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

  @Column('text', { nullable: true })
  externalId: string | null;

  @Reference(() => Product, 'productId', {
    nullable: true,
    description: 'The product; nothing for what is words only, or where you may not see it.',
  })
  product?: Product;
}
