import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Ticket } from './ticket.entity.js';

@Entity('ticket_links')
@Unique('ticket_links_key', ['organizationId', 'fromTicketId', 'toTicketId', 'kind'])
@Check('ticket_links_ends_check', `(from_ticket_id <> to_ticket_id)`)
@ForeignKey(() => Ticket, ['organizationId', 'fromTicketId'], ['organizationId', 'id'], {
  name: 'ticket_links_from_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Ticket, ['organizationId', 'toTicketId'], ['organizationId', 'id'], {
  name: 'ticket_links_to_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_links_to_idx', ['organizationId', 'toTicketId'])
export class TicketLink {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_links_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_links_pkey' })
  id: string;

  @Column('uuid')
  fromTicketId: string;

  @Column('uuid')
  toTicketId: string;

  @Column('text')
  kind: string;

  @Column('text')
  createdBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
