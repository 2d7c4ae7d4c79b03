import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Ticket } from '../tickets/ticket.entity.js';
import type { SlaMetric } from './history.rules.js';
import { SlaPolicy } from './sla-policy.entity.js';

@Entity('ticket_clocks')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_clocks_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SlaPolicy, ['organizationId', 'policyId'], ['organizationId', 'id'], {
  name: 'ticket_clocks_policy_fkey',
})
@Index('ticket_clocks_tell_idx', ['tellAt'], { where: `tell_at is not null` })
@Index('ticket_clocks_started_idx', ['organizationId', 'startedAt'])
@Index('ticket_clocks_policy_idx', ['organizationId', 'policyId'])
export class TicketClock {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_clocks_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_clocks_pkey' })
  ticketId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'ticket_clocks_pkey' })
  metric: SlaMetric;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'ticket_clocks_pkey' })
  turn: number;

  @Column('uuid')
  policyId: string;

  @Column('uuid', { nullable: true })
  calendarId: string | null;

  @Column('integer')
  targetMinutes: number;

  @Column('timestamptz')
  startedAt: string;

  @Column('timestamptz', { nullable: true })
  runningSince: string | null;

  @Column('timestamptz', { nullable: true })
  pausedSince: string | null;

  @Column('bigint', { default: 0 })
  elapsedMs: number;

  @Column('timestamptz', { nullable: true })
  dueAt: string | null;

  @Column('timestamptz', { nullable: true })
  warnAt: string | null;

  @Column('timestamptz', { nullable: true })
  metAt: string | null;

  @Column('timestamptz', { nullable: true })
  stoppedAt: string | null;

  @Column('timestamptz', { nullable: true })
  breachedAt: string | null;

  @Column('timestamptz', { nullable: true })
  warnedAt: string | null;

  @Column('timestamptz', { nullable: true })
  breachToldAt: string | null;

  @Column('timestamptz', { nullable: true })
  tellAt: string | null;
}
