import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Reference } from '../../platform/schema/index.js';
import { Organization } from '../access/index.js';
import { Account } from './account.entity.js';
import type { StoredProblem } from './channel.directory.js';
import { Network } from './networks.js';

export enum SourceKind {
  ACCOUNT = 'ACCOUNT',
  KEYWORD = 'KEYWORD',
  FEED = 'FEED',
}
registerEnumType(SourceKind, {
  name: 'SourceKind',
  description: 'What a source follows.',
  valuesConfig: {
    ACCOUNT: { description: 'What is said to or about an account.' },
    KEYWORD: { description: 'Posts that hold certain words.' },
    FEED: { description: 'A feed of posts or comments: RSS, Atom or JSON Feed.' },
  },
});

export enum SourceState {
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
  NEEDS_REAUTHORIZATION = 'NEEDS_REAUTHORIZATION',
  RATE_LIMITED = 'RATE_LIMITED',
  FAILING = 'FAILING',
}
registerEnumType(SourceState, {
  name: 'SourceState',
  description: 'How a source fares.',
  valuesConfig: {
    ACTIVE: { description: 'It is read and well.' },
    PAUSED: { description: 'Somebody stopped it; it resumes where it was.' },
    NEEDS_REAUTHORIZATION: { description: 'The network refuses our access; it waits until somebody resumes it.' },
    RATE_LIMITED: {
      description: "The network asked us to wait, or the month's budget is used up; it goes on by itself.",
    },
    FAILING: { description: 'It could not be read; it is tried again by itself, at growing intervals.' },
  },
});

export enum SourceProblemClass {
  AUTH = 'AUTH',
  FORBIDDEN = 'FORBIDDEN',
  NOT_FOUND = 'NOT_FOUND',
  INVALID = 'INVALID',
  DUPLICATE = 'DUPLICATE',
  WINDOW_CLOSED = 'WINDOW_CLOSED',
  RATE = 'RATE',
  QUOTA = 'QUOTA',
  TRANSIENT = 'TRANSIENT',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(SourceProblemClass, {
  name: 'SourceProblemClass',
  description: 'What kind of thing keeps a source from being read.',
  valuesConfig: {
    AUTH: { description: 'Our access expired or was withdrawn: somebody must sign in again.' },
    FORBIDDEN: { description: 'The network does not let us read this.' },
    NOT_FOUND: { description: 'There is nothing at this address, or no such account.' },
    INVALID: { description: 'What is there cannot be followed, or the address is not allowed.' },
    DUPLICATE: { description: 'It was done before.' },
    WINDOW_CLOSED: { description: 'The time the network allows for it is over.' },
    RATE: { description: 'Too much was asked in a short time.' },
    QUOTA: { description: 'What was booked with the network is used up.' },
    TRANSIENT: { description: 'A failure that usually passes: the connection, or the server on the other side.' },
    UNKNOWN: { description: 'Something nobody foresaw.' },
  },
});

@ObjectType({ description: 'What keeps a source from being read.', simpleResolvers: true })
export class SourceProblem {
  @Field(() => SourceProblemClass, { description: 'What kind of problem.' })
  class: string;
  @Field({ description: 'In plain words.' })
  message: string;
  @Field(() => DateTime, {
    nullable: true,
    description: 'When it is tried again by itself; nothing when it waits for somebody.',
  })
  retryAt: string | null;
}

@ObjectType({ description: 'Something that is followed: an account, words, or a feed.', simpleResolvers: true })
@Entity('sources')
@Unique('sources_once_key', ['organizationId', 'connector', 'kind', 'query'])
@Index('sources_account_idx', ['organizationId', 'accountId'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'sources_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'sources_account_fkey',
  onDelete: 'CASCADE',
})
export class Source {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sources_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the source in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sources_pkey' })
  id: string;

  @Column('uuid', { nullable: true })
  accountId: string | null;

  @Field({ description: 'Name of the adapter that reads it.' })
  @Column('text')
  connector: string;

  @Field(() => Network, { description: 'The network it is on.' })
  @Column('text')
  network: Network;

  @Field(() => SourceKind, { description: 'What it follows.' })
  @Column('text')
  kind: SourceKind;

  @Field({ description: "The account's handle, the words, or the feed's address." })
  @Column('text')
  query: string;

  @Column('jsonb', { default: {}, select: false })
  settings: Record<string, unknown>;

  @Field(() => SourceState, { description: 'How it fares.' })
  @Column('text', { default: SourceState.ACTIVE })
  state: SourceState;

  @Field(() => Int, { description: 'How often it is asked for something new, in seconds; a stream needs no asking.' })
  @Column('integer', { default: 300 })
  intervalSeconds: number;

  @Column('jsonb', { nullable: true, select: false })
  cursor: unknown;

  @Column('integer', { default: 1, select: false })
  cursorVersion: number;

  /** Where the poll stands of a source that is streamed too. */
  @Column('jsonb', { nullable: true, select: false })
  reconcileCursor: unknown;

  @Column('integer', { default: 1, select: false })
  reconcileVersion: number;

  /** Polls have left nothing out since then, as far as the network tells. */
  @Column('timestamptz', { nullable: true, select: false })
  polledSince: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it last brought something.' })
  @Column('timestamptz', { nullable: true })
  lastEventAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was last read without a problem.' })
  @Column('timestamptz', { nullable: true })
  lastSuccessAt: string | null;

  @Field(() => SourceProblem, { nullable: true, description: 'What keeps it from being read, if anything.' })
  @Column('jsonb', { nullable: true })
  problem: StoredProblem | null;

  @Column('integer', { default: 0, select: false })
  failures: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Reference(() => Account, 'accountId', {
    nullable: true,
    description: 'The account through which it is read, if any.',
  })
  account?: Account;
}

@ObjectType({ description: 'A time in which a source is known not to have given everything.', simpleResolvers: true })
@Entity('source_gaps')
@Index('source_gaps_source_idx', ['organizationId', 'sourceId', 'recordedAt'])
@ForeignKey(() => Source, ['organizationId', 'sourceId'], ['organizationId', 'id'], {
  name: 'source_gaps_source_fkey',
  onDelete: 'CASCADE',
})
export class SourceGap {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'source_gaps_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the gap in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'source_gaps_pkey' })
  id: string;

  @Column('uuid', { select: false })
  sourceId: string;

  @Field(() => DateTime, { description: 'From when on something may be missing.' })
  @Column('timestamptz', { name: 'from_at' })
  from: string;

  @Field(() => DateTime, { description: 'Until when.' })
  @Column('timestamptz', { name: 'to_at' })
  to: string;

  @Field({ description: 'Why, in plain words.' })
  @Column('text')
  reason: string;

  @Field(() => DateTime, { description: 'When it was noticed.' })
  @Column('timestamptz', { default: () => 'now()' })
  recordedAt: string;

  /** Whether a poll can bring what is missing. */
  @Column('boolean', { default: false, select: false })
  fillable: boolean;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When what was missed was read after all; nothing while it is missing.',
  })
  @Column('timestamptz', { nullable: true })
  filledAt: string | null;
}
