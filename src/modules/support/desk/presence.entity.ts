import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';

@Entity('ticket_presence')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_presence_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'ticket_presence_member_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_presence_until_idx', ['until'])
@Index('ticket_presence_member_idx', ['organizationId', 'memberId'])
export class TicketPresence {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_presence_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_presence_pkey' })
  ticketId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_presence_pkey' })
  memberId: string;

  @Column('text')
  state: string;

  @Column('timestamptz', { default: () => 'now()' })
  since: string;

  @Column('timestamptz')
  until: string;
}
