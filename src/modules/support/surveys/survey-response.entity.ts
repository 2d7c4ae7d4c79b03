import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../../platform/schema/index.js';
import { Member, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Post } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { TicketChannel } from '../tickets/ticket.states.rules.js';
import { Survey } from './survey.entity.js';
import { SurveyKind } from './survey.rules.js';
import { SurveyInvitation } from './survey-invitation.entity.js';

@ObjectType({ implements: Node, description: 'What a customer answered to a survey.', simpleResolvers: true })
@Entity('survey_responses')
@Unique('survey_responses_invitation_key', ['organizationId', 'invitationId'])
@Check('survey_responses_score_check', `(score between 0 and 10)`)
@ForeignKey(() => SurveyInvitation, ['organizationId', 'invitationId'], ['organizationId', 'id'], {
  name: 'survey_responses_invitation_fkey',
})
@ForeignKey(() => Survey, ['organizationId', 'surveyId'], ['organizationId', 'id'], {
  name: 'survey_responses_survey_fkey',
})
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'survey_responses_ticket_fkey',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'survey_responses_customer_fkey',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'survey_responses_member_fkey',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'survey_responses_team_fkey' })
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], { name: 'survey_responses_post_fkey' })
@Index('survey_responses_answered_idx', ['organizationId', 'answeredAt', 'id'])
@Index('survey_responses_ticket_idx', ['organizationId', 'ticketId'])
@Index('survey_responses_customer_idx', ['organizationId', 'customerId', 'answeredAt'])
@Index('survey_responses_member_idx', ['organizationId', 'memberId', 'answeredAt'])
@Index('survey_responses_post_idx', ['organizationId', 'postId'], { where: `post_id is not null` })
export class SurveyResponse {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'survey_responses_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the answer.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'survey_responses_pkey' })
  id: string;

  @Column('uuid')
  invitationId: string;

  @Column('uuid')
  surveyId: string;

  @Field(() => SurveyKind, { description: 'What was asked for.' })
  @Column('text')
  kind: SurveyKind;

  @Column('uuid')
  ticketId: string;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Column('uuid', { nullable: true })
  memberId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Field(() => TicketChannel, { description: 'By which channel they were asked.' })
  @Column('text')
  channel: TicketChannel;

  @Field(() => Int, { description: 'What they gave: CSAT from 1 to 5, NPS from 0 to 10, CES from 1 to 7.' })
  @Column('integer')
  score: number;

  @Column('uuid', { nullable: true })
  postId: string | null;

  @Field(() => DateTime, { description: 'When they first answered.' })
  @Column('timestamptz', { default: () => 'now()' })
  answeredAt: string;

  @Field(() => DateTime, { description: 'When they last changed their answer.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket they were asked about.' })
  ticket?: Ticket;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Who answered, where we know.' })
  customer?: Customer;

  @Reference(() => Member, 'memberId', { nullable: true, description: 'Who looked after the ticket when it was done.' })
  member?: Member;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that did.' })
  team?: Team;

  @Reference(() => Post, 'postId', {
    nullable: true,
    description: 'What they said beside it: a post, with its sentiment.',
  })
  comment?: Post;
}
