import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';

@Entity('ticket_seen')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_seen_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'ticket_seen_member_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_seen_member_idx', ['organizationId', 'memberId'])
export class TicketSeen {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_seen_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_seen_pkey' })
  ticketId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_seen_pkey' })
  memberId: string;

  @Column('uuid')
  messageId: string;

  @Column('timestamptz', { default: () => 'now()' })
  seenAt: string;
}
