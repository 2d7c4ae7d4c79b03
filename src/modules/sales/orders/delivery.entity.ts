import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Order } from './order.entity.js';

@Entity('deliveries')
@Unique('deliveries_external_id_key', ['organizationId', 'externalId'])
@ForeignKey(() => Order, ['organizationId', 'orderId'], ['organizationId', 'id'], {
  name: 'deliveries_order_fkey',
  onDelete: 'CASCADE',
})
@Index('deliveries_order_idx', ['organizationId', 'orderId', 'happenedAt', 'id'])
export class Delivery {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deliveries_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deliveries_pkey' })
  id: string;

  @Column('uuid')
  orderId: string;

  /** DELIVERY or RETURN. */
  @Column('text')
  kind: string;

  @Column('text', { nullable: true })
  number: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz')
  happenedAt: string;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
