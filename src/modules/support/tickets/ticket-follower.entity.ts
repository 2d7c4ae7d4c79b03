import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';
import { Ticket } from './ticket.entity.js';

@Entity('ticket_followers')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_followers_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'ticket_followers_member_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_followers_member_idx', ['organizationId', 'memberId'])
export class TicketFollower {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_followers_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_followers_pkey' })
  ticketId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_followers_pkey' })
  memberId: string;

  @Column('timestamptz', { default: () => 'now()' })
  since: string;
}
