import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../../platform/schema/index.js';
import { Member } from '../../access/index.js';
import { ReplyVisibility } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';

@ObjectType({
  description: 'What somebody has begun to write in a ticket; nobody else sees it.',
  simpleResolvers: true,
})
@Entity('ticket_drafts')
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'ticket_drafts_ticket_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'ticket_drafts_member_fkey',
  onDelete: 'CASCADE',
})
@Index('ticket_drafts_member_idx', ['organizationId', 'memberId'])
export class TicketDraft {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_drafts_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_drafts_pkey' })
  ticketId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'ticket_drafts_pkey' })
  memberId: string;

  @Field({ description: 'What is written so far.' })
  @Column('text')
  text: string;

  @Field(() => ReplyVisibility, { nullable: true, description: 'Who is to read it, where that is decided.' })
  @Column('text', { nullable: true })
  visibility: ReplyVisibility | null;

  @Field(() => String, { nullable: true, description: 'Its language, BCP 47.' })
  @Column('text', { nullable: true })
  language: string | null;

  @Field(() => String, { nullable: true, description: 'The device or window that wrote it last.' })
  @Column('text', { nullable: true })
  device: string | null;

  @Field(() => Int, { description: 'Rises with every change.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
