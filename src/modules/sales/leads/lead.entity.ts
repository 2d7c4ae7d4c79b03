import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member, Organization, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Post, SocialIdentity } from '../../social/index.js';
import { Territory } from './territory.entity.js';

@Entity('leads')
@Unique('leads_external_id_key', ['organizationId', 'externalId'])
@Check('leads_amount_check', `(estimated_amount >= 0)`)
@ForeignKey(() => Organization, ['organizationId'], ['id'], { name: 'leads_organization_fkey', onDelete: 'CASCADE' })
@ForeignKey(() => Member, ['organizationId', 'ownerId'], ['organizationId', 'id'], { name: 'leads_owner_fkey' })
@ForeignKey(() => Team, ['organizationId', 'teamId'], ['organizationId', 'id'], { name: 'leads_team_fkey' })
@ForeignKey(() => Territory, ['organizationId', 'territoryId'], ['organizationId', 'id'], {
  name: 'leads_territory_fkey',
})
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], { name: 'leads_post_fkey' })
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'leads_identity_fkey',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], { name: 'leads_customer_fkey' })
@Index('leads_post_key', ['organizationId', 'postId'], { unique: true, where: `post_id is not null` })
@Index('leads_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('leads_score_idx', ['organizationId', 'score', 'id'])
@Index('leads_owner_idx', ['organizationId', 'ownerId'])
@Index('leads_team_idx', ['organizationId', 'teamId'])
@Index('leads_email_idx', ['organizationId', 'email'])
@Index('leads_customer_idx', ['organizationId', 'customerId'])
@Index('leads_identity_idx', ['organizationId', 'identityId'])
export class Lead {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'leads_pkey' })
  organizationId: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'leads_pkey' })
  id: string;

  @Column('text', { default: 'NEW' })
  status: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  companyName: string | null;

  @Column('text', { nullable: true })
  jobTitle: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { nullable: true })
  website: string | null;

  @Column('text', { nullable: true })
  country: string | null;

  @Column('text', { nullable: true })
  postalCode: string | null;

  @Column('text', { nullable: true })
  language: string | null;

  @Column('text', { nullable: true })
  industry: string | null;

  @Column('integer', { nullable: true })
  employees: number | null;

  @Column('text')
  source: string;

  @Column('text', { nullable: true })
  sourceDetail: string | null;

  /** What they said that made them a lead, and who said it. */
  @Column('uuid', { nullable: true })
  postId: string | null;

  @Column('uuid', { nullable: true })
  identityId: string | null;

  @Column('text', { nullable: true })
  interest: string | null;

  @Column('uuid', { array: true, default: '{}' })
  productIds: string[];

  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  estimatedAmount: string | null;

  @Column('text', { nullable: true })
  currency: string | null;

  /** Budget, authority, need, timeline, as far as known. */
  @Column('jsonb', { default: {} })
  qualification: Record<string, unknown>;

  @Column('integer', { default: 0 })
  score: number;

  @Column('jsonb', { default: [] })
  scoreReasons: Record<string, unknown>;

  @Column('timestamptz', { nullable: true })
  scoredAt: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  territoryId: string | null;

  @Column('text', { nullable: true })
  disqualifiedReason: string | null;

  /** Whom it became; what it became knows it by itself. */
  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Column('timestamptz', { nullable: true })
  convertedAt: string | null;

  @Column('text', { nullable: true })
  externalId: string | null;

  @Column('integer', { default: 1 })
  version: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;
}
