import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { Member } from '../../access/index.js';
import { CallDirection, CallStatus, Post, SocialIdentity } from '../../social/index.js';
import { Ticket } from '../tickets/ticket.entity.js';
import { CallDisposition } from './call-disposition.entity.js';

const SECONDS_IN_A_DAY = 86_400;

@ObjectType({
  implements: Node,
  description: 'A telephone call and how it was dealt with: who waited, who spoke, how long, and what came of it.',
  simpleResolvers: true,
})
@Entity('call_handlings')
@ForeignKey(() => Post, ['organizationId', 'id'], ['organizationId', 'id'], {
  name: 'call_handlings_post_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'call_handlings_identity_fkey',
})
@ForeignKey(() => Member, ['organizationId', 'memberId'], ['organizationId', 'id'], {
  name: 'call_handlings_member_fkey',
})
@ForeignKey(() => Ticket, ['organizationId', 'ticketId'], ['organizationId', 'id'], {
  name: 'call_handlings_ticket_fkey',
})
@ForeignKey(() => CallDisposition, ['organizationId', 'dispositionId'], ['organizationId', 'id'], {
  name: 'call_handlings_disposition_fkey',
})
@Index('call_handlings_started_idx', ['organizationId', 'startedAt', 'id'])
@Index('call_handlings_identity_idx', ['organizationId', 'identityId', 'startedAt', 'id'])
@Index('call_handlings_member_idx', ['organizationId', 'memberId', 'startedAt', 'id'])
@Index('call_handlings_ticket_idx', ['organizationId', 'ticketId'], { where: `ticket_id is not null` })
@Index('call_handlings_disposition_idx', ['organizationId', 'dispositionId'], {
  where: `disposition_id is not null`,
})
export class CallHandling {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_handlings_pkey' })
  organizationId: string;

  /** That of its post. */
  @Field(() => ID, { description: 'Id of the call.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'call_handlings_pkey' })
  id: string;

  @Column('uuid')
  identityId: string;

  @Field(() => CallDirection, { description: 'Who called whom.' })
  @Column('text')
  direction: CallDirection;

  @Field(() => CallStatus, { description: 'Where it stands, or how it ended.' })
  @Column('text')
  status: CallStatus;

  @Field(() => String, { nullable: true, description: 'The extension that took it, as the telephone network says.' })
  @Column('text', { nullable: true })
  agent: string | null;

  @Field(() => String, { nullable: true, description: 'The queue it came by, as the telephone network names it.' })
  @Column('text', { nullable: true })
  queue: string | null;

  @Column('uuid', { nullable: true })
  memberId: string | null;

  @Column('uuid', { nullable: true })
  ticketId: string | null;

  @Column('uuid', { nullable: true })
  dispositionId: string | null;

  @Field(() => String, { nullable: true, description: 'What who took it wrote down.' })
  @Column('text', { nullable: true })
  notes: string | null;

  @Field(() => DateTime, { description: 'When it began to ring.' })
  @Column('timestamptz')
  startedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it entered its queue, where that is known.' })
  @Column('timestamptz', { nullable: true })
  queuedAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was answered.' })
  @Column('timestamptz', { nullable: true })
  answeredAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  @Column('timestamptz', { nullable: true })
  endedAt: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How long it waited to be answered, or until it was given up, in seconds.',
  })
  @Column('double precision', { nullable: true })
  waitSeconds: number | null;

  @Field(() => Float, { nullable: true, description: 'How long they spoke, in seconds.' })
  @Column('double precision', { nullable: true })
  talkSeconds: number | null;

  @Field(() => Float, { nullable: true, description: 'How much of that they were on hold, where that is known.' })
  @Column('double precision', { nullable: true })
  holdSeconds: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When its agent began to write it up.' })
  @Column('timestamptz', { nullable: true })
  wrapUpStartedAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When its agent was done with it.' })
  @Column('timestamptz', { nullable: true })
  wrapUpEndedAt: string | null;

  @Derived(({ wrapUpStartedAt, wrapUpEndedAt }: CallHandling) => secondsBetween(wrapUpStartedAt, wrapUpEndedAt))
  @Field(() => Float, { nullable: true, description: 'How long writing it up took, in seconds, a day at most.' })
  wrapUpSeconds?: number | null;

  @Field(() => Int, { description: 'Rises with everything an agent says of it.' })
  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Post, 'id', { nullable: true, description: 'The call as its channel brought it.' })
  post?: Post;

  @Reference(() => SocialIdentity, 'identityId', { nullable: true, description: 'Who is at the other end.' })
  identity?: SocialIdentity;

  @Reference(() => Member, 'memberId', { nullable: true, description: 'Who of us took it, once they said so.' })
  member?: Member;

  @Reference(() => Ticket, 'ticketId', { nullable: true, description: 'The ticket it is about.' })
  ticket?: Ticket;

  @Reference(() => CallDisposition, 'dispositionId', { nullable: true, description: 'What came of it.' })
  disposition?: CallDisposition;
}

function secondsBetween(from: string | null, to: string | null): number | null {
  if (!from || !to) return null;
  return Math.min(Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000), SECONDS_IN_A_DAY);
}
