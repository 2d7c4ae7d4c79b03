import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, Team } from '../../access/index.js';
import { Network } from '../../social/index.js';
import { BusinessCalendar } from '../sla/business-calendar.entity.js';
import { TicketChannel, TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';
import { AssignmentStrategy } from './assignment.rules.js';
import './queue-enums.entity.js';

@ObjectType({
  implements: Node,
  description:
    'Tickets of one kind that wait for the same people. The first queue by position whose conditions fit gets a ticket.',
  simpleResolvers: true,
})
@Entity('support_queues')
@Unique('support_queues_name_key', ['organizationId', 'name'])
@Check('support_queues_capacity_check', `(capacity > 0)`)
@Check('support_queues_overflow_check', `(overflow_queue_id <> id)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'support_queues_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'support_queues_team_fkey' })
@ForeignKey(() => BusinessCalendar, ['organizationId', 'businessCalendarId'], ['organizationId', 'id'], {
  name: 'support_queues_calendar_fkey',
})
@ForeignKey(() => Queue, ['organizationId', 'overflowQueueId'], ['organizationId', 'id'], {
  name: 'support_queues_overflow_fkey',
})
@Index('support_queues_position_idx', ['organizationId', 'position', 'id'])
export class Queue {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'support_queues_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the queue.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'support_queues_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Column('uuid')
  teamId: string;

  @Field(() => Int, { description: 'Its place: of two queues that fit, the one with the lower place gets a ticket.' })
  @Column('integer', { default: 0 })
  position: number;

  @Field(() => [TicketChannel], { description: 'Channels it takes tickets of; any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  channels: TicketChannel[];

  @Field(() => [Network], { description: 'Networks it takes tickets of; any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  networks: Network[];

  @Column('uuid', { array: true, default: '{}' })
  categoryIds: string[];

  @Field(() => [TicketType], { description: 'Types of tickets it takes; any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  types: TicketType[];

  @Field(() => [TicketPriority], { description: 'Priorities of tickets it takes; any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  priorities: TicketPriority[];

  @Field(() => [String], { description: 'Tags, of which the customer has one; any customer when there is none.' })
  @Column('text', { array: true, default: '{}' })
  customerTags: string[];

  @Field(() => [String], {
    description: 'Languages of tickets it takes, BCP 47, with all their regions; any when there is none.',
  })
  @Column('text', { array: true, default: '{}' })
  languages: string[];

  @Field(() => AssignmentStrategy, { description: 'Who of it gets a ticket.' })
  @Column('text', { default: 'ROUND_ROBIN' })
  strategy: AssignmentStrategy;

  @Field({ description: 'Whether only those get a ticket who speak its language; otherwise they go first.' })
  @Column('boolean', { default: false })
  languageRequired: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'With how many open tickets somebody is given no more; nothing: without end.',
  })
  @Column('integer', { nullable: true })
  capacity: number | null;

  @Column('uuid', { nullable: true })
  overflowQueueId: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'After how many minutes with nobody a ticket goes to the overflow queue.',
  })
  @Column('integer', { nullable: true })
  overflowAfterMinutes: number | null;

  @Column('uuid', { nullable: true })
  businessCalendarId: string | null;

  @Column('integer', { default: 0, select: false })
  turns: number;

  @Field({ description: 'Whether it gets tickets.' })
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

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that works in it and sees its tickets.' })
  team?: Team;

  @Reference(() => BusinessCalendar, 'businessCalendarId', {
    nullable: true,
    description: 'When it works: outside these hours it gives nobody a ticket. Nothing: whenever somebody is there.',
  })
  businessCalendar?: BusinessCalendar;

  @Reference(() => Queue, 'overflowQueueId', {
    nullable: true,
    description: 'Where tickets go that wait too long, or when nobody of it is there.',
  })
  overflowQueue?: Queue;
}
