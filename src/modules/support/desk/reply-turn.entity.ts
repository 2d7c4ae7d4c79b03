import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { TicketMessage } from '../tickets/ticket-message.entity.js';

@Entity('ticket_reply_turns')
@ForeignKey(() => TicketMessage, ['organizationId', 'messageId'], ['organizationId', 'id'], {
  name: 'ticket_reply_turns_message_fkey',
  onDelete: 'CASCADE',
})
export class TicketReplyTurn {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_reply_turns_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_reply_turns_pkey' })
  messageId: string;

  @Column('uuid')
  ticketId: string;

  @Column('text')
  statusBefore: string;

  @Column('text')
  statusAfter: string;
}
