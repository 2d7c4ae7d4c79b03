import Big from 'big.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import {
  CalendarDate,
  DateTime,
  Decimal,
  Derived,
  Hideable,
  Money,
  moneyOf,
  Node,
  Reference,
} from '../../../platform/schema/index.js';
import { Member, Organization, publicActor, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { PriceBook } from '../catalogue/price-book.entity.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';
import { QuoteStatus } from './quote.states.rules.js';

@ObjectType({ description: 'What is owed of one rate of tax.', simpleResolvers: true })
export class QuoteTax {
  @Field(() => Decimal, { description: 'The rate, in percent.' })
  percent: string;
  @Field(() => Money, { description: 'What it is owed on.' })
  base: Money;
  @Field(() => Money, { description: 'How much is owed.' })
  amount: Money;
}

const moneyIn = (column: 'subtotal' | 'discount' | 'net' | 'tax' | 'total') =>
  Derived((quote: Quote) => moneyOf(quote[column], quote.currency));

const plain = (column: 'discountPercent' | 'effectiveDiscountPercent') =>
  Derived((quote: Quote) => Big(quote[column]).toFixed());

@ObjectType({
  implements: Node,
  description: 'What was offered to a customer, at which prices, and what they said to it.',
  simpleResolvers: true,
})
@Entity('quotes')
@Unique('quotes_number_key', ['organizationId', 'number', 'revision'])
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'quotes_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'quotes_customer_fkey',
})
@ForeignKey(() => Opportunity, ['organizationId', 'opportunityId'], ['organizationId', 'id'], {
  name: 'quotes_opportunity_fkey',
})
@ForeignKey(() => PriceBook, ['organizationId', 'priceBookId'], ['organizationId', 'id'], {
  name: 'quotes_price_book_fkey',
})
@ForeignKey(() => Quote, ['organizationId', 'previousId'], ['organizationId', 'id'], { name: 'quotes_previous_fkey' })
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], { name: 'quotes_owner_fkey' })
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'quotes_team_fkey' })
@Index('quotes_link_key', ['linkDigest'], { unique: true, where: `link_digest is not null` })
@Index('quotes_previous_key', ['organizationId', 'previousId'], { unique: true, where: `previous_id is not null` })
@Index('quotes_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('quotes_customer_idx', ['organizationId', 'customerId', 'createdAt', 'id'])
@Index('quotes_opportunity_idx', ['organizationId', 'opportunityId', 'createdAt', 'id'])
@Index('quotes_owner_idx', ['organizationId', 'ownerId'])
@Index('quotes_valid_idx', ['organizationId', 'validUntil'], { where: `status in ('DRAFT', 'APPROVED', 'SENT')` })
export class Quote {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quotes_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the quote.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quotes_pkey' })
  id: string;

  @Field({ description: 'Its number, such as Q-2026-0001; the same for all revisions of it.' })
  @Column('text')
  number: string;

  @Field(() => Int, { description: 'Which revision it is, from 1.' })
  @Column('integer', { default: 1 })
  revision: number;

  /** The revision it stands in for. */
  @Column('uuid', { nullable: true })
  previousId: string | null;

  @Field(() => QuoteStatus, { description: 'How far it has come.' })
  @Column('text', { default: 'DRAFT' })
  status: QuoteStatus;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  opportunityId: string | null;

  @Column('uuid', { nullable: true })
  priceBookId: string | null;

  @Field({ description: 'Currency of all its amounts, ISO 4217.' })
  @Column('text')
  currency: string;

  @Field({ description: 'Language of its document, BCP 47.' })
  @Column('text')
  language: string;

  @Field(() => String, { nullable: true, description: 'What it is about, on one line.' })
  @Column('text', { nullable: true })
  title: string | null;

  @Field(() => String, { nullable: true, description: 'Under which terms it is offered.' })
  @Column('text', { nullable: true })
  terms: string | null;

  @Field(() => CalendarDate, { description: "The last day it can be accepted, in the organisation's time zone." })
  @Column('date')
  validUntil: string;

  @plain('discountPercent')
  @Field(() => Decimal, { description: 'Taken off the whole, in percent, beside what lines give.' })
  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  discountPercent: string;

  @Hideable()
  @plain('effectiveDiscountPercent')
  @Field(() => Decimal, {
    nullable: true,
    description:
      'The most that any line is below its list price, in percent, discounts and lowered prices together: what limits are judged by.',
  })
  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  effectiveDiscountPercent: string;

  @moneyIn('subtotal')
  @Field(() => Money, { description: 'Of all lines, before discounts and tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  subtotal: string;

  @moneyIn('discount')
  @Field(() => Money, { description: 'All that is taken off.' })
  @Column('numeric', { precision: 19, scale: 4 })
  discount: string;

  @moneyIn('net')
  @Field(() => Money, { description: 'After discounts, before tax.' })
  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @moneyIn('tax')
  @Field(() => Money, { description: 'All taxes together.' })
  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @moneyIn('total')
  @Field(() => Money, { description: 'What is to be paid.' })
  @Column('numeric', { precision: 19, scale: 4 })
  total: string;

  @Derived(({ taxes, currency }: Quote) =>
    taxes.map(({ percent, base, amount }) => ({
      percent,
      base: moneyOf(base, currency),
      amount: moneyOf(amount, currency),
    })),
  )
  @Field(() => [QuoteTax], { description: 'The taxes by their rate, the lowest first.' })
  @Column('jsonb', { default: [] })
  taxes: { percent: string; base: string; amount: string }[];

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('text', { nullable: true })
  approvalRequestedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when it waits, or waited, for approval.' })
  @Column('timestamptz', { nullable: true })
  approvalRequestedAt: string | null;

  @Hideable()
  @Field(() => String, { nullable: true, description: 'What was told to whoever approves it.' })
  @Column('text', { nullable: true })
  approvalReason: string | null;

  @Hideable()
  @Derived(({ decidedBy }: Quote) => decidedBy && publicActor(decidedBy))
  @Field(() => String, { nullable: true, description: 'Who approved it or sent it back, as in the audit log.' })
  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was approved or sent back.' })
  @Column('timestamptz', { nullable: true })
  decidedAt: string | null;

  @Hideable()
  @Field(() => String, { nullable: true, description: 'What was said when it was approved or sent back.' })
  @Column('text', { nullable: true })
  decisionNote: string | null;

  /** Of the secret in the link by which the customer reads and accepts it. */
  @Column('text', { nullable: true, select: false })
  linkDigest: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was sent to the customer, the last time.' })
  @Column('timestamptz', { nullable: true })
  sentAt: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was accepted.' })
  @Column('timestamptz', { nullable: true })
  acceptedAt: string | null;

  @Field(() => String, { nullable: true, description: 'Who accepted it: the name given, or as in the audit log.' })
  @Column('text', { nullable: true })
  acceptedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the customer declined it.' })
  @Column('timestamptz', { nullable: true })
  rejectedAt: string | null;

  @Field(() => String, { nullable: true, description: 'Why the customer declined it, where they said so.' })
  @Column('text', { nullable: true })
  rejectionReason: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Hideable()
  @Derived(({ createdBy }: Quote) => publicActor(createdBy))
  @Field(() => String, { nullable: true, description: 'Who wrote it, as in the audit log.' })
  @Column('text')
  createdBy: string;

  @Field(() => DateTime, { description: 'When it was written.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'To whom it is offered.' })
  customer?: Customer;

  @Reference(() => Opportunity, 'opportunityId', { nullable: true, description: 'The opportunity it is for.' })
  opportunity?: Opportunity;

  @Reference(() => PriceBook, 'priceBookId', {
    nullable: true,
    description: 'The price book that its prices came from, where it was one and you may see it.',
  })
  priceBook?: PriceBook;

  @Reference(() => Quote, 'previousId', { nullable: true, description: 'The revision it stands in for.' })
  previous?: Quote;

  @Hideable()
  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Who looks after it.' })
  owner?: Member;

  @Hideable()
  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that looks after it.' })
  team?: Team;
}
