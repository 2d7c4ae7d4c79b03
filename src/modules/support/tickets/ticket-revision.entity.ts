import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Ticket } from './ticket.entity.js';

@Entity('ticket_revisions')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_revisions_ticket_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_revisions_at_idx', ['organizationId', 'changedAt'])
export class TicketRevision {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_revisions_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_revisions_pkey' })
  ticketId: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'ticket_revisions_pkey' })
  changedAt: string;

  @Column('timestamptz', { nullable: true })
  changedUntil: string | null;

  @Column('text')
  changedBy: string;

  @Column('text')
  status: string;

  @Column('text')
  priority: string;

  @Column('uuid', { nullable: true })
  assigneeId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  queueId: string | null;

  @Column('uuid', { nullable: true })
  categoryId: string | null;

  @Column('text', { nullable: true })
  reason: string | null;
}
