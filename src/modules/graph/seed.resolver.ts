import { Arg, Ctx, Field, Float, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { AppError } from '../../platform/errors.js';
import { Parameters } from '../../platform/paging/index.js';
import { Reference } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { SocialIdentity } from '../social/index.js';
import { identityConditions } from './influencer.queries.js';
import { InfluencerFilter } from './influencer.types.js';
import type { ChosenSeeds, SeedInput } from './run/seeds.thread.js';
import { runThread } from './run/threads.js';

const MOST_SEEDS = 200;
/** Each holds a core for a second or so. */
const MOST_AT_ONCE = 2;

@ObjectType({ description: 'Somebody to speak to first.', simpleResolvers: true })
export class Seed {
  identityId: string;

  @Field(() => Int, { description: 'Its place, from 1.' })
  rank: number;

  @Reference(() => SocialIdentity, 'identityId', { nullable: true, description: 'Who it is.' })
  identity?: SocialIdentity;

  @Field(() => Float, {
    description: 'How many people word is expected to reach from all up to this one, themselves included.',
  })
  reach: number;

  @Field(() => Float, { description: 'How many of them it adds.' })
  gain: number;
}

@ObjectType({ description: 'The few to speak to first so that word spreads furthest.', simpleResolvers: true })
export class SeedSet {
  @Field(() => [Seed], { description: 'Whom to speak to, in this order.' })
  seeds: Seed[];

  @Field(() => Float, { description: 'How many people word is expected to reach in all.' })
  reach: number;

  @Field(() => Float, {
    description: 'Of the most that anybody could choose, what this choice is proven to reach at least, 0 to 1.',
  })
  guarantee: number;

  @Field(() => Int, { description: 'How many people are in the graph.' })
  people: number;
}

@Resolver(() => SeedSet)
export class SeedResolver {
  private underWay = 0;

  constructor(private readonly ownerUrl: string | undefined) {}

  @Permit('graph:read')
  @Query(() => SeedSet, {
    description:
      'The k people to speak to first so that word spreads furthest: each engages others by the share of their attention it has (independent cascade, reverse-reachable sets).',
  })
  async seedSet(
    @Arg('k', () => Int, { description: `How many, 1 to ${MOST_SEEDS}.` }) k: number,
    @Arg('within', () => InfluencerFilter, {
      nullable: true,
      description:
        'Only these may be chosen; whom they reach is counted over everybody. `topic` and `since` are not for this.',
    })
    within: InfluencerFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<SeedSet> {
    if (k < 1 || k > MOST_SEEDS) throw new AppError('BAD_USER_INPUT', `\`k\` is from 1 to ${MOST_SEEDS}.`);
    if (within?.topic || within?.since)
      throw new AppError('BAD_USER_INPUT', '`topic` and `since` do not go with seeds.');
    if (!this.ownerUrl || this.underWay >= MOST_AT_ONCE) throw new AppError('UNAVAILABLE');
    this.underWay++;
    try {
      const input = {
        ownerUrl: this.ownerUrl,
        organizationId: context.viewer.organizationId,
        k,
        within: await candidates(context, within ?? {}),
      };
      const { seeds, guarantee, people } = await runThread<SeedInput, ChosenSeeds>('seeds.thread.js', input);
      return {
        seeds: seeds.map((seed, at) => ({ ...seed, rank: at + 1, gain: seed.reach - (seeds[at - 1]?.reach ?? 0) })),
        reach: seeds.at(-1)?.reach ?? 0,
        guarantee,
        people,
      };
    } finally {
      this.underWay--;
    }
  }
}

/** Stored ids of those who may be chosen, of those the viewer may see; null for everybody. */
async function candidates(context: RequestContext, within: InfluencerFilter): Promise<string[] | null> {
  const parameters = new Parameters();
  const conditions = identityConditions(context, within, parameters);
  if (!conditions) return null;
  const rows = await context.read<{ id: string }>(
    `select t.id from social_identities t where ${conditions}`,
    parameters.values,
  );
  return rows.map(row => row.id);
}
