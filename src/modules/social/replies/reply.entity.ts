import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { Organization, publicActor, type RequestContext } from '../../access/index.js';
import { Account } from '../account.entity.js';
import type { RenderedReply } from '../channel.directory.js';
import { Conversation } from '../conversation.entity.js';
import { SocialIdentity } from '../identity.entity.js';
import { Network } from '../networks.js';
import { Post } from '../post.entity.js';
import { explainRefusal } from './refusal.rules.js';
import { ReplyKind, ReplyState, ReplyVisibility } from './reply.states.rules.js';

registerEnumType(ReplyState, {
  name: 'ReplyState',
  description: 'Where a reply stands on its way to the network.',
  valuesConfig: {
    AWAITING_APPROVAL: { description: 'Somebody else must agree before it is sent.' },
    REJECTED: { description: 'Somebody else did not agree; it is not sent.' },
    SCHEDULED: { description: 'It is sent at the moment it is scheduled for.' },
    QUEUED: { description: 'It is sent as soon as its turn comes, or as soon as the network takes it.' },
    SENDING: { description: 'It is being sent.' },
    UNKNOWN: { description: 'The network did not say whether it took it; that is being found out.' },
    SENT: { description: 'The network has taken it.' },
    DELIVERED: { description: 'It has reached whom it is for.' },
    READ: { description: 'It was read.' },
    FAILED: { description: 'It was not sent; `failure` says why.' },
    CANCELLED: { description: 'Somebody stopped it in time.' },
    DELETED: { description: 'It was sent, and later deleted by us.' },
  },
});
registerEnumType(ReplyKind, {
  name: 'ReplyKind',
  description: 'How somebody is answered.',
  valuesConfig: {
    REPLY: { description: 'Beside what they said.' },
    DIRECT_MESSAGE: { description: 'To them alone.' },
    CALL: { description: 'By telephone.' },
  },
});
registerEnumType(ReplyVisibility, {
  name: 'ReplyVisibility',
  description: 'Who can read a reply on its network.',
  valuesConfig: {
    PUBLIC: { description: 'Everybody who can read what it answers.' },
    PRIVATE: { description: 'Whom it is for, alone.' },
  },
});

/** Why something is not sent, as it is stored; its words are made for whoever reads them. */
export interface StoredFailure {
  code: string;
  parameters?: Record<string, string | number>;
  /** The network's own words. */
  detail?: string;
}

@ObjectType({ description: 'Why a reply was not sent, or would not be.', simpleResolvers: true })
export class ReplyFailure {
  @Field({ description: 'For programs: TEXT_TOO_LONG, WINDOW_CLOSED, RATE_LIMITED, …' })
  code: string;
  @Derived((failure: StoredFailure, context: RequestContext) => explainRefusal(failure, context.language))
  @Field({ description: "In plain words, in the reader's language." })
  message: string;
  @Field(() => String, { nullable: true, description: "The network's own words, where it gave any." })
  detail?: string;
}

@ObjectType({ description: 'A picture, film, sound or file that goes with a reply.', simpleResolvers: true })
export class ReplyMedia {
  @Field({ description: 'Where it is fetched from when the reply is sent.' })
  url: string;
  @Field(() => String, { nullable: true, description: 'What it shows, for those who cannot see it.' })
  description?: string | null;
  /** Of a file that lies with us: which one (stored id), and what it is. */
  file?: { id: string; name: string; type: string; size: number };
  /** Of a file that lies with us: image, video, audio or file. */
  kind?: string;
}

@ObjectType({
  implements: Node,
  description: 'Something we say to somebody: a row first, then sent, and followed until it was read.',
  simpleResolvers: true,
})
@Entity('replies')
@Index('replies_external_key', { synchronize: false })
@Index('replies_open_idx', { synchronize: false })
@Index('replies_thread_idx', { synchronize: false })
@Index('replies_text_idx', { synchronize: false })
@Index('replies_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('replies_post_idx', ['organizationId', 'postId', 'createdAt', 'id'])
@Index('replies_recipient_idx', ['organizationId', 'recipientIdentityId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'replies_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], { name: 'replies_post_fkey' })
@ForeignKey(() => SocialIdentity, ['organizationId', 'recipientIdentityId'], ['organizationId', 'id'], {
  name: 'replies_recipient_fkey',
})
export class Reply {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'replies_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the reply in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'replies_pkey' })
  id: string;

  @Column('uuid')
  accountId: string;

  @Field(() => Network, { description: 'Where it is said.' })
  @Column('text')
  network: Network;

  @Field(() => ReplyKind, { description: 'How they are answered.' })
  @Column('text')
  kind: ReplyKind;

  @Field(() => ReplyVisibility, { description: 'Who can read it there.' })
  @Column('text')
  visibility: ReplyVisibility;

  @Column('uuid', { nullable: true })
  postId: string | null;

  @Column('uuid', { nullable: true })
  conversationId: string | null;

  @Column('uuid')
  recipientIdentityId: string;

  @Column('boolean', { default: false, select: false })
  isAutomatic: boolean;

  /** Right before it is sent, whoever had it written is asked whether it may still go. */
  @Column('boolean', { default: false, select: false })
  asksFirst: boolean;

  @Field({ description: 'What it says, as it was written.' })
  @Column('text')
  text: string;

  @Field(() => String, { nullable: true, description: 'Its language, BCP 47, where its author said it.' })
  @Column('text', { nullable: true })
  language: string | null;

  @Field(() => [ReplyMedia], { description: 'What goes with it.' })
  @Column('jsonb', { default: [] })
  media: ReplyMedia[];

  @Column('jsonb', { nullable: true })
  rendered: RenderedReply | null;

  @Field(() => String, { nullable: true, description: 'For a call: whose telephone rings first.' })
  @Column('text', { nullable: true })
  agent: string | null;

  @Field(() => ReplyState, { description: 'Where it stands.' })
  @Column('text')
  state: ReplyState;

  @Field(() => DateTime, { nullable: true, description: 'When it is to be sent.' })
  @Column('timestamptz', { nullable: true })
  scheduledAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was first tried.' })
  @Column('timestamptz', { nullable: true })
  firstTriedAt: string | null;

  @Field(() => Int, { description: 'How often it was tried.' })
  @Column('integer', { default: 0 })
  attempts: number;

  @Column('integer', { default: 0, select: false })
  lookUps: number;

  /** Until then the process that is sending it has the word. */
  @Column('timestamptz', { nullable: true, select: false })
  claimedUntil: string | null;

  @Field(() => String, { nullable: true, description: "The network's own id of it." })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => String, { nullable: true, description: 'Where to see it on its network.' })
  @Column('text', { nullable: true })
  url: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the network took it.' })
  @Column('timestamptz', { nullable: true })
  sentAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it reached whom it is for, where the network tells.' })
  @Column('timestamptz', { nullable: true })
  deliveredAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was read, where the network tells.' })
  @Column('timestamptz', { nullable: true })
  readAt: string | null;

  @Field(() => ReplyFailure, {
    nullable: true,
    description: 'Why it was not sent, or why that takes time; nothing when all is well.',
  })
  @Column('jsonb', { nullable: true })
  failure: StoredFailure | null;

  @Derived(({ author }: Reply) => publicActor(author))
  @Field({ description: 'Who wrote it, as in the audit log.' })
  @Column('text')
  author: string;

  @Field(() => String, { nullable: true, description: 'What its author told whoever approves it.' })
  @Column('text', { nullable: true })
  approvalNote: string | null;

  @Derived(({ approvedBy }: Reply) => approvedBy && publicActor(approvedBy))
  @Field(() => String, { nullable: true, description: 'Who approved or rejected it, as in the audit log.' })
  @Column('text', { nullable: true })
  approvedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was approved or rejected.' })
  @Column('timestamptz', { nullable: true })
  approvedAt: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected.' })
  @Column('text', { nullable: true })
  rejectionReason: string | null;

  @Column('uuid', { nullable: true, select: false })
  threadId: string | null;

  @Column('uuid', { nullable: true })
  continuesId: string | null;

  @Field(() => Int, { description: 'Which part of its thread it is, from 1.' })
  @Column('integer', { default: 1 })
  part: number;

  @Field(() => Int, { description: 'How many parts its thread has.' })
  @Column('integer', { default: 1 })
  parts: number;

  @Column('uuid', { nullable: true })
  sentPostId: string | null;

  @Field(() => DateTime, { description: 'When it was written.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Derived(({ rendered }: Reply) => rendered?.text ?? null)
  @Field(() => String, { nullable: true, description: 'What it says as people read it on the network.' })
  renderedText?: string | null;

  @Reference(() => Post, 'postId', { nullable: true, description: 'What it answers.' })
  post?: Post;

  @Reference(() => Account, 'accountId', {
    nullable: true,
    description: 'Who says it; nothing when the account was removed, or when you may not see it.',
  })
  account?: Account;

  @Reference(() => SocialIdentity, 'recipientIdentityId', { nullable: true, description: 'To whom it is said.' })
  recipient?: SocialIdentity;

  @Reference(() => Conversation, 'conversationId', { nullable: true, description: 'The conversation it belongs to.' })
  conversation?: Conversation;

  @Reference(() => Reply, 'continuesId', { nullable: true, description: 'The part of its thread before it.' })
  continues?: Reply;

  @Reference(() => Post, 'sentPostId', { nullable: true, description: 'The post it became, once it was sent.' })
  sentPost?: Post;
}
