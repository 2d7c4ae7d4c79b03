import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Member } from '../../access/index.js';
import type { TicketChannel } from '../tickets/ticket.states.rules.js';
import type { AvailabilityStatus } from './assignment.rules.js';

/** Whether somebody is given new tickets; whoever never said is. */
@Entity('member_availability')
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'member_availability_member_fkey',
  onDelete: 'CASCADE',
})
export class StoredAvailability {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_availability_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'member_availability_pkey' })
  memberId: string;

  @Column('text')
  status: AvailabilityStatus;

  @Column('timestamptz', { default: () => 'now()' })
  since: string;

  /** The most open tickets, by channel. */
  @Column('jsonb', { default: {} })
  capacities: Partial<Record<TicketChannel, number>>;
}
