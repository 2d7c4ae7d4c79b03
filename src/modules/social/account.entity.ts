import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Reference } from '../../platform/schema/index.js';
import { Organization, Team } from '../access/index.js';
import type { Granted, StoredProblem } from './channel.directory.js';
import { Network } from './networks.js';

export enum AccountState {
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
  NEEDS_REAUTHORIZATION = 'NEEDS_REAUTHORIZATION',
  RATE_LIMITED = 'RATE_LIMITED',
  FAILING = 'FAILING',
}
registerEnumType(AccountState, {
  name: 'AccountState',
  description: 'How an account fares: as it was set, or else as the worst of its sources.',
  valuesConfig: {
    ACTIVE: { description: 'It is read and well.' },
    PAUSED: { description: 'Somebody stopped it; nothing is read until it is set to active again.' },
    NEEDS_REAUTHORIZATION: { description: 'The network no longer accepts our access; somebody must sign in again.' },
    RATE_LIMITED: { description: 'The network asked us to wait; reading goes on by itself.' },
    FAILING: { description: 'A source cannot be read at the moment; it is tried again by itself.' },
  },
});

@ObjectType({ description: 'What can be done on a network through Vínculo.', simpleResolvers: true })
export class AccountCapabilities {
  @Field({ description: 'Posts can be answered where everybody reads it.' })
  canReplyPublicly: boolean;
  @Field({ description: 'People can be answered in private.' })
  canReplyPrivately: boolean;
  @Field({ description: 'Posts arrive over a connection that stays open.' })
  streams: boolean;
  @Field({ description: 'The network is asked for new posts at intervals.' })
  polls: boolean;
  @Field({ description: 'The network calls us when something happens.' })
  webhooks: boolean;
  @Field(() => Int, {
    nullable: true,
    description: 'Longest answer, in the units the network counts; nothing when it sets none.',
  })
  textLimit: number | null;
}

@ObjectType({
  description: 'An account of the organisation on a network: its own profile, page, blog or mailbox.',
  simpleResolvers: true,
})
@Entity('accounts')
@Unique('accounts_handle_key', ['organizationId', 'network', 'handle'])
@Index('accounts_hook_key', ['hookKey'], { unique: true })
@Index('accounts_external_key', ['organizationId', 'connector', 'externalId'], { unique: true })
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'accounts_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'accounts_team_fkey' })
export class Account {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'accounts_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the account in Vínculo.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'accounts_pkey' })
  id: string;

  @Field(() => Network, { description: 'The network it is on.' })
  @Column('text')
  network: Network;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Field({ description: 'Its handle there.' })
  @Column('text')
  handle: string;

  @Field(() => String, { nullable: true, description: 'Its name there.' })
  @Column('text', { nullable: true })
  displayName: string | null;

  /** As it was set: ACTIVE, PAUSED or NEEDS_REAUTHORIZATION. What is shown also looks at its sources. */
  @Column('text', { default: AccountState.ACTIVE })
  state: AccountState;

  /** The adapter it is reached by; null for an account that is only kept. */
  @Column('text', { nullable: true })
  connector: string | null;

  @Column('jsonb', { default: {}, select: false })
  settings: Record<string, unknown>;

  /** Where the network lets it do less, or more, than others. */
  @Column('jsonb', { nullable: true })
  granted: Granted | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the network's access ends, unless it is renewed before; nothing when it does not end.",
  })
  @Column('timestamptz', { nullable: true })
  accessEndsAt: string | null;

  /** When access is renewed by itself; null where only its owner can. */
  @Column('timestamptz', { nullable: true })
  accessRenewAt: string | null;

  /** What stands in the way of the account as a whole, beside what its sources say. */
  @Column('jsonb', { nullable: true })
  problem: StoredProblem | null;

  @Column('timestamptz', { nullable: true, select: false })
  hookRenewAt: string | null;

  /** Why the network does not call us though it could. */
  @Column('jsonb', { nullable: true })
  hookProblem: StoredProblem | null;

  /** Names the account in the address the network calls. */
  @Column('text', {
    select: false,
    default: () => 'concat(gen_random_uuid(), gen_random_uuid())',
  })
  hookKey: string;

  /** What its network may bill in a calendar month (UTC), in US dollars; null for no end. */
  @Column('numeric', { precision: 12, scale: 2, nullable: true })
  monthlyBudget: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Field(() => DateTime, { description: 'When it was added.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()', select: false })
  updatedAt: string;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team it belongs to.' })
  team?: Team;
}
