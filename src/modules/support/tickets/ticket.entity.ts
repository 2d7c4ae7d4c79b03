import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Hideable, Json, Node, Reference } from '../../../platform/schema/index.js';
import { Member, Organization, publicActor, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Conversation, Network, Post, SocialIdentity } from '../../social/index.js';
import { Incident } from '../care/incident.entity.js';
import { ContactReason } from '../quality/contact-reason.entity.js';
import { Queue } from '../queues/queue.entity.js';
import { SlaPolicy } from '../sla/sla-policy.entity.js';
import { TicketChannel, TicketPriority, TicketStatus, TicketType } from './ticket.states.rules.js';
import { TicketCategory } from './ticket-category.entity.js';
import { slaOf, TicketSla } from './ticket-sla.entity.js';
import './ticket-enums.entity.js';

@ObjectType({
  implements: Node,
  description: 'What somebody wants from us, and the one conversation about it, whatever the channel.',
  simpleResolvers: true,
})
@Entity('tickets')
@Unique('tickets_number_key', ['organizationId', 'number'])
@Unique('tickets_external_id_key', ['organizationId', 'externalId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'tickets_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'tickets_customer_fkey',
})
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'tickets_identity_fkey',
})
@ForeignKey(() => Post, ['organizationId', 'sourcePostId'], ['organizationId', 'id'], {
  name: 'tickets_source_post_fkey',
})
@ForeignKey(() => Conversation, ['organizationId', 'conversationId'], ['organizationId', 'id'], {
  name: 'tickets_conversation_fkey',
})
@ForeignKey(() => Member, ['organizationId', 'assigneeId'], ['organizationId', 'id'], { name: 'tickets_assignee_fkey' })
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'tickets_team_fkey' })
@ForeignKey(() => Queue, ['organizationId', 'queueId'], ['organizationId', 'id'], { name: 'tickets_queue_fkey' })
@ForeignKey(() => TicketCategory, ['organizationId', 'categoryId'], ['organizationId', 'id'], {
  name: 'tickets_category_fkey',
})
@ForeignKey(() => Incident, ['organizationId', 'incidentId'], ['organizationId', 'id'], {
  name: 'tickets_incident_fkey',
})
@ForeignKey(() => Ticket, ['organizationId', 'parentId'], ['organizationId', 'id'], { name: 'tickets_parent_fkey' })
@ForeignKey(() => Ticket, ['organizationId', 'mergedIntoId'], ['organizationId', 'id'], {
  name: 'tickets_merged_into_fkey',
})
@ForeignKey(() => SlaPolicy, ['organizationId', 'slaPolicyId'], ['organizationId', 'id'], {
  name: 'tickets_sla_policy_fkey',
})
@Index('tickets_sla_policy_idx', ['organizationId', 'slaPolicyId'], { where: `sla_policy_id is not null` })
@Index('tickets_source_post_key', ['organizationId', 'sourcePostId'], {
  unique: true,
  where: `source_post_id is not null`,
})
@Index('tickets_opened_idx', ['organizationId', 'openedAt', 'id'])
@Index('tickets_updated_idx', ['organizationId', 'updatedAt', 'id'])
@Index('tickets_last_message_idx', ['organizationId', 'lastMessageAt', 'id'])
@Index('tickets_waiting_idx', ['organizationId', 'waitingSince', 'id'])
@Index('tickets_next_due_idx', ['organizationId', 'nextDueAt', 'id'])
@Index('tickets_resolution_due_idx', ['organizationId', 'resolutionDueAt', 'id'])
@Index('tickets_priority_idx', { synchronize: false })
@Index('tickets_status_idx', ['organizationId', 'status', 'openedAt', 'id'])
@Index('tickets_customer_idx', ['organizationId', 'customerId', 'openedAt', 'id'])
@Index('tickets_identity_idx', ['organizationId', 'identityId', 'openedAt', 'id'])
@Index('tickets_assignee_idx', ['organizationId', 'assigneeId', 'openedAt', 'id'])
@Index('tickets_team_idx', ['organizationId', 'teamId', 'openedAt', 'id'])
@Index('tickets_queue_idx', ['organizationId', 'queueId', 'openedAt', 'id'])
@Index('tickets_conversation_idx', ['organizationId', 'conversationId'])
@Index('tickets_category_idx', ['organizationId', 'categoryId'])
@Index('tickets_incident_idx', ['organizationId', 'incidentId'], { where: `incident_id is not null` })
@Index('tickets_parent_idx', ['organizationId', 'parentId'], { where: `parent_id is not null` })
@Index('tickets_merged_into_idx', ['organizationId', 'mergedIntoId'], { where: `merged_into_id is not null` })
@Index('tickets_open_idx', { synchronize: false })
@Index('tickets_text_idx', { synchronize: false })
@Index('tickets_tags_idx', { synchronize: false })
@Index('tickets_load_idx', { synchronize: false })
@Index('tickets_open_last_message_idx', { synchronize: false })
@Index('tickets_open_team_idx', { synchronize: false })
@Index('tickets_solved_idx', ['organizationId', 'solvedAt'], { where: `status = 'SOLVED'` })
@Index('tickets_snoozed_idx', ['organizationId', 'snoozedUntil'], { where: `snoozed_until is not null` })
@ForeignKey(() => ContactReason, ['organizationId', 'reasonId'], ['organizationId', 'id'], {
  name: 'tickets_reason_fkey',
})
@ForeignKey(() => ContactReason, ['organizationId', 'rootCauseId'], ['organizationId', 'id'], {
  name: 'tickets_root_cause_fkey',
})
@Index('tickets_reason_idx', ['organizationId', 'reasonId'], { where: 'reason_id is not null' })
@Index('tickets_root_cause_idx', ['organizationId', 'rootCauseId'], { where: 'root_cause_id is not null' })
export class Ticket {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tickets_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the ticket.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tickets_pkey' })
  id: string;

  @Field({ description: 'Its number in the organisation, such as T-2026-0001.' })
  @Column('text')
  number: string;

  @Field({ description: 'What it is about, in one line.' })
  @Column('text')
  subject: string;

  @Column('text', { nullable: true })
  description: string | null;

  @Field(() => TicketType, { nullable: true, description: 'What kind of concern it is, once somebody said.' })
  @Column('text', { nullable: true })
  type: TicketType | null;

  @Field(() => TicketStatus, { description: 'Where it stands.' })
  @Column('text', { default: 'NEW' })
  status: TicketStatus;

  @Field(() => TicketPriority, { description: 'How much it matters.' })
  @Column('text', { default: 'NORMAL' })
  priority: TicketPriority;

  @Field(() => TicketChannel, { description: 'How it came to us.' })
  @Column('text')
  channel: TicketChannel;

  @Field(() => Network, { nullable: true, description: 'The network it came by, where it came by one.' })
  @Column('text', { nullable: true })
  network: Network | null;

  @Field(() => String, { nullable: true, description: 'Language of its customer in it, BCP 47.' })
  @Column('text', { nullable: true })
  language: string | null;

  @Hideable()
  @Field(() => [String], { nullable: true, description: 'Its tags.' })
  @Column('text', { array: true, default: '{}' })
  tags: string[];

  @Hideable()
  @Field(() => Json, {
    nullable: true,
    description: 'Values of the fields of its own that the organisation keeps of tickets, by key.',
  })
  @Column('jsonb', { default: {} })
  customFields: Record<string, unknown>;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Column('uuid', { nullable: true })
  identityId: string | null;

  @Column('uuid', { nullable: true })
  sourcePostId: string | null;

  @Column('uuid', { nullable: true })
  conversationId: string | null;

  @Column('uuid', { nullable: true })
  assigneeId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  queueId: string | null;

  @Column('uuid', { nullable: true })
  categoryId: string | null;

  @Column('uuid', { nullable: true })
  reasonId: string | null;

  @Column('uuid', { nullable: true })
  rootCauseId: string | null;

  @Column('uuid', { nullable: true })
  incidentId: string | null;

  @Column('uuid', { nullable: true })
  slaPolicyId: string | null;

  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Column('uuid', { nullable: true })
  mergedIntoId: string | null;

  @Field(() => DateTime, { description: 'When it was opened.' })
  @Column('timestamptz', { default: () => 'now()' })
  openedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When our first answer went out.' })
  @Column('timestamptz', { nullable: true })
  firstRespondedAt: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Since when its customer waits for us; nothing while it is not our turn. An answer ends that when it goes out, not when it is written.',
  })
  @Column('timestamptz', { nullable: true })
  waitingSince: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When its customer spoke last.' })
  @Column('timestamptz', { nullable: true })
  lastCustomerMessageAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When our last answer went out.' })
  @Column('timestamptz', { nullable: true })
  lastAgentMessageAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When anybody spoke last.' })
  @Column('timestamptz', { nullable: true })
  lastMessageAt: string | null;

  @Column('integer', { default: 0 })
  messageCount: number;

  @Column('timestamptz', { nullable: true })
  firstResponseDueAt: string | null;

  @Column('timestamptz', { nullable: true })
  nextResponseDueAt: string | null;

  @Column('timestamptz', { nullable: true })
  resolutionDueAt: string | null;

  @Column('timestamptz', { nullable: true })
  slaBreachedAt: string | null;

  @Column('timestamptz', { nullable: true })
  nextDueAt: string | null;

  @Hideable()
  @Field(() => DateTime, { nullable: true, description: 'Until when it is put off; a word of the customer ends that.' })
  @Column('timestamptz', { nullable: true })
  snoozedUntil: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was solved.' })
  @Column('timestamptz', { nullable: true })
  solvedAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was closed for good.' })
  @Column('timestamptz', { nullable: true })
  closedAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last opened again.' })
  @Column('timestamptz', { nullable: true })
  reopenedAt: string | null;

  @Field(() => Int, { description: 'How often it was opened again.' })
  @Column('integer', { default: 0 })
  reopenedCount: number;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Hideable()
  @Derived(({ createdBy }: Ticket) => createdBy && publicActor(createdBy))
  @Field(() => String, {
    nullable: true,
    description: 'Who opened it, as in the audit log; nothing for whom that is hidden.',
  })
  @Column('text')
  createdBy: string;

  @Field(() => Int, {
    description: 'Rises with every change; give it with a change to be told when somebody else was quicker.',
  })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was kept here.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'Whose it is; nothing while nobody knows, or when you may not see the customer.',
  })
  customer?: Customer;

  @Reference(() => SocialIdentity, 'identityId', {
    nullable: true,
    description: 'Who spoke, where a network knows them.',
  })
  identity?: SocialIdentity;

  @Reference(() => Post, 'sourcePostId', {
    nullable: true,
    description: 'What opened it, where that was said on a channel.',
  })
  sourcePost?: Post;

  @Reference(() => Conversation, 'conversationId', {
    nullable: true,
    description: 'Where its customer spoke last; `messages` has all of it, whatever the channel.',
  })
  conversation?: Conversation;

  @Hideable()
  @Reference(() => Member, 'assigneeId', { nullable: true, description: 'Who looks after it.' })
  assignee?: Member;

  @Hideable()
  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that looks after it.' })
  team?: Team;

  @Hideable()
  @Reference(() => Queue, 'queueId', { nullable: true, description: 'The queue it came to.' })
  queue?: Queue;

  @Reference(() => TicketCategory, 'categoryId', {
    nullable: true,
    description: "What it is about, in the organisation's own order.",
  })
  category?: TicketCategory;

  @Hideable()
  @Reference(() => ContactReason, 'reasonId', {
    nullable: true,
    description: 'Why its customer turned to us, as coded.',
  })
  reason?: ContactReason;

  @Hideable()
  @Reference(() => ContactReason, 'rootCauseId', { nullable: true, description: 'What that comes from, as coded.' })
  rootCause?: ContactReason;

  @Reference(() => Ticket, 'parentId', { nullable: true, description: 'The ticket it is a part of.' })
  parent?: Ticket;

  @Reference(() => Ticket, 'mergedIntoId', { nullable: true, description: 'The ticket it became a part of.' })
  mergedInto?: Ticket;

  @Hideable()
  @Derived((ticket: Ticket) => slaOf(ticket))
  @Field(() => TicketSla, {
    nullable: true,
    description: 'What was promised, by when; nothing for whom that is hidden.',
  })
  sla?: TicketSla;
}
