import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Hideable, Node, Reference } from '../../platform/schema/index.js';
import type { RequestContext } from '../access/index.js';
import { Account } from './account.entity.js';
import { Conversation } from './conversation.entity.js';
import { explainReason } from './enrichment/index.js';
import { SocialIdentity } from './identity.entity.js';
import { Network, PostKind } from './networks.js';
import { Media, type StoredMedia } from './post-media.entity.js';
import { Source } from './source.entity.js';

/** A reason as it is stored: its words are made for whoever reads it. */
export interface StoredReason {
  code: string;
  weight: number;
  detail?: unknown;
}

export enum SentimentLabel {
  NEGATIVE = 'NEGATIVE',
  NEUTRAL = 'NEUTRAL',
  POSITIVE = 'POSITIVE',
}
registerEnumType(SentimentLabel, {
  name: 'SentimentLabel',
  description: 'How a text feels about what it speaks of.',
  valuesConfig: {
    NEGATIVE: { description: 'Displeased.' },
    NEUTRAL: { description: 'Neither, or both alike.' },
    POSITIVE: { description: 'Pleased.' },
  },
});
registerEnumType(PostKind, {
  name: 'PostKind',
  description: 'What a post is to the organisation that received it.',
  valuesConfig: {
    MENTION: { description: 'It names us, or what we follow.' },
    COMMENT: { description: 'It answers something of ours.' },
    DIRECT_MESSAGE: { description: 'It was said to us alone.' },
    POST: { description: 'It was published by somebody we follow.' },
    REPOST: { description: 'It passes on what somebody else said.' },
    REVIEW: { description: 'It judges what we sell.' },
    CALL: { description: 'A telephone call; its text says how it went.' },
    FAX: { description: 'A fax; its pages are attached.' },
  },
});

@ObjectType({ description: 'A word that decided a sentiment.', simpleResolvers: true })
export class SentimentWord {
  @Field({ description: 'The word as it was read.' })
  word: string;
  @Field(() => Float, { description: 'How much it weighed; negative pulls down.' })
  weight: number;
}

@ObjectType({ description: 'How a post feels, and why we think so.', simpleResolvers: true })
export class Sentiment {
  @Field(() => SentimentLabel, { description: 'The verdict.' })
  label: SentimentLabel;
  @Field(() => Float, { description: 'From -1, very displeased, to 1, very pleased.' })
  score: number;
  @Field(() => [SentimentWord], { description: 'The words that decided it.' })
  words: SentimentWord[];
}

@ObjectType({ description: 'One reason for a priority.', simpleResolvers: true })
export class PriorityReason {
  @Field({ description: 'What kind of reason: REACH, RELATIONSHIP, SENTIMENT, QUESTION, COMPLAINT, …' })
  code: string;
  @Field(() => Float, { description: 'How many points it gave.' })
  weight: number;
  @Derived((reason: StoredReason, context: RequestContext) => explainReason(reason, context.language))
  @Field({ description: "The reason in plain words, in the reader's language." })
  explanation: string;
}

@ObjectType({ description: 'How much it matters to answer soon.', simpleResolvers: true })
export class Priority {
  @Field(() => Float, { description: 'From 0 to 100.' })
  score: number;
  @Field(() => [PriorityReason], { description: 'Why, the weightiest first.' })
  reasons: PriorityReason[];
}

export enum CallDirection {
  INBOUND = 'INBOUND',
  OUTBOUND = 'OUTBOUND',
}
registerEnumType(CallDirection, {
  name: 'CallDirection',
  description: 'Who called whom.',
  valuesConfig: { INBOUND: { description: 'We were called.' }, OUTBOUND: { description: 'We called.' } },
});

export enum CallStatus {
  RINGING = 'RINGING',
  ANSWERED = 'ANSWERED',
  COMPLETED = 'COMPLETED',
  MISSED = 'MISSED',
  BUSY = 'BUSY',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(CallStatus, {
  name: 'CallStatus',
  description: 'Where a call stands, or how it ended.',
  valuesConfig: {
    RINGING: { description: 'A telephone rings.' },
    ANSWERED: { description: 'They are speaking.' },
    COMPLETED: { description: 'They spoke.' },
    MISSED: { description: 'Nobody answered.' },
    BUSY: { description: 'The line was busy.' },
    FAILED: { description: 'It could not be put through.' },
    CANCELLED: { description: 'The caller gave up.' },
  },
});

@ObjectType({ description: 'How a telephone call went.', simpleResolvers: true })
export class Call {
  @Field(() => CallDirection, { description: 'Who called whom.' })
  direction: CallDirection;
  @Field(() => CallStatus, { description: 'Where it stands, or how it ended.' })
  status: CallStatus;
  @Field(() => DateTime, { nullable: true, description: 'When it was answered.' })
  answeredAt?: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  endedAt?: string | null;
  @Field(() => Float, { nullable: true, description: 'How long they spoke, in seconds.' })
  durationSeconds?: number | null;
  @Field(() => String, { nullable: true, description: 'Where its recording lies, if there is one.' })
  recordingUrl?: string | null;
  @Field(() => String, { nullable: true, description: 'The extension, queue or agent that took it.' })
  agent?: string | null;
  @Field(() => String, { nullable: true, description: 'Why it ended, in the words of the telephone network.' })
  cause?: string | null;
}

@ObjectType({
  implements: Node,
  description: 'Something said on a network, a blog or any other channel.',
  simpleResolvers: true,
})
@Entity('posts')
@Unique('posts_external_key', ['organizationId', 'network', 'externalId'])
@Index('posts_occurred_idx', ['organizationId', 'occurredAt', 'id'])
@Index('posts_received_idx', ['organizationId', 'receivedAt', 'id'])
@Index('posts_priority_idx', ['organizationId', 'priorityScore', 'id'])
@Index('posts_author_idx', ['organizationId', 'authorId', 'occurredAt', 'id'])
@Index('posts_conversation_idx', ['organizationId', 'conversationId', 'occurredAt'])
@Index('posts_parent_idx', { synchronize: false })
@Index('posts_text_idx', { synchronize: false })
@ForeignKey(() => SocialIdentity, ['organizationId', 'authorId'], ['organizationId', 'id'], {
  name: 'posts_author_fkey',
})
@ForeignKey(() => Conversation, ['organizationId', 'conversationId'], ['organizationId', 'id'], {
  name: 'posts_conversation_fkey',
})
export class Post {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'posts_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the post in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'posts_pkey' })
  id: string;

  @Field(() => Network, { description: 'Where it was said.' })
  @Column('text')
  network: Network;

  @Field({ description: "The network's own id of it." })
  @Column('text')
  externalId: string;

  @Column('text', { select: false })
  revision: string;

  @Field(() => PostKind, { description: 'What it is to us.' })
  @Column('text')
  kind: PostKind;

  @Column('uuid')
  authorId: string;

  @Column('uuid', { nullable: true })
  sourceId: string | null;

  @Column('uuid', { nullable: true })
  accountId: string | null;

  @Column('uuid', { nullable: true })
  conversationId: string | null;

  @Column('text', { nullable: true, select: false })
  parentExternalId: string | null;

  @Column('uuid', { nullable: true })
  inReplyToId: string | null;

  @Field(() => String, { nullable: true, description: 'Its title, where the channel has titles.' })
  @Column('text', { nullable: true })
  title: string | null;

  @Field({ description: 'What was said, as plain text; empty once the network had it removed.' })
  @Column('text')
  text: string;

  @Column('text', { nullable: true, select: false })
  html: string | null;

  @Field({ description: 'Language, BCP 47; `und` when it is too short to say.' })
  @Column('text', { default: 'und' })
  language: string;

  @Field(() => String, { nullable: true, description: 'Where to see it on its network.' })
  @Column('text', { nullable: true })
  url: string | null;

  @Field(() => [String], { description: 'Hashtags, without the #.' })
  @Column('text', { array: true, default: '{}' })
  hashtags: string[];

  @Field(() => [String], { description: 'Addresses it links to.' })
  @Column('text', { array: true, default: '{}' })
  links: string[];

  @Field(() => [Media], { description: 'What is attached.' })
  @Column('jsonb', { default: [] })
  media: StoredMedia[];

  @Column('text')
  sentimentLabel: SentimentLabel;

  @Column('real')
  sentimentScore: number;

  @Column('jsonb', { default: [] })
  sentimentWords: SentimentWord[];

  @Column('real')
  priorityScore: number;

  @Column('jsonb', { default: [] })
  priorityReasons: StoredReason[];

  /** What its adapter needs to answer it, in the adapter's own words. */
  @Column('jsonb', { nullable: true, select: false })
  replyTo: Record<string, unknown> | null;

  /** Whether its network lets us answer it, as it said when the post came. */
  @Column('jsonb', { nullable: true, select: false })
  replyability: Record<string, unknown> | null;

  @Field(() => Call, { nullable: true, description: 'For a telephone call: how it went.' })
  @Column('jsonb', { nullable: true })
  call: Call | null;

  @Field({ description: 'Whether we said it ourselves.' })
  @Column('boolean', { default: false })
  own: boolean;

  @Field({ description: 'Whether a machine wrote it.' })
  @Column('boolean', { default: false })
  auto: boolean;

  @Field(() => DateTime, { description: 'When it was said.' })
  @Column('timestamptz')
  occurredAt: string;

  @Field(() => DateTime, { description: 'When it reached us.' })
  @Column('timestamptz', { default: () => 'now()' })
  receivedAt: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was last edited by its author.' })
  @Column('timestamptz', { nullable: true })
  editedAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was deleted on its network.' })
  @Column('timestamptz', { nullable: true })
  deletedAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When we hid it on its network; nothing while it is shown.' })
  @Column('timestamptz', { nullable: true })
  hiddenAt: string | null;

  @Reference(() => SocialIdentity, 'authorId', { description: 'Who said it.' })
  author: SocialIdentity;

  @Reference(() => Account, 'accountId', {
    nullable: true,
    description: 'The account of ours that it reached; nothing when it was imported, or when you may not see it.',
  })
  account?: Account;

  @Reference(() => Source, 'sourceId', {
    nullable: true,
    description: 'The source that brought it; nothing when it was imported, or when you may not see it.',
  })
  source?: Source;

  @Reference(() => Post, 'inReplyToId', { nullable: true, description: 'What it answers, where we have that.' })
  inReplyTo?: Post;

  @Reference(() => Conversation, 'conversationId', { nullable: true, description: 'The conversation it belongs to.' })
  conversation?: Conversation;

  @Derived((post: Post) => ({ label: post.sentimentLabel, score: post.sentimentScore, words: post.sentimentWords }))
  @Field(() => Sentiment, { description: 'How it feels, and why we think so.' })
  sentiment: Sentiment;

  @Hideable()
  @Derived((post: Post) => ({ score: post.priorityScore, reasons: post.priorityReasons }))
  @Field(() => Priority, { nullable: true, description: 'How much it matters to answer soon.' })
  priority?: Priority;
}
