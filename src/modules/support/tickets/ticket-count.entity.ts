import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organization } from '../../access/index.js';

/** What changed of how many tickets stand where; the sum is how many there are. */
@Entity('ticket_counts')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'ticket_counts_organization_fkey',
  onDelete: 'CASCADE',
})
export class TicketCount {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_counts_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_counts_pkey' })
  id: string;

  @Column('text')
  status: string;

  @Column('integer')
  delta: number;
}
