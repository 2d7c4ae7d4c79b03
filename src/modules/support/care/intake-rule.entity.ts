import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Json, Node, Reference } from '../../../platform/schema/index.js';
import { Member, Organization, Team } from '../../access/index.js';
import { Network, PostKind } from '../../social/index.js';
import { Queue } from '../queues/queue.entity.js';
import { TicketChannel, TicketPriority, TicketType } from '../tickets/ticket.states.rules.js';
import { TicketCategory } from '../tickets/ticket-category.entity.js';

export enum IntakeAction {
  OPEN = 'OPEN',
  IGNORE = 'IGNORE',
}
registerEnumType(IntakeAction, {
  name: 'IntakeAction',
  description: 'What an intake rule does with a post.',
  valuesConfig: {
    OPEN: { description: 'It opens a ticket.' },
    IGNORE: { description: 'It opens none, and no later rule is asked.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'Says which posts open tickets, where they go on with none that is there.',
  simpleResolvers: true,
})
@Entity('intake_rules')
@ForeignKey(() => Organization, ['organizationId'], ['id'], {
  name: 'intake_rules_organization_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => TicketCategory, ['organizationId', 'categoryId'], ['organizationId', 'id'], {
  name: 'intake_rules_category_fkey',
})
@ForeignKey(() => Queue, ['organizationId', 'queueId'], ['organizationId', 'id'], { name: 'intake_rules_queue_fkey' })
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'intake_rules_team_fkey' })
@ForeignKey(() => Member, ['organizationId', 'assigneeId'], ['organizationId', 'id'], {
  name: 'intake_rules_assignee_fkey',
})
@Index('intake_rules_position_idx', ['organizationId', 'position', 'id'])
export class IntakeRule {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'intake_rules_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the rule.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'intake_rules_pkey' })
  id: string;

  @Field({ description: 'What it is called.' })
  @Column('text')
  name: string;

  @Field(() => Int, { description: 'Rules are asked from the lowest on; the first that takes a post decides.' })
  @Column('integer')
  position: number;

  @Field({ description: 'Whether it is followed.' })
  @Column('boolean', { default: true })
  isActive: boolean;

  @Field(() => [TicketChannel], { description: 'Only what came by these channels.' })
  @Column('text', { array: true, default: '{}' })
  channels: TicketChannel[];

  @Field(() => [Network], { description: 'Only what was said on these networks.' })
  @Column('text', { array: true, default: '{}' })
  networks: Network[];

  @Field(() => [PostKind], { description: 'Only posts of these kinds. Of calls only those that nobody answered.' })
  @Column('text', { array: true, default: '{}' })
  kinds: PostKind[];

  @Column('uuid', { array: true, default: '{}' })
  accountIds: string[];

  @Column('uuid', { array: true, default: '{}' })
  sourceIds: string[];

  @Field(() => [String], {
    description: 'Only posts with any of these words or phrases, whatever their accents and capitals.',
  })
  @Column('text', { array: true, default: '{}' })
  wordsAny: string[];

  @Field(() => [String], { description: 'Only posts with all of these.' })
  @Column('text', { array: true, default: '{}' })
  wordsAll: string[];

  @Field(() => [String], { description: 'Only posts with none of these.' })
  @Column('text', { array: true, default: '{}' })
  wordsNone: string[];

  @Field(() => [String], { description: 'Only posts in these languages, BCP 47.' })
  @Column('text', { array: true, default: '{}' })
  languages: string[];

  @Field(() => Float, { nullable: true, description: 'Only posts that feel worse than this, from -1 to 1.' })
  @Column('double precision', { nullable: true })
  sentimentBelow: number | null;

  @Field(() => Float, { nullable: true, description: 'Only posts that matter so much or more, from 0 to 100.' })
  @Column('double precision', { nullable: true })
  priorityAtLeast: number | null;

  @Field(() => Int, { nullable: true, description: 'Only posts of authors with so many followers or more.' })
  @Column('integer', { nullable: true })
  followersAtLeast: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Only posts of customers, or only those of others.' })
  @Column('boolean', { nullable: true })
  isCustomer: boolean | null;

  @Field(() => [String], { description: 'Only posts of customers with one of these tags.' })
  @Column('text', { array: true, default: '{}' })
  customerTags: string[];

  @Field(() => IntakeAction, { description: 'What it does with a post.' })
  @Column('text', { default: 'OPEN' })
  action: IntakeAction;

  @Field(() => TicketType, { nullable: true, description: 'What kind of concern its tickets are.' })
  @Column('text', { nullable: true })
  type: TicketType | null;

  @Field(() => TicketPriority, { nullable: true, description: 'How much its tickets matter; NORMAL unless said.' })
  @Column('text', { nullable: true })
  priority: TicketPriority | null;

  @Column('uuid', { nullable: true })
  categoryId: string | null;

  @Field(() => [String], { description: 'Tags of its tickets.' })
  @Column('text', { array: true, default: '{}' })
  tags: string[];

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  queueId: string | null;

  @Column('uuid', { nullable: true })
  assigneeId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Subject of its tickets, with {{subject}}, {{author}} and {{network}}; that of the post unless given.',
  })
  @Column('text', { nullable: true })
  subject: string | null;

  @Field({ description: 'Whether whoever wrote is told that it was received.' })
  @Column('boolean', { default: false })
  acknowledges: boolean;

  @Field(() => Json, {
    description:
      'What they are told, by language, with {{number}}, {{subject}} and {{author}}; our own words unless given.',
  })
  @Column('jsonb', { default: {} })
  acknowledgement: Record<string, string>;

  @Field(() => Int, {
    description: 'Rises with every change; give it with a change to be told when somebody else was quicker.',
  })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => TicketCategory, 'categoryId', { nullable: true, description: 'What its tickets are about.' })
  category?: TicketCategory;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that gets its tickets.' })
  team?: Team;

  @Reference(() => Queue, 'queueId', { nullable: true, description: 'The queue its tickets wait in.' })
  queue?: Queue;

  @Reference(() => Member, 'assigneeId', { nullable: true, description: 'Who gets its tickets.' })
  assignee?: Member;
}
