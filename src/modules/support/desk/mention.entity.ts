import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';
import { TicketMessage } from '../tickets/ticket-message.entity.js';

@Entity('ticket_mentions')
@ForeignKey(() => TicketMessage, ['organizationId', 'messageId'], ['organizationId', 'id'], {
  name: 'ticket_mentions_message_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'ticket_mentions_member_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_mentions_message_idx', ['organizationId', 'messageId'])
export class TicketMention {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_mentions_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_mentions_pkey' })
  memberId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_mentions_pkey' })
  messageId: string;

  @Column('timestamptz', { default: () => 'now()' })
  mentionedAt: string;
}
