import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member, Organization, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { PriceBook } from '../catalogue/price-book.entity.js';
import { Opportunity } from '../opportunities/opportunity.entity.js';

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

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'quotes_pkey' })
  id: string;

  /** The same for all revisions of one quote. */
  @Column('text')
  number: string;

  @Column('integer', { default: 1 })
  revision: number;

  /** The revision it stands in for. */
  @Column('uuid', { nullable: true })
  previousId: string | null;

  /** DRAFT, PENDING_APPROVAL, APPROVED, SENT, ACCEPTED, REJECTED, EXPIRED, SUPERSEDED. */
  @Column('text', { default: 'DRAFT' })
  status: string;

  @Column('uuid')
  customerId: string;

  @Column('uuid', { nullable: true })
  opportunityId: string | null;

  @Column('uuid', { nullable: true })
  priceBookId: string | null;

  @Column('text')
  currency: string;

  @Column('text')
  language: string;

  @Column('text', { nullable: true })
  title: string | null;

  @Column('text', { nullable: true })
  terms: string | null;

  @Column('date')
  validUntil: string;

  /** Taken off the whole, beside what lines give. */
  @Column('numeric', { precision: 7, scale: 4, default: 0 })
  discountPercent: string;

  @Column('numeric', { precision: 19, scale: 4 })
  subtotal: string;

  @Column('numeric', { precision: 19, scale: 4 })
  discount: string;

  @Column('numeric', { precision: 19, scale: 4 })
  net: string;

  @Column('numeric', { precision: 19, scale: 4 })
  tax: string;

  @Column('numeric', { precision: 19, scale: 4 })
  total: string;

  /** Per rate: [{"percent": "21", "base": "100.00", "amount": "21.00"}]. */
  @Column('jsonb', { default: [] })
  taxes: Record<string, unknown>;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('text', { nullable: true })
  approvalRequestedBy: string | null;

  @Column('timestamptz', { nullable: true })
  approvalRequestedAt: string | null;

  @Column('text', { nullable: true })
  approvalReason: string | null;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: string | null;

  @Column('text', { nullable: true })
  decisionNote: string | null;

  /** Of the secret in the link by which the customer reads and accepts it. */
  @Column('text', { nullable: true })
  linkDigest: string | null;

  @Column('timestamptz', { nullable: true })
  sentAt: string | null;

  @Column('timestamptz', { nullable: true })
  acceptedAt: string | null;

  @Column('text', { nullable: true })
  acceptedBy: string | null;

  @Column('timestamptz', { nullable: true })
  rejectedAt: string | null;

  @Column('text', { nullable: true })
  rejectionReason: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('text')
  createdBy: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
