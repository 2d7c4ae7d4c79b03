import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, Derived, Node, Reference } from '../../../platform/schema/index.js';
import { publicActor } from '../../access/index.js';
import { Post, SocialIdentity } from '../../social/index.js';
import { Lead } from '../leads/lead.entity.js';
import type { IntentWord } from './intent.rules.js';

export enum LeadSuggestionState {
  OPEN = 'OPEN',
  ACCEPTED = 'ACCEPTED',
  DISMISSED = 'DISMISSED',
}
registerEnumType(LeadSuggestionState, {
  name: 'LeadSuggestionState',
  description: 'What became of a suggested lead.',
  valuesConfig: {
    OPEN: { description: 'It waits for somebody to decide. One whose post is deleted, or says it no more, is gone.' },
    ACCEPTED: { description: 'It became a lead.' },
    DISMISSED: { description: 'Somebody said no; the post is not suggested again.' },
  },
});

@ObjectType({ description: 'Words that speak for or against somebody wanting to buy.', simpleResolvers: true })
export class IntentPhrase {
  @Field({
    description:
      'What they are: RECOMMENDATION, SEARCH, PURCHASE, PRICE, LEAVING, PERSON for; JOKE, SALE, NOT_FOR_SALE against.',
  })
  code: string;
  @Field({ description: 'The words, as they were written.' })
  phrase: string;
  @Field(() => Float, { description: 'What they weigh; negative ones speak against it.' })
  weight: number;
}

@ObjectType({ description: 'That somebody seems to want to buy, and why we think so.', simpleResolvers: true })
export class BuyingIntent {
  @Field(() => Float, { description: 'From 0 to 1: the sum of the weights of its words.' })
  strength: number;
  @Field(() => [IntentPhrase], { description: 'The words that decided it, in their order.' })
  words: IntentPhrase[];
}

@ObjectType({
  implements: Node,
  description: 'Somebody who said that they want to buy, and may become a lead.',
  simpleResolvers: true,
})
@Entity('lead_suggestions')
@Unique('lead_suggestions_post_key', ['organizationId', 'postId'])
@ForeignKey(() => Post, ['organizationId', 'postId'], ['organizationId', 'id'], {
  name: 'lead_suggestions_post_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => SocialIdentity, ['organizationId', 'identityId'], ['organizationId', 'id'], {
  name: 'lead_suggestions_identity_fkey',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Lead, ['organizationId', 'leadId'], ['organizationId', 'id'], { name: 'lead_suggestions_lead_fkey' })
@Index('lead_suggestions_created_idx', ['organizationId', 'createdAt', 'id'])
@Index('lead_suggestions_strength_idx', ['organizationId', 'state', 'strength', 'id'])
@Index('lead_suggestions_identity_idx', ['organizationId', 'identityId'])
export class LeadSuggestion {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'lead_suggestions_pkey' })
  organizationId: string;

  @Field(() => ID, { description: 'Id of the suggestion.' })
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'lead_suggestions_pkey' })
  id: string;

  @Column('uuid')
  postId: string;

  @Column('uuid')
  identityId: string;

  @Field({ description: 'The language it was said in, BCP 47.' })
  @Column('text')
  language: string;

  @Field(() => Float, { description: 'How much they seem to want to buy, 0 to 1.' })
  @Column('double precision')
  strength: number;

  @Field(() => [IntentPhrase], { description: 'The words that decided it, in their order.' })
  @Column('jsonb', { default: [] })
  words: IntentWord[];

  @Field(() => LeadSuggestionState, { description: 'What became of it.' })
  @Column('text', { default: LeadSuggestionState.OPEN })
  state: LeadSuggestionState;

  @Field(() => String, { nullable: true, description: 'Why it was dismissed.' })
  @Column('text', { nullable: true })
  reason: string | null;

  @Column('uuid', { nullable: true })
  leadId: string | null;

  @Derived((row: { decidedBy: string | null }) => row.decidedBy && publicActor(row.decidedBy))
  @Field(() => String, { nullable: true, description: 'Who decided, as in the audit log.' })
  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was decided.' })
  @Column('timestamptz', { nullable: true })
  decidedAt: string | null;

  @Field(() => DateTime, { description: 'When it was found.' })
  @Column('timestamptz', { default: () => 'now()' })
  createdAt: string;

  @Field(() => DateTime, { description: 'When it last changed.' })
  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: string;

  @Reference(() => Post, 'postId', { nullable: true, description: 'What they said.' })
  post?: Post;

  @Reference(() => SocialIdentity, 'identityId', { nullable: true, description: 'Who said it.' })
  identity?: SocialIdentity;

  @Reference(() => Lead, 'leadId', { nullable: true, description: 'The lead it became, where you may see it.' })
  lead?: Lead;
}

/** A post that came or changed and has not been read since. */
@Entity('intent_queue')
export class IntentQueueItem {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'intent_queue_pkey' })
  organizationId: string;

  @PrimaryColumn('bigint', {
    primaryKeyConstraintName: 'intent_queue_pkey',
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
  })
  id: string;

  @Column('uuid')
  postId: string;
}
