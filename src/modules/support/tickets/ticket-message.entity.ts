import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Node, Reference, type ShapeContext } from '../../../platform/schema/index.js';
import { publicActor } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Network, Post, Reply } from '../../social/index.js';
import { Ticket } from './ticket.entity.js';
import { TicketChannel, TicketMessageKind, TicketMessageVisibility } from './ticket.states.rules.js';
import { TicketMessageState } from './ticket-enums.entity.js';

@ObjectType({
  implements: Node,
  description:
    'One word in the conversation of a ticket: what the customer said, what we said, or a note for us alone.',
  simpleResolvers: true,
})
@Entity('ticket_messages')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_messages_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], { name: 'ticket_messages_post_fkey' })
@ForeignKey(() => Reply, ['organizationId', 'replyId'], ['organizationId', 'id'], {
  name: 'ticket_messages_reply_fkey',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'ticket_messages_customer_fkey',
})
@Index('ticket_messages_customer_idx', ['organizationId', 'customerId'], { where: `customer_id is not null` })
@Index('ticket_messages_post_key', ['organizationId', 'postId'], { unique: true, where: `post_id is not null` })
@Index('ticket_messages_reply_key', ['organizationId', 'replyId'], { unique: true, where: `reply_id is not null` })
@Index('ticket_messages_note_idx', { synchronize: false })
@Index('ticket_messages_ticket_idx', ['organizationId', 'ticketId', 'occurredAt', 'id'])
export class TicketMessage {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_messages_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the message.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_messages_pkey' })
  id: string;

  @Column('uuid')
  ticketId: string;

  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Field(() => TicketMessageKind, { description: 'Who says it, or that it is a note.' })
  @Column('text')
  kind: TicketMessageKind;

  @Field(() => TicketChannel, { description: 'By which channel.' })
  @Column('text')
  channel: TicketChannel;

  @Field(() => Network, { nullable: true, description: 'On which network, where it was said on one.' })
  @Column('text', { nullable: true })
  network: Network | null;

  @Field(() => TicketMessageVisibility, { description: 'Who can read it.' })
  @Column('text')
  visibility: TicketMessageVisibility;

  @Field(() => TicketMessageState, { description: 'RECEIVED, KEPT, or how far it is on its way.' })
  @Column('text')
  state: TicketMessageState;

  @Column('uuid', { nullable: true })
  postId: string | null;

  @Column('uuid', { nullable: true })
  replyId: string | null;

  /** Written, and not said yet: it waits for somebody's agreement or for its moment. */
  @Column('boolean', { default: false, select: false })
  isHeld: boolean;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('uuid', { array: true, default: '{}' })
  mentionedIds: string[];

  @Field(() => Boolean, { description: 'Whether a machine wrote it.' })
  @Column('boolean', { default: false })
  isAutomatic: boolean;

  // Under the rule of its ticket, which shows or hides who of us did what.
  @Derived(({ author }: TicketMessage, context: ShapeContext) =>
    author && !context.isHidden('TICKET', 'createdBy') ? publicActor(author) : null,
  )
  @Field(() => String, {
    nullable: true,
    description: 'Who of us wrote it, as in the audit log; nothing for whom it is hidden who opened tickets.',
  })
  @Column('text', { nullable: true })
  author: string | null;

  @Field(() => DateTime, {
    description:
      'When it was said. An answer that waits for approval or for its moment has when it was written, and when it went out once it did.',
  })
  @Column('timestamptz')
  occurredAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Ticket, 'ticketId', { description: 'The ticket it belongs to.' })
  ticket: Ticket;

  @Reference(() => Post, 'postId', { nullable: true, description: 'What was said, as the channel brought it.' })
  post?: Post;

  @Reference(() => Reply, 'replyId', { nullable: true, description: 'What we say, on its way to the channel.' })
  reply?: Reply;
}
