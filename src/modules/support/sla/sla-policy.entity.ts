import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { Organization } from '../../access/index.js';
import { CustomerKind } from '../../customers/index.js';
import { TicketChannel, TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';
import { BusinessCalendar } from './business-calendar.entity.js';
import { publicCategory, publicQueue, type Targets } from './policy.rules.js';

@ObjectType({
  description: 'What is promised to tickets of a priority, in minutes of open time.',
  simpleResolvers: true,
})
export class SlaTarget {
  @Field(() => TicketPriority, { description: 'The priority.' })
  priority: TicketPriority;
  @Field(() => Int, { nullable: true, description: 'Until we first answer; nothing when that is not promised.' })
  firstResponseMinutes: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Until we answer what is said later; nothing when that is not promised.',
  })
  nextResponseMinutes: number | null;
  @Field(() => Int, { nullable: true, description: 'Until it is solved; nothing when that is not promised.' })
  resolutionMinutes: number | null;
}

@ObjectType({
  implements: Node,
  description: 'What is promised to some tickets. The first one that fits a ticket, by their order, decides.',
  simpleResolvers: true,
})
@Entity('sla_policies')
@Unique('sla_policies_name_key', ['organizationId', 'name'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'sla_policies_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => BusinessCalendar, ['organizationId', 'calendarId'], ['organizationId', 'id'], {
  name: 'sla_policies_calendar_fkey',
})
@Index('sla_policies_position_idx', ['organizationId', 'position', 'id'])
@Index('sla_policies_calendar_idx', ['organizationId', 'calendarId'], { where: `calendar_id is not null` })
export class SlaPolicy {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sla_policies_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the policy.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sla_policies_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Field(() => Int, { description: 'Policies are tried from the lowest on; the first that fits decides.' })
  @Column('integer')
  position: number;

  @Field(() => [String], {
    description: 'Only tickets of customers with one of these tags; of anybody when there is none.',
  })
  @Column('text', { array: true, default: '{}' })
  segments: string[];

  @Field(() => [TicketChannel], { description: 'Only tickets that came by these; by any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  channels: TicketChannel[];

  @Field(() => [TicketPriority], { description: 'Only tickets of these priorities; of any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  priorities: TicketPriority[];

  @Field(() => [TicketType], { description: 'Only tickets of these types; of any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  types: TicketType[];

  @Derived(({ categoryIds }: SlaPolicy) => categoryIds.map(publicCategory))
  @Field(() => [ID], { description: 'Only tickets of these categories; of any when there is none.' })
  @Column('uuid', { array: true, default: '{}' })
  categoryIds: string[];

  @Derived(({ queueIds }: SlaPolicy) => queueIds.map(publicQueue))
  @Field(() => [ID], { description: 'Only tickets in these queues; in any when there is none.' })
  @Column('uuid', { array: true, default: '{}' })
  queueIds: string[];

  @Field(() => [CustomerKind], { description: 'Only tickets of these kinds of customer; of any when there is none.' })
  @Column('text', { array: true, default: '{}' })
  customerKinds: CustomerKind[];

  @Column('uuid', { nullable: true })
  calendarId: string | null;

  @Derived(({ targets }: SlaPolicy) => targetsOf(targets))
  @Field(() => [SlaTarget], {
    description: 'What it promises, by priority; nothing to the priorities that are not there.',
  })
  @Column('jsonb')
  targets: Partial<Record<TicketPriority, Targets>>;

  @Field(() => Int, { nullable: true, description: 'So many minutes of open time before a time runs out, it is told.' })
  @Column('integer', { nullable: true })
  warnMinutes: number | null;

  @Field(() => Int, { nullable: true, description: 'When so much of a promised time is left, in percent, it is told.' })
  @Column('integer', { nullable: true })
  warnPercent: number | null;

  @Field({ description: 'Whether the time stands still while we wait for somebody other than the customer.' })
  @Column('boolean', { default: true })
  pausesOnHold: boolean;

  @Field({ description: 'Whether tickets are given it.' })
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

  @Reference(() => BusinessCalendar, 'calendarId', {
    nullable: true,
    description: 'When its time runs; nothing when the default calendar decides.',
  })
  calendar?: BusinessCalendar;
}

const targetsOf = (targets: Partial<Record<TicketPriority, Targets>>): SlaTarget[] =>
  Object.values(TicketPriority)
    .filter(priority => targets[priority])
    .map(priority => ({
      priority,
      firstResponseMinutes: targets[priority]?.firstResponse ?? null,
      nextResponseMinutes: targets[priority]?.nextResponse ?? null,
      resolutionMinutes: targets[priority]?.resolution ?? null,
    }));
