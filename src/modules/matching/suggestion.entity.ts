import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../platform/schema/index.js';
import type { RequestContext } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { LinkEvidence, SocialIdentity, shownEvidence } from '../social/index.js';

export enum LinkSuggestionState {
  PENDING = 'PENDING',
  ACCEPTED = 'ACCEPTED',
  REJECTED = 'REJECTED',
  SUPERSEDED = 'SUPERSEDED',
}
registerEnumType(LinkSuggestionState, {
  name: 'LinkSuggestionState',
  description: 'What became of a suggestion.',
  valuesConfig: {
    PENDING: { description: 'It waits for somebody to decide.' },
    ACCEPTED: { description: 'The two were linked by it.' },
    REJECTED: { description: 'Somebody said no; this pair is not suggested again.' },
    SUPERSEDED: { description: 'It no longer holds: something changed, or the identity was linked otherwise.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'That an identity may be a customer, how likely that is, and why.',
  simpleResolvers: true,
})
@Entity('link_suggestions')
@Unique('link_suggestions_pair_key', ['organizationId', 'identityId', 'customerId'])
@Index('link_suggestions_queue_idx', ['organizationId', 'state', 'confidence', 'id'])
@Index('link_suggestions_customer_idx', ['organizationId', 'customerId', 'confidence', 'id'])
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'link_suggestions_identity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Customer, ['organizationId', 'customerId'], ['organizationId', 'id'], {
  name: 'link_suggestions_customer_fkey',
  onDelete: 'CASCADE',
})
export class LinkSuggestion {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'link_suggestions_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the suggestion.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'link_suggestions_pkey' })
  id: string;

  @Column('uuid')
  identityId: string;

  @Column('uuid')
  customerId: string;

  @Field(() => LinkSuggestionState, { description: 'What became of it.' })
  @Column('text', { default: LinkSuggestionState.PENDING })
  state: LinkSuggestionState;

  @Field(() => Float, { description: 'The chance that they are the same, 0 to 1, all other customers considered.' })
  @Column('real')
  confidence: number;

  /** Log odds to base 2, before other customers are considered. */
  @Column('real', { select: false })
  bits: number;

  @Derived(({ evidence }: LinkSuggestion, context: RequestContext) => shownEvidence(evidence, context))
  @Field(() => [LinkEvidence], { description: 'What it rests on, of what you may see; what says most first.' })
  @Column('jsonb', { default: [] })
  evidence: LinkEvidence[];

  /** Of a rejected one: nobody is to be suggested for this identity again. */
  @Column('boolean', { default: false, select: false })
  neverAskAgain: boolean;

  @Field(() => String, { nullable: true, description: 'Who decided, as in the audit log.' })
  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' })
  @Column('timestamptz', { nullable: true })
  decidedAt: string | null;

  @Field(() => DateTime, { description: 'Since when it is suggested.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Column('timestamptz', { default: () => 'now()', select: false })
  updatedAt: string;

  @Reference(() => SocialIdentity, 'identityId', {
    nullable: true,
    description: 'The identity; nothing when it is no longer there.',
  })
  identity?: SocialIdentity;

  @Reference(() => Customer, 'customerId', {
    nullable: true,
    description: 'The customer it may be; nothing when it is no longer there.',
  })
  customer?: Customer;
}
