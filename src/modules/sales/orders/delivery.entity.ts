import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, PublicId } from '../../../platform/schema/index.js';
import { Order } from './order.entity.js';

@ObjectType({ description: 'What left for the customer at one moment, or came back.', simpleResolvers: true })
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

  @PublicId('delivery')
  @Field(() => ID, { description: 'Its id.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deliveries_pkey' })
  id: string;

  @Column('uuid')
  orderId: string;

  /** DELIVERY or RETURN. */
  @Column('text')
  kind: string;

  @Field(() => String, { nullable: true, description: 'Number of the note that goes with it.' })
  @Column('text', { nullable: true })
  number: string | null;

  @Field(() => String, { nullable: true, description: 'Why it came back.' })
  @Column('text', { nullable: true })
  reason: string | null;

  @Field(() => DateTime, { description: 'When it happened.' })
  @Column('timestamptz')
  happenedAt: string;

  @Field(() => String, { nullable: true, description: 'Its id where it was recorded first; one delivery has it.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => DateTime, { description: 'When it was recorded.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
