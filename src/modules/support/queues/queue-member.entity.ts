import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';
import { Queue } from './queue.entity.js';

/** Who works in a queue, where that is not everybody of its team. */
@Entity('queue_members')
@ForeignKey(() => Queue, ['organizationId', 'queueId'], ['organizationId', 'id'], {
  name: 'queue_members_queue_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'queue_members_member_fkey',
  onDelete: 'CASCADE',
})
@Index('queue_members_member_idx', ['organizationId', 'memberId'])
export class QueueMember {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_members_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_members_pkey' })
  queueId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_members_pkey' })
  memberId: string;
}
