import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../../platform/schema/index.js';
import { Member, Organization, Team } from '../../access/index.js';
import { Queue } from '../queues/queue.entity.js';
import { TicketChannel, TicketPriority } from '../tickets/ticket.states.rules.js';
import { EscalationTrigger } from './escalation.rules.js';
import { SlaMetric } from './history.rules.js';
import './sla-enums.entity.js';

@ObjectType({
  implements: Node,
  description: 'What is done by itself about tickets that wait too long, once a ticket.',
  simpleResolvers: true,
})
@Entity('escalation_rules')
@Unique('escalation_rules_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'escalation_rules_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'assigneeId'], ['organizationId', 'id'], {
  name: 'escalation_rules_assignee_fkey',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'escalation_rules_team_fkey' })
@ForeignKey(() => Member, ['organizationId', 'followerId'], ['organizationId', 'id'], {
  name: 'escalation_rules_follower_fkey',
})
@Index('escalation_rules_position_idx', ['organizationId', 'position', 'id'])
export class EscalationRule {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'escalation_rules_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the rule.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'escalation_rules_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Field(() => Int, { description: 'Rules act from the lowest on.' })
  @Column('integer')
  position: number;

  @Field(() => EscalationTrigger, { description: 'What it waits for.' })
  @Column('text')
  trigger: EscalationTrigger;

  @Field(() => SlaMetric, { nullable: true, description: 'Which promised time, where it waits for one.' })
  @Column('text', { nullable: true })
  metric: SlaMetric | null;

  @Field(() => Int, { description: "Minutes of open time, of the ticket's calendar." })
  @Column('integer')
  minutes: number;

  @Field(() => [TicketPriority], { description: 'Only tickets of these priorities; of any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  priorities: TicketPriority[];

  @Field(() => [TicketChannel], { description: 'Only tickets that came by these; by any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  channels: TicketChannel[];

  @Field(() => TicketPriority, { nullable: true, description: 'Tickets that matter less are raised to this priority.' })
  @Column('text', { nullable: true })
  raiseTo: TicketPriority | null;

  @Column('uuid', { nullable: true })
  assigneeId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  queueId: string | null;

  @Column('uuid', { nullable: true })
  followerId: string | null;

  @Field(() => String, { nullable: true, description: 'What is noted in tickets, for staff alone.' })
  @Column('text', { nullable: true })
  note: string | null;

  @Field({ description: 'Whether it is followed.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()', select: false })
  updatedAt: string;

  @Reference(() => Member, 'assigneeId', { nullable: true, description: 'Who is given tickets.' })
  assignee?: Member;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that is given tickets.' })
  team?: Team;

  @Reference(() => Queue, 'queueId', { nullable: true, description: 'The queue that tickets are put into.' })
  queue?: Queue;

  @Reference(() => Member, 'followerId', { nullable: true, description: 'Who follows tickets from then on.' })
  follower?: Member;
}
