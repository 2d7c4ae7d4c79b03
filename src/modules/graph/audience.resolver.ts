import { Arg, Args, Ctx, Field, FieldResolver, Float, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { withEdges } from '../../platform/paging/index.js';
import { DateTime, PageArgs, PageInfo, Reference } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { Account, SocialIdentity } from '../social/index.js';
import { engagersPage, overlapOf } from './audience.queries.js';

@ObjectType({ description: 'Somebody who engages with an account of ours.', simpleResolvers: true })
export class EngagerEdge {
  identityId: string;

  @Field({ description: 'Place of this row in the list; opaque.' })
  cursor: string;
  @Field(() => Float, { description: 'Strength of the tie to the account.' })
  weight: number;
  @Field(() => Int, { description: 'How often it engaged.' })
  count: number;
  @Field(() => DateTime, { description: 'When last.' })
  lastAt: string;
  @Reference(() => SocialIdentity, 'identityId', { description: 'Who it is.' })
  node?: SocialIdentity;
}

@ObjectType({ description: 'A page of those who engage with an account.', simpleResolvers: true })
export class EngagerConnection {
  @Field(() => [EngagerEdge], { description: 'The rows of this page, the strongest tie first.' })
  edges: EngagerEdge[];
  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  pageInfo: PageInfo;
  @Field(() => Int, { description: 'How many there are in all; counted only when asked for.' })
  totalCount: number;
}

@ObjectType({ description: 'What the audiences of two accounts have in common.', simpleResolvers: true })
export class AudienceOverlap {
  @Field(() => Int, { description: 'How many engage with both.' })
  shared: number;
  @Field(() => Int, { description: 'How many engage with the first.' })
  ofThis: number;
  @Field(() => Int, { description: 'How many engage with the other.' })
  ofOther: number;
  @Field(() => Float, { description: 'Those of both as a share of those of either (Jaccard index), 0 to 1.' })
  similarity: number;
}

@ObjectType({ description: 'Who engages with an account of ours.', simpleResolvers: true })
export class Audience {
  accountId: string;

  @Reference(() => Account, 'accountId', { description: 'The account.' })
  account?: Account;
}

@Resolver(() => Audience)
export class AudienceResolver {
  @Permit('graph:read')
  @Query(() => Audience, {
    nullable: true,
    description: 'Who engages with an account of ours; nothing when it is not there or not yours to see.',
  })
  async audience(
    @Arg('account', () => ID, { description: 'The account.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Audience | null> {
    const account = await context.recordByPublicId<Account>(Account, id);
    return account && { accountId: account.id };
  }

  @FieldResolver(() => EngagerConnection, { description: 'Who they are, the most strongly tied first.' })
  async engagers(
    @Root() { accountId }: Audience,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: RequestContext,
  ) {
    const account = await context.recordById<Account>(Account, accountId);
    const page = await engagersPage(context, account!, args);
    return withEdges(page, edge => {
      const { id: identityId, ...tie } = edge.node;
      return { ...tie, identityId, cursor: edge.cursor };
    });
  }

  @FieldResolver(() => AudienceOverlap, {
    nullable: true,
    description:
      'What it has in common with the audience of another account; nothing when that one is not yours to see.',
  })
  async overlap(
    @Root() { accountId }: Audience,
    @Arg('with', () => ID, { description: 'The other account.' }) otherId: string,
    @Ctx() context: RequestContext,
  ): Promise<AudienceOverlap | null> {
    const [account, other] = await Promise.all([
      context.recordById<Account>(Account, accountId),
      context.recordByPublicId<Account>(Account, otherId),
    ]);
    if (!account || !other) return null;
    const overlap = await overlapOf(context, account, other);
    const either = overlap.ofThis + overlap.ofOther - overlap.shared;
    return { ...overlap, similarity: either === 0 ? 0 : overlap.shared / either };
  }
}
