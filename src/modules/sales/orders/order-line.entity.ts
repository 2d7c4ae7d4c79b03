import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Product } from '../catalogue/product.entity.js';
import { Order } from './order.entity.js';

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

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'order_lines_pkey' })
  id: string;

  @Column('uuid')
  orderId: string;

  @Column('integer')
  position: number;

  @Column('uuid', { nullable: true })
  productId: string | null;

  @Column('text')
  description: string;

  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;

  @Column('numeric', { precision: 15, scale: 4, default: 0 })
  deliveredQuantity: string;

  @Column('numeric', { precision: 15, scale: 4, default: 0 })
  returnedQuantity: string;

  @Column('text', { nullable: true })
  unit: string | null;

  @Column('numeric', { precision: 19, scale: 4 })
  unitPrice: string;

  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  discountPercent: string;

  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  taxPercent: string;

  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @Column('numeric', { precision: 19, scale: 4 })
  total: string;

  @Column('text', { nullable: true })
  externalId: string | null;
}
