import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketChannel } from '../tickets/ticket.states.rules.js';
import { Survey } from './survey.entity.js';
import { InvitationState } from './survey.rules.js';

@Entity('survey_invitations')
@Unique('survey_invitations_key', ['organizationId', 'ticketId', 'surveyId'])
@ForeignKey(() => Survey, ['organizationId', 'surveyId'], ['organizationId', 'id'], {
  name: 'survey_invitations_survey_fkey',
})
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'survey_invitations_ticket_fkey',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'survey_invitations_customer_fkey',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'survey_invitations_member_fkey',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], {
  name: 'survey_invitations_team_fkey',
})
@Index('survey_invitations_token_key', ['tokenDigest'], { unique: true, where: `token_digest is not null` })
@Index('survey_invitations_customer_idx', ['organizationId', 'customerId', 'sentAt'])
@Index('survey_invitations_sent_idx', ['organizationId', 'sentAt'], { where: `state = 'SENT'` })
@Index('survey_invitations_member_idx', ['organizationId', 'memberId', 'sentAt'])
export class SurveyInvitation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'survey_invitations_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'survey_invitations_pkey' })
  id: string;

  @Column('uuid')
  surveyId: string;

  @Column('uuid')
  ticketId: string;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Column('text', { default: 'WAITING' })
  state: InvitationState;

  @Column('text', { nullable: true })
  skippedBecause: string | null;

  @Column('text', { nullable: true })
  language: string | null;

  @Column('text')
  channel: TicketChannel;

  @Column('uuid', { nullable: true })
  memberId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('text', { nullable: true, select: false })
  tokenDigest: string | null;

  @Column('uuid', { nullable: true })
  messageId: string | null;

  @Column('timestamptz')
  dueAt: string;

  @Column('timestamptz', { nullable: true })
  sentAt: string | null;

  @Column('timestamptz')
  expiresAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;
}
