import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CalendarDate, Money } from '../../platform/schema/index.js';
import { Account } from './account.entity.js';

/** What one kind of thing cost an account in one month. */
@Entity('channel_spending')
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'channel_spending_account_fkey',
  onDelete: 'CASCADE',
})
export class ChannelSpending {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'channel_spending_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'channel_spending_pkey' })
  accountId: string;

  @PrimaryColumn('date', { primaryKeyConstraintName: 'channel_spending_pkey' })
  month: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'channel_spending_pkey' })
  unit: string;

  @Column('bigint', { default: 0 })
  units: string;

  @Column('bigint', { default: 0 })
  micros: string;
}

/** What a request under way may cost at most. */
@Entity('spending_reservations')
@ForeignKey(() => Account, ['organizationId', 'accountId'], ['organizationId', 'id'], {
  name: 'spending_reservations_account_fkey',
  onDelete: 'CASCADE',
})
export class SpendingReservation {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'spending_reservations_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'spending_reservations_pkey' })
  accountId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'spending_reservations_pkey' })
  id: string;

  @Column('date')
  month: string;

  @Column('bigint')
  micros: string;

  @Column('timestamptz')
  expiresAt: string;
}

@ObjectType({ description: 'How much of one thing a network billed.', simpleResolvers: true })
export class SpentUnit {
  @Field({ description: "What is counted, in the adapter's word: post.read." })
  unit: string;
  @Field(() => Int, { description: 'How many.' })
  count: number;
  @Field(() => Money, { description: 'What they cost.' })
  amount: Money;
}

@ObjectType({
  description: 'What an account cost in a calendar month, as far as its network bills what is asked of it.',
  simpleResolvers: true,
})
export class AccountSpending {
  @Field(() => CalendarDate, { description: 'First day of the month, UTC.' })
  month: string;
  @Field(() => Money, { description: 'What it cost so far.' })
  amount: Money;
  @Field(() => Money, { nullable: true, description: 'What it may cost in a month; nothing for no end.' })
  budget: Money | null;
  @Field(() => [SpentUnit], { description: 'What was billed, the dearest first.' })
  units: SpentUnit[];
}
