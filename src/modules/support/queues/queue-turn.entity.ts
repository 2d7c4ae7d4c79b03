import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';
import { Queue } from './queue.entity.js';

/** When somebody last got a ticket of a queue, counted in its turns. */
@Entity('queue_turns')
@ForeignKey(() => Queue, ['organizationId', 'queueId'], ['organizationId', 'id'], {
  name: 'queue_turns_queue_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'queue_turns_member_fkey',
  onDelete: 'CASCADE',
})
export class QueueTurn {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_turns_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_turns_pkey' })
  queueId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_turns_pkey' })
  memberId: string;

  @Column('integer')
  turn: number;
}
