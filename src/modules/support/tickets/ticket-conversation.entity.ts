import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Conversation } from '../../social/index.js';
import { Ticket } from './ticket.entity.js';

@Entity('ticket_conversations')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_conversations_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Conversation, ['organizationId', 'conversationId'], ['organizationId', 'id'], {
  name: 'ticket_conversations_conversation_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_conversations_conversation_idx', ['organizationId', 'conversationId', 'addedAt'])
export class TicketConversation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_conversations_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_conversations_pkey' })
  ticketId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_conversations_pkey' })
  conversationId: string;

  @Column('timestamptz', { default: () => 'now()' })
  addedAt: string;
}
