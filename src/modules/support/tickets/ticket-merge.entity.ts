import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Ticket } from './ticket.entity.js';

@Entity('ticket_merges')
@ForeignKey(() => Ticket, ['organizationId', 'survivorId'], ['organizationId', 'id'], {
  name: 'ticket_merges_survivor_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Ticket, ['organizationId', 'mergedId'], ['organizationId', 'id'], {
  name: 'ticket_merges_merged_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_merges_survivor_idx', ['organizationId', 'survivorId', 'mergedAt'])
@Index('ticket_merges_merged_key', ['organizationId', 'mergedId'], { unique: true, where: `undone_at is null` })
@Index('ticket_merges_merged_idx', ['organizationId', 'mergedId', 'mergedAt'])
export class TicketMerge {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_merges_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_merges_pkey' })
  id: string;

  @Column('uuid')
  survivorId: string;

  @Column('uuid')
  mergedId: string;

  @Column('text')
  mergedBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  mergedAt: string;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('jsonb')
  former: Record<string, unknown>;

  @Column('uuid', { array: true, default: '{}' })
  messageIds: string[];

  @Column('uuid', { array: true, default: '{}' })
  conversationIds: string[];

  @Column('uuid', { array: true, default: '{}' })
  followerIds: string[];

  @Column('uuid', { array: true, default: '{}' })
  linkIds: string[];

  @Column('uuid', { array: true, default: '{}' })
  partIds: string[];

  @Column('uuid', { array: true, default: '{}' })
  useIds: string[];

  @Column('timestamptz', { nullable: true })
  undoneAt: string | null;

  @Column('text', { nullable: true })
  undoneBy: string | null;
}
