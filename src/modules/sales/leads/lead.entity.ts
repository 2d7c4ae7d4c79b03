import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Hideable, Money, moneyOf, Node, Reference } from '../../../platform/schema/index.js';
import { Member, Organization, type RequestContext, Team } from '../../access/index.js';
import { Customer } from '../../customers/index.js';
import { Post, SocialIdentity } from '../../social/index.js';
import { explainScoreReason, type StoredScoreReason } from './score.words.js';
import { Territory } from './territory.entity.js';

export enum LeadStatus {
  NEW = 'NEW',
  WORKING = 'WORKING',
  QUALIFIED = 'QUALIFIED',
  CONVERTED = 'CONVERTED',
  DISQUALIFIED = 'DISQUALIFIED',
}
registerEnumType(LeadStatus, {
  name: 'LeadStatus',
  description: 'How far a lead has come.',
  valuesConfig: {
    NEW: { description: 'Nobody has looked into it yet.' },
    WORKING: { description: 'Somebody is finding out.' },
    QUALIFIED: { description: 'It is worth an opportunity.' },
    CONVERTED: { description: 'It became a customer.' },
    DISQUALIFIED: { description: 'Nothing will come of it.' },
  },
});

/** Leads that still may become something: they count as somebody's work. */
export const OPEN_STATUSES = [LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED] as const;

export enum LeadSource {
  FORM = 'FORM',
  SOCIAL = 'SOCIAL',
  IMPORT = 'IMPORT',
  CALL = 'CALL',
  EMAIL = 'EMAIL',
  EVENT = 'EVENT',
  REFERRAL = 'REFERRAL',
  CAMPAIGN = 'CAMPAIGN',
  PARTNER = 'PARTNER',
  OTHER = 'OTHER',
}
registerEnumType(LeadSource, {
  name: 'LeadSource',
  description: 'Where a lead came from.',
  valuesConfig: {
    FORM: { description: 'A form that was filled in.' },
    SOCIAL: { description: 'Something said on a network.' },
    IMPORT: { description: 'A list that was read in.' },
    CALL: { description: 'A telephone call.' },
    EMAIL: { description: 'A letter by e-mail.' },
    EVENT: { description: 'A fair or another meeting.' },
    REFERRAL: { description: 'Somebody recommended us.' },
    CAMPAIGN: { description: 'A campaign of ours.' },
    PARTNER: { description: 'A partner passed it on.' },
    OTHER: { description: 'Somewhere else, or nobody said.' },
  },
});

@ObjectType({ description: 'One of the four things a lead is qualified by.', simpleResolvers: true })
export class QualificationAnswer {
  @Field({ description: 'Whether it is there: the money, the say, the need or the time.' })
  confirmed: boolean;
  @Field(() => String, { nullable: true, description: 'What is known of it.' })
  note?: string | null;
}

@ObjectType({ description: 'What is known of whether a lead can buy (BANT).', simpleResolvers: true })
export class Qualification {
  @Field(() => QualificationAnswer, { nullable: true, description: 'Whether there is money for it.' })
  budget?: QualificationAnswer | null;
  @Field(() => QualificationAnswer, { nullable: true, description: 'Whether they are the ones who decide.' })
  authority?: QualificationAnswer | null;
  @Field(() => QualificationAnswer, { nullable: true, description: 'Whether they need it.' })
  need?: QualificationAnswer | null;
  @Field(() => QualificationAnswer, { nullable: true, description: 'Whether they want it soon.' })
  timeline?: QualificationAnswer | null;
}

@ObjectType({ description: 'One reason for the score of a lead.', simpleResolvers: true })
export class LeadScoreReason {
  @Field({ description: 'What kind of reason: COMPANY_SIZE, JOB_TITLE, RECENCY, INFLUENCE, …' })
  code: string;
  @Field(() => Int, { description: 'How many points it gave.' })
  points: number;
  @Derived((reason: StoredScoreReason, context: RequestContext) => explainScoreReason(reason, context))
  @Field({ description: "The reason in plain words, in the reader's language: English, Spanish or Portuguese." })
  explanation: string;
}

@ObjectType({
  implements: Node,
  description: 'Somebody who may become a customer.',
  simpleResolvers: true,
})
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
@Index('leads_phone_idx', ['organizationId', 'phone'])
@Index('leads_territory_idx', ['organizationId', 'territoryId'])
@Index('leads_scored_idx', ['organizationId', 'scoredAt'], {
  where: `status in ('NEW', 'WORKING', 'QUALIFIED')`,
})
@Index('leads_customer_idx', ['organizationId', 'customerId'])
@Index('leads_identity_idx', ['organizationId', 'identityId'])
export class Lead {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'leads_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the lead.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'leads_pkey' })
  id: string;

  @Field(() => LeadStatus, { description: 'How far it has come.' })
  @Column('text', { default: 'NEW' })
  status: LeadStatus;

  @Field({ description: 'The name of the person, or of the company where no person is known.' })
  @Column('text')
  name: string;

  @Field(() => String, { nullable: true, description: 'The company they are of.' })
  @Column('text', { nullable: true })
  companyName: string | null;

  @Field(() => String, { nullable: true, description: 'What they do there.' })
  @Column('text', { nullable: true })
  jobTitle: string | null;

  @Hideable()
  @Field(() => String, { nullable: true, description: 'E-mail address, in lower case.' })
  @Column('text', { nullable: true })
  email: string | null;

  @Hideable()
  @Field(() => String, { nullable: true, description: 'Telephone number, E.164.' })
  @Column('text', { nullable: true })
  phone: string | null;

  @Field(() => String, { nullable: true, description: 'Their web site.' })
  @Column('text', { nullable: true })
  website: string | null;

  @Field(() => String, { nullable: true, description: 'Country, ISO 3166-1 with two letters.' })
  @Column('text', { nullable: true })
  country: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code.' })
  @Column('text', { nullable: true })
  postalCode: string | null;

  @Field(() => String, { nullable: true, description: 'Language, BCP 47.' })
  @Column('text', { nullable: true })
  language: string | null;

  @Field(() => String, { nullable: true, description: 'What their company does.' })
  @Column('text', { nullable: true })
  industry: string | null;

  @Field(() => Int, { nullable: true, description: 'How many people work there.' })
  @Column('integer', { nullable: true })
  employees: number | null;

  @Field(() => LeadSource, { description: 'Where it came from.' })
  @Column('text')
  source: LeadSource;

  @Field(() => String, { nullable: true, description: 'Where exactly: the form, the fair, the list.' })
  @Column('text', { nullable: true })
  sourceDetail: string | null;

  /** What they said that made them a lead, and who said it. */
  @Column('uuid', { nullable: true })
  postId: string | null;

  @Column('uuid', { nullable: true })
  identityId: string | null;

  @Field(() => String, { nullable: true, description: 'What they are interested in.' })
  @Column('text', { nullable: true })
  interest: string | null;

  @Column('uuid', { array: true, default: '{}', select: false })
  productIds: string[];

  @Column('numeric', { nullable: true, precision: 19, scale: 4 })
  estimatedAmount: string | null;

  @Column('text', { nullable: true })
  currency: string | null;

  @Derived((lead: Lead) => moneyOf(lead.estimatedAmount, lead.currency))
  @Field(() => Money, { nullable: true, description: 'What it may be worth.' })
  estimatedValue?: Money | null;

  /** Budget, authority, need, timeline, as far as known. */
  @Field(() => Qualification, { description: 'What is known of whether they can buy.' })
  @Column('jsonb', { default: {} })
  qualification: Qualification;

  @Field(() => Int, { description: 'How promising it is, from 0 to 100.' })
  @Column('integer', { default: 0 })
  score: number;

  @Field(() => [LeadScoreReason], { description: 'Why the score is what it is, the weightiest first.' })
  @Column('jsonb', { default: [] })
  scoreReasons: StoredScoreReason[];

  @Field(() => DateTime, { nullable: true, description: 'When the score was last worked out.' })
  @Column('timestamptz', { nullable: true })
  scoredAt: string | null;

  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('uuid', { nullable: true })
  teamId: string | null;

  @Column('uuid', { nullable: true })
  territoryId: string | null;

  @Field(() => String, { nullable: true, description: 'Why nothing will come of it.' })
  @Column('text', { nullable: true })
  disqualifiedReason: string | null;

  /** Whom it became; what it became knows it by itself. */
  @Column('uuid', { nullable: true })
  customerId: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it became a customer.' })
  @Column('timestamptz', { nullable: true })
  convertedAt: string | null;

  @Field(() => String, { nullable: true, description: 'Its id in the system it came from.' })
  @Column('text', { nullable: true })
  externalId: string | null;

  @Field(() => Int, { description: 'Counts its changes; give it back to change only what you have seen.' })
  @Column('integer', { default: 1 })
  version: number;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Post, 'postId', { nullable: true, description: 'What was said that made it a lead.' })
  post?: Post;

  @Reference(() => SocialIdentity, 'identityId', { nullable: true, description: 'Who they are on a network.' })
  identity?: SocialIdentity;

  @Reference(() => Member, 'ownerId', { nullable: true, description: 'Who looks after it.' })
  owner?: Member;

  @Reference(() => Team, 'teamId', { nullable: true, description: 'The team that looks after it.' })
  team?: Team;

  @Reference(() => Territory, 'territoryId', { nullable: true, description: 'The territory it lies in.' })
  territory?: Territory;

  @Reference(() => Customer, 'customerId', { nullable: true, description: 'The customer it became.' })
  customer?: Customer;
}
