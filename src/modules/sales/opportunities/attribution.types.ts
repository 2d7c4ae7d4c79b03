import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { DateTime, Money, Reference } from '../../../platform/schema/index.js';
import { Activity } from '../../activities/index.js';
import { Customer } from '../../customers/index.js';
import { InteractionKind, Network, Post, SocialIdentity } from '../../social/index.js';
import { TouchKind, TouchPosition } from './touch.kinds.rules.js';

@ObjectType({ description: 'Something that was said or done and touched a buyer.', simpleResolvers: true })
export class Touch {
  @Field(() => TouchKind, { description: 'How it touched them.' })
  kind: TouchKind;
  @Field(() => TouchPosition, { description: 'Where it comes among all that did.' })
  position: TouchPosition;
  @Field(() => DateTime, { description: 'When it was said or done.' })
  occurredAt: string;
  @Field(() => Network, { nullable: true, description: 'Where it was said; nothing for what was done.' })
  network: Network | null;
  postId: string | null;
  @Reference(() => Post, 'postId', { nullable: true, description: 'What was said.' })
  post?: Post;
  activityId: string | null;
  @Reference(() => Activity, 'activityId', { nullable: true, description: 'What was done.' })
  activity?: Activity;
  authorId: string | null;
  @Reference(() => SocialIdentity, 'authorId', {
    nullable: true,
    description: 'Who said it; nothing when you may not see them.',
  })
  author?: SocialIdentity;
}

@ObjectType({ description: 'Somebody who influences those who decide on an opportunity.', simpleResolvers: true })
export class OpportunityInfluencer {
  customerId: string;
  movedIds: string[];
  @Reference(() => Customer, 'customerId', { nullable: true, description: 'Who it is.' })
  customer?: Customer;
  @Field(() => Float, { description: 'Strength of the ties to all of them together, as in `Customer.influencedBy`.' })
  weight: number;
  @Field(() => [InteractionKind], { description: 'What they did with what the influencer said.' })
  kinds: InteractionKind[];
  @Field(() => Int, { description: 'How often.' })
  count: number;
  @Field(() => DateTime, { description: 'When last.' })
  lastAt: string;
}

@ObjectType({ description: 'A part of what was won, and what it is put down to.', simpleResolvers: true })
export class AttributionPart {
  @Field(() => ID, {
    nullable: true,
    description:
      'The network, the kind, or the id of the source or identity; nothing for what nobody touched, and for what has none, as a meeting has no network.',
  })
  key: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the network.' })
  label: string | null;
  authorId: string | null;
  @Reference(() => SocialIdentity, 'authorId', {
    nullable: true,
    description: 'Who said it, under AUTHOR; nothing when you may not see them.',
  })
  author?: SocialIdentity;
  @Field(() => Money, { description: 'What is put down to it.' })
  amount: Money;
  @Field(() => Int, { description: 'Of how many opportunities.' })
  opportunities: number;
  @Field(() => Int, { description: 'How many touches of theirs there were.' })
  touches: number;
}

@ObjectType({ description: 'What was won in a period, and what it is put down to.', simpleResolvers: true })
export class Attribution {
  @Field(() => Money, { description: "All that was won, in the organisation's own currency, at the rates of the day." })
  won: Money;
  @Field(() => Int, { description: 'How many opportunities were won.' })
  opportunities: number;
  @Field(() => [String], { description: 'Currencies that had no rate; what was won in them is left out.' })
  unconverted: string[];
  @Field(() => [AttributionPart], { description: 'The parts, the largest first; together they are all that was won.' })
  parts: AttributionPart[];
}
