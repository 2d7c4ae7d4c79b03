import { Arg, Args, ArgsType, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs } from '../../platform/schema/index.js';
import { type ListOfParent, Permit, RequestContext } from '../access/index.js';
import { SocialIdentity } from '../social/index.js';
import { Community } from './community.entity.js';

const CommunityConnection = connectionOf(Community, 'Community');
const CommunityMemberConnection = connectionOf(SocialIdentity, 'CommunityMember');

const MEMBERS = {
  name: 'community.members',
  condition: 'true',
  from: `lateral (select n.*, x.score from identity_influence x
           join social_identities n on n.organization_id = x.organization_id and n.id = x.identity_id
          where x.community_id = k.parent) t`,
  orders: { SCORE: { sql: 't.score', type: 'double precision', nullable: false } },
  defaultOrder: [{ field: 'SCORE', direction: 'DESC' }],
} satisfies ListOfParent;

@ArgsType()
class CommunitiesArgs extends PageArgs {}

@Resolver(() => Community)
export class CommunityResolver {
  @Permit('graph:read')
  @Query(() => Community, { nullable: true, description: 'One community, or nothing when there is none of this id.' })
  community(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Community | null> {
    return context.recordByPublicId(Community, id);
  }

  @Permit('graph:read')
  @Query(() => CommunityConnection, { description: 'Communities of the last run, the largest first.' })
  communities(@Args(() => CommunitiesArgs) args: CommunitiesArgs, @Ctx() context: RequestContext) {
    return context.page(Community, args);
  }

  @FieldResolver(() => CommunityMemberConnection, {
    description: 'Its members whom you may see, the most influential first.',
  })
  members(@Root() community: Community, @Args(() => PageArgs) args: PageArgs, @Ctx() context: RequestContext) {
    return context.pageOf(SocialIdentity, MEMBERS, community.id, args);
  }
}
