import { Field, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { printDecimal } from '../../../platform/money.js';
import { Decimal, Derived } from '../../../platform/schema/index.js';
import { Delivery } from './delivery.entity.js';
import { OrderLine } from './order-line.entity.js';

@ObjectType({ description: 'How much of one line of an order left, or came back.', simpleResolvers: true })
@Entity('delivery_lines')
@Check('delivery_lines_quantity_check', `(quantity > 0)`)
@ForeignKey(() => Delivery, ['organizationId', 'deliveryId'], ['organizationId', 'id'], {
  name: 'delivery_lines_delivery_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => OrderLine, ['organizationId', 'orderLineId'], ['organizationId', 'id'], {
  name: 'delivery_lines_line_fkey',
  onDelete: 'CASCADE',
})
export class DeliveryLine {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_lines_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_lines_pkey' })
  deliveryId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_lines_pkey' })
  orderLineId: string;

  @Derived(({ quantity }: DeliveryLine) => printDecimal(quantity))
  @Field(() => Decimal, { description: 'How much.' })
  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;
}
