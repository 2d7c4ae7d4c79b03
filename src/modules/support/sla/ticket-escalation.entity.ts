import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Ticket } from '../tickets/ticket.entity.js';
import { EscalationRule } from './escalation-rule.entity.js';

@Entity('ticket_escalations')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_escalations_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => EscalationRule, ['organizationId', 'ruleId'], ['organizationId', 'id'], {
  name: 'ticket_escalations_rule_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_escalations_act_idx', ['actAt'], { where: `act_at is not null and acted_at is null` })
@Index('ticket_escalations_rule_idx', ['organizationId', 'ruleId'])
export class TicketEscalation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_escalations_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_escalations_pkey' })
  ticketId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_escalations_pkey' })
  ruleId: string;

  @Column('timestamptz', { nullable: true })
  actAt: string | null;

  @Column('timestamptz', { nullable: true })
  actedAt: string | null;
}
