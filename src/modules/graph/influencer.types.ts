import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTime, PageArgs, PageInfo, Reference } from '../../platform/schema/index.js';
import { Network, SocialIdentity } from '../social/index.js';

@InputType({ description: 'Which influencers; all conditions must hold.' })
export class InfluencerFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Only by posts that say this: who is engaged with when people talk about it.',
  })
  topic?: string;

  @Field(() => String, { nullable: true, description: 'Only customers with this tag.' })
  segment?: string;

  @Field(() => Network, { nullable: true, description: 'Only on this network.' })
  network?: Network;

  @Field(() => ID, { nullable: true, description: 'Only members of this community.' })
  community?: string;

  @Field(() => DateTime, { nullable: true, description: 'Only by what was done since then.' })
  since?: Date;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only identities of our customers. False: only those of nobody we know.',
  })
  ofCustomers?: boolean;
}

@ArgsType()
export class InfluencersArgs extends PageArgs {
  @Field(() => InfluencerFilter, { nullable: true, description: 'Only these.' })
  filter?: InfluencerFilter;
}

@ObjectType({ description: 'Somebody in a list of influencers.', simpleResolvers: true })
export class InfluencerEdge {
  identityId: string;

  @Field({ description: 'Place of this row in the list; opaque.' })
  cursor: string;

  @Field(() => Int, { description: 'Its place among those that match, from 1.' })
  rank: number;

  @Field(() => Float, {
    description:
      'What the list is ordered by: the score of its influence, or with `topic` or `since` its engagers of that kind, each halved for every half-life since.',
  })
  score: number;

  @Reference(() => SocialIdentity, 'identityId', { description: 'Who it is.' })
  node?: SocialIdentity;
}

@ObjectType({ description: 'A page of influencers.', simpleResolvers: true })
export class InfluencerConnection {
  @Field(() => [InfluencerEdge], { description: 'The rows of this page, the most influential first.' })
  edges: InfluencerEdge[];

  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'How many match in all; counted only when asked for.' })
  totalCount: number;
}
