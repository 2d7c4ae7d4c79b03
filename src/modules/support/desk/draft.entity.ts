import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';
import { Ticket } from '../tickets/ticket.entity.js';

@Entity('ticket_drafts')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_drafts_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'ticket_drafts_member_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_drafts_member_idx', ['organizationId', 'memberId'])
export class TicketDraft {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_drafts_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_drafts_pkey' })
  ticketId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_drafts_pkey' })
  memberId: string;

  @Column('text')
  text: string;

  @Column('text', { nullable: true })
  visibility: string | null;

  @Column('text', { nullable: true })
  language: string | null;

  @Column('text', { nullable: true })
  device: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
