import { Arg, Ctx, Field, Float, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { AppError } from '../../platform/errors.js';
import { Parameters } from '../../platform/paging/index.js';
import { Reference } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { SocialIdentity } from '../social/index.js';
import { identityConditions } from './influencer.queries.js';
import { InfluencerFilter } from './influencer.types.js';
import { chooseSeeds } from './run/seeds.run.js';
import type { SeedInput } from './run/seeds.thread.js';
import { seesEverybody } from './sight.rules.js';

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
    nullable: true,
    description:
      'How many people word is expected to reach from all up to this one, themselves included; nothing for who may not see everybody.',
  })
  reach: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How many of them it adds; nothing for who may not see everybody.',
  })
  gain: number | null;
}

@ObjectType({ description: 'The few to speak to first so that word spreads furthest.', simpleResolvers: true })
export class SeedSet {
  @Field(() => [Seed], { description: 'Whom to speak to, in this order.' })
  seeds: Seed[];

  @Field(() => Float, {
    nullable: true,
    description: 'How many people word is expected to reach in all; nothing for who may not see everybody.',
  })
  reach: number | null;

  @Field(() => Float, {
    description: 'Of the most that anybody could choose, what this choice is proven to reach at least, 0 to 1.',
  })
  guarantee: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many people are in the graph; nothing for who may not see everybody.',
  })
  people: number | null;
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
        within: candidates(context, within ?? {}),
      };
      const { seeds, guarantee, people } = await chooseSeeds(input);
      // Whom they reach are people the viewer may not see.
      const counted = <Count>(count: Count) => (seesEverybody(context.viewer) ? count : null);
      return {
        seeds: seeds.map(({ identityId, reach }, at) => ({
          identityId,
          rank: at + 1,
          reach: counted(reach),
          gain: counted(reach - (seeds[at - 1]?.reach ?? 0)),
        })),
        reach: counted(seeds.at(-1)?.reach ?? 0),
        guarantee,
        people: counted(people),
      };
    } finally {
      this.underWay--;
    }
  }
}

/** Keeps those who may be chosen, of those the viewer may see; null for everybody. The thread asks who they are: they may be millions. */
function candidates(context: RequestContext, within: InfluencerFilter): SeedInput['within'] {
  const parameters = new Parameters();
  const condition = identityConditions(context, within, parameters);
  return condition ? { condition, values: parameters.values } : null;
}
