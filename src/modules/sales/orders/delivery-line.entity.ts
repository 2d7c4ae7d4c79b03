import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Delivery } from './delivery.entity.js';
import { OrderLine } from './order-line.entity.js';

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

  @Column('numeric', { precision: 15, scale: 4 })
  quantity: string;
}
