import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Ticket } from '../tickets/ticket.entity.js';
import { Queue } from './queue.entity.js';

/** A ticket of a queue that nobody has. Kept by a trigger on tickets, whoever moves them. */
@Entity('queue_waiting')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'queue_waiting_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Queue, ['organizationId', 'queueId'], ['organizationId', 'id'], {
  name: 'queue_waiting_queue_fkey',
  onDelete: 'CASCADE',
})
@Index('queue_waiting_queue_idx', ['organizationId', 'queueId', 'since'])
export class QueueWaiting {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_waiting_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'queue_waiting_pkey' })
  ticketId: string;

  @Column('uuid')
  queueId: string;

  @Column('timestamptz')
  since: string;

  @Column('uuid', { nullable: true })
  passedOverId: string | null;
}
