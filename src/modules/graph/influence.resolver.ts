import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { withEdges } from '../../platform/paging/index.js';
import { PageArgs } from '../../platform/schema/index.js';
import { Permit, RequestContext } from '../access/index.js';
import { Customer } from '../customers/index.js';
import { Interaction, SocialIdentity } from '../social/index.js';
import { Community } from './community.entity.js';
import { interactionsBetween } from './evidence.loaders.js';
import { influenceOfCustomer, influenceOfIdentity } from './influence.loaders.js';
import { Influence } from './influence.types.js';
import { influencersPage } from './influencer.queries.js';
import { InfluencerConnection, InfluencersArgs } from './influencer.types.js';
import { type TieDirection, tiesPage } from './tie.queries.js';
import { CustomerTieConnection, CustomerTieEdge } from './tie.types.js';
import { topicsOfCustomer, topicsOfIdentity } from './topic.loaders.js';

@Resolver(() => SocialIdentity)
export class IdentityInfluenceResolver {
  @FieldResolver(() => Influence, {
    nullable: true,
    description: 'How much it moves others; nothing before that was worked out, and for who may not read the graph.',
  })
  influence(@Root() identity: SocialIdentity, @Ctx() context: RequestContext): Promise<Influence | null> {
    return context.load(influenceOfIdentity, identity.id);
  }

  @FieldResolver(() => Community, {
    nullable: true,
    description:
      'The community it belongs to; nothing before that was worked out, without ties, and for who may not read the graph.',
  })
  async community(@Root() identity: SocialIdentity, @Ctx() context: RequestContext): Promise<Community | null> {
    const id = (await context.load(influenceOfIdentity, identity.id))?.communityId;
    return id ? context.recordById<Community>(Community, id) : null;
  }
}

@Resolver(() => Customer)
export class CustomerInfluenceResolver {
  @FieldResolver(() => Influence, {
    nullable: true,
    description:
      'How much it moves others, under all its identities; nothing before that was worked out, and for who may not read the graph.',
  })
  influence(@Root() customer: Customer, @Ctx() context: RequestContext): Promise<Influence | null> {
    return context.load(influenceOfCustomer, customer.id);
  }

  @FieldResolver(() => CustomerTieConnection, {
    description:
      'Customers it moves: those who mention, answer or pass it on. Were it lost, these are at risk with it.',
  })
  influences(@Root() customer: Customer, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return ties(context, customer.id, 'MOVES', args);
  }

  @FieldResolver(() => CustomerTieConnection, {
    description: 'Customers that move it: those it mentions, answers or passes on.',
  })
  influencedBy(@Root() customer: Customer, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return ties(context, customer.id, 'MOVED_BY', args);
  }
}

async function ties(context: RequestContext, customerId: string, direction: TieDirection, args: PageArgs) {
  const page = await tiesPage(context, customerId, direction, args);
  const isMoving = direction === 'MOVES';
  return withEdges(page, edge => {
    const { id: otherId, ...tie } = edge.node;
    return { ...tie, customerId, otherId, isMoving, cursor: edge.cursor };
  });
}

@Resolver(() => Influence)
export class InfluenceResolver {
  @FieldResolver(() => [String], {
    description: 'What people talk about when they engage with it, three words at most; of posts you may see.',
  })
  topics(@Root() { subjectId, isCustomer }: Influence, @Ctx() context: RequestContext): Promise<string[]> {
    return context.load(isCustomer ? topicsOfCustomer : topicsOfIdentity, subjectId);
  }
}

@Resolver(() => CustomerTieEdge)
export class CustomerTieResolver {
  @FieldResolver(() => [Interaction], { description: 'The latest interactions that show it, three at most.' })
  evidence(@Root() tie: CustomerTieEdge, @Ctx() context: RequestContext): Promise<Interaction[]> {
    const { customerId, otherId, isMoving } = tie;
    return context.load(
      interactionsBetween,
      isMoving ? { actorId: otherId, targetId: customerId } : { actorId: customerId, targetId: otherId },
    );
  }
}

@Resolver(() => InfluencerConnection)
export class InfluencersResolver {
  @Permit('graph:read')
  @Query(() => InfluencerConnection, {
    description: 'Who moves the most people, over everybody or over our customers, in all or on a topic.',
  })
  async influencers(@Args(() => InfluencersArgs) args: InfluencersArgs, @Ctx() context: RequestContext) {
    const { page, firstRank } = await influencersPage(context, args, args.filter ?? {});
    return withEdges(page, ({ cursor, node: { id: identityId, score } }, at) => ({
      cursor,
      identityId,
      score,
      rank: firstRank + at,
    }));
  }
}
