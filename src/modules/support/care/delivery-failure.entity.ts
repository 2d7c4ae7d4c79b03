import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Reply } from '../../social/index.js';

@Entity('delivery_failures')
@ForeignKey(() => Reply, ['organizationId', 'replyId'], ['organizationId', 'id'], {
  name: 'delivery_failures_reply_fkey',
  onDelete: 'CASCADE',
})
export class DeliveryFailure {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_failures_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_failures_pkey' })
  replyId: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'delivery_failures_pkey' })
  attempt: number;

  @Column('timestamptz', { default: () => 'now()' })
  toldAt: string;
}
